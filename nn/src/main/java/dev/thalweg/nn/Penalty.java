package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What keeps the weights of a layer small, against overfitting:
///
/// * l1 Σ|w| + l2 Σ w² is added to the loss of each batch, whatever its reduction, with the factors
///   as they are (Keras' `L1L2`; both at once are the elastic net). The weights are those of the
///   products, never biases. PyTorch's and scikit-learn's conventions differ: an L2 penalty of λ
///   here adds 2λw to the gradient, as `weight_decay=2λ` of PyTorch's SGD.
/// * maxNorm bounds the Euclidean norm of the weights that lead into each unit: after each step a
///   column that is longer is shortened to it (Srivastava et al. 2014; Keras' `MaxNorm(axis=0)`,
///   which also shrinks those that are short enough by its ε of 1e-7).
///
/// Losses that are reported are those of the data, without the penalty.
///
/// @param l1 factor of Σ|w|; 0 by default
/// @param l2 factor of Σ w²; 0 by default
/// @param maxNorm ∞ by default
public record Penalty(double l1, double l2, double maxNorm) {

  /// No penalty.
  public static final Penalty NONE = new Penalty(0, 0, Double.POSITIVE_INFINITY);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a factor is negative or not finite, or the norm not
  ///   positive
  public Penalty {
    checkFactor("l1", l1);
    checkFactor("l2", l2);
    l1 += 0.0; // −0 is written as nothing
    l2 += 0.0;
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("max_norm must be positive, found " + maxNorm);
    }
  }

  private static void checkFactor(String name, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must lie in [0, ∞), found " + factor);
    }
  }

  /// λ Σ|w|
  ///
  /// @throws IllegalArgumentException if the factor is negative or not finite
  public static Penalty l1(double factor) {
    return new Penalty(factor, 0, Double.POSITIVE_INFINITY);
  }

  /// λ Σ w²
  ///
  /// @throws IllegalArgumentException if the factor is negative or not finite
  public static Penalty l2(double factor) {
    return new Penalty(0, factor, Double.POSITIVE_INFINITY);
  }

  /// l1 Σ|w| + l2 Σ w²
  ///
  /// @throws IllegalArgumentException if a factor is negative or not finite
  public static Penalty elastic(double l1, double l2) {
    return new Penalty(l1, l2, Double.POSITIVE_INFINITY);
  }

  /// The norm of the weights into each unit at most this.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Penalty maxNorm(double norm) {
    return new Penalty(0, 0, norm);
  }

  /// This penalty with a bound on the norm of the weights into each unit.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Penalty withMaxNorm(double norm) {
    return new Penalty(l1, l2, norm);
  }

  /// The penalty for these weights, a scalar; nothing where both factors are 0.
  Optional<Tensor> of(Tensor weights) {
    if (l1 == 0 && l2 == 0) {
      return Optional.empty();
    }
    if (l1 == 0) {
      return Optional.of(weights.square().sum().times(l2));
    }
    Tensor absolute = weights.abs().sum().times(l1);
    return Optional.of(l2 == 0 ? absolute : absolute.plus(weights.square().sum().times(l2)));
  }

  /// Shortens the columns of weights that are longer than the bound; the last dimension is that of
  /// the units.
  void shorten(Tensor weights) {
    if (maxNorm == Double.POSITIVE_INFINITY) {
      return;
    }
    int units = weights.shape().dimension(-1);
    int rows = units == 0 ? 0 : weights.size() / units;
    double[] squares = new double[units];
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < units; j++, at++) {
        double w = weights.element(at);
        squares[j] += w * w;
      }
    }
    for (int j = 0; j < units; j++) {
      double norm = Math.sqrt(squares[j]);
      if (norm > maxNorm) {
        double factor = maxNorm / norm;
        for (int i = 0; i < rows; i++) {
          Constants.set(weights, i * units + j, factor * weights.element(i * units + j));
        }
      }
    }
  }

  /// The arguments of a layer's or model's text: `l1=1e-5, l2=1e-4, max_norm=3`; empty for none.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (l1 != 0) {
      parts.add("l1=" + Layers.number(l1));
    }
    if (l2 != 0) {
      parts.add("l2=" + Layers.number(l2));
    }
    if (maxNorm != Double.POSITIVE_INFINITY) {
      parts.add("max_norm=" + Layers.number(maxNorm));
    }
    return String.join(", ", parts);
  }
}
