package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.minimize.Residuals;
import dev.thalweg.optim.minimize.Search;
import dev.thalweg.optim.minimize.SearchRule;
import dev.thalweg.optim.minimize.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A method that goes its own way, at work on all parameters of a run laid end to end.
final class Searching {
  /// What the names of its state begin with.
  private static final String PREFIX = "all.";

  private final Stage stage;
  private final List<Parameter> parameters;
  private final Search search;
  private final int size;

  /// @throws IllegalArgumentException if there are more numbers than an array has
  Searching(Stage stage, SearchRule rule, List<Parameter> parameters) {
    this.stage = stage;
    this.parameters = parameters;
    long count = 0;
    for (Parameter parameter : parameters) {
      count += parameter.size();
    }
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s: expected at most %d numbers, found %d"
              .formatted(stage.method(), Integer.MAX_VALUE, count));
    }
    size = (int) count;
    try {
      search = rule.search(stage.settings(), size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s: what it keeps of %d numbers is more than an array has"
              .formatted(stage.method(), size),
          e);
    }
  }

  /// Whether a method asks for what is squared.
  static boolean needsResiduals(Optimizer optimizer) {
    for (Stage stage : optimizer.stages()) {
      if (stage.method().rule() instanceof SearchRule rule && rule.needsResiduals()) {
        return true;
      }
    }
    return false;
  }

  /// The sentence about a function that is no sum of squares.
  static String noSquares(String method, String found) {
    return "%s is for sums of squares: expected one, as in (1-x)^2 + 100*(y-x^2)^2, found %s"
        .formatted(method, found);
  }

  /// Adds its state by name: the values themselves.
  void addState(SequencedMap<String, Values> byName) {
    for (Map.Entry<String, Values> kept : search.state().entrySet()) {
      byName.put(PREFIX + kept.getKey(), kept.getValue());
    }
  }

  /// One step.
  ///
  /// @param step the updates before
  /// @param value where it begins
  /// @param gradients there
  /// @param room where the objective writes gradients
  void step(
      long step,
      double value,
      List<Values> gradients,
      GradientFunction objective,
      List<Values> room) {
    double[] begin = joined(gradients);
    search.step(
        new Space() {
          @Override
          public int size() {
            return size;
          }

          @Override
          public double[] start() {
            return point();
          }

          @Override
          public double value() {
            return value;
          }

          @Override
          public double[] gradient() {
            return begin.clone();
          }

          @Override
          public double evaluate(double[] at, double[] gradient) {
            moveTo(at);
            double found = objective.gradient(List.copyOf(room));
            System.arraycopy(joined(room), 0, gradient, 0, size);
            boolean finite = Double.isFinite(found);
            for (int i = 0; finite && i < size; i++) {
              finite = Double.isFinite(gradient[i]);
            }
            return finite ? found : Double.POSITIVE_INFINITY;
          }

          @Override
          public void moveTo(double[] at) {
            put(at);
            System.arraycopy(point(), 0, at, 0, size);
          }

          @Override
          public Residuals residuals() {
            if (objective instanceof Residuals known) {
              return known;
            }
            throw new IllegalArgumentException(noSquares(stage.method().name(), "a value only"));
          }

          @Override
          public double number(String name) {
            Hyperparameter argument = stage.argument(name);
            if (argument == null) {
              throw new IllegalStateException("no argument " + name);
            }
            Schedule schedule = stage.schedules().get(name);
            if (schedule == null) {
              throw new IllegalStateException("no number " + name);
            }
            double now = schedule.at(step);
            Optional<String> complaint = Stage.complaint(stage.method(), argument, schedule, now);
            if (complaint.isPresent()) {
              throw new IllegalArgumentException(complaint.get() + ", at step " + step);
            }
            return now;
          }
        });
  }

  /// Where the parameters are.
  private double[] point() {
    var parts = new ArrayList<Values>();
    for (Parameter parameter : parameters) {
      parts.add(parameter.values());
    }
    return joined(parts);
  }

  private double[] joined(List<? extends Values> parts) {
    double[] all = new double[size];
    int at = 0;
    for (Values part : parts) {
      if (part.dtype() == DType.F64) {
        System.arraycopy(part.doubles(), 0, all, at, part.size());
        at += part.size();
      } else {
        for (int i = 0; i < part.size(); i++) {
          all[at++] = part.floats()[i];
        }
      }
    }
    return all;
  }

  private void put(double[] all) {
    int at = 0;
    for (Parameter parameter : parameters) {
      Values values = parameter.values();
      if (values.dtype() == DType.F64) {
        System.arraycopy(all, at, values.doubles(), 0, values.size());
        at += values.size();
      } else {
        for (int i = 0; i < values.size(); i++) {
          values.floats()[i] = (float) all[at++];
        }
      }
    }
  }
}
