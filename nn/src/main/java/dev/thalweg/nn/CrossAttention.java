package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.AttentionForm;
import dev.thalweg.tensor.Sequences;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// Multi-head attention of steps to those of another sequence, the source: Bahdanau, Cho, Bengio
/// 2015, arXiv 1409.0473, in the form of Vaswani et al. 2017, arXiv 1706.03762. With x for what it
/// is given and m for the source ([Pass#source]),
///
/// y = attention(x W + b, m U + c) V + d
///
/// where x W + b are queries, and the columns of U keys and values side by side, in each of them
/// head by head: the parts of `in_proj_weight` in PyTorch's `MultiheadAttention`. What fills the
/// source up is not seen; a source without steps gives d. It takes memory in proportion to the
/// steps of both ([Sequences#attention]).
///
/// It stands among the target layers of [EncoderDecoder]. Sequences that go on in the next batch
/// ([Pass#withCarry]) keep keys and values of the source.
public final class CrossAttention extends BuiltInLayer {

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer",
          Kinds.INITIALIZER,
          Initializer.GLOROT_UNIFORM,
          "how the weights are drawn");

  private static final Signature SIGNATURE =
      Signature.of(
          "cross_attention",
          "steps that look at those of the source",
          1,
          SelfAttention.HEADS,
          SelfAttention.KEY_HEADS,
          INITIALIZER);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[t, c], kept, with a source [s, m]", CrossAttention::new)
          .withWeights(
              "weight [c, c]: queries",
              "bias [c]",
              "source_weight [m, 2·key_heads·c/heads]: keys, values",
              "source_bias [2·key_heads·c/heads]",
              "out_weight [c, c]",
              "out_bias [c]");

  private CrossAttention(Arguments arguments) {
    super(arguments);
  }

  static CrossAttention of(int heads) {
    return new CrossAttention(SIGNATURE.with(SelfAttention.HEADS, heads));
  }

  @Override
  CrossAttention with(Arguments other) {
    return new CrossAttention(other);
  }

  /// This layer with so many heads of keys and values.
  ///
  /// @throws IllegalArgumentException if it is not at least one
  public CrossAttention withKeyHeads(int keyHeads) {
    return with(arguments.with(SelfAttention.KEY_HEADS, java.util.Optional.of(keyHeads)));
  }

  @Override
  public CrossAttention withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(INITIALIZER, other));
  }

  private int keyHeads() {
    return arguments.get(SelfAttention.KEY_HEADS).orElse(arguments.get(SelfAttention.HEADS));
  }

  @Override
  public Shape output(Shape input) {
    int features = Steps.check("cross_attention", input).dimension(1);
    int heads = arguments.get(SelfAttention.HEADS);
    if (features % heads != 0 || heads % keyHeads() != 0) {
      throw new IllegalArgumentException(
          "cross_attention: expected heads that divide the %d features, and key_heads that divide them, found %d and %d"
              .formatted(features, heads, keyHeads()));
    }
    return input;
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Shape source =
        builder
            .source()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "cross_attention: expected a source to look at, found none; it stands among the"
                        + " target layers of encoder_decoder(source, target)"));
    Steps.check("cross_attention, source", source);
    int features = input.dimension(1);
    int heads = arguments.get(SelfAttention.HEADS);
    int both = 2 * keyHeads() * (features / heads);
    int seen = source.dimension(1);
    Initializer how = arguments.get(INITIALIZER);
    Tensor weight =
        builder.parameter("weight", Shape.of(features, features), how, features, features);
    Tensor bias =
        builder.parameter("bias", Shape.of(features), Initializer.ZEROS, features, features);
    Tensor sourceWeight = builder.parameter("source_weight", Shape.of(seen, both), how, seen, both);
    Tensor sourceBias =
        builder.parameter("source_bias", Shape.of(both), Initializer.ZEROS, seen, both);
    Tensor outWeight =
        builder.parameter("out_weight", Shape.of(features, features), how, features, features);
    Tensor outBias =
        builder.parameter("out_bias", Shape.of(features), Initializer.ZEROS, features, features);
    long steps = input.dimension(0);
    long sources = source.dimension(0);
    builder.multiplyAdds(
        2 * steps * features * features + sources * seen * both + 2 * steps * sources * features);
    AttentionForm form = AttentionForm.of(heads).withKeyHeads(keyHeads());
    String path = builder.path();
    return (x, pass) -> {
      List<Tensor> before = pass.carry().map(carry -> carry.of(path)).orElse(List.of());
      Tensor pairs =
          before.isEmpty() ? of(x, pass).linear(sourceWeight, sourceBias) : before.getFirst();
      if (before.isEmpty()) {
        pass.carry().ifPresent(carry -> carry.remember(path, pairs));
      }
      AttentionForm real = pass.sourceLengths().map(form::withLengths).orElse(form);
      return Sequences.attention(x.linear(weight, bias), pairs, real).linear(outWeight, outBias);
    };
  }

  /// The source of a batch.
  private static Tensor of(Tensor x, Pass pass) {
    Tensor source =
        pass.source()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "cross_attention: expected a source to look at, found a pass without one;"
                        + " Pass.withSource gives it"));
    int rows = x.shape().dimension(0);
    if (source.shape().rank() != 3 || source.shape().dimension(0) != rows) {
      throw new IllegalArgumentException(
          "cross_attention: expected sources of [%d, steps, features], found shape %s"
              .formatted(rows, source.shape()));
    }
    return source;
  }
}
