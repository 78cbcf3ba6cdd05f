package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads optimizers with groups: `adamw(lr=1e-3) for 'head.*': lr=1e-2; for rank<2:
/// weight_decay=0`.
///
/// ```
/// optimizer = chain { [ ";" ] "for" selector ":" ( change { "," change } | chain ) }
/// selector  = condition { "or" condition }
/// condition = "'" name "'" | "rank" ( "<" | "<=" | "==" | "=" | ">" | ">=" ) number
/// change    = name "=" value
/// ```
final class GroupText {
  private static final String FOR = "for";

  private final String text;

  private GroupText(String text) {
    this.text = text;
  }

  /// What stands before the first group: the chain.
  static String chain(String text) {
    List<Integer> groups = new GroupText(text).groups();
    return groups.isEmpty() ? text : text.substring(0, groups.getFirst());
  }

  /// Reads the optimizer.
  static Optimizer read(String text) {
    var reader = new GroupText(text);
    List<Integer> groups = reader.groups();
    if (groups.isEmpty()) {
      return whole(text);
    }
    try {
      Optimizer optimizer = whole(text.substring(0, reader.end(0, groups.getFirst())));
      for (int i = 0; i < groups.size(); i++) {
        int to = i + 1 < groups.size() ? groups.get(i + 1) : text.length();
        int from = groups.get(i) + FOR.length();
        optimizer = reader.group(optimizer, from, reader.end(from, to));
      }
      return optimizer;
    } catch (SyntaxException e) {
      throw new SyntaxException(e.sentence(), text, Math.min(e.position(), text.length()));
    }
  }

  private static Optimizer whole(String text) {
    List<Call> chain = Call.parseChain(text);
    Optimizer optimizer =
        chain.size() == 1 && OptaxPartition.isMeant(chain.getFirst())
            ? OptaxPartition.read(chain.getFirst())
            : OptimizerText.read(chain);
    try {
      optimizer.chain();
    } catch (IllegalArgumentException e) {
      throw OptimizerText.located(e, chain.getLast().span());
    }
    return optimizer;
  }

  /// Where a stretch ends without blanks, and without the `;` that ends a group.
  private int end(int from, int to) {
    int end = to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > from && text.charAt(end - 1) == ';') {
      end--;
    }
    return end;
  }

  /// Where the word `for` stands outside of quotes and parentheses.
  private List<Integer> groups() {
    var groups = new ArrayList<Integer>();
    int depth = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        at = closing(at);
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (depth == 0 && at > 0 && isWord(at, FOR)) {
        groups.add(at);
      }
    }
    return groups;
  }

  /// Where a quote closes; the end where it doesn't.
  private int closing(int open) {
    int at = open + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(open)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private boolean isWord(int at, String word) {
    int end = at + word.length();
    return text.startsWith(word, at)
        && !isNamePart(at - 1)
        && end < text.length()
        && !isNamePart(end);
  }

  private boolean isNamePart(int at) {
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  private Optimizer group(Optimizer base, int from, int to) {
    int colon = from;
    while (colon < to && text.charAt(colon) != ':') {
      char c = text.charAt(colon);
      colon = c == '\'' || c == '"' ? closing(colon) + 1 : colon + 1;
    }
    if (colon >= to) {
      throw error(Math.min(from, text.length()), "a group is written for SELECTOR: name=value");
    }
    ParameterSelector selector = selector(from, colon);
    int start = skipped(colon + 1, to);
    if (start == to) {
      throw error(start, "expected settings or a rule for " + selector + ", found nothing");
    }
    int name = start;
    while (name < to && isNamePart(name)) {
      name++;
    }
    name = skipped(name, to);
    try {
      return name < to && text.charAt(name) == '='
          ? base.with(changes(base, selector, start, to))
          : base.where(selector, whole(" ".repeat(start) + text.substring(start, to)));
    } catch (IllegalArgumentException e) {
      throw OptimizerText.located(e, new Span(text, start, to));
    }
  }

  /// The settings, read as the arguments of a call.
  private Group changes(Optimizer base, ParameterSelector selector, int from, int to) {
    String call = " ".repeat(from - 2) + "g(" + text.substring(from, to) + ")";
    Call read = Call.parse(call);
    var changes = new LinkedHashMap<String, Setting>();
    if (!read.positional().isEmpty()) {
      throw read.positional().getFirst().span().error("expected name=value");
    }
    for (Call.Argument argument : read.named()) {
      CallValue value = argument.value();
      try {
        Stage stage = base.stageOf(argument.name());
        Hyperparameter meant = stage.argument(argument.name());
        if (meant != null) {
          changes.put(meant.name(), meant.read(stage.method().name(), value));
        }
      } catch (IllegalArgumentException e) {
        throw OptimizerText.located(e, argument.span());
      }
    }
    return new Group(selector, changes, null);
  }

  private ParameterSelector selector(int from, int to) {
    @Nullable ParameterSelector all = null;
    int at = skipped(from, to);
    while (true) {
      int start = at;
      ParameterSelector one;
      if (at < to && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
        int close = closing(at);
        one = ParameterSelector.name(text.substring(at + 1, close));
        at = close + 1;
      } else if (text.startsWith("rank", at)) {
        at = skipped(at + 4, to);
        int sign = at;
        while (at < to && "<>=".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
        String comparison = text.substring(sign, at);
        at = skipped(at, to);
        int digits = at;
        while (at < to && Character.isDigit(text.charAt(at))) {
          at++;
        }
        if (at == digits || at - digits > 4) {
          throw error(Math.min(digits, text.length()), "expected a rank, as in rank<2");
        }
        one = rank(comparison, Integer.parseInt(text, digits, at, 10), sign);
      } else {
        throw error(start, "expected a name in quotes, or rank<2 and the like, after for");
      }
      all = all == null ? one : all.or(one);
      at = skipped(at, to);
      if (at == to) {
        return all;
      }
      if (!isWord(at, "or")) {
        throw error(at, "expected ':' or 'or' behind " + all);
      }
      at = skipped(at + 2, to);
    }
  }

  private ParameterSelector rank(String comparison, int rank, int at) {
    return switch (comparison) {
      case "<" -> ParameterSelector.rankBelow(rank);
      case "<=" -> ParameterSelector.rankBelow(rank + 1);
      case "=", "==" -> ParameterSelector.rank(rank);
      case ">" -> ParameterSelector.rankAtLeast(rank + 1);
      case ">=" -> ParameterSelector.rankAtLeast(rank);
      default -> throw error(at, "expected <, <=, ==, > or >= behind rank");
    };
  }

  private int skipped(int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private SyntaxException error(int at, String sentence) {
    return new SyntaxException("optimizer: " + sentence, text, at);
  }
}
