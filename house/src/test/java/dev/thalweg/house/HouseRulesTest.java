package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.thalweg.house.broken.AbstractThing;
import dev.thalweg.house.broken.Collects;
import dev.thalweg.house.broken.Counts;
import dev.thalweg.house.broken.Exits;
import dev.thalweg.house.broken.Keeps;
import dev.thalweg.house.broken.Prints;
import dev.thalweg.house.broken.PrintsByReference;
import dev.thalweg.house.broken.Sets;
import dev.thalweg.house.broken.Shows;
import dev.thalweg.house.broken.StackTraces;
import dev.thalweg.house.broken.Streams;
import dev.thalweg.house.broken.StringHelper;
import dev.thalweg.house.broken.UsesVectors;
import dev.thalweg.house.broken.utils.Something;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

  @ParameterizedTest
  @EnumSource
  void holdsInAllModules(HouseRules rule) {
    rule.rule().check(Imported.classes());
  }

  @Test
  void everyModuleKnowsOnlyWhatItsRowAllows() {
    ModuleOrder.rule().check(Imported.classes());
  }

  @Test
  void everyModuleWasLookedAt() {
    List<String> modules =
        Imported.classes().stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .flatMap(type -> ModuleOrder.of(type.getPackageName()).stream())
            .map(ModuleOrder::name)
            .distinct()
            .toList();
    assertThat(modules)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ModuleOrder.values()).map(ModuleOrder::name).toList());
  }

  static List<Arguments> brokenRules() {
    return List.of(
        Arguments.of(HouseRules.VECTORS_ONLY_IN_KERNELS_SIMD, UsesVectors.class),
        Arguments.of(HouseRules.EXIT_ONLY_IN_CLI, Exits.class),
        Arguments.of(HouseRules.NO_GLOBAL_SETTINGS, Sets.class),
        Arguments.of(HouseRules.NO_GLOBAL_SETTINGS, Collects.class),
        Arguments.of(HouseRules.STATIC_FIELDS_ARE_FINAL, Counts.class),
        Arguments.of(HouseRules.STATIC_ARRAYS_ARE_HIDDEN, Shows.class),
        Arguments.of(HouseRules.THREADS_KEEP_NOTHING_OF_OURS, Keeps.class),
        Arguments.of(HouseRules.NO_SERIALISATION, Streams.class),
        Arguments.of(HouseRules.PRINTING_ONLY_IN_PROGRAMS, Prints.class),
        Arguments.of(HouseRules.PRINTING_ONLY_IN_PROGRAMS, PrintsByReference.class),
        Arguments.of(HouseRules.PRINTING_ONLY_IN_PROGRAMS, StackTraces.class),
        Arguments.of(HouseRules.NAMES_SAY_WHAT_A_CLASS_IS, AbstractThing.class),
        Arguments.of(HouseRules.NAMES_SAY_WHAT_A_CLASS_IS, StringHelper.class),
        Arguments.of(HouseRules.NAMES_SAY_WHAT_A_CLASS_IS, Something.class));
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void failsOnAClassThatBreaksIt(HouseRules rule, Class<?> broken) {
    assertBreaks(rule.rule(), broken);
  }

  @Test
  void everyRuleIsProvedToFail() {
    assertThat(brokenRules().stream().map(row -> row.get()[0]).distinct())
        .containsExactlyInAnyOrder((Object[]) HouseRules.values());
  }

  /// Each has its package in a module's, and knows one thing that the module must not.
  @ParameterizedTest
  @MethodSource("brokenOrder")
  void theOrderOfModulesFailsOnAClassThatBreaksIt(Class<?> broken, String culprit) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ModuleOrder.rule().check(imported(broken)))
        .withMessageContaining(culprit);
  }

  static List<Arguments> brokenOrder() {
    return List.of(
        Arguments.of(
            dev.thalweg.kernels.broken.KnowsOptim.class, "KERNELS must not know dev.thalweg.optim"),
        Arguments.of(
            dev.thalweg.tensor.broken.KnowsNnInASignature.class,
            "TENSOR must not know dev.thalweg.nn.Layer"),
        Arguments.of(
            dev.thalweg.optim.broken.KnowsFastCsv.class, "OPTIM must not know de.siegmar.fastcsv"),
        Arguments.of(
            dev.thalweg.data.broken.KnowsArraysOfTensors.class,
            "DATA must not know dev.thalweg.tensor.Tensor"),
        Arguments.of(Exits.class, "is in no module"));
  }

  private static void assertBreaks(ArchRule rule, Class<?> broken) {
    JavaClasses classes = imported(broken);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> rule.allowEmptyShould(true).check(classes))
        .withMessageContaining(broken.getSimpleName());
  }

  private static JavaClasses imported(Class<?> broken) {
    return new ClassFileImporter().importClasses(broken);
  }
}
