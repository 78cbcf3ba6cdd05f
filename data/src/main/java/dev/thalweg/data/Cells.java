package dev.thalweg.data;

import java.util.Arrays;

/// The features of rows: floats, or the bytes of images, which become floats when they are read.
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
