package dev.thalweg.tensor;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import java.util.Arrays;

/// Other shapes of the same elements, and repeated elements.
final class Views {

  private Views() {}

  /// The shape that `sizes` means for this tensor's elements, with −1 derived.
  static Shape target(Tensor x, int... sizes) {
    int[] wanted = sizes.clone();
    int free = -1;
    long known = 1;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] == -1 && free < 0) {
        free = i;
      } else {
        known *= wanted[i];
      }
    }
    if (free >= 0 && known > 0 && x.size() % known == 0) {
      wanted[free] = (int) (x.size() / known);
      known *= wanted[free];
      free = -1;
    }
    if (free >= 0 || known != x.size()) {
      throw new IllegalArgumentException(
          "reshape: "
              + x.size()
              + " elements of shape "
              + x.shape()
              + " do not fit "
              + Arrays.toString(sizes));
    }
    return Shape.of(wanted);
  }

  static final class Reshape extends Operation {
    Reshape(Tensor x) {
      super("reshape", x);
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g.reshape(input(0).dimensions()));
    }
  }

  static Tensor broadcast(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    if (!Shape.broadcast("broadcastTo", x.shape(), target).equals(target)) {
      throw new IllegalArgumentException(
          "broadcastTo: shape " + x.shape() + " does not broadcast to " + target);
    }
    Tensor y = new Repeat(x).result(x.dtype(), target);
    if (x.size() == 1) {
      if (x.dtype() == DType.F32) {
        Arrays.fill(y.floats(), x.floats()[0]);
      } else {
        Arrays.fill(y.doubles(), x.doubles()[0]);
      }
      return y;
    }
    // The maximum of x and x repeated is x repeated, bit for bit.
    Tensor shell = y.detach();
    if (x.dtype() == DType.F32) {
      Arrays.fill(y.floats(), Float.NEGATIVE_INFINITY);
    } else {
      Arrays.fill(y.doubles(), Double.NEGATIVE_INFINITY);
    }
    Broadcast.zip(BinaryFunction.MAXIMUM, x, shell, y);
    return y;
  }

  private static final class Repeat extends Operation {
    Repeat(Tensor x) {
      super("broadcastTo", x);
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g.sumTo(input(0).shape()));
    }
  }
}
