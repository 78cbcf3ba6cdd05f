package dev.thalweg.tensor;

import dev.thalweg.kernels.BlockedAttention;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Attention of queries, keys and values, of queries and of keys and values side by side, or of one
/// tensor that has all three side by side.
final class Attended extends Fused {

  private static final int[] ALL = new int[0];
  private static final double UNSEEN = -1e30;

  private final BlockedAttention blocks;
  private final AttentionForm form;

  /// The logarithms of the sums of exponentials, of each query and head; filled forward.
  private final Tensor logs;

  private Attended(BlockedAttention blocks, AttentionForm form, Tensor... inputs) {
    super("attention", inputs);
    this.blocks = blocks;
    this.form = form;
    logs = Tensor.empty(DType.F32, Shape.of(blocks.batch() * blocks.queries() * blocks.heads()));
  }

  static Tensor of(Tensor q, Tensor k, Tensor v, AttentionForm form) {
    for (Tensor x : new Tensor[] {q, k, v}) {
      checkSequences(x);
    }
    Shape queries = q.shape();
    Shape keys = k.shape();
    int width = queries.dimension(2) / form.heads();
    if (width * form.heads() != queries.dimension(2)
        || !keys.equals(v.shape())
        || keys.dimension(0) != queries.dimension(0)
        || keys.dimension(2) != width * form.keyHeads()) {
      throw new IllegalArgumentException(
          "attention: queries %s, keys %s and values %s do not fit %d heads, %d of keys"
              .formatted(queries, keys, v.shape(), form.heads(), form.keyHeads()));
    }
    BlockedAttention blocks = blocks(form, queries, keys.dimension(1), width);
    return new Attended(blocks, form, q, k, v).result(queries);
  }

  /// @param kv keys and values side by side
  static Tensor of(Tensor q, Tensor kv, AttentionForm form) {
    checkSequences(q);
    checkSequences(kv);
    Shape queries = q.shape();
    Shape pairs = kv.shape();
    int width = queries.dimension(2) / form.heads();
    if (width * form.heads() != queries.dimension(2)
        || pairs.dimension(0) != queries.dimension(0)
        || pairs.dimension(2) != 2 * width * form.keyHeads()) {
      throw new IllegalArgumentException(
          "attention: queries %s, and keys and values %s side by side do not fit %d heads, %d of keys"
              .formatted(queries, pairs, form.heads(), form.keyHeads()));
    }
    BlockedAttention blocks = blocks(form, queries, pairs.dimension(1), width);
    return new Attended(blocks, form, q, kv).result(queries);
  }

  static Tensor of(Tensor x, AttentionForm form) {
    checkSequences(x);
    Shape shape = x.shape();
    int parts = form.heads() + 2 * form.keyHeads();
    int width = shape.dimension(2) / parts;
    if (width * parts != shape.dimension(2)) {
      throw new IllegalArgumentException(
          "attention: %s does not fit queries of %d heads, and keys and values of %d, side by side"
              .formatted(shape, form.heads(), form.keyHeads()));
    }
    BlockedAttention blocks = blocks(form, shape, shape.dimension(1), width);
    return new Attended(blocks, form, x).result(shape.with(2, form.heads() * width));
  }

  private static BlockedAttention blocks(AttentionForm form, Shape queries, int keys, int width) {
    int batch = queries.dimension(0);
    form.lengths().ifPresent(lengths -> checkLengths("attention", lengths, batch, keys));
    form.firsts().ifPresent(firsts -> checkFirsts(firsts, batch, queries.dimension(1), keys));
    return new BlockedAttention(
        batch,
        queries.dimension(1),
        keys,
        form.heads(),
        form.keyHeads(),
        width,
        form.causal(),
        form.window(),
        form.alibi());
  }

  private static void checkSequences(Tensor x) {
    if (x.shape().rank() != 3 || x.shape().dimension(2) == 0) {
      throw new IllegalArgumentException(
          "attention: expected sequences of [rows, steps, features], found shape " + x.shape());
    }
  }

  private static void checkFirsts(Tensor firsts, int rows, int queries, int keys) {
    if (!firsts.shape().equals(Shape.of(rows, queries))) {
      throw new IllegalArgumentException(
          "attention: expected a first key for each of %d x %d queries, found shape %s"
              .formatted(rows, queries, firsts.shape()));
    }
    for (int first : firsts.ints()) {
      if (first < 0 || first > keys) {
        throw new IllegalArgumentException(
            "attention: expected first keys of 0 to %d, found %d".formatted(keys, first));
      }
    }
  }

  /// Refuses lengths that are not those of so many sequences of so many steps.
  static void checkLengths(String name, Tensor lengths, int rows, int steps) {
    if (!lengths.shape().equals(Shape.of(rows))) {
      throw new IllegalArgumentException(
          "%s: expected a length for each of %d sequences, found shape %s"
              .formatted(name, rows, lengths.shape()));
    }
    int[] each = lengths.ints();
    for (int i = 0; i < rows; i++) {
      if (each[i] < 0 || each[i] > steps) {
        throw new IllegalArgumentException(
            "%s: expected lengths of 0 to %d steps, found %d in row %d"
                .formatted(name, steps, each[i], i));
      }
    }
  }

  private int[] lengths() {
    return form.lengths().map(Tensor::ints).orElse(ALL);
  }

  private int[] firsts() {
    return form.firsts().map(Tensor::ints).orElse(ALL);
  }

  @Override
  protected Tensor composed(Tensor... x) {
    int own = form.heads() * blocks.width();
    int keyed = form.keyHeads() * blocks.width();
    if (x.length == 1) {
      return composed(
          x[0].slice(2, 0, own),
          x[0].slice(2, own, own + keyed),
          x[0].slice(2, own + keyed, own + 2 * keyed));
    }
    if (x.length == 2) {
      return composed(x[0], x[1].slice(2, 0, keyed), x[1].slice(2, keyed, 2 * keyed));
    }
    int each = form.heads() / form.keyHeads();
    Tensor q = parted(x[0].times(1 / Math.sqrt(blocks.width())), blocks.queries(), each);
    Tensor k = parted(x[1], blocks.keys(), 1);
    Tensor v = parted(x[2], blocks.keys(), 1);
    Tensor scores = q.matmul(k, false, true).plus(bias(x[0].dtype()));
    Tensor y = scores.softmax().times(seeing(x[0].dtype())).matmul(v);
    return y.permute(0, 3, 1, 2, 4).reshape(x[0].dimensions());
  }

  /// `[batch, keyHeads, each, steps, width]`
  private Tensor parted(Tensor x, int steps, int each) {
    return x.reshape(blocks.batch(), steps, form.keyHeads(), each, blocks.width())
        .permute(0, 2, 3, 1, 4);
  }

  private boolean sees(int b, int i, int j) {
    int p = i + blocks.keys() - blocks.queries();
    return (!form.causal() || j <= p)
        && (form.window() == 0 || Math.abs(p - j) < form.window())
        && (form.lengths().isEmpty() || j < form.lengths().get().ints()[b])
        && (form.firsts().isEmpty() || j >= form.firsts().get().ints()[b * blocks.queries() + i]);
  }

  /// What is added to scores: `[batch, keyHeads, each, queries, keys]`.
  private Tensor bias(DType dtype) {
    int each = form.heads() / form.keyHeads();
    int queries = blocks.queries();
    int keys = blocks.keys();
    double[] bias = new double[blocks.batch() * form.heads() * queries * keys];
    for (int at = 0; at < bias.length; at++) {
      int j = at % keys;
      int i = at / keys % queries;
      int h = at / keys / queries % form.heads();
      int b = at / keys / queries / form.heads();
      double slope = form.alibi() ? BlockedAttention.slope(h, form.heads()) : 0;
      bias[at] = sees(b, i, j) ? -slope * Math.abs(i + keys - queries - j) : UNSEEN;
    }
    Shape shape = Shape.of(blocks.batch(), form.keyHeads(), each, queries, keys);
    return Tensor.wrap(shape, bias).to(dtype);
  }

  /// 1 for who sees something, else 0: `[batch, 1, 1, queries, 1]`.
  private Tensor seeing(DType dtype) {
    double[] seeing = new double[blocks.batch() * blocks.queries()];
    for (int at = 0; at < seeing.length; at++) {
      for (int j = 0; j < blocks.keys(); j++) {
        if (sees(at / blocks.queries(), at % blocks.queries(), j)) {
          seeing[at] = 1;
        }
      }
    }
    return Tensor.wrap(Shape.of(blocks.batch(), 1, 1, blocks.queries(), 1), seeing).to(dtype);
  }

  /// The input that has queries, keys or values.
  private int place(int part) {
    return Math.min(part, inputs() - 1);
  }

  private int stride(int part) {
    return input(place(part)).shape().dimension(2);
  }

  /// Where queries, keys and values begin.
  private int start(int part) {
    int own = inputs() == 1 ? form.heads() * blocks.width() : 0;
    int keyed = form.keyHeads() * blocks.width();
    return inputs() == 3 || part == 0 ? 0 : own + (part - 1) * keyed;
  }

  private float[] floats(int part) {
    return input(place(part)).floats();
  }

  @Override
  protected void forward(Engine engine, Tensor y) {
    blocks.forward(
        engine,
        floats(0),
        start(0),
        stride(0),
        floats(1),
        start(1),
        stride(1),
        floats(2),
        start(2),
        stride(2),
        lengths(),
        firsts(),
        y.floats(),
        0,
        form.heads() * blocks.width(),
        logs.floats(),
        0);
  }

  @Override
  protected void back(Engine engine, Tensor y, Tensor g, Wanted by) {
    Tensor[] parts = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      parts[i] = place(i) < i ? parts[place(i)] : Tensor.empty(DType.F32, input(i).shape());
    }
    int own = form.heads() * blocks.width();
    blocks.back(
        engine,
        floats(0),
        start(0),
        stride(0),
        floats(1),
        start(1),
        stride(1),
        floats(2),
        start(2),
        stride(2),
        lengths(),
        firsts(),
        y.floats(),
        0,
        own,
        g.floats(),
        0,
        own,
        logs.floats(),
        0,
        parts[0].floats(),
        start(0),
        stride(0),
        parts[1].floats(),
        start(1),
        stride(1),
        parts[2].floats(),
        start(2),
        stride(2));
    for (int i = 0; i < inputs(); i++) {
      by.add(i, parts[i]);
    }
  }
}
