package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.FusedLoop;
import org.junit.jupiter.api.Test;

class BuiltInLoopsTest {
  @Test
  void everyRuleOfTheTableIsAClassOfTheBuild() throws ReflectiveOperationException {
    for (Method method : Methods.all()) {
      if (method.family() != Family.STAGE) {
        Optimizer optimizer = Optimizers.of(method).withLearningRate(0.1);
        Class<?> compiled = Class.forName(Loops.className(optimizer.chain().plan().loop()));
        assertThat(compiled).isFinal().isPublic().isAssignableTo(FusedLoop.class);
        assertThat(Loops.of(optimizer.chain().plan().loop())).isInstanceOf(compiled);
      }
    }
  }

  @Test
  void aRuleOfAUsersOwnIsCompiledWhenItIsUsed() {
    var plan = Optimizer.parse("rule('p -= 0.125 * sin(g)')").chain().plan();

    assertThat(Loops.of(plan.loop()).getClass().isHidden()).isTrue();
  }
}
