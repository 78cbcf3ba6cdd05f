package dev.thalweg.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reverse-mode differentiation of a recorded graph.
///
/// The graph is walked once from the result to order its tensors and to see which of them depend on
/// what is differentiated by; products are taken for those only. Nothing is written to the tensors,
/// so that one graph can be differentiated by several threads at once.
final class Backward {

  private final List<Tensor> order = new ArrayList<>(64);
  private final List<Tensor> open = new ArrayList<>(32);
  private int[] nextInput = new int[32];
  private Tensor[] keys = new Tensor[128];
  private int[] ranks = new int[128];
  private boolean[] needed = new boolean[64];
  private int known;

  private static final int OPEN = -2;
  private static final int ABSENT = -1;

  /// The gradients of `result`, weighted by `seed` of its shape, by each of `by`; zeros where the
  /// result does not depend on one.
  static List<Tensor> run(Tensor result, Tensor seed, List<Tensor> by) {
    return new Backward().gradients(result, seed, by);
  }

  private List<Tensor> gradients(Tensor result, Tensor seed, List<Tensor> by) {
    sort(result, by);
    @Nullable Tensor[] gradients = new Tensor[order.size()];
    gradients[order.size() - 1] = seed;
    for (int i = order.size() - 1; i >= 0; i--) {
      Tensor y = order.get(i);
      Tensor g = gradients[i];
      Operation operation = y.operation();
      if (g == null || operation == null || !needed[i]) {
        continue;
      }
      Tensor arrived = operation.arriving(g);
      Tensor[] inputs = operation.inputs;
      for (int j = 0; j < inputs.length; j++) {
        int rank = rank(inputs[j]);
        if (!needed[rank]) {
          continue;
        }
        Tensor part = operation.product(j, y, arrived);
        if (part != null) {
          Tensor sum = gradients[rank];
          gradients[rank] = sum == null ? part : sum.plus(part);
        }
      }
    }
    List<Tensor> wanted = new ArrayList<>(by.size());
    for (Tensor x : by) {
      int rank = rank(x);
      Tensor g = rank < 0 ? null : gradients[rank];
      wanted.add(g == null ? Tensor.zeros(x.dtype(), x.shape()) : g);
    }
    return wanted;
  }

  /// Puts the graph into `order`, inputs before results, and marks what depends on `by`.
  private void sort(Tensor result, List<Tensor> by) {
    push(result);
    while (!open.isEmpty()) {
      int top = open.size() - 1;
      Tensor tensor = open.get(top);
      Operation operation = tensor.operation();
      if (operation != null && nextInput[top] < operation.inputs.length) {
        Tensor input = operation.inputs[nextInput[top]++];
        if (rank(input) == ABSENT) {
          push(input);
        }
        continue;
      }
      open.remove(top);
      int rank = order.size();
      if (rank == needed.length) {
        needed = java.util.Arrays.copyOf(needed, 2 * rank);
      }
      boolean need = contains(by, tensor);
      if (operation != null && !need) {
        for (Tensor input : operation.inputs) {
          need |= needed[rank(input)];
        }
      }
      needed[rank] = need;
      order.add(tensor);
      ranks[find(tensor)] = rank;
    }
  }

  private static boolean contains(List<Tensor> list, Tensor tensor) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == tensor) {
        return true;
      }
    }
    return false;
  }

  private void push(Tensor tensor) {
    if (open.size() == nextInput.length) {
      nextInput = java.util.Arrays.copyOf(nextInput, 2 * nextInput.length);
    }
    nextInput[open.size()] = 0;
    open.add(tensor);
    if (2 * ++known > keys.length) {
      grow();
    }
    int i = find(tensor);
    keys[i] = tensor;
    ranks[i] = OPEN;
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
