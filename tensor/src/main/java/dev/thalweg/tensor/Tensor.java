package dev.thalweg.tensor;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An n-dimensional array of F32 or F64 that knows how it was made, or of whole numbers, I32.
///
/// Every operation gives a new tensor that remembers its inputs, so that any scalar can be
/// differentiated by any tensor it came from; there is no tape to open and nothing to zero:
///
/// ```java
/// Tensor x = Tensor.of(1, 2, 3);
/// Tensor g = x.square().sum().gradient(x);                 // 2x
/// Tensor h = g.sum().gradient(x);                          // 2, 2, 2: gradients have gradients
/// ```
///
/// Shapes broadcast as in NumPy. F32 and F64 don't mix; [#to] converts. The numbers are dense and
/// row-major. Operations run on the [engine bound to the
/// thread][dev.thalweg.kernels.Engine#current].
public final class Tensor implements Values, HasValues {

  private final String name;
  private final Shape shape;

  /// The numbers: `float[]`, `double[]` or `int[]`.
  private final Object array;

  private final Context context;
  private final long step;
  private final @Nullable Operation operation;

  /// Whether it was made by an operation that was not recorded.
  private final boolean forgotten;

  /// Whether it was made without elements that are not 0 and too small for a gradient.
  private boolean withoutNegligible;

  /// The rows without which all numbers are +0, where that is known.
  private @Nullable UsedRows used;

  /// Whether its array went back to the pool before the step has ended.
  private boolean gone;

  private Tensor(
      String name, Shape shape, Object array, Context context, @Nullable Operation operation) {
    this.name = name;
    this.shape = shape;
    this.array = array;
    this.context = context;
    this.step = context.step();
    this.operation = context.recording() ? operation : null;
    this.forgotten = operation != null && !context.recording();
  }

  // ---- making

  /// A vector of F64.
  public static Tensor of(double... values) {
    return wrap(Shape.of(values.length), values.clone());
  }

  /// A matrix of F64.
  ///
  /// @throws IllegalArgumentException if the rows differ in length
  public static Tensor of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "tensor: expected rows of "
                + columns
                + " numbers, found "
                + rows[i].length
                + " in row "
                + i);
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return wrap(Shape.of(rows.length, columns), values);
  }

  /// A tensor of F64 with a copy of these values in row-major order.
  ///
  /// @throws IllegalArgumentException if their number is not the shape's
  public static Tensor of(Shape shape, double... values) {
    return wrap(shape, values.clone());
  }

  /// A vector of F32.
  public static Tensor ofFloats(float... values) {
    return wrap(Shape.of(values.length), values.clone());
  }

  /// A tensor of F32 with a copy of these values in row-major order.
  ///
  /// @throws IllegalArgumentException if their number is not the shape's
  public static Tensor ofFloats(Shape shape, float... values) {
    return wrap(shape, values.clone());
  }

  /// A vector of whole numbers: classes, tokens, places. They have no arithmetic and no gradients.
  public static Tensor ofInts(int... values) {
    return wrap(Shape.of(values.length), values.clone());
  }

  /// A tensor of whole numbers with a copy of these values in row-major order.
  ///
  /// @throws IllegalArgumentException if their number is not the shape's
  public static Tensor ofInts(Shape shape, int... values) {
    return wrap(shape, values.clone());
  }

  /// A scalar of F64.
  public static Tensor scalar(double value) {
    return wrap(Shape.SCALAR, new double[] {value});
  }

  /// A tensor on this very array: what is written to the array later changes the tensor.
  ///
  /// @throws IllegalArgumentException if the array has not exactly the shape's number of elements
  public static Tensor wrap(Shape shape, float[] values) {
    checkLength(shape, values.length);
    return new Tensor("values", shape, values, HeapContext.RECORDING, null);
  }

  /// A tensor on this very array: what is written to the array later changes the tensor.
  ///
  /// @throws IllegalArgumentException if the array has not exactly the shape's number of elements
  public static Tensor wrap(Shape shape, double[] values) {
    checkLength(shape, values.length);
    return new Tensor("values", shape, values, HeapContext.RECORDING, null);
  }

  /// A tensor on this very array: what is written to the array later changes the tensor.
  ///
  /// @throws IllegalArgumentException if the array has not exactly the shape's number of elements
  public static Tensor wrap(Shape shape, int[] values) {
    checkLength(shape, values.length);
    return new Tensor("values", shape, values, HeapContext.RECORDING, null);
  }

  /// A lasting tensor on the first elements of this very array.
  static Tensor within(Shape shape, float[] values) {
    return new Tensor("values", shape, values, HeapContext.RECORDING, null);
  }

  private static void checkLength(Shape shape, int length) {
    if (shape.size() != length) {
      throw new IllegalArgumentException(
          "tensor: shape "
              + shape
              + " has "
              + shape.size()
              + " elements, found "
              + length
              + " values");
    }
  }

  /// A tensor to be filled: its array is one of the current context, and whatever was in it before
  /// is there still. For operations of your own.
  public static Tensor empty(DType dtype, Shape shape) {
    return result("empty", dtype, shape, null);
  }

  /// A tensor of zeros.
  public static Tensor zeros(DType dtype, Shape shape) {
    return full(dtype, shape, 0);
  }

  /// A tensor of ones.
  public static Tensor ones(DType dtype, Shape shape) {
    return full(dtype, shape, 1);
  }

  /// A tensor whose elements are all `value`.
  public static Tensor full(DType dtype, Shape shape, double value) {
    Tensor y = result("full", dtype, shape, null);
    y.fill(value);
    return y;
  }

  /// Sets all elements: of a tensor that nobody has seen yet.
  void fill(double value) {
    switch (dtype()) {
      case F32 -> Arrays.fill(floats(), 0, size(), (float) value);
      case F64 -> Arrays.fill(doubles(), 0, size(), value);
      case I32 -> Arrays.fill(ints(), 0, size(), (int) value);
    }
  }

  /// The array, whichever it is.
  Object array() {
    check();
    return array;
  }

  /// A result of an operation, with an array of the current context whose contents are arbitrary.
  static Tensor result(String name, DType dtype, Shape shape, @Nullable Operation operation) {
    Context context = Context.current();
    int n = shape.size();
    Object array =
        switch (dtype) {
          case F32 -> context.floats(n);
          case F64 -> context.doubles(n);
          case I32 -> context.ints(n);
        };
    return new Tensor(name, shape, array, context, operation);
  }

  /// The result of an operation, on an array of +0 that is going to have other numbers in the rows
  /// that it says.
  static Tensor result(String name, Shape shape, ZeroedTable table, Operation operation) {
    Tensor y = new Tensor(name, shape, table.array(), Context.current(), operation);
    boolean few = 2 * table.used().count() <= shape.dimension(0);
    y.used = few ? table.used() : null;
    return y;
  }

  /// The same numbers, on the same array, as the result of another operation.
  Tensor as(Operation made) {
    return view(made.name(), shape, made);
  }

  /// The same numbers in another shape, on the same array.
  private Tensor view(String viewName, Shape viewShape, Operation made) {
    check();
    Context now = Context.current();
    // A view of a step's array lives no longer than the step; one of a lasting array may be
    // recorded in a step, and then ends with it.
    Tensor view = new Tensor(viewName, viewShape, array, now, made);
    view.withoutNegligible = withoutNegligible;
    return view;
  }

  void hasNothingNegligible() {
    withoutNegligible = true;
  }

  boolean isWithoutNegligible() {
    return withoutNegligible;
  }

  // ---- reading

  /// This tensor.
  @Override
  public Tensor values() {
    return this;
  }

  /// The shape.
  public Shape shape() {
    return shape;
  }

  @Override
  public int[] dimensions() {
    return shape.dimensions();
  }

  @Override
  public boolean hasDimensions(int[] sizes) {
    return shape.hasSizes(sizes);
  }

  @Override
  public int size() {
    return shape.size();
  }

  @Override
  public DType dtype() {
    return array instanceof float[] ? DType.F32 : array instanceof double[] ? DType.F64 : DType.I32;
  }

  @Override
  public float[] floats() {
    check();
    if (array instanceof float[] floats) {
      return floats;
    }
    throw new IllegalStateException(
        name + ": expected an F32 tensor, found " + dtype() + "; convert it with to(F32)");
  }

  @Override
  public double[] doubles() {
    check();
    if (array instanceof double[] doubles) {
      return doubles;
    }
    throw new IllegalStateException(
        name + ": expected an F64 tensor, found " + dtype() + "; convert it with to(F64)");
  }

  @Override
  public int[] ints() {
    check();
    if (array instanceof int[] ints) {
      return ints;
    }
    throw new IllegalStateException(
        name + ": expected whole numbers, found " + dtype() + "; convert it with to(I32)");
  }

  /// Of the gradient of a large table of which few rows were looked up ([#gather]), and that
  /// nothing else was made of: these rows.
  @Override
  public @Nullable UsedRows usedRows() {
    check();
    return used;
  }

  /// The only element.
  ///
  /// @throws IllegalStateException if there is not exactly one
  public double item() {
    if (size() != 1) {
      throw new IllegalStateException(
          name + ": item() needs exactly one element, found shape " + shape);
    }
    return element(0);
  }

  /// The element at an index of the row-major order.
  public double element(int index) {
    return switch (dtype()) {
      case F32 -> floats()[index];
      case F64 -> doubles()[index];
      case I32 -> ints()[index];
    };
  }

  /// A copy of the elements in row-major order.
  public double[] toDoubles() {
    if (dtype() == DType.F64) {
      return Arrays.copyOf(doubles(), size());
    }
    double[] copy = new double[size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = element(i);
    }
    return copy;
  }

  /// A lasting copy without history: on the heap, unaffected by the end of a step.
  public Tensor keep() {
    int n = size();
    return switch (dtype()) {
      case F32 -> wrap(shape, Arrays.copyOf(floats(), n));
      case F64 -> wrap(shape, Arrays.copyOf(doubles(), n));
      case I32 -> wrap(shape, Arrays.copyOf(ints(), n));
    };
  }

  /// The same values without history: what follows is not differentiated through it.
  public Tensor detach() {
    check();
    return new Tensor(name, shape, array, context, null);
  }

  /// The same values in another precision; itself where it has it already. Whole numbers have no
  /// gradient.
  ///
  /// @throws IllegalArgumentException if one that is to become a whole number is none
  public Tensor to(DType dtype) {
    return dtype == dtype() ? this : Conversion.to(this, dtype);
  }

  @Nullable Operation operation() {
    return operation;
  }

  /// Whether it was made by an operation that was not recorded.
  boolean isForgotten() {
    return forgotten;
  }

  /// The operation that made this tensor.
  String name() {
    return name;
  }

  /// Its array has gone back.
  void end() {
    gone = true;
  }

  private void check() {
    if (gone) {
      throw new IllegalStateException(
          name
              + ": this gradient of shape "
              + shape
              + " was used up in its backward pass; keep() copies it there");
    }
    if (step != context.step()) {
      throw new IllegalStateException(
          name
              + ": this tensor of shape "
              + shape
              + " belongs to a step that has ended; copy it out"
              + " with keep() before the step ends");
    }
  }

  // ---- element by element

  /// this + other, broadcast.
  public Tensor plus(Tensor other) {
    return Elementwise.binary(BinaryFunction.ADD, this, other);
  }

  /// this + value
  public Tensor plus(double value) {
    return plus(constant(value));
  }

  /// this − other, broadcast.
  public Tensor minus(Tensor other) {
    return Elementwise.binary(BinaryFunction.SUBTRACT, this, other);
  }

  /// this − value
  public Tensor minus(double value) {
    return minus(constant(value));
  }

  /// this · other, element by element, broadcast.
  public Tensor times(Tensor other) {
    return Elementwise.binary(BinaryFunction.MULTIPLY, this, other);
  }

  /// this · value
  public Tensor times(double value) {
    return times(constant(value));
  }

  /// this / other, element by element, broadcast.
  public Tensor div(Tensor other) {
    return Elementwise.binary(BinaryFunction.DIVIDE, this, other);
  }

  /// this / value
  public Tensor div(double value) {
    return div(constant(value));
  }

  /// The larger of each pair, broadcast; where both are equal each gets half of the gradient.
  public Tensor maximum(Tensor other) {
    return Elementwise.binary(BinaryFunction.MAXIMUM, this, other);
  }

  /// The smaller of each pair, broadcast; where both are equal each gets half of the gradient.
  public Tensor minimum(Tensor other) {
    return Elementwise.binary(BinaryFunction.MINIMUM, this, other);
  }

  /// A scalar of this tensor's precision.
  Tensor constant(double value) {
    Tensor y = result("constant", dtype(), Shape.SCALAR, null);
    if (dtype() == DType.F32) {
      y.floats()[0] = (float) value;
    } else {
      y.doubles()[0] = value;
    }
    return y;
  }

  /// xᵉ by `StrictMath.pow`, element by element; the derivative is e xᵉ⁻¹.
  public Tensor pow(double exponent) {
    return Elementwise.pow(this, exponent);
  }

  /// −x
  public Tensor negate() {
    return Elementwise.unary(UnaryFunction.NEGATE, this);
  }

  /// |x|; the derivative at 0 is 0.
  public Tensor abs() {
    return Elementwise.unary(UnaryFunction.ABS, this);
  }

  /// −1, 0 or 1; the derivative is 0 everywhere.
  public Tensor sign() {
    return Elementwise.unary(UnaryFunction.SIGN, this);
  }

  /// x²
  public Tensor square() {
    return Elementwise.unary(UnaryFunction.SQUARE, this);
  }

  /// √x
  public Tensor sqrt() {
    return Elementwise.unary(UnaryFunction.SQRT, this);
  }

  /// 1/x
  public Tensor reciprocal() {
    return Elementwise.unary(UnaryFunction.RECIPROCAL, this);
  }

  /// eˣ
  public Tensor exp() {
    return Elementwise.unary(UnaryFunction.EXP, this);
  }

  /// The natural logarithm.
  public Tensor log() {
    return Elementwise.unary(UnaryFunction.LOG, this);
  }

  /// log(1 + x)
  public Tensor log1p() {
    return Elementwise.unary(UnaryFunction.LOG1P, this);
  }

  /// The hyperbolic tangent.
  public Tensor tanh() {
    return Elementwise.unary(UnaryFunction.TANH, this);
  }

  /// 1 / (1 + e⁻ˣ)
  public Tensor sigmoid() {
    return Elementwise.unary(UnaryFunction.SIGMOID, this);
  }

  /// log(1 + eˣ)
  public Tensor softplus() {
    return Elementwise.unary(UnaryFunction.SOFTPLUS, this);
  }

  /// The error function.
  public Tensor erf() {
    return Elementwise.unary(UnaryFunction.ERF, this);
  }

  /// x Φ(x), the exact form, Φ being the normal distribution function.
  public Tensor gelu() {
    return Elementwise.unary(UnaryFunction.GELU, this);
  }

  /// max(x, 0); the derivative at 0 is 0.
  public Tensor relu() {
    return Elementwise.unary(UnaryFunction.RELU, this);
  }

  /// sin x
  public Tensor sin() {
    return Elementwise.unary(UnaryFunction.SIN, this);
  }

  /// cos x
  public Tensor cos() {
    return Elementwise.unary(UnaryFunction.COS, this);
  }

  /// `other` where this > 0, else 0; not differentiated by this. In F32 also 0 where it is smaller
  /// than 1e-32, as it is made for gradients.
  public Tensor gate(Tensor other) {
    return Elementwise.gate(this, other);
  }

  /// A function of your own of each element: one loop, and derivatives from its formula.
  ///
  /// @throws IllegalArgumentException if it is a function of more than one number
  public Tensor map(ElementFunction function) {
    return function.apply(this);
  }

  // ---- reductions

  /// The sum of all elements, a scalar.
  public Tensor sum() {
    return Reductions.sum(this);
  }

  /// The sum over one dimension, which goes away; negative ones count from the end.
  public Tensor sum(int axis) {
    return Reductions.sum(this, shape.axis(axis));
  }

  /// The mean of all elements, a scalar.
  public Tensor mean() {
    return sum().div(size());
  }

  /// The mean over one dimension, which goes away.
  public Tensor mean(int axis) {
    return sum(axis).div(shape.dimension(axis));
  }

  /// The largest element; NaN if there is one. Not differentiable.
  public double max() {
    return Reductions.max(this);
  }

  /// The largest element along one dimension, which goes away; NaN where there is one. Equal ones
  /// share the gradient evenly.
  ///
  /// @throws IllegalStateException if that dimension has no element
  public Tensor max(int axis) {
    return Reductions.max(this, shape.axis(axis));
  }

  /// The variance over one dimension, which goes away: the mean of squared distances from the mean,
  /// divided by their number n, not n − 1.
  public Tensor variance(int axis) {
    int at = shape.axis(axis);
    return minus(mean(at).unsqueeze(at)).square().mean(at);
  }

  /// Along one dimension, which goes away, the index of the largest element, I32: the first of
  /// equal ones; that of a NaN, if there is one.
  ///
  /// @throws IllegalStateException if that dimension has no element
  public Tensor argMax(int axis) {
    return Reductions.argMax(this, shape.axis(axis));
  }

  /// For each row (all dimensions but the last) the index of its largest element, the first of
  /// equal ones; of a NaN, if there is one.
  public int[] argMax() {
    return Reductions.argMax(this);
  }

  // ---- shape

  /// The same elements in another shape, sharing the array; one size may be −1 and is derived.
  ///
  /// @throws IllegalArgumentException if the number of elements differs
  public Tensor reshape(int... sizes) {
    return reshape(Views.target(this, sizes));
  }

  private Tensor reshape(Shape target) {
    return view("reshape", target, new Views.Reshape(this));
  }

  /// The same elements with a dimension of size 1 more, in front of dimension `axis`; −1 puts it
  /// last. Shares the array.
  public Tensor unsqueeze(int axis) {
    int at = axis < 0 ? axis + shape.rank() + 1 : axis;
    if (at < 0 || at > shape.rank()) {
      throw new IllegalArgumentException(
          "unsqueeze: there is no place " + axis + " for a dimension in shape " + shape);
    }
    int[] sizes = new int[shape.rank() + 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == at ? 1 : shape.dimension(i < at ? i : i - 1);
    }
    return reshape(Shape.of(sizes));
  }

  /// The same elements without a dimension of size 1. Shares the array.
  ///
  /// @throws IllegalArgumentException if its size is not 1
  public Tensor squeeze(int axis) {
    int at = shape.axis(axis);
    if (shape.dimension(at) != 1) {
      throw new IllegalArgumentException(
          "squeeze: expected a dimension " + axis + " of size 1, found shape " + shape);
    }
    return reshape(shape.without(at));
  }

  /// The first dimension kept, the rest in one: n×a×b becomes n×ab.
  public Tensor flatten() {
    if (shape.rank() == 2) {
      return this;
    }
    if (shape.rank() == 0) {
      return reshape(1, 1);
    }
    int n = shape.dimension(0);
    return reshape(n, n == 0 ? 0 : size() / n);
  }

  /// The dimensions in another order, a copy: dimension i of the result is dimension `axes[i]` of
  /// this.
  ///
  /// @throws IllegalArgumentException if not each dimension is there once
  public Tensor permute(int... axes) {
    return Permuted.of(this, axes);
  }

  /// Two dimensions exchanged, a copy; negative ones count from the end.
  public Tensor transpose(int one, int other) {
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    axes[shape.axis(one)] = shape.axis(other);
    axes[shape.axis(other)] = shape.axis(one);
    return Permuted.of(this, axes);
  }

  /// The transpose of a matrix.
  public Tensor transpose() {
    return Products.transpose(this);
  }

  /// The elements repeated to a larger shape by the broadcasting rule.
  public Tensor broadcastTo(Shape target) {
    return Views.broadcast(this, target);
  }

  /// The sum over what broadcasting repeated: the inverse of [#broadcastTo] in the gradient's
  /// sense.
  Tensor sumTo(Shape target) {
    return Reductions.sumTo(this, target);
  }

  /// Rows `from` to `to` (exclusive) of the first dimension, a copy.
  public Tensor rows(int from, int to) {
    return Slices.slice("rows", this, 0, from, to);
  }

  /// Elements `from` to `to` (exclusive) along one dimension, a copy; the gradients of all slices
  /// of a tensor are gathered into one array, however many there are.
  ///
  /// @throws IllegalArgumentException if there are no such elements
  public Tensor slice(int axis, int from, int to) {
    return Slices.slice("slice", this, shape.axis(axis), from, to);
  }

  /// Parts of these sizes along one dimension, one after another.
  ///
  /// @throws IllegalArgumentException if the sizes don't make that of the dimension
  public List<Tensor> split(int axis, int... sizes) {
    return Slices.split(this, shape.axis(axis), sizes);
  }

  /// Tensors one after another along one dimension, in which alone they may differ.
  ///
  /// @throws IllegalArgumentException if there is none, or they differ in another
  public static Tensor concat(int axis, Tensor... parts) {
    return Slices.concat(axis, parts);
  }

  /// Tensors of one shape along a dimension of their own, which comes in front of dimension `axis`;
  /// −1 puts it last.
  ///
  /// @throws IllegalArgumentException if there is none, or shapes differ
  public static Tensor stack(int axis, Tensor... parts) {
    Tensor[] thick = new Tensor[parts.length];
    Arrays.setAll(thick, i -> parts[i].unsqueeze(axis));
    return Slices.concat(axis, thick);
  }

  /// So many elements of one value more along one dimension.
  ///
  /// @throws IllegalArgumentException if a number is negative; [#slice] takes away
  public Tensor pad(int axis, int before, int after, double value) {
    return Slices.pad(this, shape.axis(axis), before, after, value);
  }

  /// The rows (of the first dimension) that whole numbers name: a look-up in a table. The shape is
  /// that of the numbers, and behind it that of one row.
  ///
  /// @param rows I32
  /// @throws IllegalArgumentException if one is no row of this
  public Tensor gather(Tensor rows) {
    return Lookup.of(this, rows);
  }

  /// For each of these whole numbers a row of zeros, and 1 at that place: one dimension more.
  ///
  /// @throws IllegalArgumentException if one is not in 0 … classes − 1
  public Tensor oneHot(DType dtype, int classes) {
    return Lookup.oneHot(this, dtype, classes);
  }

  // ---- products and networks

  /// The matrix product of m×k and k×n. Where one has more dimensions, the last two are those of
  /// matrices and the others broadcast: `[batch, heads, m, k]` and `[batch, heads, k, n]`.
  ///
  /// @throws IllegalArgumentException if one is no matrix, or sizes don't fit together
  public Tensor matmul(Tensor other) {
    return Products.matmul(this, other, false, false);
  }

  /// The matrix product, with this or the other transposed without being copied: A Bᵀ is
  /// `a.matmul(b, false, true)`.
  public Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return Products.matmul(this, other, transposeThis, transposeOther);
  }

  /// x W + b: this n×i, weights i×o, bias o; of more dimensions, the last is that of inputs. The
  /// bias is where the sums begin.
  public Tensor linear(Tensor weights, Tensor bias) {
    return Products.linear(this, weights, bias);
  }

  /// Softmax over the last dimension.
  public Tensor softmax() {
    return Softmax.softmax(this);
  }

  /// The logarithm of softmax over the last dimension, computed without overflow.
  public Tensor logSoftmax() {
    return Softmax.logSoftmax(this);
  }

  /// The mean over the rows of −log softmax(logits)(label): this n×classes, one label a row.
  ///
  /// @throws IllegalArgumentException if there are not n labels or one is no class
  public Tensor softmaxCrossEntropy(int[] labels) {
    return Softmax.crossEntropy(this, labels);
  }

  /// The mean over the rows of −Σ target · log softmax(logits), this being n×classes.
  ///
  /// @param targets n×classes distributions, or a vector of n class indices
  public Tensor softmaxCrossEntropy(Tensor targets) {
    return Softmax.crossEntropy(this, targets);
  }

  // ---- derivatives

  /// The gradients of this scalar, in the order asked; zeros where it does not depend on one. Each
  /// is a tensor like any other and can be differentiated again.
  ///
  /// @param by tensors, or parameters whose values are tensors
  /// @throws IllegalStateException if this is no scalar, or was made while recording was off
  /// @throws IllegalArgumentException if the values of one are no tensor
  public List<Tensor> gradients(List<? extends HasValues> by) {
    if (size() != 1) {
      throw new IllegalStateException(
          "gradients: only a scalar has gradients, found "
              + name
              + " of shape "
              + shape
              + "; take its sum() or mean()");
    }
    if (forgotten) {
      throw new IllegalStateException(
          "gradients: " + name + " was computed while recording was off, so it has no derivative");
    }
    return Backward.run(this, ones(dtype(), shape), tensors(by));
  }

  private static List<Tensor> tensors(List<? extends HasValues> all) {
    List<Tensor> tensors = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!(all.get(i).values() instanceof Tensor tensor)) {
        throw new IllegalArgumentException(
            "gradients: number " + i + ", " + all.get(i) + ", is not made of a tensor");
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  /// Whether this was made of any of these, as far as that was recorded: where it was not, all
  /// gradients by them are 0 whatever they are.
  ///
  /// @param others tensors, or parameters whose values are tensors
  /// @throws IllegalArgumentException if the values of one are no tensor
  public boolean dependsOnAny(List<? extends HasValues> others) {
    return Backward.reaches(this, tensors(others));
  }

  /// The gradients of this scalar; see [#gradients(List)].
  public List<Tensor> gradients(Tensor... by) {
    return gradients(List.of(by));
  }

  /// The gradient of this scalar by one tensor; see [#gradients(List)].
  public Tensor gradient(Tensor by) {
    return gradients(List.of(by)).getFirst();
  }

  // ---- printing

  /// The precision, the shape and the first numbers: `F64[2, 3] 1.0, 2.0, 3.0, …`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(dtype()).append(shape);
    if (gone || step != context.step()) {
      return text.append(" (of a step that has ended)").toString();
    }
    int shown = Math.min(size(), 8);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? " " : ", ");
      text.append(
          switch (dtype()) {
            case F32 -> Float.toString(floats()[i]);
            case F64 -> Double.toString(doubles()[i]);
            case I32 -> Integer.toString(ints()[i]);
          });
    }
    return text.append(size() > shown ? ", …" : "").toString();
  }
}
