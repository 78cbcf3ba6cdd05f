package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Parts of a tensor along an axis, and tensors one after another.
final class Slices {

  private Slices() {}

  static Tensor slice(String name, Tensor x, int axis, int from, int to) {
    Shape shape = x.shape();
    if (axis >= shape.rank() || from < 0 || to < from || to > shape.dimension(axis)) {
      throw new IllegalArgumentException(
          "%s: there is no %d to %d along dimension %d of shape %s"
              .formatted(name, from, to, axis, shape));
    }
    Shape part = shape.with(axis, to - from);
    Tensor y = new Slice(name, x, axis, from).result(x.dtype(), part);
    new Blocks(shape, part, axis, from).take(x, y);
    return y;
  }

  /// The gradients of all slices of a tensor are gathered in one array; see [Backward].
  private static final class Slice extends Operation {
    private final int axis;
    private final int from;

    Slice(String name, Tensor x, int axis, int from) {
      super(name, x);
      this.axis = axis;
      this.from = from;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.addSlice(0, g, axis, from);
    }
  }

  static List<Tensor> split(Tensor x, int axis, int... sizes) {
    int sum = Arrays.stream(sizes).sum();
    if (sum != x.shape().dimension(axis)) {
      throw new IllegalArgumentException(
          "split: sizes %s make %d, not the %d of dimension %d of shape %s"
              .formatted(Arrays.toString(sizes), sum, x.shape().dimension(axis), axis, x.shape()));
    }
    List<Tensor> parts = new ArrayList<>(sizes.length);
    int from = 0;
    for (int size : sizes) {
      parts.add(slice("split", x, axis, from, from + size));
      from += size;
    }
    return List.copyOf(parts);
  }

  static Tensor concat(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concat: expected one or more tensors, found none");
    }
    Shape first = parts[0].shape();
    int along = first.axis(axis);
    int sum = 0;
    for (Tensor part : parts) {
      Elementwise.checkSame("concat", parts[0], part);
      Shape shape = part.shape();
      if (shape.rank() != first.rank() || !shape.with(along, 0).equals(first.with(along, 0))) {
        throw new IllegalArgumentException(
            "concat: expected shapes that differ along dimension %d only, found %s and %s"
                .formatted(along, first, shape));
      }
      sum += shape.dimension(along);
    }
    Shape whole = first.with(along, sum);
    Tensor y = new Concat(along, parts.clone()).result(parts[0].dtype(), whole);
    int from = 0;
    for (Tensor part : parts) {
      new Blocks(whole, part.shape(), along, from).put(part, y);
      from += part.shape().dimension(along);
    }
    return y;
  }

  private static final class Concat extends Operation {
    private final int axis;

    Concat(int axis, Tensor... parts) {
      super("concat", parts);
      this.axis = axis;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      int from = 0;
      for (int i = 0; i < inputs(); i++) {
        int to = from + input(i).shape().dimension(axis);
        if (by.wants(i)) {
          by.add(i, slice("slice", g, axis, from, to));
        }
        from = to;
      }
    }
  }

  static Tensor pad(Tensor x, int axis, int before, int after, double value) {
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "pad: expected 0 or more before and after, found " + before + " and " + after);
    }
    Shape shape = x.shape();
    Shape whole = shape.with(axis, before + shape.dimension(axis) + after);
    Tensor y = new Pad(x, axis, before).result(x.dtype(), whole);
    y.fill(value);
    new Blocks(whole, shape, axis, before).put(x, y);
    return y;
  }

  private static final class Pad extends Operation {
    private final int axis;
    private final int from;

    Pad(Tensor x, int axis, int from) {
      super("pad", x);
      this.axis = axis;
      this.from = from;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      int to = from + input(0).shape().dimension(axis);
      by.add(0, slice("slice", g, axis, from, to));
    }
  }

  /// Tensors of a larger shape each, given by a part of its numbers, the others being 0: the
  /// gradients of slices, and of rows that were looked up.
  ///
  /// @param axis along which it is a part, from `from` on; or −1
  /// @param rows the places of its rows, where it is such
  record Piece(Tensor part, int axis, int from, Tensor rows) {

    /// Part of a slice.
    static Piece slice(Tensor part, int axis, int from) {
      return new Piece(part, axis, from, part);
    }

    /// Rows, any of them more than once.
    static Piece rows(Tensor part, Tensor rows) {
      return new Piece(part, -1, 0, rows);
    }

    private void add(Tensor whole) {
      if (axis >= 0) {
        new Blocks(whole.shape(), part.shape(), axis, from).add(part, whole);
      } else {
        Lookup.add(part, rows, whole);
      }
    }

    private Tensor of(Tensor whole) {
      return axis >= 0
          ? Slices.slice("slice", whole, axis, from, from + part.shape().dimension(axis))
          : Lookup.of(whole, rows);
    }
  }

  /// The sum of pieces, in their order, and of what there is already.
  ///
  /// @param base of that shape; or empty
  static Tensor sum(DType dtype, Shape shape, List<Tensor> base, List<Piece> pieces) {
    Tensor[] inputs = new Tensor[base.size() + pieces.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i < base.size() ? base.get(i) : pieces.get(i - base.size()).part;
    }
    Tensor y = new Gathered(pieces, inputs).result(dtype, shape);
    boolean whole = base.isEmpty() && cover(shape, pieces);
    if (!base.isEmpty()) {
      System.arraycopy(base.getFirst().array(), 0, y.array(), 0, y.size());
    } else if (!whole) {
      y.fill(0);
    }
    for (Piece piece : pieces) {
      if (whole || (base.isEmpty() && pieces.size() == 1 && piece.axis >= 0)) {
        new Blocks(shape, piece.part.shape(), piece.axis, piece.from).put(piece.part, y);
      } else {
        piece.add(y);
      }
    }
    return y;
  }

  /// The sum of pieces that are rows, as [#sum] without a base: at the cost of these rows.
  static Tensor sumOfRows(DType dtype, Shape shape, List<Piece> pieces) {
    Tensor[] inputs = new Tensor[pieces.size()];
    int rows = shape.dimension(0);
    ZeroedTable table = Context.current().zeroed(dtype, rows, shape.size() / rows);
    for (int i = 0; i < inputs.length; i++) {
      Piece piece = pieces.get(i);
      inputs[i] = piece.part;
      table.use(piece.rows.ints(), piece.rows.size());
    }
    Tensor y = new Gathered(pieces, inputs).result(shape, table);
    for (Piece piece : pieces) {
      piece.add(y);
    }
    return y;
  }

  /// Whether pieces are all of a shape, each number once: in ascending or descending order.
  private static boolean cover(Shape shape, List<Piece> pieces) {
    int axis = pieces.getFirst().axis;
    if (axis < 0) {
      return false;
    }
    int n = pieces.size();
    boolean ascending = pieces.getFirst().from == 0;
    int from = 0;
    for (int i = 0; i < n; i++) {
      Piece piece = pieces.get(ascending ? i : n - 1 - i);
      if (piece.axis != axis || piece.from != from) {
        return false;
      }
      from += piece.part.shape().dimension(axis);
    }
    return from == shape.dimension(axis);
  }

  private static final class Gathered extends Operation {
    private final List<Piece> pieces;

    Gathered(List<Piece> pieces, Tensor... inputs) {
      super("gradient of slices", inputs);
      this.pieces = pieces;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      int first = inputs() - pieces.size();
      for (int i = 0; i < inputs(); i++) {
        if (by.wants(i)) {
          by.add(i, i < first ? g : pieces.get(i - first).of(g));
        }
      }
    }
  }
}
