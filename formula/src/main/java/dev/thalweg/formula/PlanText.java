package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.ArrayList;
import java.util.List;

/// The text of a [PlanOutline], while it is written or read: words with a blank after each. A list
/// is its length and its members; a number that isn't whole is its bits.
///
/// Read by hand, without patterns and formats: this is on the way to the first step of a process.
final class PlanText {
  private final StringBuilder written = new StringBuilder();
  private final String text;
  private int at;

  /// To be written.
  PlanText() {
    text = "";
  }

  /// To be read.
  PlanText(String text) {
    this.text = text;
  }

  void add(String word) {
    if (word.isEmpty() || word.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("plan: expected a word, found '" + word + "'");
    }
    written.append(word).append(' ');
  }

  void add(int number) {
    written.append(number).append(' ');
  }

  void add(double number) {
    written.append(Double.doubleToRawLongBits(number)).append(' ');
  }

  void add(int[] numbers) {
    add(numbers.length);
    for (int number : numbers) {
      add(number);
    }
  }

  void add(List<String> words) {
    add(words.size());
    for (String word : words) {
      add(word);
    }
  }

  @Override
  public String toString() {
    return written.toString();
  }

  /// The next word.
  ///
  /// @throws IllegalArgumentException if there is none
  String word() {
    int end = text.indexOf(' ', at);
    if (end < 0) {
      throw new IllegalArgumentException("plan: expected a word, found the end");
    }
    String word = text.substring(at, end);
    at = end + 1;
    return word;
  }

  int number() {
    return Integer.parseInt(word());
  }

  double real() {
    return Double.longBitsToDouble(Long.parseLong(word()));
  }

  int[] numbers() {
    int[] numbers = new int[number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number();
    }
    return numbers;
  }

  List<String> words() {
    int count = number();
    var words = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      words.add(word());
    }
    return List.copyOf(words);
  }

  Operator operation() {
    String name = word();
    for (Operator operation : Operator.all()) {
      if (operation.name().equals(name)) {
        return operation;
      }
    }
    throw new IllegalArgumentException("plan: no operation " + name);
  }

  ArrayOperator function() {
    String name = word();
    ArrayOperator function = ArrayOperator.called(name);
    if (function == null) {
      throw new IllegalArgumentException("plan: no function " + name);
    }
    return function;
  }

  Level level() {
    String name = word();
    if (name.equals("STEP")) {
      return Level.STEP;
    }
    if (name.equals("TENSOR")) {
      return Level.TENSOR;
    }
    if (name.equals("ELEMENT")) {
      return Level.ELEMENT;
    }
    throw new IllegalArgumentException("plan: no level " + name);
  }
}
