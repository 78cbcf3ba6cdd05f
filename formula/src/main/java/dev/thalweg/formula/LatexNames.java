package dev.thalweg.formula;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the names of a formula are set in LaTeX: `beta1` as β₁, `lr` as α, `m_hat` as m with a hat.
/// No two names of one formula get the same symbol.
final class LatexNames {
  private static final List<String> GREEK =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma", "Upsilon", "Phi", "Psi",
          "Omega");

  /// The letters of [#GREEK], in its order; ο, which LaTeX does not have, is left out.
  private static final String LETTERS = "αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΣΥΦΨΩ";

  /// What the hyperparameters of update rules are called in papers, the first that is free.
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "lr", List.of("\\alpha", "\\eta"),
          "learning_rate", List.of("\\alpha", "\\eta"),
          "eps", List.of("\\epsilon"),
          "momentum", List.of("\\mu"),
          "weight_decay", List.of("\\lambda"),
          "dampening", List.of("\\tau"));

  private final Map<String, String> symbols = new HashMap<>();

  LatexNames(Collection<String> names) {
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      String own = USUAL.containsKey(name) ? null : symbol(name);
      if (own != null && taken.add(own)) {
        symbols.put(name, own);
      }
    }
    for (String name : names) {
      for (String usual : USUAL.getOrDefault(name, List.of())) {
        if (!symbols.containsKey(name) && taken.add(usual)) {
          symbols.put(name, usual);
        }
      }
      symbols.putIfAbsent(name, upright(name));
    }
  }

  String of(String name) {
    return symbols.getOrDefault(name, upright(name));
  }

  /// The symbol that a name stands for by itself; null for a plain word.
  private static @Nullable String symbol(String name) {
    int line = name.indexOf('_');
    if (line > 0 && line < name.length() - 1) {
      String base = letter(name.substring(0, line));
      String index = name.substring(line + 1);
      if (base == null) {
        return null;
      }
      return switch (index) {
        case "hat", "bar", "tilde", "dot" -> "\\" + index + "{" + base + "}";
        default -> subscript(base, index);
      };
    }
    int digits = digits(name);
    String base = letter(name.substring(0, digits));
    return base == null || digits == name.length()
        ? base
        : subscript(base, plainDigits(name.substring(digits)));
  }

  private static String subscript(String base, String index) {
    String set = digits(index) == 0 ? index : letter(index);
    if (set == null) {
      set = upright(index);
    }
    return base + "_" + (set.length() == 1 ? set : "{" + set + "}");
  }

  /// A single letter or the name of a Greek one; null if it is neither.
  private static @Nullable String letter(String word) {
    if (GREEK.contains(word)) {
      return "\\" + word;
    }
    if (word.length() != 1 || !Character.isLetter(word.charAt(0))) {
      return null;
    }
    int greek = LETTERS.indexOf(word.charAt(0));
    return greek < 0 ? word : "\\" + GREEK.get(greek);
  }

  private static String upright(String name) {
    StringBuilder out = new StringBuilder("\\mathrm{");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(c == '_' ? "\\_" : String.valueOf(c));
    }
    return out.append('}').toString();
  }

  /// Where the digits at the end of a name begin.
  private static int digits(String name) {
    int digits = name.length();
    while (digits > 0 && isIndexDigit(name.charAt(digits - 1))) {
      digits--;
    }
    return digits;
  }

  private static boolean isIndexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= '₀' && c <= '₉');
  }

  private static String plainDigits(String digits) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      out.append(c >= '₀' ? (char) (c - '₀' + '0') : c);
    }
    return out.toString();
  }
}
