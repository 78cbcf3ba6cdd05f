package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Static fields hold nothing that can change: what their types cannot say, their values do.
class StaticStateTest {

  /// Scratch arrays of a thread, of no meaning from one call to the next.
  private static final List<String> SCRATCH =
      List.of(
          "dev.thalweg.kernels.Engine$Partials.OF_THREAD",
          "dev.thalweg.kernels.RowMatmul.SCRATCH",
          "dev.thalweg.kernels.simd.Scratch.OF_THREAD");

  @Test
  void noStaticFieldHoldsWhatCanChange() throws ReflectiveOperationException {
    List<String> found = new ArrayList<>();
    List<String> scratch = new ArrayList<>();
    int seen = 0;
    for (JavaClass type : Imported.classes()) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC)) {
          seen++;
          Object value = valueOf(type.getName(), field.getName());
          if (SCRATCH.contains(field.getFullName())) {
            scratch.add(field.getFullName());
            assertThat(value).isInstanceOf(ThreadLocal.class);
          } else if (canChange(value)) {
            found.add(field.getFullName());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
    assertThat(found).isEmpty();
    assertThat(scratch).containsExactlyInAnyOrderElementsOf(SCRATCH);
  }

  @Test
  void whatCanChangeIsSeen() {
    assertThat(canChange(new ArrayList<>())).isTrue();
    assertThat(canChange(new HashMap<>())).isTrue();
    assertThat(canChange(new AtomicLong())).isTrue();
    assertThat(canChange(new Random(1))).isTrue();
    assertThat(canChange(new StringWriter())).isTrue();
    assertThat(canChange(ThreadLocal.withInitial(() -> 1))).isTrue();
    assertThat(canChange(List.of(1))).isFalse();
    assertThat(canChange(Map.of())).isFalse();
    assertThat(canChange("text")).isFalse();
  }

  private static @Nullable Object valueOf(String type, String name)
      throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  private static boolean canChange(@Nullable Object value) {
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      return !value.getClass().getName().startsWith("java.util.ImmutableCollections");
    }
    return value instanceof RandomGenerator
        || value instanceof Appendable
        || value instanceof ThreadLocal<?>
        || (value != null && value.getClass().getName().startsWith("java.util.concurrent."));
  }
}
