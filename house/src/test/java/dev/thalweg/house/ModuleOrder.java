package dev.thalweg.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The modules in the order that data flows, as `ARCHITECTURE.md` has them: what each may know of
/// Thalweg and of others' libraries. Whatever is not in a row is forbidden to it.
enum ModuleOrder {
  KERNELS("dev.thalweg.kernels", Set.of(), Set.of()),
  KERNELS_SIMD("dev.thalweg.kernels.simd", Set.of(KERNELS), Set.of("jdk.incubator.vector")),
  FORMULA("dev.thalweg.formula", Set.of(KERNELS), Set.of()),
  FORMATS("dev.thalweg.formats", Set.of(), Set.of()),
  OPTIM("dev.thalweg.optim", Set.of(KERNELS, FORMULA), Set.of()),
  TENSOR("dev.thalweg.tensor", Set.of(KERNELS, FORMULA), Set.of()),
  NN("dev.thalweg.nn", Set.of(KERNELS, FORMULA, OPTIM, TENSOR), Set.of()),
  DATA("dev.thalweg.data", Set.of(KERNELS, FORMULA), Set.of("de.siegmar.fastcsv", "javax.imageio")),
  TRAIN(
      "dev.thalweg.train",
      Set.of(KERNELS, FORMULA, FORMATS, OPTIM, TENSOR, NN, DATA),
      Set.of("jdk.jfr")),
  CLI(
      "dev.thalweg.cli",
      Set.of(KERNELS, FORMULA, FORMATS, OPTIM, TENSOR, NN, DATA, TRAIN),
      Set.of(
          "picocli",
          "org.snakeyaml.engine",
          "com.sun.management",
          "org.knowm.xchart",
          "javax.imageio",
          "jdk.jshell",
          "com.sun.net.httpserver")),
  EXAMPLES(
      "dev.thalweg.examples",
      Set.of(KERNELS, FORMULA, FORMATS, OPTIM, TENSOR, NN, DATA, TRAIN),
      Set.of("javax.imageio"));

  /// The modules that need nothing but the JDK when they run.
  static final Set<ModuleOrder> CORE =
      Set.of(KERNELS, KERNELS_SIMD, FORMULA, FORMATS, OPTIM, TENSOR, NN);

  private final String root;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<ModuleOrder> known;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> libraries;

  ModuleOrder(String root, Set<ModuleOrder> known, Set<String> libraries) {
    this.root = root;
    this.known = known;
    this.libraries = libraries;
  }

  /// The package, which is the name of the JPMS module too.
  String root() {
    return root;
  }

  Set<ModuleOrder> known() {
    return known;
  }

  /// The module whose package this is or lies in: the longest that fits.
  static Optional<ModuleOrder> of(String packageName) {
    return Arrays.stream(values())
        .filter(module -> isIn(packageName, module.root))
        .max(Comparator.comparingInt(module -> module.root.length()));
  }

  private static boolean isIn(String packageName, String root) {
    return packageName.equals(root) || packageName.startsWith(root + ".");
  }

  private boolean may(String packageName) {
    if (packageName.isEmpty() || isIn(packageName, "java") || isIn(packageName, "org.jspecify")) {
      return true;
    }
    Optional<ModuleOrder> module = of(packageName);
    return module.isPresent()
        ? module.get() == this || known.contains(module.get())
        : libraries.stream().anyMatch(library -> isIn(packageName, library));
  }

  /// Every class knows only what its module's row allows.
  static ArchRule rule() {
    return ArchRuleDefinition.classes()
        .should(
            new ArchCondition<JavaClass>("know only what the row of their module allows") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (String violation : violations(type)) {
                  events.add(SimpleConditionEvent.violated(type, violation));
                }
              }
            });
  }

  private static List<String> violations(JavaClass type) {
    Optional<ModuleOrder> module = of(type.getPackageName());
    if (module.isEmpty()) {
      return List.of(type.getName() + " is in no module that ModuleOrder has a row for");
    }
    List<String> violations = new ArrayList<>();
    for (var dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (!module.get().may(target.getPackageName())) {
        violations.add(
            module.get()
                + " must not know "
                + target.getName()
                + ": "
                + dependency.getDescription());
      }
    }
    return violations;
  }
}
