package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import java.util.Locale;

/// Random numbers of mean 0 and variance scale / n, n being the fan-in, the fan-out or the mean of
/// both.
///
/// * uniform: on [−a, a) with a = √(3 scale/n);
/// * normal: of that variance, not cut off, as PyTorch's;
/// * truncated normal, as Keras': of standard deviation σ = √(scale/n) / 0.8796256610342398, drawn
///   again where |x| > 2σ. What remains has the variance scale/n, for 0.8796… is the standard
///   deviation of the standard normal distribution between −2 and 2. The k-th attempt at element j
///   of N is number j + kN of the stream.
///
/// All in double, rounded to float.
///
/// @param scale positive
/// @param mode what n is
/// @param distribution of which kind
public record VarianceScaling(double scale, Mode mode, Distribution distribution)
    implements Initializer {

  /// √(1 − 4φ(2) / (2Φ(2) − 1))
  private static final double STD_BETWEEN_TWO = 0.8796256610342398;

  private static final Argument<Double> SCALE =
      Argument.of("scale", Kind.number(Range.POSITIVE), 1.0, "the variance times n");

  private static final Argument<Mode> MODE =
      Argument.of("mode", Kind.choice(Mode.class), Mode.FAN_IN, "what n is");

  private static final Argument<Distribution> DISTRIBUTION =
      Argument.of(
          "distribution",
          Kind.choice(Distribution.class),
          Distribution.TRUNCATED_NORMAL,
          "of which kind the numbers are");

  private static final Signature SIGNATURE =
      Signature.of("variance_scaling", "the variance scale / n", 3, SCALE, MODE, DISTRIBUTION);

  static final Written<Initializer> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new VarianceScaling(
                  arguments.get(SCALE), arguments.get(MODE), arguments.get(DISTRIBUTION)));

  /// What the variance is divided by.
  public enum Mode {
    /// Inputs of a unit.
    FAN_IN,
    /// Outputs of an input.
    FAN_OUT,
    /// The mean of both.
    FAN_AVERAGE;

    /// The name as Keras writes it: `fan_in`, `fan_out`, `fan_avg`.
    @Override
    public String toString() {
      return this == FAN_AVERAGE ? "fan_avg" : name().toLowerCase(Locale.ROOT);
    }
  }

  /// Of which kind the numbers are.
  public enum Distribution {
    /// Equally likely between two bounds.
    UNIFORM,
    /// Normal.
    NORMAL,
    /// Normal, cut off at two standard deviations.
    TRUNCATED_NORMAL;

    /// The name in lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Checks the scale.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public VarianceScaling {
    SCALE.kind().check("variance_scaling: scale", scale);
  }

  @Override
  public float[] draw(Shape shape, int fanIn, int fanOut, Philox random) {
    double fan =
        switch (mode) {
          case FAN_IN -> fanIn;
          case FAN_OUT -> fanOut;
          case FAN_AVERAGE -> ((double) fanIn + fanOut) / 2;
        };
    double variance = scale / Math.max(fan, 0.5);
    int n = shape.size();
    float[] values = new float[n];
    switch (distribution) {
      case UNIFORM -> {
        float bound = (float) Math.sqrt(3 * variance);
        random.uniform(0, values, 0, n, -bound, bound);
      }
      case NORMAL -> random.normal(0, values, 0, n, 0, (float) Math.sqrt(variance));
      case TRUNCATED_NORMAL -> {
        double std = Math.sqrt(variance) / STD_BETWEEN_TWO;
        for (int j = 0; j < n; j++) {
          double x = random.normal(j);
          for (long at = j + (long) n; Math.abs(x) > 2; at += n) {
            x = random.normal(at);
          }
          values[j] = (float) (std * x);
        }
      }
    }
    return values;
  }

  /// The paper's name, or `variance_scaling(…)` where there is none.
  @Override
  public String toString() {
    String paper = "";
    if (scale == 1 && mode == Mode.FAN_AVERAGE) {
      paper = "glorot_";
    } else if (scale == 2 && mode == Mode.FAN_IN) {
      paper = "he_";
    } else if (scale == 1 && mode == Mode.FAN_IN) {
      paper = "lecun_";
    }
    return paper.isEmpty()
        ? Written.text(
            SIGNATURE.with(SCALE, scale).with(MODE, mode).with(DISTRIBUTION, distribution))
        : paper + distribution;
  }
}
