package dev.thalweg.kernels.loop;

import static dev.thalweg.kernels.loop.LoopNode.Operation.ABS;
import static dev.thalweg.kernels.loop.LoopNode.Operation.ADD;
import static dev.thalweg.kernels.loop.LoopNode.Operation.DIVIDE;
import static dev.thalweg.kernels.loop.LoopNode.Operation.EQUAL;
import static dev.thalweg.kernels.loop.LoopNode.Operation.EXP;
import static dev.thalweg.kernels.loop.LoopNode.Operation.LESS;
import static dev.thalweg.kernels.loop.LoopNode.Operation.MAXIMUM;
import static dev.thalweg.kernels.loop.LoopNode.Operation.MULTIPLY;
import static dev.thalweg.kernels.loop.LoopNode.Operation.NEGATE;
import static dev.thalweg.kernels.loop.LoopNode.Operation.SELECT;
import static dev.thalweg.kernels.loop.LoopNode.Operation.SIGN;
import static dev.thalweg.kernels.loop.LoopNode.Operation.SQRT;
import static dev.thalweg.kernels.loop.LoopNode.Operation.SUBTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AtZeroTest {
  private static final LoopNode P = LoopNode.array(0);
  private static final LoopNode G = LoopNode.array(1);
  private static final LoopNode S = LoopNode.array(2);
  private static final LoopNode A = LoopNode.scalar(0);
  private static final LoopNode ONE = LoopNode.constant(1);

  private static LoopNode of(LoopNode.Operation operation, LoopNode... inputs) {
    return LoopNode.of(operation, inputs);
  }

  /// p becomes the first, s the second.
  private static AtZero program(LoopNode p, LoopNode s) {
    return new AtZero(new LoopProgram(3, 1, List.of(new Store(0, p), new Store(2, s))), 1);
  }

  private static boolean rests(LoopNode p, LoopNode s, float scalar) {
    return program(p, s).changesNothing(new float[] {scalar});
  }

  @Test
  void whatMovesByTheGradientAloneRests() {
    LoopNode root = of(ADD, of(SQRT, S), A);
    assertThat(rests(of(SUBTRACT, P, of(MULTIPLY, A, G)), S, 0.1f)).isTrue();
    assertThat(rests(of(ADD, P, of(MULTIPLY, A, of(SIGN, G))), S, -0.1f)).isTrue();
    assertThat(rests(of(SUBTRACT, P, of(DIVIDE, G, root)), of(ADD, S, of(MULTIPLY, G, G)), 0.1f))
        .isTrue();
    LoopNode used = of(EQUAL, G, LoopNode.constant(0));
    assertThat(rests(of(SELECT, used, P, of(MULTIPLY, P, A)), of(SELECT, used, S, G), 3)).isTrue();
    assertThat(rests(of(MULTIPLY, of(EXP, G), P), S, 1)).as("not concluded").isFalse();
  }

  @Test
  void whatFadesOrDecaysDoesNotRestUnlessItsNumbersSaySo() {
    LoopNode fading = of(ADD, of(MULTIPLY, A, S), G);
    assertThat(rests(P, fading, 0.9f)).isFalse();
    assertThat(rests(P, fading, 1)).isTrue();
    LoopNode decayed = of(SUBTRACT, P, of(MULTIPLY, of(MULTIPLY, A, P), ONE));
    assertThat(rests(decayed, S, 0.01f)).isFalse();
    assertThat(rests(decayed, S, 0)).isTrue();
    assertThat(rests(S, P, 0)).as("exchanged").isFalse();
    assertThat(rests(P, of(MAXIMUM, S, G), 0)).isFalse();
  }

  @Test
  void aQuotientOfNothingByWhatMayBeNothingIsNotConcluded() {
    assertThat(rests(of(SUBTRACT, P, of(DIVIDE, G, of(SQRT, S))), S, 0)).isFalse();
    assertThat(rests(of(SUBTRACT, P, of(DIVIDE, G, of(ADD, of(SQRT, S), A))), S, 0)).isFalse();
    assertThat(rests(of(SUBTRACT, P, of(MULTIPLY, G, of(DIVIDE, ONE, S))), S, 0)).isFalse();
    assertThat(rests(of(SUBTRACT, P, of(MULTIPLY, A, G)), S, Float.POSITIVE_INFINITY)).isFalse();
    assertThat(rests(of(SUBTRACT, P, of(MULTIPLY, A, G)), S, Float.NaN)).isFalse();
  }

  @Test
  void whereTheSignOfAZeroMayChangeItSaysSo() {
    AtZero program = program(of(SUBTRACT, P, of(MULTIPLY, A, G)), of(ADD, S, of(MULTIPLY, G, G)));
    assertThat(program.changesNothing(new float[] {0.1f})).isTrue();
    assertThat(program.signs()).containsExactly(false, false, true);
    assertThat(program.changesNothing(new double[] {-0.1})).isTrue();
    assertThat(program.signs()).as("p − −0").containsExactly(true, false, true);
  }

  @Test
  void aSumOfWhatIsZeroIsKnown() {
    LoopNode square = of(MULTIPLY, G, G);
    assertThat(new AtZero(BlockSums.program(2, 1, square), 1).storesZero()).isTrue();
    assertThat(new AtZero(BlockSums.program(2, 1, of(MULTIPLY, of(ABS, G), P)), 1).storesZero())
        .isTrue();
    assertThat(new AtZero(BlockSums.program(2, 1, of(MULTIPLY, A, G)), 1).storesZero()).isTrue();
    assertThat(new AtZero(BlockSums.program(2, 1, of(SUBTRACT, G, A)), 1).storesZero()).isFalse();
    assertThat(new AtZero(BlockSums.program(2, 1, of(MULTIPLY, P, P)), 1).storesZero()).isFalse();
  }

  /// What is concluded of programs at random is what they do with many numbers, the special ones
  /// among them.
  @Test
  void whatIsConcludedIsTrue() {
    long seed = 5;
    var random = new Random(seed);
    int rest = 0;
    for (int i = 0; i < 20_000; i++) {
      LoopProgram program =
          new LoopProgram(
              3, 1, List.of(new Store(0, random(random, P)), new Store(2, random(random, S))));
      var known = new AtZero(program, 1);
      float[] scalar = {new float[] {0, 1, -1, 0.9f, -0.5f, 2}[random.nextInt(6)]};
      if (!known.changesNothing(scalar)) {
        continue;
      }
      rest++;
      float[] numbers = {1.5f, -2, 0, -0f, 1e-20f, -3e-5f, 7, 1e5f};
      float[][] arrays = new float[3][numbers.length * numbers.length];
      for (int k = 0; k < arrays[0].length; k++) {
        arrays[0][k] = numbers[k % numbers.length];
        arrays[2][k] = Math.abs(numbers[k / numbers.length]); // what has a root
      }
      float[][] before = {arrays[0].clone(), arrays[1].clone(), arrays[2].clone()};
      LoopInterpreter.of(program).run(arrays, scalar, 0, arrays[0].length);
      for (int array : new int[] {0, 2}) {
        for (int k = 0; k < before[array].length; k++) {
          float was = before[array][k];
          float is = arrays[array][k];
          boolean same = Float.floatToRawIntBits(was) == Float.floatToRawIntBits(is);
          boolean sign = known.signs()[array] && was == 0 && is == 0;
          assertThat(same || sign)
              .as("seed %d, program %d, array %d: %s became %s", seed, i, array, was, is)
              .isTrue();
        }
      }
    }
    assertThat(rest).isGreaterThan(1000);
  }

  /// The element, and mostly something with the gradient added to it.
  private static LoopNode random(Random random, LoopNode element) {
    var nodes = new ArrayList<LoopNode>(List.of(P, G, G, G, A, ONE, of(SQRT, S)));
    for (int i = 0; i < 5; i++) {
      LoopNode x = nodes.get(random.nextInt(nodes.size()));
      LoopNode y = nodes.get(random.nextInt(nodes.size()));
      LoopNode z = nodes.get(random.nextInt(nodes.size()));
      nodes.add(
          switch (random.nextInt(11)) {
            case 0 -> of(ADD, x, y);
            case 1 -> of(SUBTRACT, x, y);
            case 2, 3 -> of(MULTIPLY, x, y);
            case 4 -> of(DIVIDE, x, y);
            case 5 -> of(SELECT, x, y, z);
            case 6 -> of(EQUAL, x, y);
            case 7 -> of(LESS, x, y);
            case 8 -> of(MAXIMUM, x, y);
            case 9 -> of(NEGATE, x);
            default -> of(ABS, x);
          });
    }
    LoopNode last = nodes.getLast();
    return switch (random.nextInt(4)) {
      case 0 -> of(SUBTRACT, element, last);
      case 1 -> of(ADD, last, element);
      case 2 -> of(SELECT, last, element, of(ADD, element, G));
      default -> of(MULTIPLY, last, element);
    };
  }
}
