package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The arrays of a step scope: taken one by one, and given back one by one or all together.
///
/// Arrays come in sizes, eight to a doubling, so that shapes that differ from step to step share
/// them: an array is up to an eighth longer than was asked for. Where none of a size is free, one
/// of up to twice the size is taken before another is allocated.
final class ArrayPool {

  private static final int SIZES_BITS = 3;
  private static final int SIZES = 1 << SIZES_BITS;

  /// By size: what is free.
  private final Shelf[] floats = new Shelf[SIZES * Integer.SIZE];

  private final Shelf[] doubles = new Shelf[SIZES * Integer.SIZE];
  private final Shelf[] ints = new Shelf[SIZES * Integer.SIZE];

  /// What is taken, in the order in which it was, where each belongs, and how many hold it.
  private @Nullable Object[] taken = new Object[64];

  private Shelf[] places = new Shelf[64];
  private int[] holders = new int[64];
  private int count;

  private long allocated;
  private long bytes;

  /// The free arrays of one size, the one to be taken next last.
  private static final class Shelf {
    final DType dtype;
    final int length;
    @Nullable Object[] free = new Object[4];
    int count;

    Shelf(DType dtype, int length) {
      this.dtype = dtype;
      this.length = length;
    }

    Object allocate() {
      return switch (dtype) {
        case F32 -> new float[length];
        case F64 -> new double[length];
        case I32 -> new int[length];
      };
    }

    void put(Object array) {
      if (count == free.length) {
        free = Arrays.copyOf(free, 2 * count);
      }
      free[count++] = array;
    }
  }

  /// An array of at least n numbers, of arbitrary contents.
  Object take(DType dtype, int n) {
    int size = size(n);
    Shelf[] shelves =
        switch (dtype) {
          case F32 -> floats;
          case F64 -> doubles;
          case I32 -> ints;
        };
    Shelf shelf = shelves[size];
    if (shelf == null) {
      shelf = new Shelf(dtype, length(size));
      shelves[size] = shelf;
    }
    if (shelf.count == 0) {
      for (int larger = size + 1; larger <= size + SIZES; larger++) {
        Shelf other = shelves[larger];
        if (other != null && other.count > 0) {
          shelf = other;
          break;
        }
      }
    }
    Object array = shelf.count > 0 ? shelf.free[--shelf.count] : null;
    if (array == null) {
      array = shelf.allocate();
      allocated++;
      bytes += (long) shelf.length * dtype.bytes();
    }
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, 2 * count);
      places = Arrays.copyOf(places, 2 * count);
      holders = Arrays.copyOf(holders, 2 * count);
    }
    taken[count] = array;
    holders[count] = 0;
    places[count++] = shelf;
    return array;
  }

  /// The number of the smallest size that n fits into: n − 1 as a power of two and its next bits.
  static int size(int n) {
    if (n <= SIZES) {
      return Math.max(0, n - 1);
    }
    int power = 31 - Integer.numberOfLeadingZeros(n - 1);
    return ((power - SIZES_BITS + 1) << SIZES_BITS) + ((n - 1) >>> (power - SIZES_BITS)) - SIZES;
  }

  /// The length of arrays of a size.
  static int length(int size) {
    if (size < SIZES) {
      return size + 1;
    }
    int power = (size >>> SIZES_BITS) + SIZES_BITS - 1;
    long length = (SIZES + (size & (SIZES - 1)) + 1L) << (power - SIZES_BITS);
    return (int) Math.min(length, Integer.MAX_VALUE - 64);
  }

  /// How many arrays are taken.
  int taken() {
    return count;
  }

  /// Adds so many holders to an array, if it is one of those taken since there were `from`.
  ///
  /// @return whether nobody holds it now
  @SuppressWarnings("ReferenceEquality") // two arrays are two
  boolean hold(Object array, int from, int more) {
    for (int i = count - 1; i >= from; i--) {
      if (taken[i] == array) {
        holders[i] += more;
        return holders[i] == 0;
      }
    }
    return false;
  }

  /// Takes back what was taken since there were `from`, but for what is held.
  void takeBackUnheld(int from) {
    int kept = from;
    for (int i = from; i < count; i++) {
      Object array = taken[i];
      if (holders[i] == 0 && array != null) {
        places[i].put(array);
      } else {
        taken[kept] = array;
        places[kept] = places[i];
        holders[kept++] = holders[i];
      }
    }
    Arrays.fill(taken, kept, count, null);
    count = kept;
  }

  /// Takes back all arrays. Those that were taken first will be taken first again.
  void takeBackAll() {
    for (int i = count - 1; i >= 0; i--) {
      Object array = taken[i];
      if (array != null) {
        places[i].put(array);
        taken[i] = null;
      }
    }
    count = 0;
  }

  /// How many arrays were ever allocated.
  long allocated() {
    return allocated;
  }

  /// The bytes of all of them.
  long bytes() {
    return bytes;
  }
}
