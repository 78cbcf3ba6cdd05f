package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Different texts, numbered as they come. Two that are numbers are the same text where the numbers
/// are the same: `4` and `4.0`.
final class Categories {

  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> byText = new HashMap<>();
  private final Map<Double, Integer> byNumber = new HashMap<>();

  Categories() {}

  Categories(List<String> texts) {
    texts.forEach(this::add);
  }

  /// The number of a text, which gets the next one if it is new.
  int add(String text) {
    int known = find(text);
    if (known >= 0) {
      return known;
    }
    int number = texts.size();
    texts.add(text);
    byText.put(text, number);
    double value = number(text);
    if (!Double.isNaN(value)) {
      byNumber.put(value, number);
    }
    return number;
  }

  /// The number of a text, -1 where it is not known.
  int find(String text) {
    Integer known = byText.get(text);
    if (known == null && !byNumber.isEmpty()) {
      double value = number(text);
      known = Double.isNaN(value) ? null : byNumber.get(value);
    }
    return known == null ? -1 : known;
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
