package dev.thalweg.examples.reinforcement;

import module dev.thalweg;
import module java.base;

/// Proximal policy optimization (Schulman et al. 2017, arXiv 1707.06347): a network says with which
/// probabilities to act, another how much will be earned; both learn of what a few environments
/// side by side have just come to, by gradients of a ratio of probabilities that is clipped so that
/// no update goes far.
///
/// Advantages are sums of δ = r + γ V(s′) − V(s), each weighed by γλ more (Schulman et al. 2016,
/// arXiv 1506.02438).
///
/// @param environments how many play side by side
/// @param horizon actions of each between updates
/// @param epochs how often an update goes through what they came to
/// @param batch rows a step
/// @param gamma what a reward is worth an action later
/// @param lambda how far advantages look
/// @param clip how far the ratio goes
/// @param entropy what uncertainty is worth
/// @param learningRate at the beginning; it falls to 0
public record Ppo(
    int environments,
    int horizon,
    int epochs,
    int batch,
    double gamma,
    double lambda,
    double clip,
    double entropy,
    double learningRate) {

  private static final int UNITS = 64;

  /// Eight environments, 32 actions each, 20 epochs of 256 rows, γ 0.98, λ 0.8, clipped at 0.2,
  /// rate 1e-3.
  public static Ppo defaults() {
    return new Ppo(8, 32, 20, 256, 0.98, 0.8, 0.2, 0, 1e-3);
  }

  /// What the environments have come to: a row an action.
  private static final class Rollout {
    final List<double[]> seen = new ArrayList<>();
    final List<Integer> actions = new ArrayList<>();
    final float[] logProbabilities;
    final float[] advantages;
    final float[] returns;

    Rollout(int rows) {
      logProbabilities = new float[rows];
      advantages = new float[rows];
      returns = new float[rows];
    }
  }

  /// Learns from so many actions, at most: the policy that did best on the way is kept, and one
  /// that earns enough ends it.
  public Trained train(
      Supplier<? extends Environment> make, int actions, double enough, long seed) {
    var random = new SplittableRandom(seed);
    List<Environment> playing = new ArrayList<>();
    for (int i = 0; i < environments; i++) {
      Environment environment = make.get();
      environment.reset(random);
      playing.add(environment);
    }
    int inputs = playing.getFirst().observation().length;
    Sequential model = model(playing.getFirst().actions());
    Network actor = model.build(Shape.of(inputs), seed);
    Network critic = model(1).build(Shape.of(inputs), seed + 1);
    int rows = environments * horizon;
    long steps = (long) epochs * Math.ceilDiv(rows, batch) * (actions / rows);
    Optimizer optimizer =
        Optimizer.parse(
            "clip_norm(0.5) | adam(lr=linear(%s, 0, %d))".formatted(learningRate, steps));
    OptimizerRun act = optimizer.attach(actor.parameters());
    OptimizerRun judge = optimizer.attach(critic.parameters());
    var best = new Best(make, model.build(Shape.of(inputs), seed));
    int taken = 0;
    for (int update = 1; update <= actions / rows; update++) {
      Rollout rollout = play(playing, actor, critic, random);
      taken += rows;
      int[] order = IntStream.range(0, rows).toArray();
      for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, random);
        for (int from = 0; from < rows; from += batch) {
          learn(
              rollout,
              Arrays.copyOfRange(order, from, Math.min(rows, from + batch)),
              act,
              judge,
              actor,
              critic);
        }
      }
      if (update % 10 == 0 && best.look(actor, enough)) {
        break;
      }
    }
    return new Trained(best.policy(), taken);
  }

  private static Sequential model(int outputs) {
    return Sequential.of(
        Layers.dense(UNITS, Activation.TANH),
        Layers.dense(UNITS, Activation.TANH),
        Layers.dense(outputs));
  }

  /// Acts by the probabilities of the actor, horizon times in each environment; then the
  /// advantages, backwards. Rows of one moment stand side by side.
  private Rollout play(
      List<Environment> playing, Network actor, Network critic, SplittableRandom random) {
    int rows = environments * horizon;
    var rollout = new Rollout(rows);
    var rewards = new double[rows];
    var values = new double[rows + environments];
    var ends = new boolean[rows];
    for (int moment = 0; moment < horizon; moment++) {
      Tensor seen = Environment.seen(playing);
      float[] logs = Gradients.off(() -> actor.apply(seen).logSoftmax()).floats();
      float[] worth = Gradients.off(() -> critic.apply(seen)).floats();
      for (int i = 0; i < environments; i++) {
        Environment environment = playing.get(i);
        int row = moment * environments + i;
        int action = drawn(logs, i * environment.actions(), environment.actions(), random);
        rollout.seen.add(environment.observation());
        rollout.actions.add(action);
        rollout.logProbabilities[row] = logs[i * environment.actions() + action];
        values[row] = worth[i];
        rewards[row] = environment.step(action);
        ends[row] = environment.terminated() || environment.truncated();
        if (ends[row]) {
          if (!environment.terminated()) {
            // It would have gone on: what is left is as much as the critic says.
            Tensor last = Environment.seen(List.of(environment));
            rewards[row] += gamma * Gradients.off(() -> critic.apply(last)).item();
          }
          environment.reset(random);
        }
      }
    }
    float[] after = Gradients.off(() -> critic.apply(Environment.seen(playing))).floats();
    for (int i = 0; i < environments; i++) {
      values[rows + i] = after[i];
      double advantage = 0;
      for (int row = rows - environments + i; row >= 0; row -= environments) {
        double goesOn = ends[row] ? 0 : gamma;
        double delta = rewards[row] + goesOn * values[row + environments] - values[row];
        advantage = delta + goesOn * lambda * advantage;
        rollout.advantages[row] = (float) advantage;
        rollout.returns[row] = (float) (advantage + values[row]);
      }
    }
    return rollout;
  }

  private static int drawn(float[] logs, int from, int count, SplittableRandom random) {
    double left = random.nextDouble();
    for (int action = 0; action < count - 1; action++) {
      left -= StrictMath.exp(logs[from + action]);
      if (left < 0) {
        return action;
      }
    }
    return count - 1;
  }

  /// A step of actor and critic on some rows.
  private void learn(
      Rollout rollout,
      int[] rows,
      OptimizerRun act,
      OptimizerRun judge,
      Network actor,
      Network critic) {
    Tensor seen = Environment.rows(Arrays.stream(rows).mapToObj(rollout.seen::get).toList());
    Tensor actions = Tensor.ofInts(Arrays.stream(rows).map(rollout.actions::get).toArray());
    Tensor before = some(rollout.logProbabilities, rows);
    Tensor advantages = normalized(some(rollout.advantages, rows));

    Tensor logs = actor.apply(seen).logSoftmax();
    Tensor chosen = logs.times(actions.oneHot(DType.F32, logs.shape().dimension(1))).sum(1);
    Tensor ratio = chosen.minus(before).exp();
    Tensor clipped = ratio.maximum(all(rows, 1 - clip)).minimum(all(rows, 1 + clip));
    Tensor gain = ratio.times(advantages).minimum(clipped.times(advantages)).mean();
    Tensor uncertainty = logs.exp().times(logs).sum(1).mean().negate();
    Tensor loss = gain.plus(uncertainty.times(entropy)).negate();
    act.step(loss.gradients(actor.parameters()));

    Tensor error = critic.apply(seen).squeeze(1).minus(some(rollout.returns, rows));
    judge.step(error.square().mean().gradients(critic.parameters()));
  }

  private static Tensor all(int[] rows, double value) {
    return Tensor.full(DType.F32, Shape.of(rows.length), value);
  }

  private static Tensor some(float[] values, int[] rows) {
    float[] some = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = values[rows[i]];
    }
    return Tensor.ofFloats(some);
  }

  private static Tensor normalized(Tensor values) {
    Tensor centred = values.minus(values.mean());
    return centred.div(centred.square().mean().sqrt().plus(1e-8));
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
