package dev.thalweg.train;

import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds out, while a training runs, with how many of its threads the steps go fastest.
///
/// All of them are not always it: what one core has written another one has to fetch, and where
/// steps are small or the cores far from each other, that costs more than the help is worth. Two
/// virtual cores of an AMD EPYC (family 25, model 17) whose lines take 250 ns from one to the other
/// need 0.18 ms or 0.46 ms for a step of mlp(128) on 32 images of 784 pixels, from one minute to
/// the next; one of them needs 0.22 ms, always. Results do not depend on the number of threads, so
/// it can be tried out on the steps themselves: a window of them with the number in use, with half
/// of it and with twice as many. Where the number in use is not the fastest, two more windows of
/// each decide, by their medians. A trial that finds nothing new is followed by 24 times as long
/// without one.
///
/// It begins with all threads: what only they run is soon compiled then, and what is not compiled
/// loses every trial.
final class Pace {
  /// What a window lasts at least, in time and in steps; the steps after a change do not count.
  private static final long WINDOW_NANOS = 4_000_000;

  private static final int WINDOW_STEPS = 4;
  private static final int SETTLING_STEPS = 8;

  /// Windows for each number of threads where one of them decides nothing.
  private static final int TURNS = 3;

  /// How long the outcome of a trial stands: at least so long, and so many times as long as the
  /// trial took where it found nothing new.
  private static final long HOLD_NANOS = 250_000_000;

  private static final int HOLD_TRIALS = 24;

  /// Steps that take longer have enough work for all threads, and trials would cost too much.
  private static final long LONG_STEP_NANOS = 10_000_000;

  /// How much slower the number in use may be found to be, and stays.
  private static final double TOLERANCE = 1.02;

  /// From all threads to one, each half of the one before.
  private final List<Engine> engines = new ArrayList<>();

  private int chosen;
  private int tried;
  private boolean trial;
  private long trialBegin;

  /// The windows of this trial, by engine.
  private final double[][] windows;

  private int turn;

  private long windowBegin;
  private int windowSteps;

  /// @param now the time, as [System#nanoTime]
  Pace(Engine all, long now) {
    for (int n = all.threads(); n > 0; n /= 2) {
      engines.add(all.withAtMost(n));
    }
    windows = new double[engines.size()][TURNS];
    trialBegin = now + HOLD_NANOS;
  }

  /// What the next step should run on.
  Engine engine() {
    return engines.get(trial ? tried : chosen);
  }

  /// Something else than steps has taken time.
  void interrupted() {
    windowSteps = -SETTLING_STEPS;
  }

  /// A step has ended.
  ///
  /// @param now the time, as [System#nanoTime]
  void stepEnded(long now) {
    windowSteps++;
    if (windowSteps <= 0) {
      windowBegin = now;
      return;
    }
    if (!trial) {
      long step = now - windowBegin;
      windowBegin = now;
      if (engines.size() > 1 && now >= trialBegin) {
        begin(step, now);
      }
      return;
    }
    long nanos = now - windowBegin;
    if (windowSteps < WINDOW_STEPS || nanos < WINDOW_NANOS) {
      return;
    }
    windows[tried][turn] = (double) nanos / windowSteps;
    if (tried < last()) {
      use(tried + 1);
    } else if (turn++ == 0 ? fastest(1) == chosen : turn == TURNS) {
      end(now);
    } else {
      use(first());
    }
  }

  private void begin(long step, long now) {
    if (step < LONG_STEP_NANOS) {
      trial = true;
      trialBegin = now;
      turn = 0;
      use(first());
    } else {
      chosen = 0;
    }
  }

  private void end(long now) {
    int best = fastest(turn);
    int times = best == chosen ? HOLD_TRIALS : 1;
    trialBegin = now + Math.max(HOLD_NANOS, times * (now - trialBegin));
    chosen = best;
    trial = false;
    interrupted();
  }

  private int first() {
    return Math.max(0, chosen - 1);
  }

  private int last() {
    return Math.min(engines.size() - 1, chosen + 1);
  }

  private void use(int candidate) {
    tried = candidate;
    interrupted();
  }

  /// The number in use, unless another one of this trial is clearly faster.
  private int fastest(int turns) {
    int best = chosen;
    double least = median(chosen, turns) / TOLERANCE;
    for (int i = first(); i <= last(); i++) {
      if (median(i, turns) < least) {
        best = i;
        least = median(i, turns);
      }
    }
    return best;
  }

  private double median(int engine, int turns) {
    double[] sorted = Arrays.copyOf(windows[engine], turns);
    Arrays.sort(sorted);
    return sorted[turns / 2];
  }
}
