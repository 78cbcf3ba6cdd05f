package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Sets each element, each channel or each sample to 0 with probability `rate` in training and
/// divides the others by 1 − rate; passes everything on otherwise.
///
/// * by element: Srivastava et al. 2014, the inverted form of PyTorch and Keras;
/// * by channel, the last dimension of a sample of two dimensions or more: Tompson et al. 2015,
///   arXiv 1411.4280, PyTorch's `Dropout2d`, Keras' `SpatialDropout2D`;
/// * by sample: what a residual connection adds is left out, "stochastic depth", Huang et al. 2016,
///   arXiv 1603.09382; `torchvision.ops.stochastic_depth` of mode "row".
///
/// What is dropped is a function of (seed, step, layer, element): a resumed run drops the same.
public final class Dropout extends BuiltInLayer {

  private static final Argument<Double> RATE =
      Argument.required("rate", Kind.number(Range.FRACTION), "probability of dropping");

  static final Signature BY_ELEMENT =
      Signature.of("dropout", "elements left out by chance in training", 1, RATE);

  static final Signature BY_CHANNEL =
      Signature.of("channel_dropout", "channels left out by chance in training", 1, RATE);

  static final Signature BY_SAMPLE =
      Signature.of(
          "stochastic_depth", "a sample's whole branch left out by chance in training", 1, RATE);

  static final LayerKind ELEMENTS = LayerKind.of(BY_ELEMENT, "any, kept", Dropout::new);

  static final LayerKind CHANNELS = LayerKind.of(BY_CHANNEL, "[…, channels], kept", Dropout::new);

  static final LayerKind SAMPLES = LayerKind.of(BY_SAMPLE, "any, kept", Dropout::new);

  private Dropout(Arguments arguments) {
    super(arguments);
  }

  static Dropout of(Signature form, double rate) {
    return new Dropout(form.with(RATE, rate));
  }

  @Override
  Dropout with(Arguments other) {
    return new Dropout(other);
  }

  /// The probability of dropping, in [0, 1).
  public double rate() {
    return arguments.get(RATE);
  }

  @Override
  public Shape output(Shape input) {
    if (arguments.signature() == BY_CHANNEL && input.rank() < 2) {
      throw new IllegalArgumentException(
          "channel_dropout: expected samples with channels, such as [28, 28, 32], found "
              + input
              + "; use dropout");
    }
    return input;
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int stream = builder.stream();
    double rate = rate();
    return (x, pass) -> {
      if (!pass.training() || rate == 0) {
        return x;
      }
      Shape drawn = factors(x.shape());
      Tensor factors = Tensor.zeros(DType.F32, drawn);
      Philox random = pass.random(stream);
      random.keep(pass.firstIndex(), rate, factors.floats(), 0, drawn.size());
      return x.times(factors.to(x.dtype()));
    };
  }

  /// The shape of what is drawn, which is broadcast over the batch.
  private Shape factors(Shape batch) {
    if (arguments.signature() == BY_ELEMENT) {
      return batch;
    }
    int[] sizes = new int[batch.rank()];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = batch.dimension(0);
    if (arguments.signature() == BY_CHANNEL) {
      sizes[sizes.length - 1] = batch.dimension(-1);
    }
    return Shape.of(sizes);
  }
}
