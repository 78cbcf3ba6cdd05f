package dev.thalweg.kernels.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopProgramTest {

  @Test
  void keysAreStable() {
    // what classes of a build are called: a change breaks those who kept them
    assertThat(Programs.adamw().key()).isEqualTo("5e1e5f938b910bf638e3ea17227a5809");
    assertThat(new LoopProgram(1, 0, List.of()).key())
        .isEqualTo("56daa650ad80ecca64faafcfa4e400f4");
  }

  @Test
  void equalStructureHasEqualKeys() {
    for (long seed = 0; seed < 200; seed++) {
      LoopProgram one = Programs.random(new Random(seed), 20);
      LoopProgram other = Programs.random(new Random(seed), 20);
      assertThat(other.key()).as("seed %d", seed).isEqualTo(one.key());
    }
  }

  @Test
  void neitherLinesNorSharedNodesShowInKeys() {
    LoopNode a = LoopNode.array(0);
    LoopNode square = Programs.times(a, a);
    var shared = new LoopProgram(1, 0, List.of(new Store(0, Programs.plus(square, square))));
    LoopNode one = Programs.times(a, LoopNode.array(0)).atLine(3);
    LoopNode other = Programs.times(LoopNode.array(0).atLine(7), a);
    var apart = new LoopProgram(1, 0, List.of(new Store(0, Programs.plus(one, other))));
    assertThat(apart.key()).isEqualTo(shared.key());
  }

  @Test
  void anyDifferenceShowsInKeys() {
    LoopNode a = LoopNode.array(0);
    LoopNode b = LoopNode.array(1);
    List<LoopProgram> programs =
        List.of(
            one(Programs.plus(a, b)),
            one(Programs.plus(b, a)),
            one(Programs.minus(a, b)),
            one(Programs.plus(a, LoopNode.scalar(0))),
            one(Programs.plus(a, LoopNode.scalar(1))),
            one(Programs.plus(a, LoopNode.constant(0.0))),
            one(Programs.plus(a, LoopNode.constant(-0.0))),
            one(Programs.plus(a, LoopNode.constant(Math.nextUp(0.0)))),
            one(a),
            one(b),
            new LoopProgram(3, 2, List.of(new Store(0, Programs.plus(a, b)))),
            new LoopProgram(2, 3, List.of(new Store(0, Programs.plus(a, b)))),
            new LoopProgram(2, 2, List.of(new Store(1, Programs.plus(a, b)))),
            new LoopProgram(2, 2, List.of(new Store(0, Programs.plus(a, b)), new Store(1, a))));
    Set<String> keys = new HashSet<>();
    for (LoopProgram program : programs) {
      assertThat(program.key()).matches("[0-9a-f]{32}");
      assertThat(keys.add(program.key())).as("%s", program).isTrue();
    }
    Map<String, LoopProgram> random = new HashMap<>();
    for (long seed = 0; seed < 3000; seed++) {
      LoopProgram program = Programs.random(new Random(seed), 3);
      LoopProgram before = random.put(program.key(), program);
      if (before != null) {
        assertThat(text(program)).isEqualTo(text(before));
      }
    }
    assertThat(random.size()).isGreaterThan(2000);
  }

  @Test
  void operationsDifferInTheHashOfTheirNames() {
    Set<Integer> hashes = new HashSet<>();
    for (Operation operation : Operation.values()) {
      assertThat(hashes.add(operation.name().hashCode())).as(operation.name()).isTrue();
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    refused(
        () -> new LoopProgram(1, 0, List.of(new Store(0, LoopNode.array(1)))),
        "array: expected a number below 1, found 1");
    refused(
        () -> new LoopProgram(1, 1, List.of(new Store(0, LoopNode.scalar(2)))),
        "scalar: expected a number below 1, found 2");
    refused(
        () -> new LoopProgram(1, 0, List.of(new Store(1, LoopNode.array(0)))),
        "store: array: expected a number below 1, found 1");
    refused(
        () ->
            new LoopProgram(
                1, 0, List.of(new Store(0, LoopNode.array(0)), new Store(0, LoopNode.array(0)))),
        "store: expected one for each array, found two for array 0");
    refused(() -> LoopNode.array(-1), "array: expected 0 or more, found -1");
    refused(() -> LoopNode.of(Operation.ADD, LoopNode.array(0)), "ADD: expected 2 inputs, found 1");
    refused(
        () -> LoopNode.of(Operation.SCALAR), "SCALAR: expected array, scalar or constant, found 0");
    refused(() -> LoopNode.array(0).atLine(70_000), "line: expected 0 to 65,535, found 70000");
  }

  private static void refused(Runnable attempt, String sentence) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  private static LoopProgram one(LoopNode value) {
    return new LoopProgram(2, 2, List.of(new Store(0, value)));
  }

  private static String text(LoopProgram program) {
    StringBuilder text = new StringBuilder(program.arrays() + " " + program.scalars());
    for (Store store : program.stores()) {
      text.append("; ").append(store.array()).append(" = ").append(text(store.value()));
    }
    return text.toString();
  }

  private static String text(LoopNode node) {
    StringBuilder text = new StringBuilder("(" + node.operation());
    text.append(' ').append(node.index()).append(' ').append(node.constant());
    for (LoopNode input : node.inputs()) {
      text.append(' ').append(text(input));
    }
    return text.append(')').toString();
  }
}
