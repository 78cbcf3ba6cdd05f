package dev.thalweg.nn;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.GrowingSequences;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What layers remember of sequences that go on in the next batch: states of recurrent layers, keys
/// and values of attention, and how many steps there were.
///
/// ```java
/// var carry = new Carry();
/// Tensor first = network.apply(x, Pass.inference().withCarry(carry));
/// Tensor next = network.apply(rest, Pass.inference().withCarry(carry)); // goes on where x ended
/// ```
///
/// In a training it is truncated back-propagation: what was before is a constant. Row i of a batch
/// goes on with row i of the one before. For one thread.
public final class Carry {
  private final Map<String, List<Tensor>> remembered = new HashMap<>();

  /// Of layers that add to what they remember, the same with room for more.
  private final Map<String, List<GrowingSequences>> growing = new HashMap<>();

  private int steps;

  /// Nothing yet.
  public Carry() {}

  /// Forgets: new sequences begin.
  public void clear() {
    remembered.clear();
    growing.clear();
    steps = 0;
  }

  /// How many steps there were before this batch.
  public int steps() {
    return steps;
  }

  /// What a layer remembers, empty at the beginning.
  ///
  /// @param layer its path, [Builder#path]
  public List<Tensor> of(String layer) {
    NotNull.check(layer, "layer");
    return remembered.getOrDefault(layer, List.of());
  }

  /// Has a layer remember lasting copies, without history.
  ///
  /// @param layer its path, [Builder#path]
  public void remember(String layer, Tensor... what) {
    NotNull.check(layer, "layer");
    NotNull.check(what, "what");
    List<Tensor> kept = new ArrayList<>();
    for (Tensor tensor : what) {
      kept.add(tensor.keep());
    }
    growing.remove(layer);
    remembered.put(layer, List.copyOf(kept));
  }

  /// Has a layer remember steps behind those that it remembers, without history.
  ///
  /// @param layer its path, [Builder#path]
  /// @param more `[rows, steps, features]`, as many tensors each time
  /// @return all steps of each; the history is that of the new ones
  public List<Tensor> append(String layer, Tensor... more) {
    NotNull.check(layer, "layer");
    NotNull.check(more, "more");
    List<GrowingSequences> grown = growing.computeIfAbsent(layer, path -> grown(path, more.length));
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < more.length; i++) {
      all.add(grown.get(i).append(more[i]));
    }
    remembered.put(layer, grown.stream().map(GrowingSequences::steps).toList());
    return all;
  }

  private List<GrowingSequences> grown(String layer, int count) {
    List<Tensor> before = of(layer);
    return IntStream.range(0, count)
        .mapToObj(
            i -> before.isEmpty() ? new GrowingSequences() : new GrowingSequences(before.get(i)))
        .toList();
  }

  /// Has row i go on where row `rows[i]` was: what a search by beams needs, which goes on with the
  /// best of what it has tried.
  ///
  /// @param rows of the batch before, in any order, also several times; as many as the next batch
  ///   has
  /// @throws IndexOutOfBoundsException if there is no such row
  public void pick(int... rows) {
    NotNull.check(rows, "rows");
    Tensor places = Tensor.ofInts(rows);
    growing.clear();
    remembered.replaceAll((layer, all) ->
        all.stream().map(each -> Gradients.off(() -> picked(each, places)).keep()).toList());
  }

  private static Tensor picked(Tensor rows, Tensor places) {
    int[] sizes = rows.shape().dimensions();
    int before = sizes[0];
    sizes[0] = places.size();
    return rows.reshape(before, rows.size() / Math.max(1, before)).gather(places).reshape(sizes);
  }

  /// So many steps are done.
  void advance(int more) {
    steps += more;
  }

  /// How many steps and layers: `128 steps, 4 layers`.
  @Override
  public String toString() {
    return steps + " steps, " + remembered.size() + " layers";
  }
}
