package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Sets each element to 0 with probability `rate` in training and divides the others by 1 − rate;
/// passes everything on otherwise (Srivastava et al. 2014, the inverted form of PyTorch and Keras).
///
/// What is dropped is a function of (seed, step, layer, element): a resumed run drops the same.
///
/// @param rate probability, in [0, 1)
public record Dropout(double rate) implements Layer {

  /// Checks the rate.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: the rate must lie in [0, 1), found " + rate);
    }
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int layer = builder.layer();
    return (x, pass) -> {
      if (!pass.training() || rate == 0) {
        return x;
      }
      Tensor factors = Tensor.zeros(DType.F32, x.shape());
      Philox random = pass.random(layer);
      random.keep(pass.firstIndex(), rate, factors.floats(), 0, x.size());
      return x.times(factors.to(x.dtype()));
    };
  }

  @Override
  public String toString() {
    return "dropout(" + Layers.number(rate) + ")";
  }
}
