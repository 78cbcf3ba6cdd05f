package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the texts of a column, one after the other, and learns their tokens. Of texts of more than
/// 64 million characters it looks at the first ones.
final class TokenFitter implements TextFitter {

  private static final long MOST_CHARACTERS = 1L << 26;

  private final TokenSequence form;
  private final List<String> texts = new ArrayList<>();
  private long characters;

  TokenFitter(TokenSequence form) {
    this.form = form;
  }

  @Override
  public void add(String text) {
    if (characters + text.length() <= MOST_CHARACTERS) {
      texts.add(text);
      characters += text.length();
    }
  }

  @Override
  public ColumnEncoding fitted(String source, String name, int place) {
    Tokenizer tokenizer = tokenizer(source, name);
    int length = form.length();
    if (length == 0) {
      var all = new TokenText(new ColumnEncoding.Tokens(name, place, form, tokenizer, 1));
      for (String text : texts) {
        Bag bag = all.of(text);
        length = Math.max(length, bag.places().length + bag.left());
      }
      length = Math.clamp(length, 1, TokenSequence.LONGEST);
    }
    return new ColumnEncoding.Tokens(name, place, form, tokenizer, length);
  }

  private Tokenizer tokenizer(String source, String name) {
    return switch (form.unit()) {
      case BYTES -> Tokenizer.bytes();
      case BPE -> Tokenizer.bytePairs(String.join("\n", texts), form.size());
      case WORDS -> {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(
            text -> TokenText.words(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
        yield new WordTokenizer(kept(source, name, counts, form.size()).stream().sorted().toList());
      }
      case CHARACTERS -> {
        Map<Integer, Integer> counts = new HashMap<>();
        texts.forEach(
            text -> text.codePoints().forEach(sign -> counts.merge(sign, 1, Integer::sum)));
        var all = new StringBuilder();
        kept(source, name, counts, Integer.MAX_VALUE).stream()
            .sorted()
            .forEach(all::appendCodePoint);
        yield new CharacterTokenizer(all.toString());
      }
    };
  }

  /// The most frequent ones, without those that come once, unless none comes twice.
  private static <T extends Comparable<T>> List<T> kept(
      String source, String name, Map<T, Integer> counts, int most) {
    if (counts.isEmpty()) {
      throw new DataException(
          "%s: expected texts with something in them to learn from in column %s, found none"
              .formatted(source, CsvTable.quoted(name)));
    }
    boolean twice = counts.values().stream().anyMatch(count -> count > 1);
    return counts.entrySet().stream()
        .filter(each -> !twice || each.getValue() > 1)
        .sorted(
            Comparator.comparingInt((Map.Entry<T, Integer> each) -> -each.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
