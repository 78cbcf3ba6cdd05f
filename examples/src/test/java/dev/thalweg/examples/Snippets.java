package dev.thalweg.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Named pieces of code: those of a test class, between `// snippet: name` and `// end`, and those
/// of a page, which follow a line `<!-- snippet: name -->`.
final class Snippets {

  private static final String BEGIN = "// snippet: ";
  private static final String END = "// end";
  private static final String NAME = "<!-- snippet: ";
  private static final String NAME_END = " -->";

  private Snippets() {}

  /// The regions of a source file by name, without their indentation.
  static SequencedMap<String, String> ofSource(String source) {
    var found = new LinkedHashMap<String, String>();
    String name = "";
    List<String> lines = new ArrayList<>();
    for (String line : source.lines().toList()) {
      String text = line.strip();
      if (text.startsWith(BEGIN)) {
        require(name.isEmpty(), "snippet " + name + " has no end");
        name = text.substring(BEGIN.length());
        lines.clear();
      } else if (text.equals(END)) {
        require(!name.isEmpty(), "an end without a snippet");
        put(found, name, String.join("\n", lines).stripIndent());
        name = "";
      } else if (!name.isEmpty()) {
        lines.add(line);
      }
    }
    require(name.isEmpty(), "snippet " + name + " has no end");
    return found;
  }

  /// The Java blocks of a Markdown page by name. Each must have one.
  static SequencedMap<String, String> ofPage(String page) {
    var found = new LinkedHashMap<String, String>();
    List<String> lines = page.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        String before = i == 0 ? "" : lines.get(i - 1);
        require(
            before.startsWith(NAME) && before.endsWith(NAME_END),
            "the block in line %d has no name".formatted(i + 1));
        String name = before.substring(NAME.length(), before.length() - NAME_END.length());
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        put(found, name, String.join("\n", lines.subList(i + 1, end)));
        i = end;
      }
    }
    return found;
  }

  private static void put(Map<String, String> found, String name, String code) {
    require(found.put(name, code) == null, "two snippets have the name " + name);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
