package dev.thalweg.train;

import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Function;

/// What models have alike that say for each step which token comes next.
final class NextToken {

  private NextToken() {}

  /// Checks that a model takes sequences of any length, and gives a number for each token at each
  /// step.
  ///
  /// @param input the shape of a sequence
  /// @param tokens how many there are
  static void check(Sequential model, Shape input, int tokens) {
    Shape output = model.output(input);
    Shape expected = Shape.of(input.dimension(0), tokens);
    if (!output.equals(expected)) {
      throw new IllegalArgumentException(
          "%s: expected a last layer of shape %s, a number for each of %d tokens at each step, found %s"
              .formatted(model.name(), expected, tokens, output));
    }
    if (!model.anyLength(input)) {
      throw new IllegalArgumentException(
          "%s: expected layers that take sequences of any length, found one that takes %d steps"
              .formatted(model.name(), input.dimension(0)));
    }
  }

  /// Whether the network looks at where documents begin, as attention does.
  static boolean seesBegin(Network network) {
    if (network.input().dimension(0) == 1) {
      return false;
    }
    // of two different tokens the second one sees itself alone
    Shape shape = Shape.of(1, 2);
    Tensor tokens = Tensor.ofInts(shape, network.output().dimension(1) - 1, 0);
    Tensor firsts = Tensor.ofInts(shape, 0, 1);
    float[] all = Gradients.off(() -> network.apply(tokens)).floats();
    float[] last =
        Gradients.off(() -> network.apply(tokens, Pass.inference().withFirsts(firsts))).floats();
    return !Arrays.equals(all, last);
  }

  /// Checks that what is said of a step does not change with what comes after it.
  ///
  /// @param other a token that is not the first
  /// @param logits what the network says of a sequence of tokens
  static void checkCausal(Network network, int other, Function<int[], float[]> logits) {
    int steps = Math.min(3, network.input().dimension(0));
    int[] tokens = new int[steps];
    float[] before = logits.apply(tokens.clone());
    tokens[steps - 1] = other;
    float[] after = logits.apply(tokens);
    int seen = (steps - 1) * network.output().dimension(1);
    if (!Arrays.equals(before, 0, seen, after, 0, seen)) {
      throw new IllegalArgumentException(
          "%s: expected a model that sees what came before, found one that sees what comes after, too"
              .formatted(network.model().name()));
    }
  }
}
