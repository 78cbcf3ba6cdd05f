"""Writes the register tiles of the matrix product in kernels-simd: one small static method for each shape, R rows by
V vectors, whose accumulators the JIT keeps in registers.

RowMajorTiles reads A in place row by row, TransposedTiles column by column; B is a packed panel or a row-major matrix.
The accumulators begin at the values of C where `add` is set, so an element of C is one chain of fused multiply-adds
over all blocks of k. With 16 registers a panel as wide as the tile has tiles of its own, panelRxV: its stride, a constant, lets the JIT
take the checks of its places out of the loop, and so a loop has 33 instructions to 12 multiply-adds instead of 37 and the checks; where another
thread has half of what the core decodes, that is what counts: 55 GFLOP/s instead of 46, and 84 instead of 73 alone (AMD EPYC, AVX2).

usage: python3 tools/tiles.py && ./mvnw spotless:apply -pl kernels-simd
"""
from pathlib import Path

SHAPES = [(6, 4), (4, 4), (2, 4), (1, 4), (12, 2), (6, 2), (4, 2), (2, 2), (1, 2),
          (16, 1), (12, 1), (8, 1), (4, 1), (2, 1), (1, 1)]
FOLDER = Path(__file__).parent.parent / "kernels-simd/src/main/java/dev/thalweg/kernels/simd"


def at(base, v):
    return base if v == 0 else f"{base} + L" if v == 1 else f"{base} + {v} * L"


def tile(rows, vectors, transposed, panel=False):
    name, stride = ("panel", "") if panel else ("tile", " int bStride,")
    out = [f"""
  static void {name}{rows}x{vectors}(
      int k, float[] a, int aStart, int aStride, float[] b, int bStart,{stride}
      float[] c, int cStart, int cStride, boolean add) {{"""]
    for i in range(rows):
        out.append(f"int t{i} = cStart{'' if i == 0 else ' + cStride' if i == 1 else f' + {i} * cStride'};")
    for i in range(rows):
        for v in range(vectors):
            out.append(f"FloatVector c{i}v{v} = FloatVector.zero(S);")
    out.append("if (add) {")
    for i in range(rows):
        for v in range(vectors):
            out.append(f"c{i}v{v} = FloatVector.fromArray(S, c, {at(f't{i}', v)});")
    out.append("}")
    if not transposed:
        for i in range(rows):
            out.append(f"int a{i} = aStart{'' if i == 0 else ' + aStride' if i == 1 else f' + {i} * aStride'};")
    if panel:
        out.append("int q = bStart;")
        out.append(f"for (int p = 0; p < k; p++, q += {vectors} * L) {{")
    else:
        out.append("for (int p = 0; p < k; p++) {")
        out.append("int q = bStart + p * bStride;")
    if transposed:
        out.append("int r = aStart + p * aStride;")
    for v in range(vectors):
        out.append(f"FloatVector b{v} = FloatVector.fromArray(S, b, {at('q', v)});")
    for i in range(rows):
        index = (f"r + {i}" if i else "r") if transposed else f"a{i} + p"
        out.append(f"FloatVector x{i} = FloatVector.broadcast(S, a[{index}]);")
        for v in range(vectors):
            out.append(f"c{i}v{v} = x{i}.fma(b{v}, c{i}v{v});")
    out.append("}")
    for i in range(rows):
        for v in range(vectors):
            out.append(f"c{i}v{v}.intoArray(c, {at(f't{i}', v)});")
    out.append("}")
    return "\n".join(out)


def down(name, vectors, heights, transposed, panel=False):
    """Covers m rows by tiles of these heights, the tallest first; of four rows and more by those of panels."""
    argument = "" if panel else " int bStride,"
    out = [f"""
  /// All m rows of C, {vectors} vector{'s' if vectors > 1 else ''} wide{', as a panel of B is' if panel else ''}.
  static void {name}(
      int m, int k, float[] a, int aStart, int aStride, float[] b, int bStart,{argument}
      float[] c, int cStart, int cStride, boolean add) {{
    int i = 0;"""]
    row = "i" if transposed else "i * aStride"
    for n, h in enumerate(heights):
        word = "for (; i + %d <= m; i += %d) {" if n == 0 or heights[n - 1] > 2 * h or h == 1 else "if (i + %d <= m) {"
        # a tile of two rows waits for its own sums: eight rows are better two of four than six and two
        if heights[:2] == [6, 4] and h == 6:
            word = "for (; i + %d <= m && m - i != 8; i += %d) {"
        elif heights[:2] == [6, 4] and h == 4:
            word = "for (; i + %d <= m; i += %d) {"
        loop = word.startswith("for")
        out.append(word % ((h, h) if loop else h))
        tile, stride = (f"panel{h}", "") if panel and h >= 4 else (f"tile{h}", f" {vectors} * L," if panel else " bStride,")
        out.append(f"{tile}x{vectors}(k, a, aStart + {row}, aStride, b, bStart,{stride}"
                   " c, cStart + i * cStride, cStride, add);")
        if not loop:
            out.append(f"i += {h};")
        out.append("}")
    out.append("}")
    return "\n".join(out)


def write(name, transposed, order):
    parts = [f"""package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles of the matrix product that read A {order}. Written by `tools/tiles.py`: change that.
final class {name} {{
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private {name}() {{}}
"""]
    for vectors, heights in ((4, [6, 4, 2, 1]), (2, [12, 6, 4, 2, 1]), (1, [16, 8, 4, 2, 1])):
        parts.append(down(f"columns{vectors}", vectors, heights, transposed))
    # with 16 registers
    # transposed, six broadcasts at once are more than 16 registers hold: 27 GFLOP/s instead of 90
    parts.append(down("columns2of16", 2, [4, 2, 1] if transposed else [6, 4, 2, 1], transposed))
    parts.append(down("columns1of16", 1, [12, 8, 4, 2, 1], transposed))
    if not transposed:
        parts.append(down("panel2of16", 2, [6, 4, 2, 1], transposed, panel=True))
    for shape in SHAPES:
        parts.append(tile(*shape, transposed))
    if not transposed:
        parts += [tile(6, 2, transposed, panel=True), tile(4, 2, transposed, panel=True)]
    parts.append("}\n")
    (FOLDER / f"{name}.java").write_text("\n".join(parts))


write("RowMajorTiles", False, "row by row, in place")
write("TransposedTiles", True, "column by column, in place")
