package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.thalweg.house.broken.Remembers;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Static fields hold nothing that can change: neither their values, nor what these hold.
class StaticStateTest {

  /// Whose fields may change although a static field leads to them, and why: no result depends on
  /// any of them.
  private static final Map<String, String> JUSTIFIED =
      Map.of(
          "dev.thalweg.kernels.Engine$Partials",
          "scratch arrays of a thread",
          "dev.thalweg.kernels.RowMatmul",
          "scratch arrays of a thread",
          "dev.thalweg.kernels.Room",
          "scratch arrays of a thread",
          "dev.thalweg.kernels.simd.Scratch",
          "scratch arrays of a thread",
          "dev.thalweg.kernels.Engine",
          "the standard engine chooses its kernels, which all compute the same bits, when needed",
          "dev.thalweg.kernels.Workers",
          "the threads of the standard engine, and the task that they are at",
          "dev.thalweg.kernels.simd.WarmUp",
          "which vector kernels the JIT has compiled: until then their scalar twins compute the"
              + " same",
          "dev.thalweg.nn.Activation",
          "a function made of its formula when first asked for",
          "dev.thalweg.tensor.ElementFunction",
          "a loop compiled when first asked for");

  @Test
  void noStaticFieldLeadsToWhatCanChange() throws ReflectiveOperationException {
    var reached = new Reached();
    int seen = 0;
    for (JavaClass type : Imported.classes()) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC) && !isOfTests(type)) {
          seen++;
          reached.from(field.getFullName(), valueOf(type.getName(), field.getName()));
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
    Map<String, String> found = new TreeMap<>(reached.changing());
    found.keySet().removeIf(field -> JUSTIFIED.containsKey(owner(field)));
    assertThat(found).as("what can change, and the static field that leads to it").isEmpty();
    assertThat(reached.changing().keySet().stream().map(StaticStateTest::owner).distinct())
        .as("whoever is justified needs it")
        .containsExactlyInAnyOrderElementsOf(JUSTIFIED.keySet());
  }

  private static boolean isOfTests(JavaClass type) {
    return type.getPackageName().startsWith("dev.thalweg.house");
  }

  private static String owner(String field) {
    return field.substring(0, field.lastIndexOf('.'));
  }

  @Test
  void whatCanChangeIsSeen() throws ReflectiveOperationException {
    assertThat(changing(new ArrayList<>())).isNotEmpty();
    assertThat(changing(new HashMap<>())).isNotEmpty();
    assertThat(changing(new AtomicLong())).isNotEmpty();
    assertThat(changing(new Random(1))).isNotEmpty();
    assertThat(changing(new StringWriter())).isNotEmpty();
    assertThat(changing(ThreadLocal.withInitial(() -> 1))).isNotEmpty();
    assertThat(changing(List.of(1))).isEmpty();
    assertThat(changing(Map.of())).isEmpty();
    assertThat(changing("text")).isEmpty();
    assertThat(changing(List.of("a", new AtomicLong()))).isNotEmpty();
    assertThat(changing(Map.of("a", new Object[] {new Random(1)}))).isNotEmpty();
  }

  @Test
  void stateThatAValueHoldsIsSeen() throws ReflectiveOperationException {
    assertThat(changing(Remembers.INSTANCE))
        .containsOnlyKeys(
            Remembers.class.getName() + "$Memory.calls",
            Remembers.class.getName() + "$Memory.last");
  }

  private static Map<String, String> changing(Object value) throws ReflectiveOperationException {
    var reached = new Reached();
    reached.from("a value", value);
    return reached.changing();
  }

  private static @Nullable Object valueOf(String type, String name)
      throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
