package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// How a tensor was made: the inputs of the operation, and its vector-Jacobian product.
///
/// An operation of your own is a class with its inputs, a method that makes the result, and
/// [#backward], which is asked once for the gradients by all inputs:
///
/// ```java
/// /// x² y
/// final class Scaled extends Operation {
///   private Scaled(Tensor x, Tensor y) {
///     super("scaled", x, y);
///   }
///
///   static Tensor of(Tensor x, Tensor y) {
///     Tensor z = new Scaled(x, y).result(DType.F64, x.shape());
///     for (int i = 0; i < x.size(); i++) {
///       z.doubles()[i] = x.doubles()[i] * x.doubles()[i] * y.doubles()[i];
///     }
///     return z;
///   }
///
///   @Override
///   protected void backward(Tensor z, Tensor g, Wanted by) {
///     Tensor shared = g.times(input(0)); // of operations: gradients have gradients
///     by.add(0, shared.times(input(1)).times(2));
///     by.add(1, shared.times(input(0)));
///   }
/// }
/// ```
///
/// An object stands for one application: it belongs to one result. Products that are made of
/// operations of tensors can be differentiated in turn. Loops are shared among threads by
/// [#engine]; arrays to compute with are those of [Tensor#empty].
public abstract class Operation {

  final Tensor[] inputs;
  private final String name;

  /// An operation on these inputs.
  ///
  /// @param name as errors say it: `linear`, `softmaxCrossEntropy`
  protected Operation(String name, Tensor... inputs) {
    this.name = name;
    this.inputs = inputs;
  }

  /// The gradients of a scalar with respect to the inputs, from its gradient with respect to the
  /// result. Only those that `by` wants need be computed, and an input that gets none has a
  /// derivative of zero everywhere. Called once for each gradient that is taken, only where at
  /// least one input is wanted.
  ///
  /// @param y the result of the operation
  /// @param g the scalar's gradient with respect to the result, of the result's shape
  /// @param by takes the gradients
  protected abstract void backward(Tensor y, Tensor g, Wanted by);

  /// The name.
  protected final String name() {
    return name;
  }

  /// How many inputs there are.
  protected final int inputs() {
    return inputs.length;
  }

  /// Input number i.
  protected final Tensor input(int i) {
    return inputs[i];
  }

  /// The result of this operation, to be filled: an array of the current context, whose contents
  /// are arbitrary.
  protected final Tensor result(DType dtype, Shape shape) {
    return Tensor.result(name, dtype, shape, this);
  }

  /// The result of this operation, to be filled in the rows that the table says.
  final Tensor result(Shape shape, ZeroedTable table) {
    return Tensor.result(name, shape, table, this);
  }

  /// Whether results remember how they were made: whether anybody will ask for gradients.
  protected static boolean recording() {
    return Context.current().recording();
  }

  /// The engine that operations on this thread run on.
  protected static Engine engine() {
    return Context.current().engine();
  }
}
