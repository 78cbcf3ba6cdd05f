package dev.thalweg.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// The features of rows: floats; or the bytes of images, or the n-grams of texts, which become
/// floats when they are read.
sealed interface Cells {

  /// Copies some rows, one after the other.
  void gather(int[] order, int from, int count, float[] to, int start);

  /// A number.
  float at(int row, int column);

  /// All numbers, row-major; a fresh array.
  float[] floats();

  /// Some rows, in the order given.
  Cells subset(int... rows);

  /// One array of them, row-major, taken as it is.
  final class Floats implements Cells {

    private final float[] x;
    private final int width;

    Floats(float[] x, int width) {
      this.x = x;
      this.width = width;
    }

    @Override
    public void gather(int[] order, int from, int count, float[] to, int start) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(x, order[from + i] * width, to, start + i * width, width);
      }
    }

    @Override
    public float at(int row, int column) {
      return x[row * width + column];
    }

    @Override
    public float[] floats() {
      return x.clone();
    }

    @Override
    public Floats subset(int... rows) {
      var part = new float[Math.multiplyExact(rows.length, width)];
      gather(rows, 0, rows.length, part, 0);
      return new Floats(part, width);
    }
  }

  /// Rows with texts, most of whose features are 0: the buckets that a text has, and all features
  /// that are of no text.
  final class Texts implements Cells {

    private final int width;
    private final float[] others;
    private final int[] places;
    private final List<Column> columns;

    /// @param first the feature of its first bucket
    /// @param buckets how many there are
    /// @param bags of each row
    record Column(int first, int buckets, List<Bag> bags) {}

    /// @param width how many features there are
    /// @param others those that are of no text, row-major, in their order; taken as it is
    /// @param columns of texts, at least one
    Texts(int width, float[] others, List<Column> columns) {
      this(width, others, others(width, columns), List.copyOf(columns));
    }

    private Texts(int width, float[] others, int[] places, List<Column> columns) {
      this.width = width;
      this.others = others;
      this.places = places;
      this.columns = columns;
    }

    private static int[] others(int width, List<Column> columns) {
      var texts = new BitSet(width);
      columns.forEach(column -> texts.set(column.first, column.first + column.buckets));
      return IntStream.range(0, width).filter(feature -> !texts.get(feature)).toArray();
    }

    /// How many features of the first column of texts each row has.
    int[] lengths() {
      return columns.getFirst().bags.stream().mapToInt(bag -> bag.places().length).toArray();
    }

    /// The same with features that are of no text as a function of themselves and their place.
    Texts with(ToFloat change) {
      var changed = new float[others.length];
      for (int i = 0; i < changed.length; i++) {
        changed[i] = change.apply(i / places.length, places[i % places.length], others[i]);
      }
      return new Texts(width, changed, places, columns);
    }

    /// A number for one that is there.
    interface ToFloat {
      float apply(int row, int column, float value);
    }

    @Override
    public void gather(int[] order, int from, int count, float[] to, int start) {
      Arrays.fill(to, start, start + count * width, 0);
      for (int i = 0; i < count; i++) {
        int row = order[from + i];
        int at = start + i * width;
        for (int k = 0; k < places.length; k++) {
          to[at + places[k]] = others[row * places.length + k];
        }
        for (Column column : columns) {
          column.bags.get(row).addTo(to, at + column.first);
        }
      }
    }

    @Override
    public float at(int row, int column) {
      int place = Arrays.binarySearch(places, column);
      if (place >= 0) {
        return others[row * places.length + place];
      }
      for (Column texts : columns) {
        if (column >= texts.first && column < texts.first + texts.buckets) {
          return texts.bags.get(row).at(column - texts.first);
        }
      }
      throw new IndexOutOfBoundsException(column);
    }

    @Override
    public float[] floats() {
      int rows = columns.getFirst().bags.size();
      if ((long) rows * width > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            "%d rows of %d features: more floats than an array can hold; read them in batches"
                .formatted(rows, width));
      }
      var floats = new float[rows * width];
      gather(IntStream.range(0, rows).toArray(), 0, rows, floats, 0);
      return floats;
    }

    @Override
    public Texts subset(int... rows) {
      int n = places.length;
      var part = new float[rows.length * n];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(others, rows[i] * n, part, i * n, n);
      }
      return new Texts(
          width,
          part,
          places,
          columns.stream()
              .map(column ->
                  new Column(
                      column.first,
                      column.buckets,
                      Arrays.stream(rows).mapToObj(column.bags::get).toList()))
              .toList());
    }
  }

  /// Those of images.
  record Pixels(Images images) implements Cells {

    @Override
    public void gather(int[] order, int from, int count, float[] to, int start) {
      int width = images.shape().size();
      for (int i = 0; i < count; i++) {
        images.read(order[from + i], to, start + i * width);
      }
    }

    @Override
    public float at(int row, int column) {
      return images.at(row, column);
    }

    @Override
    public float[] floats() {
      int rows = images.rows();
      int width = images.shape().size();
      if ((long) rows * width > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            images + ": more floats than an array can hold; read them in batches");
      }
      var order = new int[rows];
      Arrays.setAll(order, row -> row);
      var floats = new float[rows * width];
      gather(order, 0, rows, floats, 0);
      return floats;
    }

    @Override
    public Pixels subset(int... rows) {
      return new Pixels(images.subset(rows));
    }
  }
}
