package dev.thalweg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuntimeLoopsTest {

  @Test
  void sameBitsFromEveryFormOfALoop() {
    float[][] javac = new RuntimeLoops.State(40_001).pass(new AdamWLoop(), 3).arrays();
    var compiled = LoopCompiler.compile(Rule.adamw());
    assertThat(new RuntimeLoops.State(40_001).pass(compiled, 3).arrays()).isDeepEqualTo(javac);
    var interpreted = new LoopInterpreter(Rule.adamw());
    assertThat(new RuntimeLoops.State(40_001).pass(interpreted, 3).arrays()).isDeepEqualTo(javac);
  }
}
