package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An operation that is said twice: as a composition of other operations, which is what it means,
/// and as kernels for F32, which are fast.
///
/// In F64 the composition is what runs. In F32 [#forward] and [#back] run; the gradients that
/// `back` gives remember where they came from, and who differentiates them again gets the
/// derivatives of the composition. So gradients have gradients, and an operation has no need of
/// kernels for those. Nothing of this costs anything until it is asked for.
///
/// ```java
/// /// x · sigmoid(x)
/// final class Swish extends Fused {
///   private Swish(Tensor x) {
///     super("swish", x);
///   }
///
///   static Tensor of(Tensor x) {
///     return new Swish(x).result(x.shape());
///   }
///
///   @Override
///   protected Tensor composed(Tensor... x) {
///     return x[0].times(x[0].sigmoid());
///   }
///
///   @Override
///   protected void forward(Engine engine, Tensor y) { … y.floats() … }
///
///   @Override
///   protected void back(Engine engine, Tensor y, Tensor g, Wanted by) {
///     Tensor part = Tensor.empty(DType.F32, y.shape());
///     … part.floats() …
///     by.add(0, part);
///   }
/// }
/// ```
///
/// What `forward` computes and `back` needs is kept in fields, on arrays of [Tensor#empty]; it is
/// not worth keeping where [#recording] says that nobody will ask.
public abstract class Fused extends Operation {

  /// An operation on these inputs.
  ///
  /// @param name as errors say it
  /// @throws IllegalArgumentException if there is no input, or they are not all F32 or all F64
  protected Fused(String name, Tensor... inputs) {
    super(name, inputs);
    if (inputs.length == 0) {
      throw new IllegalArgumentException(name + ": expected one or more inputs, found none");
    }
    for (Tensor input : inputs) {
      Elementwise.checkSame(name, inputs[0], input);
    }
  }

  /// What the operation means: the same result by other operations, in any precision, and nothing
  /// but these inputs differentiated by.
  protected abstract Tensor composed(Tensor... x);

  /// Fills the result, F32.
  ///
  /// @param y of arbitrary contents
  protected abstract void forward(Engine engine, Tensor y);

  /// The gradients by the inputs that are wanted, F32, by kernels or operations. [Wanted#add] takes
  /// them.
  ///
  /// @param y what [#forward] has filled
  /// @param g the gradient by y
  protected abstract void back(Engine engine, Tensor y, Tensor g, Wanted by);

  /// The result: of that shape by [#forward] in F32, by [#composed] in F64.
  protected final Tensor result(Shape shape) {
    if (input(0).dtype() == DType.F64) {
      return composed(inputs.clone());
    }
    Tensor y = result(DType.F32, shape);
    forward(engine(), y);
    return y;
  }

  @Override
  protected final void backward(Tensor y, Tensor g, Wanted by) {
    back(engine(), y, g, recording() ? new Remembered(this, g, by) : by);
  }

  /// Has each gradient remember where it came from.
  static final class Remembered implements Wanted {
    private final Fused operation;
    private final Tensor g;
    private final Wanted by;

    private Remembered(Fused operation, Tensor g, Wanted by) {
      this.operation = operation;
      this.g = g;
      this.by = by;
    }

    @Override
    public boolean wants(int input) {
      return by.wants(input);
    }

    @Override
    public void add(int input, Tensor part) {
      by.add(input, part.as(new Product(operation, input, g)));
    }

    @Override
    public void addSlice(int input, Tensor part, int axis, int from) {
      whole(input, Slices.Piece.slice(part, axis, from));
    }

    @Override
    public void addRows(int input, Tensor part, Tensor rows) {
      whole(input, Slices.Piece.rows(part, rows));
    }

    private void whole(int input, Slices.Piece piece) {
      Tensor x = operation.input(input);
      add(input, Slices.sum(x.dtype(), x.shape(), List.of(), List.of(piece)));
    }
  }

  /// How a gradient was made: by a function of the inputs and of the gradient by the result, which
  /// is the vector-Jacobian product of the composition.
  private static final class Product extends Operation {
    private final Fused fused;
    private final int number;

    Product(Fused fused, int number, Tensor g) {
      super("gradient of " + fused.name(), with(fused.inputs, g));
      this.fused = fused;
      this.number = number;
    }

    private static Tensor[] with(Tensor[] inputs, Tensor g) {
      Tensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
      all[inputs.length] = g;
      return all;
    }

    /// The composition is made once more, of views of the inputs: each of them is differentiated by
    /// as if it did not depend on another, and what is computed on the way to the first derivative
    /// is remembered even where the second will not be.
    @Override
    protected void backward(Tensor part, Tensor gradient, Wanted by) {
      Tensor[] x = new Tensor[inputs()];
      Tensor first =
          Context.current()
              .remembering(() -> {
                for (int i = 0; i < x.length; i++) {
                  x[i] = input(i).reshape(input(i).dimensions());
                }
                Tensor g = x[x.length - 1];
                Tensor y = fused.composed(Arrays.copyOf(x, x.length - 1));
                return Backward.partial(y, g, List.of(x[number])).getFirst();
              });
      List<Tensor> wanted = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        if (by.wants(i)) {
          wanted.add(x[i]);
        }
      }
      List<Tensor> second = Backward.partial(first, gradient, wanted);
      for (int i = 0, at = 0; i < x.length; i++) {
        if (by.wants(i)) {
          by.add(i, second.get(at++));
        }
      }
    }
  }
}
