package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.PlanOutline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Chains that were known when the library was built ([BuiltInLoops]): how they are carried out,
/// without a formula being read.
///
/// A chain's key is what its stages compute: their names and the lines of their formulas, in which
/// every convention shows. The build has written a class that gives, for a hash of it, a text: the
/// key, the names of hyperparameters and where their values come from, what slots begin at, and the
/// [PlanOutline]. The same class has the [Loops].
final class Prepared {
  /// The class that the build makes.
  static final String TEXTS = "dev.thalweg.optim.PreparedTexts";

  /// Between the parts of the text, and between the stages of a key: in no formula.
  static final char BREAK = '\u0001';

  private Prepared() {}

  /// The chain, if the build knew it.
  static @Nullable Chain chain(List<Stage> stages) {
    String key = key(stages);
    if (key == null) {
      return null;
    }
    String text = text(key);
    return text == null ? null : read(text.substring(key.length() + 1), stages);
  }

  /// What a chain's stages compute; none where one is a user's own, which no build knows.
  static @Nullable String key(List<Stage> stages) {
    var key = new StringBuilder();
    for (Stage stage : stages) {
      if (stage.method().name().equals(OwnRule.NAME) || stage.searches()) {
        return null;
      }
      if (stage.computes()) {
        key.append(stage.method().name()).append('\n');
        key.append(stage.method().formula(stage.settings())).append(BREAK);
      }
    }
    return key.toString();
  }

  /// 64 bits of a hash of a key, which stands in the text, too.
  static String hash(String key) {
    long hash = 0;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return Long.toHexString(hash);
  }

  private static @Nullable String text(String key) {
    String text = built(hash(key));
    return text != null && isOf(key, text) ? text : null;
  }

  /// What the build has written down under a name, if anything.
  static @Nullable String built(String name) {
    try {
      Object texts = Class.forName(TEXTS).getDeclaredConstructor().newInstance();
      if (!(texts instanceof UnaryOperator<?>)) {
        throw new IllegalStateException(TEXTS + " gives no texts");
      }
      @SuppressWarnings("unchecked") // as the build has made it
      var byName = (UnaryOperator<@Nullable String>) texts;
      return byName.apply(name);
    } catch (ClassNotFoundException e) {
      return null; // not built yet
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class " + TEXTS + " can't be made", e);
    }
  }

  private static boolean isOf(String key, String text) {
    return text.startsWith(key) && text.charAt(key.length()) == BREAK;
  }

  private static @Nullable Chain read(String text, List<Stage> stages) {
    var hyperparameters = new LinkedHashMap<String, Schedule>();
    int at = 0;
    for (int end = text.indexOf('\n', at); text.charAt(at) != BREAK; end = text.indexOf('\n', at)) {
      int equals = text.indexOf('=', at);
      int dot = text.indexOf('.', equals);
      Stage stage = stage(stages, Integer.parseInt(text, equals + 1, dot, 10));
      Schedule value = stage.schedules().get(text.substring(dot + 1, end));
      if (value == null) {
        return null;
      }
      hyperparameters.put(text.substring(at, equals), value);
      at = end + 1;
    }
    var initial = new HashMap<String, Expression>();
    at++;
    for (int end = text.indexOf('\n', at); text.charAt(at) != BREAK; end = text.indexOf('\n', at)) {
      int equals = text.indexOf('=', at);
      initial.put(text.substring(at, equals), Expression.parse(text.substring(equals + 1, end)));
      at = end + 1;
    }
    return new Chain(PlanOutline.parse(text.substring(at + 1)), hyperparameters, initial, stages);
  }

  /// A stage by its number among those that compute something.
  private static Stage stage(List<Stage> stages, int number) {
    int open = number;
    for (Stage stage : stages) {
      if (stage.computes() && open-- == 0) {
        return stage;
      }
    }
    throw new IllegalStateException("no stage " + number);
  }
}
