package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OptimizersTest {

  @Test
  void everyMethodTakesAScheduleWhereItTakesARate() throws ReflectiveOperationException {
    int found = 0;
    for (Method method : Optimizers.class.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (types.length == 0 || !Optimizers.names().contains(method.getName())) {
        continue;
      }
      if (types[0] == double.class && !method.getName().matches("clip_.*|decay")) {
        types[0] = Schedule.class;
        Method scheduled = Optimizers.class.getMethod(method.getName(), types);
        Object[] others =
            Arrays.stream(types)
                .skip(1)
                .map(type -> type == double.class ? (Object) 0.5 : MomentumForm.VELOCITY)
                .toArray();
        assertThat(call(scheduled, Schedule.constant(0.25), others))
            .isEqualTo(call(method, 0.25, others));
        found++;
      }
    }
    assertThat(found).isEqualTo(9);
  }

  private static Object call(Method method, Object first, Object... others)
      throws ReflectiveOperationException {
    Object[] all = new Object[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return method.invoke(null, all);
  }
}
