package dev.thalweg.examples.reinforcement;

import module dev.thalweg;
import module java.base;

/// Deep Q-learning (Mnih et al. 2015), double (van Hasselt et al. 2016, arXiv 1509.06461): a
/// network says how much each action will earn, Q(s, a), and learns of moments drawn from a memory
/// that r + γ Q′(s′, argmaxₐ Q(s′, a)) is right, where Q′ is the network as it was a while ago. It
/// acts by the largest Q, and at first mostly at random.
///
/// @param memory how many moments are remembered
/// @param first actions before the first step
/// @param every actions from one time of learning to the next
/// @param steps how many each time
/// @param batch moments a step
/// @param gamma what a reward is worth an action later
/// @param target steps until Q′ is Q again
/// @param exploration the share of all actions over which chance falls to `least`
/// @param least how often it acts at random from then on
/// @param learningRate at the beginning; it falls to 0
public record Dqn(
    int memory,
    int first,
    int every,
    int steps,
    int batch,
    double gamma,
    int target,
    double exploration,
    double least,
    double learningRate) {

  private static final int UNITS = 128;

  /// 50,000 moments, 1,000 of them before the first step, 2 steps of 64 every 4 actions, γ 0.99, Q′
  /// every 200 steps, chance down to 0.04 over a fifth of all actions, rate 1e-3.
  public static Dqn defaults() {
    return new Dqn(50_000, 1000, 4, 2, 64, 0.99, 200, 0.2, 0.04, 1e-3);
  }

  /// An action, and what came of it; no moment after it where the episode ended.
  private static final class Moment {
    final double[] seen;
    final int action;
    final double reward;
    final double[] next;
    final boolean last;

    Moment(double[] seen, int action, double reward, double[] next, boolean last) {
      this.seen = seen;
      this.action = action;
      this.reward = reward;
      this.next = next;
      this.last = last;
    }
  }

  /// Learns from so many actions, at most: the policy that did best on the way is kept, and one
  /// that earns enough ends it.
  public Trained train(
      Supplier<? extends Environment> make, int actions, double enough, long seed) {
    var random = new SplittableRandom(seed);
    Environment environment = make.get();
    environment.reset(random);
    Shape input = Shape.of(environment.observation().length);
    Sequential model = Models.mlp(List.of(UNITS, UNITS), Activation.RELU, 0, environment.actions());
    Network network = model.build(input, seed);
    Network target = model.build(input, seed);
    var best = new Best(make, model.build(input, seed));
    long all = (long) (actions - first) / every * steps;
    OptimizerRun run =
        Optimizer.parse("clip_norm(10) | adam(lr=linear(%s, 0, %d))".formatted(learningRate, all))
            .attach(network.parameters());
    List<Moment> moments = new ArrayList<>();
    for (int taken = 1; taken <= actions; taken++) {
      double chance = Math.max(least, 1 - (1 - least) * taken / (exploration * actions));
      int action =
          random.nextDouble() < chance
              ? random.nextInt(environment.actions())
              : greedy(network, environment);
      double[] before = environment.observation();
      double reward = environment.step(action);
      var moment =
          new Moment(before, action, reward, environment.observation(), environment.terminated());
      if (moments.size() < memory) {
        moments.add(moment);
      } else {
        moments.set(taken % memory, moment);
      }
      if (environment.terminated() || environment.truncated()) {
        environment.reset(random);
      }
      if (taken > first && taken % every == 0) {
        for (int step = 0; step < steps; step++) {
          learn(moments, network, target, run, random);
          if (run.steps() % this.target == 0) {
            target.takeFrom(network);
          }
        }
      }
      if (taken % 2500 == 0 && best.look(network, enough)) {
        return new Trained(best.policy(), taken);
      }
    }
    return new Trained(best.policy(), actions);
  }

  private static int greedy(Network network, Environment environment) {
    Tensor seen = Environment.seen(List.of(environment));
    return Gradients.off(() -> network.apply(seen)).argMax()[0];
  }

  private void learn(
      List<Moment> moments,
      Network network,
      Network target,
      OptimizerRun run,
      SplittableRandom random) {
    List<Moment> drawn = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      drawn.add(moments.get(random.nextInt(moments.size())));
    }
    Tensor next = Environment.rows(drawn.stream().map(moment -> moment.next).toList());
    int[] chosen = Gradients.off(() -> network.apply(next)).argMax();
    Tensor worth = Gradients.off(() -> target.apply(next));
    int actions = worth.shape().dimension(1);
    float[] expected = new float[batch];
    for (int i = 0; i < batch; i++) {
      Moment moment = drawn.get(i);
      double later = moment.last ? 0 : worth.floats()[i * actions + chosen[i]];
      expected[i] = (float) (moment.reward + gamma * later);
    }
    Tensor taken = Tensor.ofInts(drawn.stream().mapToInt(moment -> moment.action).toArray());
    Tensor seen = Environment.rows(drawn.stream().map(moment -> moment.seen).toList());
    Tensor said = network.apply(seen).times(taken.oneHot(DType.F32, actions)).sum(1);
    Tensor loss = said.minus(Tensor.ofFloats(expected)).square().mean();
    run.step(loss.gradients(network.parameters()));
  }
}
