package dev.thalweg.train;

import dev.thalweg.nn.Carry;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is most probable of a source: the target is written a token at a time, and of all that have
/// been begun the `beam` most probable ones are followed (Lowerre 1976; for networks Graves 2012,
/// arXiv 1211.3711). The network keeps in mind what it has seen ([Carry]), so that a token costs a
/// step. With a beam of 1 it is the most probable token each time.
///
/// Of the candidates of a step, the most probable first, those that end are results, as long as
/// they are among the first `beam`; of the others the first `beam` are followed. Of equal ones
/// comes first what goes on with a better one, then the smaller token. It is over where there are
/// `beam` results, where nothing that goes on is as probable as the last of so many or, where only
/// the best is asked for, as the best, and at the longest target, where what goes on is cut.
final class BeamSearch {

  private final Network network;
  private final int beam;
  private final int end;
  private final int longest;
  private final boolean onlyBest;

  /// @param end the token with which targets begin and end
  /// @param longest how many tokens a target has at most, its end included
  /// @param onlyBest whether the first result alone is wanted
  BeamSearch(Network network, int beam, int end, int longest, boolean onlyBest) {
    this.network = network;
    this.beam = beam;
    this.end = end;
    this.longest = longest;
    this.onlyBest = onlyBest;
  }

  /// A target, or the beginning of one.
  ///
  /// @param tokens without the end
  /// @param score ln p
  record Hypothesis(List<Integer> tokens, double score) {

    private Hypothesis with(int token, double more) {
      List<Integer> longer = new ArrayList<>(tokens);
      longer.add(token);
      return new Hypothesis(List.copyOf(longer), score + more);
    }

    /// The tokens.
    int[] target() {
      return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /// A row of the batch that goes on with a token.
  private record Candidate(int row, int token, double score) {}

  /// One source and what was found for it.
  private static final class Found {
    private final int place;
    private final List<Hypothesis> results = new ArrayList<>();
    private List<Hypothesis> alive = List.of(new Hypothesis(List.of(), 0));

    Found(int place) {
      this.place = place;
    }
  }

  /// The results for some sources, at once: of each the most probable first, at least one.
  List<List<Hypothesis>> of(StepScope scope, int[]... sources) {
    return scope.call(() -> scope.silently(() -> search(scope, sources)));
  }

  private List<List<Hypothesis>> search(StepScope scope, int[]... sources) {
    List<Found> all = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      all.add(new Found(i));
    }
    List<Found> open = all;
    var carry = new Carry();
    for (int step = 1; !open.isEmpty(); step++) {
      int rows = open.stream().mapToInt(each -> each.alive.size()).sum();
      Tensor logits = network.apply(last(open, rows), told(open, rows, sources, carry));
      List<Integer> parents = new ArrayList<>();
      List<Found> still = new ArrayList<>();
      int from = 0;
      for (Found each : open) {
        int next = from + each.alive.size();
        if (goOn(each, logits, from, step, parents)) {
          still.add(each);
        }
        from = next;
      }
      pick(carry, rows, parents);
      scope.endStep();
      open = still;
    }
    return all.stream().map(each -> best(each.results)).toList();
  }

  private List<Hypothesis> best(List<Hypothesis> results) {
    return results.stream()
        .sorted(Comparator.comparingDouble(result -> -result.score))
        .limit(beam)
        .toList();
  }

  private static void pick(Carry carry, int rows, List<Integer> parents) {
    int[] each = parents.stream().mapToInt(Integer::intValue).toArray();
    boolean same = each.length == rows;
    for (int i = 0; same && i < rows; i++) {
      same = each[i] == i;
    }
    if (!same && each.length > 0) {
      carry.pick(each);
    }
  }

  /// The tokens that rows go on from.
  private Tensor last(List<Found> open, int rows) {
    int[] tokens = new int[rows];
    int row = 0;
    for (Found each : open) {
      for (Hypothesis begun : each.alive) {
        tokens[row++] = begun.tokens.isEmpty() ? end : begun.tokens.getLast();
      }
    }
    return Tensor.wrap(Shape.of(rows, 1), tokens);
  }

  private static Pass told(List<Found> open, int rows, int[][] sources, Carry carry) {
    int widest = Arrays.stream(sources).mapToInt(source -> source.length).max().orElse(1);
    int[] lengths = new int[rows];
    int[] given = new int[rows * widest];
    int row = 0;
    for (Found each : open) {
      for (int i = 0; i < each.alive.size(); i++, row++) {
        int[] source = sources[each.place];
        System.arraycopy(source, 0, given, row * widest, source.length);
        lengths[row] = source.length;
      }
    }
    return Pass.inference()
        .withCarry(carry)
        .withSource(Tensor.wrap(Shape.of(rows, widest), given), Tensor.ofInts(lengths));
  }

  /// Takes a step of one source.
  ///
  /// @param from its first row
  /// @param parents takes the rows that what is alive then goes on from
  /// @return whether it goes on
  private boolean goOn(Found found, Tensor logits, int from, int step, List<Integer> parents) {
    List<Hypothesis> followed = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    int rank = 0;
    for (Candidate each : candidates(found.alive, logits, from)) {
      Hypothesis before = found.alive.get(each.row);
      if (each.token == end) {
        if (rank < beam) {
          found.results.add(new Hypothesis(before.tokens, each.score));
        }
      } else if (followed.size() < beam) {
        followed.add(before.with(each.token, each.score - before.score));
        rows.add(from + each.row);
      }
      rank++;
    }
    found.alive = followed;
    if (step == longest) {
      found.results.addAll(followed);
      return false;
    }
    List<Hypothesis> best = best(found.results);
    boolean over =
        followed.isEmpty()
            || (best.size() >= beam && followed.getFirst().score <= best.getLast().score)
            || (onlyBest && !best.isEmpty() && followed.getFirst().score <= best.getFirst().score)
            || (beam == 1 && !best.isEmpty());
    if (!over) {
      parents.addAll(rows);
    }
    return !over;
  }

  /// The most probable ways to go on, twice as many as are followed.
  private List<Candidate> candidates(List<Hypothesis> alive, Tensor logits, int from) {
    int tokens = logits.shape().dimension(-1);
    float[] x = logits.floats();
    List<Candidate> all = new ArrayList<>();
    for (int row = 0; row < alive.size(); row++) {
      int start = (from + row) * tokens;
      Predicted.finite(x, start, tokens);
      double most = x[start];
      for (int token = 1; token < tokens; token++) {
        most = Math.max(most, x[start + token]);
      }
      double sum = 0;
      for (int token = 0; token < tokens; token++) {
        sum += StrictMath.exp(x[start + token] - most);
      }
      double norm = most + StrictMath.log(sum);
      Stream<Candidate> ways = ways(row, alive.get(row).score - norm, x, start, tokens);
      ways.forEach(all::add);
    }
    all.sort(Comparator.comparingDouble((Candidate each) -> -each.score));
    return all.subList(0, Math.min(all.size(), 2 * beam));
  }

  /// The best ways to go on with a row, in order.
  private Stream<Candidate> ways(int row, double add, float[] x, int start, int tokens) {
    int[] best = new int[Math.min(tokens, 2 * beam)];
    int count = 0;
    for (int token = 0; token < tokens; token++) {
      int place = count;
      while (place > 0 && x[start + token] > x[start + best[place - 1]]) {
        place--;
      }
      if (place < best.length) {
        int moved = Math.min(count, best.length - 1) - place;
        System.arraycopy(best, place, best, place + 1, moved);
        best[place] = token;
        count = Math.min(count + 1, best.length);
      }
    }
    return Arrays.stream(best, 0, count).mapToObj(t -> new Candidate(row, t, add + x[start + t]));
  }
}
