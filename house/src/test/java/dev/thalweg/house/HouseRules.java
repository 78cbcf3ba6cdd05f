package dev.thalweg.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/// The rules that hold everywhere, beside the [order of the modules][ModuleOrder].
enum HouseRules {
  /// The Vector API is an incubator: whatever links it must be possible to leave out.
  VECTORS_ONLY_IN_KERNELS_SIMD(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.thalweg.kernels.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jdk.incubator..")),

  /// A library never ends its host's JVM.
  EXIT_ONLY_IN_CLI(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.thalweg.cli..")
          .should()
          .accessTargetWhere(
              uses(Map.of(System.class, Set.of("exit"), Runtime.class, Set.of("exit", "halt"))))),

  /// What is set for a whole JVM belongs to whoever started it.
  NO_GLOBAL_SETTINGS(
      noClasses()
          .should()
          .accessTargetWhere(
              uses(
                  Map.of(
                      System.class,
                      Set.of("setProperty", "setProperties", "clearProperty", "gc"),
                      Runtime.class,
                      Set.of("gc"))))),

  /// A static field that can be set again is shared by everyone in the JVM.
  STATIC_FIELDS_ARE_FINAL(fields().that().areStatic().and(areWritten()).should().beFinal()),

  /// Anyone could write to its elements. Collections are looked at by [StaticStateTest].
  STATIC_ARRAYS_ARE_HIDDEN(
      fields()
          .that()
          .areStatic()
          .and(areArrays())
          .should()
          .notBePublic()
          .andShould()
          .notBeProtected()),

  /// A thread that outlives the library, in a server that loads it again, would keep all its
  /// classes by one object of theirs.
  THREADS_KEEP_NOTHING_OF_OURS(
      fields().that().haveRawType(ThreadLocal.class).should(keepOnlyWhatIsOfTheJdk())),

  /// Java serialisation is for nobody. (Enums and exceptions are serialisable by birth.)
  NO_SERIALISATION(
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Serializable.class,
              Externalizable.class,
              ObjectInputStream.class,
              ObjectOutputStream.class)),

  /// A library is silent; programs print.
  PRINTING_ONLY_IN_PROGRAMS(
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.thalweg.cli..", "dev.thalweg.examples..")
          .should()
          .accessTargetWhere(
              uses(Map.of(
                      System.class,
                      Set.of("out", "err", "setOut", "setErr", "console"),
                      IO.class,
                      Set.of("print", "println", "readln")))
                  .or(printsAStackTrace()))),

  /// Such a name says that nobody knew what the class is for.
  NAMES_SAY_WHAT_A_CLASS_IS(
      classes()
          .should()
          .haveNameNotMatching(
              "(.*[.$])?(Abstract\\w*|\\w*(Util|Utils|Helper|Helpers|Manager|Impl|Common))")
          .andShould()
          .resideOutsideOfPackages(
              "..util..", "..utils..", "..helper..", "..helpers..", "..impl..", "..common.."));

  @SuppressWarnings("ImmutableEnumChecker") // a rule of ArchUnit is a value, and does not say so
  private final ArchRule rule;

  HouseRules(ArchRule rule) {
    this.rule = rule;
  }

  ArchRule rule() {
    return rule;
  }

  /// Calls of, references to and reads of members, given by their owners.
  private static DescribedPredicate<JavaAccess<?>> uses(Map<Class<?>, Set<String>> members) {
    return DescribedPredicate.describe(
        "the member is one of " + members,
        access ->
            members.entrySet().stream()
                .anyMatch(entry ->
                    access.getTargetOwner().isEquivalentTo(entry.getKey())
                        && entry.getValue().contains(access.getTarget().getName())));
  }

  private static ArchCondition<JavaField> keepOnlyWhatIsOfTheJdk() {
    return new ArchCondition<>("keep only what is of the JDK") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean ours =
            field.getType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> type.getName().startsWith("dev.thalweg."));
        events.add(new SimpleConditionEvent(field, !ours, field.getDescription()));
      }
    };
  }

  /// `printStackTrace()`, which goes to standard error; with a stream it is allowed.
  private static DescribedPredicate<JavaAccess<?>> printsAStackTrace() {
    return DescribedPredicate.describe(
        "printStackTrace() is called",
        access ->
            access.getTarget().getFullName().endsWith(".printStackTrace()")
                && access.getTargetOwner().isAssignableTo(Throwable.class));
  }

  private static DescribedPredicate<JavaField> areArrays() {
    return DescribedPredicate.describe("are arrays", field -> field.getRawType().isArray());
  }

  /// Not made by the compiler, as the tables of enum switches are.
  private static DescribedPredicate<JavaField> areWritten() {
    return DescribedPredicate.describe(
        "are written by hand",
        field ->
            !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !field.getName().startsWith("$"));
  }
}
