package dev.thalweg.optim;

import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which parameters a group of an optimizer's settings is for: by name, by the number of
/// dimensions, or by one of several.
///
/// ```java
/// ParameterSelector.rankBelow(2).or(ParameterSelector.name("embed.*"));   // rank<2 or 'embed.*'
/// ```
///
/// In a name `*` stands for any characters, dots included, and `?` for one.
public final class ParameterSelector {
  /// One condition: a name, or between how many dimensions.
  private record Condition(@Nullable String glob, int least, int most) {
    boolean matches(Parameter parameter) {
      int rank = parameter.dimensions().length;
      return glob == null ? least <= rank && rank <= most : matches(glob, parameter.name());
    }

    /// Goes back to the last star where what follows it does not match.
    private static boolean matches(String glob, String name) {
      int g = 0;
      int n = 0;
      int star = -1;
      int after = 0;
      while (n < name.length()) {
        char c = g < glob.length() ? glob.charAt(g) : 0;
        if (g < glob.length() && c == '*') {
          star = g++;
          after = n;
        } else if (g < glob.length() && (c == '?' || c == name.charAt(n))) {
          g++;
          n++;
        } else if (star >= 0) {
          g = star + 1;
          n = ++after;
        } else {
          return false;
        }
      }
      while (g < glob.length() && glob.charAt(g) == '*') {
        g++;
      }
      return g == glob.length();
    }

    @Override
    public String toString() {
      if (glob != null) {
        return "'" + glob + "'";
      }
      if (most == Integer.MAX_VALUE) {
        return "rank>=" + least;
      }
      return least == most ? "rank==" + least : "rank<" + (most + 1);
    }
  }

  private final List<Condition> conditions;

  private ParameterSelector(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  private static ParameterSelector rank(int least, int most) {
    return new ParameterSelector(List.of(new Condition(null, least, most)));
  }

  /// Parameters of this name: `*` stands for any characters, `?` for one.
  ///
  /// @throws IllegalArgumentException if it is blank, or has a quote
  public static ParameterSelector name(String glob) {
    NotNull.check(glob, "glob");
    if (glob.isBlank() || glob.indexOf('\'') >= 0) {
      throw new IllegalArgumentException(
          "a selector must be a name without quotes, found '" + glob + "'");
    }
    return new ParameterSelector(List.of(new Condition(glob, 0, 0)));
  }

  /// Parameters of so many dimensions: 0 for a scalar, 1 for a bias, 2 for a matrix.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public static ParameterSelector rank(int rank) {
    return rank(checked(rank, 0), rank);
  }

  /// Parameters of less dimensions.
  ///
  /// @throws IllegalArgumentException if the number is not positive
  public static ParameterSelector rankBelow(int rank) {
    return rank(0, checked(rank, 1) - 1);
  }

  /// Parameters of so many dimensions or more.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public static ParameterSelector rankAtLeast(int rank) {
    return rank(checked(rank, 0), Integer.MAX_VALUE);
  }

  private static int checked(int rank, int least) {
    if (rank < least) {
      throw new IllegalArgumentException("rank must be at least " + least + ", found " + rank);
    }
    return rank;
  }

  /// Parameters that one of the two selects.
  public ParameterSelector or(ParameterSelector other) {
    NotNull.check(other, "other");
    var all = new ArrayList<>(conditions);
    all.addAll(other.conditions);
    return new ParameterSelector(all);
  }

  /// Whether it selects the parameter.
  public boolean matches(Parameter parameter) {
    NotNull.check(parameter, "parameter");
    for (Condition condition : conditions) {
      if (condition.matches(parameter)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParameterSelector selector && conditions.equals(selector.conditions);
  }

  @Override
  public int hashCode() {
    return conditions.hashCode();
  }

  /// As in the text form of an optimizer: `rank<2 or 'embed.*'`.
  @Override
  public String toString() {
    var texts = new ArrayList<String>();
    for (Condition condition : conditions) {
      texts.add(condition.toString());
    }
    return String.join(" or ", texts);
  }
}
