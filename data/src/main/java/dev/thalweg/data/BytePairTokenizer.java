package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Byte-pair encoding: bytes, and pairs of tokens that have become one.
public final class BytePairTokenizer implements Tokenizer {

  /// Words as GPT-2 divides a text: contractions, letters, numbers and other signs with a space
  /// before them, and spaces.
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final int BYTES = ByteTokenizer.BYTES;

  /// Left and right token of each merge.
  private final int[] left;

  private final int[] right;

  /// The token that a pair has become, by [#key].
  private final Map<Long, Integer> merged;

  /// The bytes of each token.
  private final byte[][] texts;

  private BytePairTokenizer(int[] left, int[] right) {
    this.left = left;
    this.right = right;
    this.merged = new HashMap<>();
    this.texts = new byte[BYTES + left.length][];
    for (int i = 0; i < BYTES; i++) {
      texts[i] = new byte[] {(byte) i};
    }
    for (int i = 0; i < left.length; i++) {
      int token = BYTES + i;
      if (left[i] < 0 || left[i] >= token || right[i] < 0 || right[i] >= token) {
        throw new IllegalArgumentException(
            "merge %d: expected tokens of 0 to %d, found %d and %d"
                .formatted(i + 1, token - 1, left[i], right[i]));
      }
      if (merged.putIfAbsent(key(left[i], right[i]), token) != null) {
        throw new IllegalArgumentException(
            "merge %d: expected another pair than before, found %d and %d again"
                .formatted(i + 1, left[i], right[i]));
      }
      byte[] text = Arrays.copyOf(texts[left[i]], texts[left[i]].length + texts[right[i]].length);
      System.arraycopy(texts[right[i]], 0, text, texts[left[i]].length, texts[right[i]].length);
      texts[token] = text;
    }
  }

  static BytePairTokenizer of(List<List<Integer>> merges) {
    int[] left = new int[merges.size()];
    int[] right = new int[merges.size()];
    for (int i = 0; i < left.length; i++) {
      if (merges.get(i).size() != 2) {
        throw new IllegalArgumentException(
            "merge %d: expected two tokens, found %d".formatted(i + 1, merges.get(i).size()));
      }
      left[i] = merges.get(i).getFirst();
      right[i] = merges.get(i).getLast();
    }
    return new BytePairTokenizer(left, right);
  }

  static BytePairTokenizer learn(String text, int size) {
    if (size < BYTES) {
      throw new IllegalArgumentException("byte pairs: expected 256 tokens or more, found " + size);
    }
    Map<String, Integer> words = new HashMap<>();
    Matcher matcher = WORDS.matcher(text);
    while (matcher.find()) {
      words.merge(matcher.group(), 1, Integer::sum);
    }
    return of(new BytePairs(words).merges(size - BYTES));
  }

  static long key(int left, int right) {
    return (long) left << 32 | right;
  }

  @Override
  public int size() {
    return texts.length;
  }

  /// How many bytes a token has.
  int bytes(int token) {
    return texts[token].length;
  }

  /// The pairs that have become tokens, in order; bytes are 0 … 255 and the i-th is 256 + i.
  public List<List<Integer>> merges() {
    List<List<Integer>> merges = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      merges.add(List.of(left[i], right[i]));
    }
    return List.copyOf(merges);
  }

  @Override
  public int[] encode(String text) {
    NotNull.check(text, "text");
    Map<String, int[]> known = new HashMap<>();
    int[] tokens = new int[Math.max(16, text.length() / 2)];
    int n = 0;
    Matcher matcher = WORDS.matcher(text);
    while (matcher.find()) {
      int[] word = known.computeIfAbsent(matcher.group(), this::word);
      if (tokens.length < n + word.length) {
        tokens = Arrays.copyOf(tokens, 2 * n + word.length);
      }
      System.arraycopy(word, 0, tokens, n, word.length);
      n += word.length;
    }
    return Arrays.copyOf(tokens, n);
  }

  /// The tokens of a word: the earliest merge first.
  private int[] word(String word) {
    int[] tokens = ByteTokenizer.INSTANCE.encode(word);
    int n = tokens.length;
    while (true) {
      int first = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < n; i++) {
        first = Math.min(first, merged.getOrDefault(key(tokens[i], tokens[i + 1]), first));
      }
      if (first == Integer.MAX_VALUE) {
        return Arrays.copyOf(tokens, n);
      }
      n = merge(tokens, n, left[first - BYTES], right[first - BYTES], first);
    }
  }

  /// Puts a token in the place of each of its pairs; how many tokens are left.
  static int merge(int[] tokens, int n, int left, int right, int token) {
    int to = 0;
    for (int i = 0; i < n; i++) {
      boolean pair = i + 1 < n && tokens[i] == left && tokens[i + 1] == right;
      tokens[to++] = pair ? token : tokens[i];
      i += pair ? 1 : 0;
    }
    return to;
  }

  @Override
  public String decode(int... tokens) {
    check(tokens);
    var bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      bytes.writeBytes(texts[token]);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BytePairTokenizer that
        && Arrays.equals(left, that.left)
        && Arrays.equals(right, that.right);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(left) + Arrays.hashCode(right);
  }

  /// `bpe(1000)`
  @Override
  public String toString() {
    return "bpe(" + size() + ")";
  }
}
