package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A trajectory of a method for matrices on gradients that are well conditioned, made by
/// `tools/golden/matrices.py`, and the text that means the same here.
///
/// @param name of the trajectory
/// @param library what was executed, or the paper that it was written from
/// @param parameters which of the matrices were moved
/// @param tolerance how far the reference may be from the exact trajectory
/// @param text the optimizer
record MatrixGolden(
    String name, String library, List<String> parameters, double tolerance, String text) {

  private static final String QUADRATIC = "quadratic";

  private static final List<String[]> LINES = lines();
  private static final Map<String, int[]> SHAPES = new LinkedHashMap<>();
  private static final Map<String, double[]> NUMBERS = numbers();

  static List<MatrixGolden> all() {
    var cases = new ArrayList<MatrixGolden>();
    for (String[] line : of("case")) {
      cases.add(
          new MatrixGolden(
              line[1],
              line[2],
              List.of(line[3].split(" ", -1)),
              Double.parseDouble(line[4]),
              line[5]));
    }
    return cases;
  }

  /// The lines of one kind.
  static List<String[]> of(String kind) {
    return LINES.stream().filter(line -> line[0].equals(kind)).toList();
  }

  Optimizer optimizer() {
    return Optimizer.parse(text);
  }

  /// The method's name.
  String method() {
    return text.substring(0, text.indexOf('('));
  }

  /// max|p − p_ref| / max(|p_ref|, |p₀|, movement), each matrix in a run of its own.
  double error(Chain chain, boolean single) {
    double worst = 0;
    for (String parameter : parameters) {
      String shape = parameter.equals(QUADRATIC) ? "square" : parameter;
      double[] start = number("start " + shape);
      Parameter p = parameter(parameter, shape, start, single);
      var run = new OptimizerRun(optimizer(), chain, List.of(p));
      for (int t = 1; NUMBERS.containsKey("gradient " + shape + " " + t); t++) {
        double[] g = number("gradient " + shape + " " + t);
        if (parameter.equals(QUADRATIC)) {
          g = ofQuadratic(number("gradient square 1"), p);
        }
        run.step(List.of(parameter("g", shape, g, single)));
        double[] expected = NUMBERS.get("point " + name + " " + parameter + " " + t);
        if (expected != null) {
          double difference = 0;
          double size = 0;
          for (int i = 0; i < expected.length; i++) {
            double found = single ? p.values().floats()[i] : p.values().doubles()[i];
            double off = Math.abs(found - expected[i]);
            difference = Math.max(difference, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
            size = Math.max(size, Math.max(Math.abs(expected[i]), Math.abs(start[i])));
            size = Math.max(size, Math.abs(expected[i] - start[i]));
          }
          worst = Math.max(worst, difference / size);
        }
      }
    }
    return worst;
  }

  /// AᵀAp of matrices of 4 rows and columns.
  private static double[] ofQuadratic(double[] a, Parameter p) {
    int n = 4;
    double[] once = new double[n * n];
    double[] twice = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      for (int k = 0; k < n; k++) {
        int at = k * n + i % n;
        double x = p.dtype() == DType.F32 ? p.values().floats()[at] : p.values().doubles()[at];
        once[i] += a[i / n * n + k] * x;
      }
    }
    for (int i = 0; i < n * n; i++) {
      for (int k = 0; k < n; k++) {
        twice[i] += a[k * n + i / n] * once[k * n + i % n];
      }
    }
    return twice;
  }

  private static Parameter parameter(String name, String shape, double[] values, boolean single) {
    int[] dimensions = Objects.requireNonNull(SHAPES.get(shape));
    if (!single) {
      return Parameter.of(name, dimensions, values.clone());
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Parameter.of(name, dimensions, floats);
  }

  private static double[] number(String key) {
    return Objects.requireNonNull(NUMBERS.get(key), key);
  }

  private static Map<String, double[]> numbers() {
    var numbers = new HashMap<String, double[]>();
    for (String[] line : LINES) {
      double[] values =
          line[0].equals("case") || line[0].equals("survives")
              ? new double[0]
              : Arrays.stream(line[line.length - 1].split(" ", -1))
                  .mapToDouble(Double::parseDouble)
                  .toArray();
      switch (line[0]) {
        case "start" -> {
          SHAPES.put(line[1], new int[] {Integer.parseInt(line[2]), Integer.parseInt(line[3])});
          numbers.put("start " + line[1], values);
        }
        case "gradient" -> numbers.put("gradient " + line[1] + " " + line[2], values);
        case "point" -> numbers.put("point " + line[1] + " " + line[2] + " " + line[3], values);
        default -> {}
      }
    }
    return numbers;
  }

  private static List<String[]> lines() {
    try (var in =
            Objects.requireNonNull(MatrixGolden.class.getResourceAsStream("/golden/matrices.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
