package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Different texts, numbered as they come: `4` and `4.0` are two, and so are `0100` and `100`.
final class Categories {

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern ZEROS = Pattern.compile("[.,]0+$");

  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> byText = new HashMap<>();
  private final boolean anyCase;
  private final boolean whole;

  Categories() {
    this.anyCase = false;
    this.whole = false;
  }

  /// Those that are known. Yes and no are found in any case, and where all are whole numbers as
  /// they are usually written, `7` is found as `7.0` as well.
  Categories(List<String> texts) {
    this.anyCase = YesNo.areInOneSpelling(texts);
    this.whole = texts.stream().allMatch(text -> WHOLE.matcher(text).matches());
    texts.forEach(this::add);
  }

  /// The number of a text, which gets the next one if it is new.
  int add(String text) {
    Integer known = byText.putIfAbsent(folded(text), texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /// The number of a text, -1 where it is not known.
  int find(String text) {
    Integer known = byText.get(folded(text));
    if (known == null && whole) {
      known = byText.get(ZEROS.matcher(text).replaceFirst(""));
    }
    return known == null ? -1 : known;
  }

  private String folded(String text) {
    return anyCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static double number(String text) {
    // Adding 0 makes -0 the same as 0.
    return Numbers.parse(text, 0, text.length(), '.') + 0.0;
  }

  int size() {
    return texts.size();
  }

  String text(int number) {
    return texts.get(number);
  }

  List<String> texts() {
    return texts;
  }

  /// Texts in the order that people expect: by number where all are numbers, else by letters.
  static List<String> sorted(List<String> texts) {
    boolean numbers = texts.stream().allMatch(Numbers::isNumber);
    Comparator<String> order =
        numbers
            ? Comparator.<String>comparingDouble(Categories::number)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    return texts.stream().sorted(order).toList();
  }
}
