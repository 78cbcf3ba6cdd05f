package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Normalization;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Normalisation within each sample, y = γ (x − μ) / √(σ² + ε) + β, with σ² = Σ(x − μ)² / n; it is
/// the same in training and after it.
///
/// | layer | over | weights |
/// |---|---|---|
/// | `layer_norm` | the last dimension: Ba et al. 2016, arXiv 1607.06450 | γ, β |
/// | `rms_norm` | the last dimension, μ = 0: Zhang and Sennrich 2019, arXiv 1910.07467 | γ |
/// | `group_norm` | all pixels of some channels: Wu and He 2018, arXiv 1803.08494 | γ, β |
/// | `instance_norm` | all pixels of a channel: Ulyanov et al. 2016, arXiv 1607.08022 | γ, β |
///
/// γ, `scale`, begins at 1 and β, `shift`, at 0. ε is PyTorch's 1e-5 by default, 1e-6 of
/// `rms_norm`; Keras has 1e-3, and 1e-6 for RMS.
public final class Norm extends BuiltInLayer {

  static final Argument<Double> EPSILON =
      Argument.of("epsilon", Kind.number(Range.NOT_NEGATIVE), 1e-5, "added to the variance");

  private static final Argument<Double> SMALL =
      Argument.of("epsilon", Kind.number(Range.NOT_NEGATIVE), 1e-6, "added to the mean square");

  private static final Argument<Integer> GROUPS =
      Argument.required("groups", Kind.whole(1), "parts that the channels are divided into");

  private static final Signature LAYER =
      Signature.of("layer_norm", "the last dimension to mean 0 and variance 1", 0, EPSILON);

  private static final Signature RMS =
      Signature.of("rms_norm", "the last dimension to mean square 1", 0, SMALL);

  private static final Signature GROUP =
      Signature.of(
          "group_norm",
          "groups of channels of each sample to mean 0 and variance 1",
          1,
          GROUPS,
          EPSILON);

  private static final Signature INSTANCE =
      Signature.of(
          "instance_norm", "each channel of each sample to mean 0 and variance 1", 0, EPSILON);

  static final LayerKind BY_LAYER = kind(LAYER, "[…, c], kept");

  static final LayerKind BY_SQUARES =
      LayerKind.of(RMS, "[…, c], kept", Norm::new).withWeights("scale [c]");

  static final LayerKind BY_GROUP = kind(GROUP, "[…, c], kept");
  static final LayerKind BY_INSTANCE = kind(INSTANCE, "[…, c], kept");

  private static LayerKind kind(Signature signature, String shapes) {
    return LayerKind.of(signature, shapes, Norm::new).withWeights("scale [c]", "shift [c]");
  }

  private Norm(Arguments arguments) {
    super(arguments);
  }

  static Norm layer() {
    return new Norm(LAYER.usual());
  }

  static Norm rms() {
    return new Norm(RMS.usual());
  }

  static Norm group(int groups) {
    return new Norm(GROUP.with(GROUPS, groups));
  }

  static Norm instance() {
    return new Norm(INSTANCE.usual());
  }

  @Override
  Norm with(Arguments other) {
    return new Norm(other);
  }

  /// This layer with another ε.
  public Norm withEpsilon(double epsilon) {
    return with(arguments.with(arguments.signature() == RMS ? SMALL : EPSILON, epsilon));
  }

  /// The shape, if it has channels.
  static Shape channels(BuiltInLayer layer, Shape input, int rank) {
    if (input.rank() < rank || input.size() == 0) {
      throw new IllegalArgumentException(
          "%s: expected samples with channels, such as %s, found %s"
              .formatted(Windows.name(layer), rank == 1 ? "[32]" : "[28, 28, 32]", input));
    }
    return input;
  }

  @Override
  public Shape output(Shape input) {
    Signature form = arguments.signature();
    channels(this, input, form == INSTANCE ? 2 : 1);
    int channels = input.dimension(-1);
    if (form == GROUP && channels % arguments.get(GROUPS) != 0) {
      throw new IllegalArgumentException(
          "group_norm: expected groups that divide the %d channels of the input %s, found %d"
              .formatted(channels, input, arguments.get(GROUPS)));
    }
    return input;
  }

  @Override
  public boolean anyLength(Shape input) {
    return input.rank() > 1 && (arguments.signature() == LAYER || arguments.signature() == RMS);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int channels = input.dimension(-1);
    Signature form = arguments.signature();
    double epsilon = arguments.get(form == RMS ? SMALL : EPSILON);
    Shape shape = Shape.of(channels);
    Tensor scale = builder.parameter("scale", shape, Initializer.ONES, channels, channels);
    if (form == RMS) {
      return (x, pass) -> Normalization.rmsNorm(x, scale, epsilon);
    }
    Tensor shift = builder.parameter("shift", shape, Initializer.ZEROS, channels, channels);
    if (form == LAYER) {
      return (x, pass) -> Normalization.layerNorm(x, scale, shift, epsilon);
    }
    int groups = form == GROUP ? arguments.get(GROUPS) : channels;
    return (x, pass) -> Normalization.groupNorm(x, groups, scale, shift, epsilon);
  }
}
