package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sentences of the library in the words of the command: where they name a call, such as
/// `TableOptions.withIgnored("a", "b")`, the option that does the same, `--ignore a,b`.
final class CommandWords {

  private static final String LITERAL = "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])'|[\\w.]+";
  private static final Pattern CALL =
      Pattern.compile(
          "\\b(?:TableOptions|CsvFormat|ImageOptions)\\.with([A-Z]\\w*)\\(((?:%s)(?:, (?:%s))*+)\\)"
              .formatted(LITERAL, LITERAL));
  private static final Pattern ARGUMENT = Pattern.compile(LITERAL);
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:/%+=@-]*");

  private CommandWords() {}

  /// A sentence with options for calls.
  static String of(String sentence) {
    return CALL.matcher(sentence)
        .replaceAll(call ->
            Matcher.quoteReplacement(
                option(call.group(1), arguments(call.group(2)), call.group())));
  }

  private static String option(String call, List<String> arguments, String otherwise) {
    return switch (call) {
      case "Ignored" -> "--ignore " + words(arguments);
      case "Texts" -> "--text " + words(arguments);
      case "Categorical" -> "--categorical " + words(arguments);
      case "Missing" -> "--missing=" + words(arguments);
      case "Decimal" -> "--decimal " + arguments.getFirst();
      case "Thousands" -> "--thousands " + arguments.getFirst();
      case "DayFirst" -> "--day-first " + yesOrNo(arguments);
      case "Size" -> "--size " + words(arguments);
      case "Header" -> "--header " + yesOrNo(arguments);
      case "Task" -> "--task " + arguments.getFirst().replace("Task.", "").toLowerCase(Locale.ROOT);
      default -> otherwise;
    };
  }

  private static String yesOrNo(List<String> arguments) {
    return arguments.getFirst().equals("true") ? "yes" : "no";
  }

  private static List<String> arguments(String list) {
    var arguments = new ArrayList<String>();
    var found = ARGUMENT.matcher(list);
    while (found.find()) {
      var literal = found.group();
      arguments.add(
          literal.startsWith("\"") || literal.startsWith("'")
              ? literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1")
              : literal);
    }
    return arguments;
  }

  /// Names as the value of an option that takes several: those with a comma or a quote in quotes;
  /// all in quotes where they are more than a word.
  private static String words(List<String> names) {
    var list =
        String.join(
            ",",
            names.stream()
                .map(name ->
                    name.contains(",") || name.contains("\"")
                        ? "\"" + name.replace("\"", "\"\"") + "\""
                        : name)
                .toList());
    return PLAIN.matcher(list).matches() ? list : "'" + list + "'";
  }
}
