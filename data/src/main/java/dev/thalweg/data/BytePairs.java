package dev.thalweg.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/// Learns which pairs of tokens become one: the most frequent first, of equally frequent ones that
/// of smaller tokens. Only the words that have a pair are gone through when it is merged.
final class BytePairs {

  private static final int BYTES = ByteTokenizer.BYTES;

  private final List<int[]> words = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();

  /// How often each pair is found, and in which words it has been.
  private final Map<Long, Long> frequencies = new HashMap<>();

  private final Map<Long, Set<Integer>> places = new HashMap<>();

  /// What is found may have become less since it was put here.
  private final PriorityQueue<Found> queue = new PriorityQueue<>();

  private record Found(long pair, long count) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      return count != other.count
          ? Long.compare(other.count, count)
          : Long.compare(order(pair), order(other.pair));
    }

    /// Bytes are in the order that GPT-2 gives them, those that can be printed first.
    private static long order(long pair) {
      return (long) place((int) (pair >>> 32)) << 32 | place((int) pair);
    }
  }

  /// The place of a token among all.
  static int place(int token) {
    if (token >= BYTES) {
      return token;
    }
    boolean printed =
        (token >= '!' && token <= '~')
            || (token >= 0xa1 && token <= 0xac)
            || (token >= 0xae && token <= 0xff);
    int before = 0;
    for (int b = 0; b < token; b++) {
      boolean printedToo =
          (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
      before += printed == printedToo ? 1 : 0;
    }
    return printed ? before : 188 + before;
  }

  BytePairs(Map<String, Integer> words) {
    // in one order, whatever the map's
    new TreeMap<>(words)
        .forEach((word, count) -> {
          int[] tokens = ByteTokenizer.INSTANCE.encode(word);
          this.words.add(tokens);
          lengths.add(tokens.length);
          counts.add(count);
        });
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < this.words.size(); i++) {
      count(i, 1, all);
    }
    all.forEach(this::queue);
  }

  private void queue(long pair) {
    queue.add(new Found(pair, frequencies.getOrDefault(pair, 0L)));
  }

  /// Adds the pairs of a word to those that are found, or takes them away.
  private void count(int word, int sign, Set<Long> seen) {
    int[] tokens = words.get(word);
    for (int i = 0; i + 1 < lengths.get(word); i++) {
      long pair = BytePairTokenizer.key(tokens[i], tokens[i + 1]);
      frequencies.merge(pair, (long) sign * counts.get(word), Long::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
        seen.add(pair);
      }
    }
  }

  /// The pairs in order, up to so many; fewer where no word has two tokens any more.
  List<List<Integer>> merges(int most) {
    List<List<Integer>> merges = new ArrayList<>();
    while (merges.size() < most && !queue.isEmpty()) {
      Found found = queue.poll();
      long now = frequencies.getOrDefault(found.pair, 0L);
      if (now != found.count) {
        if (now > 0) {
          queue.add(new Found(found.pair, now));
        }
        continue;
      }
      if (now < 1) {
        break;
      }
      int left = (int) (found.pair >>> 32);
      int right = (int) found.pair;
      int token = BYTES + merges.size();
      merges.add(List.of(left, right));
      Set<Long> fresh = new HashSet<>();
      for (int word : requireNonNull(places.remove(found.pair))) {
        count(word, -1, fresh);
        lengths.set(
            word, BytePairTokenizer.merge(words.get(word), lengths.get(word), left, right, token));
        count(word, 1, fresh);
      }
      frequencies.remove(found.pair);
      fresh.stream()
          .filter(pair -> (int) (pair >>> 32) == token || (int) (long) pair == token)
          .forEach(this::queue);
    }
    return merges;
  }
}
