package dev.thalweg.cli;

import java.util.Map;
import java.util.regex.Pattern;

/// Where the values of options stand that a command took from a configuration file, so that what is
/// wrong with one of them is said of its line.
///
/// @param source what messages call the file
/// @param lines by the names of options without the dashes, counted from 1
record ConfigPlaces(String source, Map<String, Integer> lines) {

  /// A sentence about an option begins with its name; one about an argument names it.
  private static final Pattern CULPRIT =
      Pattern.compile("(?<option>--[a-z0-9-]+)(?<rest>.*)|unknown data set .*", Pattern.DOTALL);

  /// Copies the map.
  ConfigPlaces {
    lines = Map.copyOf(lines);
  }

  /// What is said where no file was read.
  static ConfigPlaces none() {
    return new ConfigPlaces("", Map.of());
  }

  /// Whether an option's value came from the file.
  boolean has(String option) {
    return lines.containsKey(option);
  }

  /// Does some work; a failure that is about a value of the file names its place.
  ///
  /// @throws Failure if the work fails
  void in(Runnable work) {
    try {
      work.run();
    } catch (Failure wrong) {
      throw placed(wrong);
    }
  }

  private Failure placed(Failure wrong) {
    var culprit = CULPRIT.matcher(wrong.sentence());
    if (!culprit.matches()) {
      return wrong;
    }
    var typed = culprit.group("option");
    var name = typed == null ? "data" : typed.substring(2);
    var line = lines.get(name);
    if (line == null) {
      return wrong;
    }
    var what = typed == null ? ": " + wrong.sentence() : culprit.group("rest");
    return wrong.inWords("%s, line %d: %s%s".formatted(source, line, name, what));
  }
}
