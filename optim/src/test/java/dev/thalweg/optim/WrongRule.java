package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One way to get an optimizer wrong: a second implementation of the four rules, number by number
/// in double, with a switch for each mutation.
record WrongRule(String optimizer, Mutation mutation) {
  enum Mutation {
    RATE_A_THOUSANDTH_HIGHER,
    SIGN_FLIPPED,
    A_STEP_SKIPPED,
    A_STEP_REPEATED,
    BUFFER_LOST_AT_A_STEP,
    MOMENTUM_OFF,
    MOMENTUM_AVERAGED,
    MOMENTUM_NESTEROV,
    MOMENTUM_FIRST_BUFFER_DAMPENED,
    BETA1_OFF,
    BETA2_OFF,
    BETAS_SWAPPED,
    EPSILON_DROPPED,
    EPSILON_TEN_TIMES,
    EPSILON_INSIDE_ROOT,
    EPSILON_BEFORE_BIAS_CORRECTION,
    FIRST_BIAS_NOT_CORRECTED,
    SECOND_BIAS_NOT_CORRECTED,
    BIAS_ONE_STEP_LATE,
    SQUARE_OF_MEAN,
    ABSOLUTE_FOR_SQUARE,
    SQUARE_BEFORE_GRADIENT,
    AMSGRAD,
    NESTEROV_ADAM,
    DECAY_DROPPED,
    DECAY_COUPLED,
    DECAY_WITHOUT_RATE,
    DECAY_AFTER_STEP,
    DECAY_OF_SIGN
  }

  private static final Set<Mutation> GENERAL =
      EnumSet.range(Mutation.RATE_A_THOUSANDTH_HIGHER, Mutation.A_STEP_REPEATED);
  private static final Set<Mutation> OF_MOMENTUM =
      EnumSet.range(Mutation.BUFFER_LOST_AT_A_STEP, Mutation.MOMENTUM_FIRST_BUFFER_DAMPENED);
  private static final Set<Mutation> OF_ADAM =
      EnumSet.range(Mutation.BETA1_OFF, Mutation.NESTEROV_ADAM);
  private static final Set<Mutation> OF_DECAY =
      EnumSet.range(Mutation.DECAY_DROPPED, Mutation.DECAY_OF_SIGN);

  static List<WrongRule> all() {
    var all = new ArrayList<WrongRule>();
    for (String optimizer : Optimizers.names()) {
      add(all, optimizer, GENERAL);
    }
    add(all, "momentum", OF_MOMENTUM);
    add(all, "adam", Set.of(Mutation.BUFFER_LOST_AT_A_STEP));
    add(all, "adam", OF_ADAM);
    add(all, "adamw", OF_ADAM);
    add(all, "adamw", OF_DECAY);
    return all;
  }

  private static void add(List<WrongRule> all, String optimizer, Set<Mutation> mutations) {
    mutations.forEach(mutation -> all.add(new WrongRule(optimizer, mutation)));
  }

  UpdateRule right(Optimizer of) {
    return new Numbers(of, EnumSet.noneOf(Mutation.class));
  }

  UpdateRule wrong(Optimizer of) {
    return new Numbers(of, EnumSet.of(mutation));
  }

  @Override
  public String toString() {
    return optimizer + " " + mutation;
  }

  /// The rules, number by number, as their papers print them.
  private record Numbers(Optimizer optimizer, Set<Mutation> mutations) implements UpdateRule {
    private static final int AT = 20;

    private boolean is(Mutation mutation) {
      return mutations.contains(mutation);
    }

    @Override
    public List<String> slots() {
      return List.of("m", "v", "w");
    }

    @Override
    public int scalarCount() {
      return 2;
    }

    @Override
    public void scalars(long step, double[] scalars) {
      scalars[0] = step + 1.0;
    }

    @Override
    public void update(float[] p, float[] g, float[][] slots, float[] scalars, int from, int to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void update(
        double[] p, double[] g, double[][] slots, double[] scalars, int from, int to) {
      int t = (int) scalars[0];
      if (t == AT && is(Mutation.A_STEP_SKIPPED)) {
        return;
      }
      int times = t == AT && is(Mutation.A_STEP_REPEATED) ? 2 : 1;
      for (int time = 0; time < times; time++) {
        for (int i = from; i < to; i++) {
          if (t == AT && is(Mutation.BUFFER_LOST_AT_A_STEP)) {
            slots[0][i] = 0;
          }
          p[i] = next(p[i], g[i], slots, i, t);
        }
      }
    }

    private double next(double p, double g, double[][] slots, int i, int t) {
      return switch (optimizer) {
        case Sgd(Schedule rate) -> p - signed(rate(rate) * g);
        case Momentum momentum -> momentum(momentum, p, g, slots[0], i, t);
        case Adam adam ->
            p
                - signed(
                    rate(adam.learningRate())
                        * adam(
                            g,
                            slots,
                            i,
                            t,
                            at(adam.beta1()),
                            at(adam.beta2()),
                            at(adam.epsilon())));
        case AdamW adamw -> adamw(adamw, p, g, slots, i, t);
      };
    }

    private double momentum(Momentum momentum, double p, double g, double[] v, int i, int t) {
      double beta = at(momentum.momentum()) + (is(Mutation.MOMENTUM_OFF) ? 0.01 : 0);
      boolean averaged =
          is(Mutation.MOMENTUM_AVERAGED) || (is(Mutation.MOMENTUM_FIRST_BUFFER_DAMPENED) && t == 1);
      v[i] = beta * v[i] + (averaged ? (1 - beta) * g : g);
      double direction = is(Mutation.MOMENTUM_NESTEROV) ? g + beta * v[i] : v[i];
      return p - signed(rate(momentum.learningRate()) * direction);
    }

    private double adamw(AdamW adamw, double p, double g, double[][] slots, int i, int t) {
      double rate = rate(adamw.learningRate());
      double decay = at(adamw.weightDecay());
      double x = is(Mutation.DECAY_COUPLED) ? g + decay * p : g;
      double direction =
          adam(x, slots, i, t, at(adamw.beta1()), at(adamw.beta2()), at(adamw.epsilon()));
      double factor = is(Mutation.DECAY_WITHOUT_RATE) ? decay : rate * decay;
      if (is(Mutation.DECAY_DROPPED) || is(Mutation.DECAY_COUPLED)) {
        return p - rate * direction;
      }
      if (is(Mutation.DECAY_AFTER_STEP)) {
        return (p - rate * direction) * (1 - factor);
      }
      double decayed = is(Mutation.DECAY_OF_SIGN) ? p - factor * Math.signum(p) : p * (1 - factor);
      return decayed - signed(rate * direction);
    }

    private double adam(
        double g, double[][] slots, int i, int t, double beta1, double beta2, double eps) {
      double b1 = is(Mutation.BETAS_SWAPPED) ? beta2 : beta1 + (is(Mutation.BETA1_OFF) ? 0.01 : 0);
      double b2 = is(Mutation.BETAS_SWAPPED) ? beta1 : beta2 - (is(Mutation.BETA2_OFF) ? 0.001 : 0);
      double squareBefore = slots[1][i];
      slots[0][i] = b1 * slots[0][i] + (1 - b1) * g;
      double x = is(Mutation.SQUARE_OF_MEAN) ? slots[0][i] : g;
      slots[1][i] =
          b2 * slots[1][i] + (1 - b2) * (is(Mutation.ABSOLUTE_FOR_SQUARE) ? Math.abs(x) : x * x);
      int power = is(Mutation.BIAS_ONE_STEP_LATE) ? t + 1 : t;
      double correction1 = is(Mutation.FIRST_BIAS_NOT_CORRECTED) ? 1 : 1 - Math.pow(b1, power);
      double correction2 = is(Mutation.SECOND_BIAS_NOT_CORRECTED) ? 1 : 1 - Math.pow(b2, power);
      double square = is(Mutation.SQUARE_BEFORE_GRADIENT) && t > 1 ? squareBefore : slots[1][i];
      if (is(Mutation.AMSGRAD)) {
        slots[2][i] = Math.max(slots[2][i], square);
        square = slots[2][i];
      }
      double epsilon =
          is(Mutation.EPSILON_DROPPED) ? 1e-300 : is(Mutation.EPSILON_TEN_TIMES) ? 10 * eps : eps;
      double root;
      if (is(Mutation.EPSILON_INSIDE_ROOT)) {
        root = Math.sqrt(square / correction2 + epsilon);
      } else if (is(Mutation.EPSILON_BEFORE_BIAS_CORRECTION)) {
        root = (Math.sqrt(square) + epsilon) / Math.sqrt(correction2);
      } else {
        root = Math.sqrt(square / correction2) + epsilon;
      }
      double mean = is(Mutation.NESTEROV_ADAM) ? b1 * slots[0][i] + (1 - b1) * g : slots[0][i];
      return mean / correction1 / root;
    }

    private double rate(Schedule schedule) {
      return at(schedule) * (is(Mutation.RATE_A_THOUSANDTH_HIGHER) ? 1.001 : 1);
    }

    private double signed(double movement) {
      return is(Mutation.SIGN_FLIPPED) ? -movement : movement;
    }

    private static double at(Schedule schedule) {
      return schedule.at(0);
    }
  }
}
