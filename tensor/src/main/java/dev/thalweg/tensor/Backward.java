package dev.thalweg.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reverse-mode differentiation of a recorded graph.
///
/// The graph is walked once from the result to order its tensors and to see which of them depend on
/// what is differentiated by; products are taken for those only. Nothing is written to the tensors,
/// so that one graph can be differentiated by several threads at once.
final class Backward implements Wanted {

  private final List<Tensor> order = new ArrayList<>(64);
  private final List<Tensor> open = new ArrayList<>(32);
  private int[] nextInput = new int[32];

  /// An identity table: the place of each tensor in `order`, or what is known before it has one.
  private Tensor[] keys = new Tensor[128];

  private int[] ranks = new int[128];
  private int known;

  /// By rank: whether it depends on what is differentiated by, or is that itself.
  private byte[] needed = new byte[64];

  private static final byte NEEDED = 1;
  private static final byte ASKED_FOR = 2;

  /// What is not asked how it was made.
  private final List<Tensor> leaves;

  /// By rank: what has come so far.
  private @Nullable Tensor[] gradients = NONE;

  private static final Tensor[] NONE = {};

  /// By rank: parts that have come since, to be added when all have.
  private Map<Integer, List<Slices.Piece>> pieces = Map.of();

  /// Where gradients go that nobody needs any more, and how many arrays were taken before.
  private final @Nullable ArrayPool pool = Context.current().reclaiming();

  private final int before = pool == null ? 0 : pool.taken();

  /// The operation that is being asked.
  private @Nullable Operation asked;

  /// Numbers of a table from which on rows that were not looked up are left alone.
  private static final int LARGE = 1 << 14;

  private static final int ABSENT = -1;

  /// Being walked, or not met yet, and differentiated by or not.
  private static final int OPEN = -2;

  private static final int OPEN_WANTED = -3;
  private static final int WANTED = -4;

  /// The gradients of `result`, weighted by `seed` of its shape, by each of `by`; zeros where the
  /// result does not depend on one.
  static List<Tensor> run(Tensor result, Tensor seed, List<Tensor> by) {
    return new Backward(List.of()).gradients(result, seed, by);
  }

  /// The same, where none of `by` is looked at as depending on another.
  static List<Tensor> partial(Tensor result, Tensor seed, List<Tensor> by) {
    return new Backward(by).gradients(result, seed, by);
  }

  /// Whether the result was made of one of these.
  static boolean reaches(Tensor result, List<Tensor> any) {
    var graph = new Backward(List.of());
    for (int i = 0; i < any.size(); i++) {
      graph.enter(any.get(i), WANTED);
    }
    graph.sort(result);
    return graph.needed[graph.order.size() - 1] != 0;
  }

  private Backward(List<Tensor> leaves) {
    this.leaves = leaves;
  }

  @SuppressWarnings("ReferenceEquality") // two tensors of equal numbers are two
  private @Nullable Operation operation(Tensor tensor) {
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i) == tensor) {
        return null;
      }
    }
    return tensor.operation();
  }

  private List<Tensor> gradients(Tensor result, Tensor seed, List<Tensor> by) {
    for (int i = 0; i < by.size(); i++) {
      enter(by.get(i), WANTED);
    }
    sort(result);
    gradients = new Tensor[order.size()];
    gradients[order.size() - 1] = seed;
    for (int i = order.size() - 1; i >= 0; i--) {
      Tensor y = order.get(i);
      Operation operation = operation(y);
      Tensor g = operation == null ? last(i) : gathered(i);
      if (g == null || operation == null || needed[i] == 0) {
        continue;
      }
      asked = operation;
      if (wantsAny(operation)) {
        operation.backward(y, g, this);
      }
      if (pool != null) {
        reclaim(pool, i);
      }
    }
    List<Tensor> wanted = new ArrayList<>(by.size());
    for (int i = 0; i < by.size(); i++) {
      Tensor x = by.get(i);
      int rank = rank(x);
      Tensor g = rank < 0 ? null : gathered(rank);
      wanted.add(g == null ? Tensor.zeros(x.dtype(), x.shape()) : g);
    }
    for (int i = 0; pool != null && i < by.size(); i++) {
      int rank = rank(by.get(i));
      if (rank >= 0) {
        set(rank, null); // who asked has it now
      }
    }
    return wanted;
  }

  /// Gives back what was computed for a tensor's inputs and not handed on, and its gradient, unless
  /// that is wanted or has become another's.
  private void reclaim(ArrayPool to, int rank) {
    Tensor g = gradients[rank];
    if (g != null && needed[rank] != ASKED_FOR) {
      gradients[rank] = null;
      if (to.hold(g.array(), before, -1)) {
        g.end();
      }
    }
    to.takeBackUnheld(before);
  }

  /// Holds the gradient of a tensor instead of what was there.
  private void set(int rank, @Nullable Tensor g) {
    Tensor old = gradients[rank];
    gradients[rank] = g;
    if (pool != null) {
      if (g != null) {
        pool.hold(g.array(), before, 1);
      }
      if (old != null) {
        pool.hold(old.array(), before, -1);
      }
    }
  }

  private boolean wantsAny(Operation operation) {
    for (Tensor input : operation.inputs) {
      if (needed[rank(input)] != 0) {
        return true;
      }
    }
    return false;
  }

  private Operation asked() {
    return Objects.requireNonNull(asked, "asked");
  }

  @Override
  public boolean wants(int input) {
    return needed[rank(asked().inputs[input])] != 0;
  }

  @Override
  public void add(int input, Tensor part) {
    Tensor x = asked().inputs[input];
    int rank = rank(x);
    if (needed[rank] == 0) {
      return;
    }
    check(part, x, part.shape().equals(x.shape()));
    Tensor sum = gathered(rank);
    set(rank, sum == null ? part : sum.plus(part));
  }

  @Override
  public void addSlice(int input, Tensor part, int axis, int from) {
    Tensor x = asked().inputs[input];
    Shape shape = part.shape();
    boolean fits =
        shape.rank() == x.shape().rank()
            && from >= 0
            && axis >= 0
            && axis < shape.rank()
            && from + shape.dimension(axis) <= x.shape().dimension(axis)
            && x.shape().with(axis, shape.dimension(axis)).equals(shape);
    check(part, x, fits);
    add(x, Slices.Piece.slice(part, axis, from));
  }

  @Override
  public void addRows(int input, Tensor part, Tensor rows) {
    Tensor x = asked().inputs[input];
    check(part, x, part.shape().equals(Lookup.shape(rows.shape(), x.shape())));
    Lookup.check(asked().name(), rows.ints(), rows.size(), x.shape().dimension(0));
    add(x, Slices.Piece.rows(part, rows));
  }

  private void add(Tensor x, Slices.Piece piece) {
    int rank = rank(x);
    if (needed[rank] != 0) {
      pieces = pieces.isEmpty() ? new HashMap<>() : pieces;
      pieces.computeIfAbsent(rank, any -> new ArrayList<>()).add(piece);
      hold(piece, 1);
    }
  }

  private void hold(Slices.Piece piece, int more) {
    if (pool != null) {
      pool.hold(piece.part().array(), before, more);
    }
  }

  /// What has come for a tensor so far, pieces included.
  private @Nullable Tensor gathered(int rank) {
    List<Slices.Piece> parts = pieces.isEmpty() ? null : pieces.remove(rank);
    if (parts != null) {
      Tensor x = order.get(rank);
      Tensor sum = gradients[rank];
      List<Tensor> base = sum == null ? List.of() : List.of(sum);
      set(rank, Slices.sum(x.dtype(), x.shape(), base, parts));
      for (Slices.Piece piece : parts) {
        hold(piece, -1);
      }
    }
    return gradients[rank];
  }

  /// What has come for a tensor that was not made of others, when no more comes. Where that is rows
  /// of a large table it costs as much as these.
  private @Nullable Tensor last(int rank) {
    List<Slices.Piece> parts = pieces.get(rank);
    Tensor x = order.get(rank);
    if (parts == null || gradients[rank] != null || x.size() < LARGE || !areRows(parts)) {
      return gathered(rank);
    }
    pieces.remove(rank);
    set(rank, Slices.sumOfRows(x.dtype(), x.shape(), parts));
    for (Slices.Piece piece : parts) {
      hold(piece, -1);
    }
    return gradients[rank];
  }

  private static boolean areRows(List<Slices.Piece> parts) {
    for (Slices.Piece part : parts) {
      if (part.axis() >= 0) {
        return false;
      }
    }
    return true;
  }

  private void check(Tensor part, Tensor x, boolean fits) {
    if (part.dtype() != x.dtype() || !fits) {
      throw new IllegalArgumentException(
          asked().name()
              + ": expected a gradient by an input of "
              + x.dtype()
              + x.shape()
              + ", was given "
              + part.dtype()
              + part.shape());
    }
  }

  /// Puts the graph into `order`, inputs before results, and marks what depends on what is wanted.
  private void sort(Tensor result) {
    push(result);
    while (!open.isEmpty()) {
      int top = open.size() - 1;
      Tensor tensor = open.get(top);
      Operation operation = operation(tensor);
      if (operation != null && nextInput[top] < operation.inputs.length) {
        Tensor input = operation.inputs[nextInput[top]++];
        int rank = rank(input);
        if (rank == ABSENT || rank == WANTED) {
          push(input);
        }
        continue;
      }
      open.remove(top);
      int rank = order.size();
      if (rank == needed.length) {
        needed = Arrays.copyOf(needed, 2 * rank);
      }
      int place = find(tensor);
      byte need = ranks[place] == OPEN_WANTED ? ASKED_FOR : 0;
      if (operation != null && need == 0) {
        for (Tensor input : operation.inputs) {
          if (needed[rank(input)] != 0) {
            need = NEEDED;
          }
        }
      }
      needed[rank] = need;
      order.add(tensor);
      ranks[place] = rank;
    }
  }

  private void push(Tensor tensor) {
    if (open.size() == nextInput.length) {
      nextInput = Arrays.copyOf(nextInput, 2 * nextInput.length);
    }
    nextInput[open.size()] = 0;
    open.add(tensor);
    enter(tensor, rank(tensor) == WANTED ? OPEN_WANTED : OPEN);
  }

  private void enter(Tensor tensor, int state) {
    int i = find(tensor);
    if (keys[i] == null) {
      if (2 * ++known > keys.length) {
        grow();
        i = find(tensor);
      }
      keys[i] = tensor;
    }
    ranks[i] = state;
  }

  private int rank(Tensor tensor) {
    int i = find(tensor);
    return keys[i] == null ? ABSENT : ranks[i];
  }

  /// The place of a tensor in the identity table, or the free place where it belongs.
  @SuppressWarnings("ReferenceEquality") // an identity table
  private int find(Tensor tensor) {
    int mask = keys.length - 1;
    int i = ((System.identityHashCode(tensor) * 0x9E3779B9) >>> 7) & mask;
    while (keys[i] != null && keys[i] != tensor) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    Tensor[] oldKeys = keys;
    int[] oldRanks = ranks;
    keys = new Tensor[2 * oldKeys.length];
    ranks = new int[2 * oldKeys.length];
    for (int j = 0; j < oldKeys.length; j++) {
      if (oldKeys[j] != null) {
        int i = find(oldKeys[j]);
        keys[i] = oldKeys[j];
        ranks[i] = oldRanks[j];
      }
    }
  }
}
