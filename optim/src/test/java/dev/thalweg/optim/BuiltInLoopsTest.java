package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.FusedLoop;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BuiltInLoopsTest {
  @Test
  void everyCommonRuleIsAClassOfTheBuild() throws ReflectiveOperationException {
    for (String name : BuiltInLoops.NAMES) {
      Chain chain = Optimizers.named(name).withLearningRate(0.1).chain();
      FusedLoop loop = chain.loop(null);
      Class<?> compiled = Class.forName(Loops.className(chain.plan().loop().key()));
      assertThat(compiled).isFinal().isPublic();
      assertThat(loop).isInstanceOf(compiled);
      assertThat(chain.loop(null)).as("defined once").isInstanceOf(compiled);
    }
  }

  @Test
  void whatTheBuildPreparedIsWhatTheFormulasSay() {
    List<Optimizer> optimizers = BuiltInLoops.optimizers();
    assertThat(optimizers).hasSizeGreaterThan(20);
    for (Optimizer optimizer : optimizers) {
      Chain prepared = Prepared.chain(optimizer.stages());
      Chain made = Chain.made(optimizer.stages());
      assertThat(prepared).as("%s", optimizer).isNotNull();
      Chain found = Objects.requireNonNull(prepared);
      assertThat(found.outline()).as("%s", optimizer).hasToString(made.outline().toString());
      assertThat(found.hyperparameters()).isEqualTo(made.hyperparameters());
      assertThat(found.hyperparameters().keySet().toString())
          .isEqualTo(made.hyperparameters().keySet().toString());
      assertThat(found.initial()).isEqualTo(made.initial());
      assertThat(found.program()).isEqualTo(made.program());
    }
  }

  @Test
  void valuesAreNotPreparedButConventionsAre() {
    assertThat(known("adamw(lr=0.5, beta1=0.3, epsilon=0.1)")).isTrue();
    assertThat(known("finite(skip) | clip_norm(3) | adam(lr=cosine(0.1, steps=9))")).isTrue();
    assertThat(known("clip_norm(3) | clip_norm(4) | adam(0.1)")).isFalse();
    assertThat(known("rule('p -= lr * g', lr=0.1)")).isFalse();
    var chain = Optimizer.parse("finite(skip) | clip_norm(3) | adam(0.1)").chain();
    assertThat(chain.hyperparameters().get("limit")).isEqualTo(Schedule.constant(3));
    assertThat(chain.hyperparameters().get("lr")).isEqualTo(Schedule.constant(0.1));
  }

  private static boolean known(String text) {
    return Prepared.chain(Optimizer.parse(text).stages()) != null;
  }

  @Test
  void aRuleOfAUsersOwnIsCompiledWhenItIsUsed() {
    Chain chain = Optimizer.parse("rule('p -= 0.125 * sin(g)')").chain();

    assertThat(chain.loop(null).getClass().isHidden()).isTrue();
  }
}
