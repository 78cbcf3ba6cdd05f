package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that is too long for one method: cut into loops that are run one after the other on a
/// block of elements, with what one leaves to the next in scratch. The same operations in the same
/// precision, so the same bits as one loop.
///
/// Each piece is a stretch of the listing. What it takes from pieces before is read from scratch,
/// and what pieces after it need is stored there; elements of the program's arrays, its scalars and
/// constants are taken again where they are needed. The program's arrays are written to last, when
/// all has been computed.
final class LoopPieces implements FusedLoop {
  /// Elements at a time: with some tens of values in scratch, what the caches of a core hold.
  private static final int BLOCK = 512;

  private final List<Piece> pieces;
  private final int[] read;

  /// The array of each store of the program, and the row that has its values in the end.
  private final int[] stored;

  private final int[] storedRows;
  private final int rows;

  /// What a thread works in: for each piece the rows that are its arrays, and at the end all rows.
  /// Arrays, since a thread that outlives this class would keep it by an object of its own.
  private final ThreadLocal<float[][][]> floats = ThreadLocal.withInitial(this::newFloats);

  private final ThreadLocal<double[][][]> doubles = ThreadLocal.withInitial(this::newDoubles);

  /// @param loop what computes the piece
  /// @param rows the rows of scratch that are its arrays
  private record Piece(FusedLoop loop, List<Integer> rows) {}

  /// What makes a loop of a piece.
  interface Compiler {
    FusedLoop compile(LoopProgram program);
  }

  /// Cuts a program.
  ///
  /// @param most how many values a piece computes at most
  LoopPieces(LoopListing listing, int most, Compiler compiler) {
    var cut = new Cut(listing);
    pieces = new ArrayList<>();
    for (int from = 0; from < listing.size(); from += most) {
      cut.piece(from, Math.min(listing.size(), from + most), compiler).ifPresent(pieces::add);
    }
    storedRows = cut.storedRows();
    for (int from = 0; from < listing.stores(); from += most) {
      cut.plainStores(from, Math.min(listing.stores(), from + most), storedRows, compiler)
          .ifPresent(pieces::add);
    }
    read = cut.read();
    stored = cut.stored();
    rows = cut.rows;
  }

  /// How many loops there are.
  int size() {
    return pieces.size();
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    float[][][] mine = floats.get();
    float[][] values = mine[pieces.size()];
    for (int start = from; start < to; start += BLOCK) {
      int n = Math.min(BLOCK, to - start);
      for (int array : read) {
        System.arraycopy(arrays[array], start, values[array], 0, n);
      }
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).loop.run(mine[i], scalars, 0, n);
      }
      for (int i = 0; i < stored.length; i++) {
        System.arraycopy(values[storedRows[i]], 0, arrays[stored[i]], start, n);
      }
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[][][] mine = doubles.get();
    double[][] values = mine[pieces.size()];
    for (int start = from; start < to; start += BLOCK) {
      int n = Math.min(BLOCK, to - start);
      for (int array : read) {
        System.arraycopy(arrays[array], start, values[array], 0, n);
      }
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).loop.run(mine[i], scalars, 0, n);
      }
      for (int i = 0; i < stored.length; i++) {
        System.arraycopy(values[storedRows[i]], 0, arrays[stored[i]], start, n);
      }
    }
  }

  private float[][][] newFloats() {
    float[][][] all = new float[pieces.size() + 1][][];
    float[][] values = new float[rows][BLOCK];
    for (int i = 0; i < pieces.size(); i++) {
      List<Integer> used = pieces.get(i).rows;
      all[i] = new float[used.size()][];
      for (int j = 0; j < used.size(); j++) {
        all[i][j] = values[used.get(j)];
      }
    }
    all[pieces.size()] = values;
    return all;
  }

  private double[][][] newDoubles() {
    double[][][] all = new double[pieces.size() + 1][][];
    double[][] values = new double[rows][BLOCK];
    for (int i = 0; i < pieces.size(); i++) {
      List<Integer> used = pieces.get(i).rows;
      all[i] = new double[used.size()][];
      for (int j = 0; j < used.size(); j++) {
        all[i][j] = values[used.get(j)];
      }
    }
    all[pieces.size()] = values;
    return all;
  }

  /// A listing while it is cut. Rows of scratch: first the program's arrays, then values that go
  /// from one piece to another, by order.
  private static final class Cut {
    private final LoopListing listing;
    private final int[] lastUse;
    private final int[] row;
    private int rows;

    Cut(LoopListing listing) {
      this.listing = listing;
      rows = listing.arrays();
      row = new int[listing.size()];
      Arrays.fill(row, -1);
      lastUse = new int[listing.size()];
      for (int i = 0; i < listing.size(); i++) {
        for (int j = 0; j < listing.operation(i).inputs(); j++) {
          lastUse[listing.input(i, j)] = i;
        }
      }
      for (int i = 0; i < listing.stores(); i++) {
        lastUse[listing.storeValue(i)] = listing.size();
      }
    }

    /// The loop of the values `from` … `to − 1`; none where all are leaves.
    Optional<Piece> piece(int from, int to, Compiler compiler) {
      var builder = new Builder();
      @Nullable LoopNode[] nodes = new @Nullable LoopNode[to - from];
      var stores = new ArrayList<LoopProgram.Store>();
      for (int i = from; i < to; i++) {
        int inputs = listing.operation(i).inputs();
        if (inputs == 0) {
          continue;
        }
        var of = new LoopNode[inputs];
        for (int j = 0; j < inputs; j++) {
          int input = listing.input(i, j);
          LoopNode own = input >= from ? nodes[input - from] : null;
          of[j] = own == null ? builder.value(input) : own;
        }
        LoopNode node = LoopNode.of(listing.operation(i), of);
        nodes[i - from] = node;
        if (lastUse[i] >= to) {
          row[i] = rows++;
          stores.add(new LoopProgram.Store(builder.array(row[i]), node));
        }
      }
      return stores.isEmpty() ? Optional.empty() : Optional.of(builder.piece(stores, compiler));
    }

    /// The row of what each store takes: a value's, an array's, or one of its own for a scalar or a
    /// constant.
    int[] storedRows() {
      int[] of = new int[listing.stores()];
      for (int i = 0; i < of.length; i++) {
        int value = listing.storeValue(i);
        of[i] =
            switch (listing.operation(value)) {
              case ARRAY -> listing.index(value);
              case SCALAR, CONSTANT -> rows++;
              default -> row[value];
            };
      }
      return of;
    }

    /// The loop of those of the stores `from` … `to − 1` that take a scalar or a constant.
    Optional<Piece> plainStores(int from, int to, int[] storedRows, Compiler compiler) {
      var builder = new Builder();
      var stores = new ArrayList<LoopProgram.Store>();
      for (int i = from; i < to; i++) {
        Operation operation = listing.operation(listing.storeValue(i));
        if (operation == Operation.SCALAR || operation == Operation.CONSTANT) {
          LoopNode value = builder.value(listing.storeValue(i));
          stores.add(new LoopProgram.Store(builder.array(storedRows[i]), value));
        }
      }
      return stores.isEmpty() ? Optional.empty() : Optional.of(builder.piece(stores, compiler));
    }

    /// The program's arrays that it reads.
    int[] read() {
      boolean[] used = new boolean[listing.arrays()];
      for (int i = 0; i < listing.size(); i++) {
        if (listing.operation(i) == Operation.ARRAY) {
          used[listing.index(i)] = true;
        }
      }
      return numbers(used);
    }

    /// The array of each store.
    int[] stored() {
      int[] of = new int[listing.stores()];
      for (int i = 0; i < of.length; i++) {
        of[i] = listing.storeArray(i);
      }
      return of;
    }

    private static int[] numbers(boolean[] used) {
      int[] numbers = new int[used.length];
      int count = 0;
      for (int i = 0; i < used.length; i++) {
        if (used[i]) {
          numbers[count++] = i;
        }
      }
      return Arrays.copyOf(numbers, count);
    }

    /// The arrays of one piece.
    private final class Builder {
      private final List<Integer> used = new ArrayList<>();
      private final @Nullable LoopNode[] known = new @Nullable LoopNode[listing.size()];

      /// The piece's number of a row.
      int array(int rowNumber) {
        int at = used.indexOf(rowNumber);
        if (at < 0) {
          used.add(rowNumber);
          return used.size() - 1;
        }
        return at;
      }

      /// A value of before: a leaf, or from scratch.
      LoopNode value(int number) {
        LoopNode node = known[number];
        if (node == null) {
          node =
              switch (listing.operation(number)) {
                case ARRAY -> LoopNode.array(array(listing.index(number)));
                case SCALAR -> LoopNode.scalar(listing.index(number));
                case CONSTANT -> LoopNode.constant(listing.constant(number));
                default -> LoopNode.array(array(row[number]));
              };
          known[number] = node;
        }
        return node;
      }

      Piece piece(List<LoopProgram.Store> stores, Compiler compiler) {
        return new Piece(
            compiler.compile(new LoopProgram(used.size(), listing.scalars(), stores)),
            List.copyOf(used));
      }
    }
  }
}
