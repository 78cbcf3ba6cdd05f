package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/// Two chains of layers, of which the second looks at what the first makes of another sequence:
///
/// m = source(pass.source), y = target(x, m)
///
/// Sutskever, Vinyals, Le 2014, arXiv 1409.3215. The batch has the targets, the pass the sources
/// ([Pass#withSource]); among the target layers, `cross_attention` and `decoder(cross=true)` look
/// at m.
///
/// ```java
/// var model = Sequential.of(encoderDecoder(
///     Sequential.of(embedding(30, 64), bidirectional(lstm(32))),
///     Sequential.of(embedding(42, 64), lstm(64), residual(crossAttention(4)), dense(42))));
/// var network = model.build(Shape.of(24), seed);
/// network.apply(targets, Pass.inference().withSource(sources, lengths));
/// ```
///
/// Sources may be of any length; the summary counts what they cost at the length of the targets.
/// The weights are named `source.1.…` and `target.1.…`. Sequences that go on in the next batch
/// ([Pass#withCarry]) keep m.
public final class EncoderDecoder extends BuiltInLayer {

  private static final Argument<Layer> SOURCE =
      Argument.required("source", Kinds.LAYER, "what is made of the other sequence");

  private static final Argument<Layer> TARGET =
      Argument.required("target", Kinds.LAYER, "layers that look at that");

  private static final Signature SIGNATURE =
      Signature.of(
          "encoder_decoder",
          "layers that look at what others make of another sequence",
          2,
          SOURCE,
          TARGET);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "as of the target layers, with a source [s]", EncoderDecoder::new)
          .withWeights(
              "source.1.…: those of the source layers", "target.1.…: those of the target layers");

  private EncoderDecoder(Arguments arguments) {
    super(arguments);
  }

  static EncoderDecoder of(Layer source, Layer target) {
    return new EncoderDecoder(SIGNATURE.with(SOURCE, source).with(TARGET, target));
  }

  @Override
  EncoderDecoder with(Arguments other) {
    return new EncoderDecoder(other);
  }

  /// The layers of the other sequence.
  public Sequential source() {
    return Sequential.of(arguments.get(SOURCE));
  }

  /// The layers that look at what those make.
  public Sequential target() {
    return Sequential.of(arguments.get(TARGET));
  }

  @Override
  public EncoderDecoder withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return each(layer -> layer.withPenalty(penalty));
  }

  @Override
  public EncoderDecoder withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return each(layer -> layer.withInitializer(initializer));
  }

  private EncoderDecoder each(UnaryOperator<Layer> change) {
    return of(change.apply(arguments.get(SOURCE)), change.apply(arguments.get(TARGET)));
  }

  @Override
  public boolean mixesRows() {
    return source().mixesRows() || target().mixesRows();
  }

  @Override
  public boolean anyLength(Shape input) {
    return source().anyLength(input) && target().anyLength(input);
  }

  @Override
  public Shape output(Shape input) {
    source().withName("encoder_decoder, source").output(input);
    return target().withName("encoder_decoder, target").output(input);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Sequential first = source();
    Block source = first.build(input, builder.in("source"));
    Block target = target().build(input, builder.in("target").withSource(first.output(input)));
    String path = builder.path();
    return (x, pass) -> {
      List<Tensor> before = pass.carry().map(carry -> carry.of(path)).orElse(List.of());
      Tensor m =
          before.isEmpty() ? source.apply(given(x, pass), pass.overSource()) : before.getFirst();
      if (before.isEmpty()) {
        pass.carry().ifPresent(carry -> carry.remember(path, m));
      }
      return target.apply(x, pass.withSource(m, pass.sourceLengths()));
    };
  }

  /// The sources of a batch.
  private static Tensor given(Tensor x, Pass pass) {
    Tensor source =
        pass.source()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "encoder_decoder: expected sources, found a pass without them;"
                        + " Pass.withSource gives them"));
    int rows = x.shape().dimension(0);
    if (source.shape().rank() < 2 || source.shape().dimension(0) != rows) {
      throw new IllegalArgumentException(
          "encoder_decoder: expected %d sources, one for each row, found shape %s"
              .formatted(rows, source.shape()));
    }
    pass.sourceLengths().ifPresent(lengths -> Network.check(lengths, source.shape()));
    return source;
  }
}
