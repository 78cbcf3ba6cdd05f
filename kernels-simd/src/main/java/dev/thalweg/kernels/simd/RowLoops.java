package dev.thalweg.kernels.simd;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.thalweg.kernels.Kernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Loops over the rows of matrices, one small method each. Ends of rows that fill no vector go
/// element by element, with the operations of the scalar kernels.
final class RowLoops {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Integer> I = Width.INTS;
  private static final int L = Width.LANES;

  /// Columns from which on a row is copied by the JVM.
  private static final int LONG = 512;

  private RowLoops() {}

  static void copy(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    if (columns < L) {
      copyNarrow(rows, columns, x, xStart, xStride, y, yStart, yStride);
    } else if (columns == 2 * L) {
      copyTwo(rows, x, xStart, xStride, y, yStart, yStride);
    } else if (columns >= LONG) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(x, xStart + i * xStride, y, yStart + i * yStride, columns);
      }
    } else {
      copyWide(rows, columns, x, xStart, xStride, y, yStart, yStride);
    }
  }

  private static void copyNarrow(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      for (int j = 0; j < columns; j++) {
        y[q + j] = x[p + j];
      }
    }
  }

  private static void copyTwo(
      int rows, float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      FloatVector a = FloatVector.fromArray(S, x, p);
      FloatVector b = FloatVector.fromArray(S, x, p + L);
      a.intoArray(y, q);
      b.intoArray(y, q + L);
    }
  }

  /// The last vector overlaps the one before.
  private static void copyWide(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    int last = columns - L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      for (int j = 0; j < last; j += L) {
        FloatVector.fromArray(S, x, p + j).intoArray(y, q + j);
      }
      FloatVector.fromArray(S, x, p + last).intoArray(y, q + last);
    }
  }

  /// to = fma(x, y, z), all three with a number of their own for each column.
  static void vectors(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      float[] y,
      int yStart,
      int yRow,
      float[] z,
      int zStart,
      int zRow,
      float[] to,
      int toStart,
      int toStride) {
    int whole = columns - columns % L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int q = yStart + i * yRow;
      int r = zStart + i * zRow;
      int s = toStart + i * toStride;
      for (int j = 0; j < whole; j += L) {
        FloatVector a = FloatVector.fromArray(S, x, p + j);
        FloatVector b = FloatVector.fromArray(S, y, q + j);
        a.fma(b, FloatVector.fromArray(S, z, r + j)).intoArray(to, s + j);
      }
      for (int j = whole; j < columns; j++) {
        to[s + j] = Math.fma(x[p + j], y[q + j], z[r + j]);
      }
    }
  }

  /// The same, y one number a row.
  static void scaled(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      float[] y,
      int yStart,
      int yRow,
      float[] z,
      int zStart,
      int zRow,
      float[] to,
      int toStart,
      int toStride) {
    int whole = columns - columns % L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int r = zStart + i * zRow;
      int s = toStart + i * toStride;
      float factor = y[yStart + i * yRow];
      FloatVector b = FloatVector.broadcast(S, factor);
      for (int j = 0; j < whole; j += L) {
        FloatVector a = FloatVector.fromArray(S, x, p + j);
        a.fma(b, FloatVector.fromArray(S, z, r + j)).intoArray(to, s + j);
      }
      for (int j = whole; j < columns; j++) {
        to[s + j] = Math.fma(x[p + j], factor, z[r + j]);
      }
    }
  }

  /// The same, z one number a row.
  static void shifted(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      float[] y,
      int yStart,
      int yRow,
      float[] z,
      int zStart,
      int zRow,
      float[] to,
      int toStart,
      int toStride) {
    int whole = columns - columns % L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int q = yStart + i * yRow;
      int s = toStart + i * toStride;
      float summand = z[zStart + i * zRow];
      FloatVector c = FloatVector.broadcast(S, summand);
      for (int j = 0; j < whole; j += L) {
        FloatVector a = FloatVector.fromArray(S, x, p + j);
        a.fma(FloatVector.fromArray(S, y, q + j), c).intoArray(to, s + j);
      }
      for (int j = whole; j < columns; j++) {
        to[s + j] = Math.fma(x[p + j], y[q + j], summand);
      }
    }
  }

  /// The same, y and z one number a row.
  static void scaledAndShifted(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      float[] y,
      int yStart,
      int yRow,
      float[] z,
      int zStart,
      int zRow,
      float[] to,
      int toStart,
      int toStride) {
    int whole = columns - columns % L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int s = toStart + i * toStride;
      float factor = y[yStart + i * yRow];
      float summand = z[zStart + i * zRow];
      FloatVector b = FloatVector.broadcast(S, factor);
      FloatVector c = FloatVector.broadcast(S, summand);
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, x, p + j).fma(b, c).intoArray(to, s + j);
      }
      for (int j = whole; j < columns; j++) {
        to[s + j] = Math.fma(x[p + j], factor, summand);
      }
    }
  }

  /// to = x − y, y with one number for each row.
  static void less(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      float[] y,
      int yStart,
      int yRow,
      float[] to,
      int toStart,
      int toStride) {
    int whole = columns - columns % L;
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int s = toStart + i * toStride;
      float number = y[yStart + i * yRow];
      FloatVector b = FloatVector.broadcast(S, number);
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, x, p + j).sub(b).intoArray(to, s + j);
      }
      for (int j = whole; j < columns; j++) {
        to[s + j] = x[p + j] - number;
      }
    }
  }

  static void columnDots(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    int j = 0;
    for (; j + 4 * L <= columns; j += 4 * L) {
      dots4(rows, x, xStart + j, xStride, y, yStart + j, yStride, z, zStart + j);
    }
    for (; j + L <= columns; j += L) {
      dots1(rows, x, xStart + j, xStride, y, yStart + j, yStride, z, zStart + j);
    }
    for (; j < columns; j++) {
      float s = z[zStart + j];
      for (int i = 0; i < rows; i++) {
        s = Math.fma(x[xStart + i * xStride + j], y[yStart + i * yStride + j], s);
      }
      z[zStart + j] = s;
    }
  }

  private static void dots4(
      int rows,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    FloatVector s = FloatVector.fromArray(S, z, zStart);
    FloatVector t = FloatVector.fromArray(S, z, zStart + L);
    FloatVector u = FloatVector.fromArray(S, z, zStart + 2 * L);
    FloatVector v = FloatVector.fromArray(S, z, zStart + 3 * L);
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      s = FloatVector.fromArray(S, x, p).fma(FloatVector.fromArray(S, y, q), s);
      t = FloatVector.fromArray(S, x, p + L).fma(FloatVector.fromArray(S, y, q + L), t);
      u = FloatVector.fromArray(S, x, p + 2 * L).fma(FloatVector.fromArray(S, y, q + 2 * L), u);
      v = FloatVector.fromArray(S, x, p + 3 * L).fma(FloatVector.fromArray(S, y, q + 3 * L), v);
    }
    s.intoArray(z, zStart);
    t.intoArray(z, zStart + L);
    u.intoArray(z, zStart + 2 * L);
    v.intoArray(z, zStart + 3 * L);
  }

  private static void dots1(
      int rows,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    FloatVector s = FloatVector.fromArray(S, z, zStart);
    for (int i = 0; i < rows; i++) {
      FloatVector a = FloatVector.fromArray(S, x, xStart + i * xStride);
      s = a.fma(FloatVector.fromArray(S, y, yStart + i * yStride), s);
    }
    s.intoArray(z, zStart);
  }

  static void maximum(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      int tap,
      float[] y,
      int yStart,
      int yStride,
      int[] taps,
      int tapsStart) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      int r = tapsStart + i * yStride;
      for (int j = 0; j < columns; j += L) {
        FloatVector v = FloatVector.fromArray(S, x, p + j);
        FloatVector w = FloatVector.fromArray(S, y, q + j);
        VectorMask<Float> more = v.compare(GT, w).or(v.compare(NE, v));
        w.blend(v, more).intoArray(y, q + j);
        IntVector.fromArray(I, taps, r + j).blend(tap, more.cast(I)).intoArray(taps, r + j);
      }
    }
  }

  static void chosen(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      int[] taps,
      int tapsStart,
      int tap,
      float[] y,
      int yStart,
      int yStride,
      boolean add) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      int r = tapsStart + i * xStride;
      for (int j = 0; j < columns; j += L) {
        VectorMask<Float> mine = IntVector.fromArray(I, taps, r + j).compare(EQ, tap).cast(S);
        FloatVector part = FloatVector.zero(S).blend(FloatVector.fromArray(S, x, p + j), mine);
        if (add) {
          part = FloatVector.fromArray(S, y, q + j).add(part);
        }
        part.intoArray(y, q + j);
      }
    }
  }

  /// Units from `first` to `end`, whole vectors of them.
  static void lstmSlopes(
      int rows,
      int units,
      int first,
      int end,
      float[] kept,
      int keptStart,
      float[] cells,
      int cellsStart,
      float[] state,
      int stateStart,
      float[] cell,
      int cellStart,
      float[] past,
      int pastStart,
      float[] slopes,
      int slopesStart) {
    for (int r = 0; r < rows; r++) {
      int row = r * units;
      int at = keptStart + 5 * row;
      int to = slopesStart + 4 * row;
      for (int j = first; j < end; j += L) {
        FloatVector o = FloatVector.fromArray(S, kept, at + 3 * units + j);
        FloatVector u = FloatVector.fromArray(S, kept, at + 4 * units + j);
        FloatVector q = FloatVector.fromArray(S, state, stateStart + row + j).mul(o);
        FloatVector a = q.mul(u);
        FloatVector e = a.fma(u.neg(), FloatVector.fromArray(S, cell, cellStart + row + j).add(q));
        store(a.fma(o.neg(), a), slopes, to + 3 * units + j);
        FloatVector i = FloatVector.fromArray(S, kept, at + j);
        FloatVector g = FloatVector.fromArray(S, kept, at + 2 * units + j);
        q = e.mul(i);
        a = q.mul(g);
        store(a.fma(i.neg(), a), slopes, to + j);
        store(a.fma(g.neg(), q), slopes, to + 2 * units + j);
        FloatVector f = FloatVector.fromArray(S, kept, at + units + j);
        e = e.mul(f);
        e.intoArray(past, pastStart + row + j);
        a = e.mul(FloatVector.fromArray(S, cells, cellsStart + row + j));
        store(a.fma(f.neg(), a), slopes, to + units + j);
      }
    }
  }

  /// Without what is negligible.
  private static void store(FloatVector x, float[] y, int at) {
    x.blend(0f, x.abs().compare(LT, Kernels.NEGLIGIBLE)).intoArray(y, at);
  }
}
