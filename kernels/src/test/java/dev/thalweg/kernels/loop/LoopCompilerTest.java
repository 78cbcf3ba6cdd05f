package dev.thalweg.kernels.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopCompilerTest {

  @Test
  void everythingIsLoadedBeforeAnythingIsStored() {
    LoopNode a = LoopNode.array(0);
    LoopNode b = LoopNode.array(1);
    var program = new LoopProgram(2, 0, List.of(new Store(0, b), new Store(1, a)));
    float[][] x = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    LoopCompiler.compile(program).run(x, new float[0], 1, 3);
    assertThat(x).isDeepEqualTo(new float[][] {{1, 6, 7, 4}, {5, 2, 3, 8}});
    LoopInterpreter.of(program).run(x, new float[0], 1, 3);
    assertThat(x).isDeepEqualTo(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
  }

  @Test
  void everyOperationCompiles() {
    for (Operation operation : Operation.values()) {
      if (operation.inputs() > 0) {
        LoopNode[] inputs = new LoopNode[operation.inputs()];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = LoopNode.array(i);
        }
        var program = new LoopProgram(4, 0, List.of(new Store(3, LoopNode.of(operation, inputs))));
        FusedLoop compiled = LoopCompiler.compile(program);
        assertThat(compiled).as(operation.name()).isNotInstanceOf(LoopInterpreter.class);
        float[][] x = {{0.25f, 1}, {0.5f, 1}, {0.75f, 1}, {0, 0}};
        float[][] y = {{0.25f, 1}, {0.5f, 1}, {0.75f, 1}, {0, 0}};
        compiled.run(x, new float[0], 0, 2);
        LoopInterpreter.of(program).run(y, new float[0], 0, 2);
        assertThat(x[3]).as(operation.name()).isEqualTo(y[3]);
      }
    }
  }
}
