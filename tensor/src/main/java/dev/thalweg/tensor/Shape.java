package dev.thalweg.tensor;

import java.util.Arrays;

/// The sizes of a tensor's dimensions, outermost first; a scalar has none.
///
/// Two shapes broadcast together when, aligned at the last dimension, each pair of sizes is equal
/// or one of them is 1 or absent: the rule of NumPy and PyTorch.
public final class Shape {

  /// The shape of a scalar.
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final int size;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int n : sizes) {
      if (n < 0) {
        throw new IllegalArgumentException(
            "shape: a size must not be negative, found " + n + " in " + Arrays.toString(sizes));
      }
      product *= n;
      if (product > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException(
            "shape: " + Arrays.toString(sizes) + " has more elements than a Java array can hold");
      }
    }
    this.size = (int) product;
  }

  /// A shape of these sizes.
  ///
  /// @throws IllegalArgumentException if a size is negative or the product exceeds an array
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /// The number of dimensions.
  public int rank() {
    return sizes.length;
  }

  /// The number of elements; 1 for a scalar.
  public int size() {
    return size;
  }

  /// The size of one dimension; negative ones count from the end, −1 being the last.
  ///
  /// @throws IllegalArgumentException if there is no such dimension
  public int dimension(int index) {
    return sizes[axis(index)];
  }

  /// All sizes, a fresh array.
  public int[] dimensions() {
    return sizes.clone();
  }

  /// Whether these are all sizes.
  boolean hasSizes(int[] others) {
    if (sizes.length != others.length) {
      return false;
    }
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /// The product of all sizes but the last; 1 for a scalar or a vector.
  int rows() {
    int rows = 1;
    for (int i = 0; i < sizes.length - 1; i++) {
      rows *= sizes[i];
    }
    return rows;
  }

  /// The last size; 1 for a scalar.
  int columns() {
    return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
  }

  int axis(int index) {
    int axis = index < 0 ? index + sizes.length : index;
    if (axis < 0 || axis >= sizes.length) {
      throw new IllegalArgumentException(
          "shape: there is no dimension " + index + " in " + this + " of rank " + sizes.length);
    }
    return axis;
  }

  /// This shape without one dimension.
  Shape without(int axis) {
    int[] rest = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, rest, 0, axis);
    System.arraycopy(sizes, axis + 1, rest, axis, rest.length - axis);
    return of(rest);
  }

  /// This shape with one dimension set to `n`.
  Shape with(int axis, int n) {
    int[] changed = sizes.clone();
    changed[axis] = n;
    return new Shape(changed);
  }

  /// The shape that both broadcast to.
  ///
  /// @throws IllegalArgumentException naming the operation and both shapes
  static Shape broadcast(String operation, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = a.aligned(i, rank);
      int y = b.aligned(i, rank);
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            operation + ": shapes " + a + " and " + b + " do not broadcast together");
      }
      sizes[i] = x == 1 ? y : x;
    }
    return of(sizes);
  }

  /// The size at position i when this shape is padded with leading ones to the given rank.
  int aligned(int i, int rank) {
    int own = i - (rank - sizes.length);
    return own < 0 ? 1 : sizes[own];
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(sizes, shape.sizes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /// `[2, 3]`; `[]` for a scalar.
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
