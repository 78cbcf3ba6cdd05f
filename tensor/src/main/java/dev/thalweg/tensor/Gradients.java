package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import java.util.function.Function;
import java.util.function.Supplier;

/// Derivatives by themselves: Hessian-vector products, a check of gradients against differences,
/// and computing without a record.
public final class Gradients {

  private Gradients() {}

  /// The gradient of a scalar function at x.
  ///
  /// @throws IllegalStateException if the function's value is no scalar
  public static Tensor of(Function<Tensor, Tensor> f, Tensor x) {
    Tensor at = x.detach();
    return f.apply(at).gradient(at);
  }

  /// The product H v of the Hessian of a scalar function at x with a vector: the gradient of ∇f(x)
  /// · v, two passes whatever the size, without ever making H.
  ///
  /// @param v of x's shape
  /// @throws IllegalArgumentException if the shapes differ
  public static Tensor hessianVectorProduct(Function<Tensor, Tensor> f, Tensor x, Tensor v) {
    if (!x.shape().equals(v.shape())) {
      throw new IllegalArgumentException(
          "hessianVectorProduct: expected a vector of shape " + x.shape() + ", found " + v.shape());
    }
    Tensor at = x.detach();
    Tensor gradient = f.apply(at).gradient(at);
    return gradient.times(v.detach()).sum().gradient(at);
  }

  /// Computes without remembering how: for predictions, running averages, anything that is not
  /// differentiated. On the heap, also inside of a trainer's step.
  public static <R> R off(Supplier<? extends R> body) {
    return ScopedValue.where(Context.CURRENT, HeapContext.SILENT).call(body::get);
  }

  /// Compares the gradient of a scalar function with central differences; see [#check(Function,
  /// Tensor, double)]. Step 1e-5.
  public static GradientCheck check(Function<Tensor, Tensor> f, Tensor x) {
    return check(f, x, 1e-5);
  }

  /// Compares the gradient of a scalar function with central differences,
  ///
  /// (f(x + h eᵢ) − f(x − h eᵢ)) / 2h, h = step · max(1, |xᵢ|), in double precision.
  ///
  /// The error of an entry is |a − d| / max(1, |a|, |d|), a being the derived gradient and d the
  /// difference; truncation leaves about h² f‴/6 and rounding 1e-16 |f| / h.
  ///
  /// @param x where; F64 (an F32 function would drown in rounding)
  /// @throws IllegalArgumentException if x is not F64 or the step not positive
  public static GradientCheck check(Function<Tensor, Tensor> f, Tensor x, double step) {
    if (x.dtype() != DType.F64) {
      throw new IllegalArgumentException("check: expected an F64 tensor, found F32; use to(F64)");
    }
    if (!(step > 0) || step > 1) {
      throw new IllegalArgumentException("check: the step must lie in (0, 1], found " + step);
    }
    Tensor at = x.keep();
    double[] derived = f.apply(at).gradient(at).toDoubles();
    double[] values = at.doubles();
    GradientCheck worst = new GradientCheck(-1, x.shape(), 0, 0, 0);
    for (int i = 0; i < values.length; i++) {
      double before = values[i];
      double h = step * Math.max(1, Math.abs(before));
      values[i] = before + h;
      double up = values[i];
      double above = f.apply(at).item();
      values[i] = before - h;
      double down = values[i];
      double below = f.apply(at).item();
      values[i] = before;
      double difference = (above - below) / (up - down);
      double error =
          Math.abs(derived[i] - difference)
              / Math.max(1, Math.max(Math.abs(derived[i]), Math.abs(difference)));
      if (worst.index() < 0 || !(error <= worst.error())) {
        worst = new GradientCheck(i, x.shape(), derived[i], difference, error);
        if (Double.isNaN(error)) {
          return worst;
        }
      }
    }
    return worst;
  }
}
