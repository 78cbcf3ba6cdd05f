"""Writes Transposition.java in kernels-simd: squares of 16, 8 or 4 rows transposed in registers. Stage by stage rows i and
i + s exchange blocks of s lanes, by shuffles of two tables.

usage: python3 tools/transposition.py && ./mvnw spotless:apply -pl kernels-simd
"""
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "kernels-simd/src/main/java/dev/thalweg/kernels/simd"


def square(n):
    out = [f"""
  private static void square{n}(float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {{"""]
    for i in range(n):
        out.append(f"FloatVector a{i} = FloatVector.fromArray(S, x, xStart{'' if i == 0 else f' + {i} * xStride'});")
    out.append("FloatVector t;")
    s, stage = 1, 0
    while s < n:
        for i in range(n):
            if not i & s:
                out.append(f"t = LOW{stage}.selectFrom(a{i}, a{i + s});")
                out.append(f"a{i + s} = HIGH{stage}.selectFrom(a{i}, a{i + s});")
                out.append(f"a{i} = t;")
        s, stage = 2 * s, stage + 1
    for i in range(n):
        out.append(f"a{i}.intoArray(y, yStart{'' if i == 0 else f' + {i} * yStride'});")
    out.append("}")
    return "\n".join(out)


text = """package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Transposes squares of as many rows as a vector has lanes. Written by `tools/transposition.py`: change that.
final class Transposition {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;
"""
for stage in range(4):
    s = 1 << stage
    text += f"""
  private static final FloatVector LOW{stage} = table({s}, 0);
  private static final FloatVector HIGH{stage} = table({s}, {s});
"""
text += """
  private Transposition() {}

  /// Which lanes of two rows make one: their blocks of `s` lanes that begin at an even (`odd` 0) or
  /// odd (`odd` = s) multiple of s, in turn. Lanes of the second row are counted on from L.
  private static FloatVector table(int s, int odd) {
    float[] lanes = new float[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & s) == 0 ? i + odd : i - s + odd + L;
    }
    return FloatVector.fromArray(S, lanes, 0);
  }

  /// y(j, i) = x(i, j) for L rows and `columns` columns.
  static void rows(
      int columns, float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    int j = 0;
    for (; j + L <= columns; j += L) {
      square(x, xStart + j, xStride, y, yStart + j * yStride, yStride);
    }
    for (; j < columns; j++) {
      for (int i = 0; i < L; i++) {
        y[yStart + j * yStride + i] = x[xStart + i * xStride + j];
      }
    }
  }

  /// y(j, i) = x(i, j).
  static void all(
      int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    int i = 0;
    for (; i + L <= rows; i += L) {
      rows(columns, x, xStart + i * xStride, xStride, y, yStart + i, yStride);
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[yStart + j * yStride + i] = x[xStart + i * xStride + j];
      }
    }
  }

  private static void square(
      float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    switch (L) {
      case 16 -> square16(x, xStart, xStride, y, yStart, yStride);
      case 8 -> square8(x, xStart, xStride, y, yStart, yStride);
      default -> square4(x, xStart, xStride, y, yStart, yStride);
    }
  }
"""
text += "\n".join(square(n) for n in (16, 8, 4)) + "\n}\n"
(FOLDER / "Transposition.java").write_text(text)
