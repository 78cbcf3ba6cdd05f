package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The table of all methods. A library's part is made when one of its names is asked for.
final class Methods {
  /// Packages of other libraries, and what their names begin with here.
  private static final String[][] PACKAGES = {
    {"torch.optim.", "torch."}, {"torch.nn.utils.", "torch."}, {"keras.optimizers.", "keras."}
  };

  private Methods() {}

  /// In the order of the lists that a user sees.
  static List<Method> all() {
    var all = new ArrayList<Method>();
    all.addAll(PaperMethods.ALL);
    all.addAll(Stages.ALL);
    all.addAll(TorchMethods.ALL);
    all.addAll(KerasMethods.ALL);
    all.addAll(OptaxMethods.ALL);
    return List.copyOf(all);
  }

  /// The method of this name or alias, in any case.
  static Optional<Method> named(String name) {
    String lower = shortened(name.toLowerCase(Locale.ROOT));
    if (lower.startsWith("torch.")) {
      return in(TorchMethods.ALL, lower);
    }
    if (lower.startsWith("keras.")) {
      return in(KerasMethods.ALL, lower);
    }
    if (lower.startsWith("optax.")) {
      return in(OptaxMethods.ALL, lower);
    }
    Optional<Method> rule = in(PaperMethods.ALL, lower);
    return rule.isPresent() ? rule : in(Stages.ALL, lower);
  }

  /// A name as it is after an import, without the library's packages.
  private static String shortened(String lower) {
    for (String[] names : PACKAGES) {
      if (lower.startsWith(names[0])) {
        return names[1] + lower.substring(names[0].length());
      }
    }
    return lower;
  }

  private static Optional<Method> in(List<Method> methods, String lower) {
    for (Method method : methods) {
      if (method.name().toLowerCase(Locale.ROOT).equals(lower)
          || method.aliases().contains(lower)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /// The sentence about a name that is none of them.
  static String unknown(String name) {
    return Nearest.sentence("optimizer", CallValue.shortened(name), names());
  }

  static List<String> names() {
    return all().stream().map(Method::name).toList();
  }
}
