package dev.thalweg.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Contenders that take turns in one process, so that what disturbs one disturbs all.
///
/// The first contender added is the one that ratios refer to.
final class Turns {
  private final LongSupplier clock;
  private final List<String> names = new ArrayList<>();
  private final List<Runnable> contenders = new ArrayList<>();

  Turns() {
    this(System::nanoTime);
  }

  private Turns(LongSupplier clock) {
    this.clock = clock;
  }

  /// Turns by the processor time of the calling thread, for what works on no other: a neighbour who
  /// takes the core away doesn't count.
  static Turns byProcessorTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new Turns(threads::getCurrentThreadCpuTime);
  }

  Turns add(String name, Runnable contender) {
    names.add(name);
    contenders.add(contender);
    return this;
  }

  /// Nanoseconds of each contender's turns, in the order added.
  ///
  /// @param warmUp rounds that are not counted
  /// @param rounds that are; each begins with the next contender
  double[][] run(int warmUp, int rounds) {
    int n = contenders.size();
    double[][] nanos = new double[n][rounds];
    for (int round = -warmUp; round < rounds; round++) {
      for (int i = 0; i < n; i++) {
        int c = Math.floorMod(round + i, n);
        long begin = clock.getAsLong();
        contenders.get(c).run();
        if (round >= 0) {
          nanos[c][round] = clock.getAsLong() - begin;
        }
      }
    }
    return nanos;
  }

  /// Runs and prints per contender what the quantity comes to and the median ratio of its turns to
  /// the first one's of the same round.
  ///
  /// @param quantity of the nanoseconds of one turn, as `ns/parameter`
  void print(String title, int warmUp, int rounds, Quantity quantity) {
    double[][] nanos = run(warmUp, rounds);
    System.out.println(title);
    for (int c = 0; c < nanos.length; c++) {
      double[] figures = new double[rounds];
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        figures[round] = quantity.of(nanos[c][round]);
        ratios[round] = figures[round] / quantity.of(nanos[0][round]);
      }
      Spread figure = Spread.of(figures);
      Spread ratio = Spread.of(ratios);
      System.out.printf(
          "  %-34s %10.3f %s (q25 %.3f q75 %.3f), ratio to the first %.3f (q25 %.3f q75 %.3f)%n",
          names.get(c),
          figure.median(),
          quantity.unit(),
          figure.lower(),
          figure.upper(),
          ratio.median(),
          ratio.lower(),
          ratio.upper());
    }
  }

  /// What is made of a time.
  ///
  /// @param unit its name
  /// @param amount of work in one turn
  /// @param inverse whether it is work per second instead of nanoseconds per work
  record Quantity(String unit, double amount, boolean inverse) {
    static Quantity nanosPer(String what, double amount) {
      return new Quantity("ns/" + what, amount, false);
    }

    static Quantity perSecond(String what, double amount) {
      return new Quantity(what + "/s", amount, true);
    }

    double of(double nanos) {
      return inverse ? amount * 1e9 / nanos : nanos / amount;
    }
  }
}
