package dev.thalweg.optim;

import dev.thalweg.formula.Formula;
import dev.thalweg.optim.minimize.Residuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What is minimised: a function of n numbers with its gradient.
interface Objective {
  /// A name for each number.
  List<String> variables();

  double value(double[] x);

  void gradient(double[] x, double[] out);

  /// Which part has no finite value.
  String complaint(double[] x, double value);

  /// What the second derivatives say, where they are known.
  default Optional<Curvature> curvature(double[] x) {
    return Optional.empty();
  }

  /// What is squared, where it is a sum of squares.
  default Optional<Residuals> residuals() {
    return Optional.empty();
  }

  static Objective of(Formula formula) {
    return new Objective() {
      @Override
      public Optional<Residuals> residuals() {
        return Squares.of(formula);
      }

      @Override
      public String toString() {
        return formula.toString();
      }

      @Override
      public Optional<Curvature> curvature(double[] x) {
        return Curvature.of(formula, x);
      }

      @Override
      public List<String> variables() {
        return formula.variables();
      }

      @Override
      public double value(double[] x) {
        return formula.value(x);
      }

      @Override
      public void gradient(double[] x, double[] out) {
        formula.gradient(x, out);
      }

      @Override
      public String complaint(double[] x, double value) {
        return formula.complaint(x).orElse("%s is %s".formatted(formula, NumberText.of(value)));
      }
    };
  }

  /// The sum of squares of functions that get copies.
  static Objective ofSquares(
      Function<double[], double[]> residuals, Function<double[], double[][]> jacobian, int size) {
    Function<double[], double[]> gradient =
        x -> {
          double[] r = residuals.apply(x.clone());
          double[][] rows = jacobian.apply(x.clone());
          checkRows(rows, r.length, size);
          double[] sum = new double[size];
          for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < size; j++) {
              sum[j] += 2 * r[i] * rows[i][j];
            }
          }
          return sum;
        };
    Residuals known =
        new Residuals() {
          @Override
          public double[] values(double[] x) {
            return residuals.apply(x.clone());
          }

          @Override
          public double[][] jacobian(double[] x) {
            return jacobian.apply(x.clone());
          }
        };
    return of(
        x -> Arrays.stream(residuals.apply(x)).map(r -> r * r).sum(),
        gradient,
        size,
        Optional.of(known));
  }

  private static void checkRows(double[][] rows, int count, int size) {
    boolean fits = rows.length == count;
    for (double[] row : rows) {
      fits &= row.length == size;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "jacobian: expected %d rows, one a residual, of %d numbers each, found %d rows%s"
              .formatted(
                  count, size, rows.length, rows.length == 0 ? "" : " of " + rows[0].length));
    }
  }

  /// Functions that get copies, so that they can keep or change what they are given.
  static Objective of(
      ToDoubleFunction<double[]> function, Function<double[], double[]> gradient, int size) {
    return of(function, gradient, size, Optional.empty());
  }

  private static Objective of(
      ToDoubleFunction<double[]> function,
      Function<double[], double[]> gradient,
      int size,
      Optional<Residuals> residuals) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      names.add("x[" + i + "]");
    }
    List<String> variables = List.copyOf(names);
    return new Objective() {
      @Override
      public Optional<Residuals> residuals() {
        return residuals;
      }

      @Override
      public String toString() {
        return "a value and a gradient";
      }

      @Override
      public List<String> variables() {
        return variables;
      }

      @Override
      public double value(double[] x) {
        return function.applyAsDouble(x.clone());
      }

      @Override
      public void gradient(double[] x, double[] out) {
        double[] found = gradient.apply(x.clone());
        if (found.length != out.length) {
          throw new IllegalArgumentException(
              "gradient: expected %d numbers, one a coordinate, found %d"
                  .formatted(out.length, found.length));
        }
        System.arraycopy(found, 0, out, 0, out.length);
      }

      @Override
      public String complaint(double[] x, double value) {
        double[] shown = Arrays.copyOf(x, Math.min(x.length, 10));
        return "the value at %s%s is %s"
            .formatted(Arrays.toString(shown), x.length > 10 ? "…" : "", NumberText.of(value));
      }
    };
  }
}
