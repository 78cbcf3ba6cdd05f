package dev.thalweg.house;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the modules' descriptors promise a user.
class ModuleDescriptorTest {

  private static final ModuleFinder LIBRARY =
      ModuleFinder.of(
          Arrays.stream(Jvm.libraryPath().split(File.pathSeparator))
              .map(Path::of)
              .toArray(Path[]::new));

  private static List<ModuleDescriptor> ours() {
    return LIBRARY.findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(module -> isOurs(module.name()))
        .toList();
  }

  private static boolean isOurs(String module) {
    return module.equals("dev.thalweg") || module.startsWith("dev.thalweg.");
  }

  @Test
  void coreModulesRequireNothingButTheJdk() {
    Set<String> core =
        ModuleOrder.CORE.stream().map(ModuleOrder::root).collect(toCollection(TreeSet::new));
    assertThat(ours()).extracting(ModuleDescriptor::name).containsAll(core);
    for (ModuleDescriptor module : ours()) {
      if (core.contains(module.name())) {
        assertThat(requirements(module))
            .as(module.name())
            .allMatch(name ->
                core.contains(name)
                    || name.equals("java.base")
                    || (name.equals("jdk.incubator.vector")
                        && module.name().equals(ModuleOrder.KERNELS_SIMD.root())));
      }
    }
  }

  /// Annotations are for whoever compiles Thalweg: a user has no jar of them. (`requires static
  /// transitive` would ask a user's compiler for it.)
  @Test
  void aUserNeedsNoAnnotations() {
    for (ModuleDescriptor module : ours()) {
      for (Requires requires : module.requires()) {
        if (requires.name().equals("org.jspecify")) {
          assertThat(requires.modifiers())
              .as(module.name())
              .containsExactly(Requires.Modifier.STATIC);
        }
      }
    }
  }

  /// `import module dev.thalweg;` brings every package of ours that is exported, but not the vector
  /// kernels, which are a service and may be missing.
  @Test
  void theAggregateBringsEveryExportedPackage() {
    Set<String> exporting =
        ours().stream()
            .filter(module -> !module.exports().isEmpty())
            .map(ModuleDescriptor::name)
            .collect(toSet());
    assertThat(reached("dev.thalweg")).containsAll(exporting).hasSizeGreaterThanOrEqualTo(8);
    assertThat(exporting).doesNotContain(ModuleOrder.KERNELS_SIMD.root());
  }

  /// Names that two modules of one program share must be imported one by one. The known ones are
  /// told to the user in `docs/api.md`.
  @Test
  void noNameIsSharedWithinThalwegOrWithTheJdkButTheKnownOnes() {
    Stream<Map.Entry<String, String>> names =
        Stream.concat(
                Imported.classes().stream()
                    .filter(type ->
                        type.getModifiers()
                            .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                    .filter(type -> exported(type.getPackageName()))
                    .filter(type -> type.getEnclosingClass().isEmpty())
                    .map(type -> Map.entry(type.getSimpleName(), type.getName())),
                javaBase().map(type -> Map.entry(type.getSimpleName(), type.getName())))
            .distinct();
    Map<String, Set<String>> owners =
        names.collect(
            groupingBy(
                Map.Entry::getKey, mapping(Map.Entry::getValue, toCollection(TreeSet::new))));
    Set<String> shared =
        owners.values().stream()
            .filter(types -> types.size() > 1 && types.stream().anyMatch(t -> isOurs(t)))
            .map(types -> String.join(" and ", types))
            .collect(toCollection(TreeSet::new));
    assertThat(shared)
        .containsExactly(
            "dev.thalweg.formula.Signature and java.lang.classfile.Signature and"
                + " java.security.Signature",
            "dev.thalweg.optim.Parameter and java.lang.reflect.Parameter");
  }

  private static boolean exported(String packageName) {
    return ours().stream()
        .flatMap(module -> module.exports().stream())
        .anyMatch(exports -> exports.source().equals(packageName));
  }

  /// The public classes of the packages that `java.base` exports to everyone.
  private static Stream<Class<?>> javaBase() {
    ModuleReference base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
    Set<String> packages =
        base.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toSet());
    try (var reader = base.open()) {
      return reader.list().toList().stream()
          .filter(name -> name.endsWith(".class") && !name.contains("$") && name.contains("/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
          .<Class<?>>map(ModuleDescriptorTest::named)
          .filter(type -> Modifier.isPublic(type.getModifiers()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  /// What a module requires when it runs.
  private static List<String> requirements(ModuleDescriptor module) {
    return module.requires().stream()
        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .toList();
  }

  /// The modules that whoever requires this one can read.
  private static Set<String> reached(String name) {
    Set<String> reached = new TreeSet<>();
    for (Requires requires : LIBRARY.find(name).orElseThrow().descriptor().requires()) {
      if (requires.modifiers().contains(Requires.Modifier.TRANSITIVE)) {
        reached.add(requires.name());
        reached.addAll(reached(requires.name()));
      }
    }
    return reached;
  }
}
