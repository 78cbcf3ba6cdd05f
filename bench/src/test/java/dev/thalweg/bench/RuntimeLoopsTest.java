package dev.thalweg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopInterpreter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeLoopsTest {

  @Test
  void sameBitsFromEveryFormOfALoop() {
    float[][] byHand = new RuleState(40_001).pass(new AdamWByHand(), 3).arrays();
    List<FusedLoop> others =
        List.of(
            new AdamWVectors(),
            LoopCompiler.compile(AdamWProgram.of(6)),
            LoopInterpreter.of(AdamWProgram.of(6)));
    for (FusedLoop other : others) {
      assertThat(new RuleState(40_001).pass(other, 3).arrays())
          .as(other.getClass().getSimpleName())
          .isDeepEqualTo(byHand);
    }
  }
}
