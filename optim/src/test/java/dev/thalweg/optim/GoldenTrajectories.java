package dev.thalweg.optim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What Optax computed (tools/golden/optimizers.py), and the distance from it.
final class GoldenTrajectories {
  /// One optimizer on one sequence of gradients; the first point is the start.
  record Trajectory(
      String sequence, String optimizer, List<double[]> gradients, List<double[]> points) {

    double[] start() {
      return points.getFirst();
    }

    /// max |p − p_ref| / max(|p_ref|, |p₀|, movement) over all steps and numbers, the movement
    /// being the reference's largest distance from the start so far; infinite if a number is NaN.
    double error(List<double[]> found) {
      double[] start = start();
      double[] movement = new double[start.length];
      double worst = 0;
      for (int step = 0; step < points.size(); step++) {
        double[] expected = points.get(step);
        for (int i = 0; i < expected.length; i++) {
          movement[i] = Math.max(movement[i], Math.abs(expected[i] - start[i]));
          double size = Math.max(Math.max(Math.abs(expected[i]), Math.abs(start[i])), movement[i]);
          double off = Math.abs(found.get(step)[i] - expected[i]);
          double error = off == 0 ? 0 : off / size;
          worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
      }
      return worst;
    }

    /// The points of a run in F64.
    List<double[]> pointsOf(Optimizer optimizer, UpdateRule rule) {
      double[] p = start().clone();
      var run = new OptimizerRun(optimizer, rule, List.of(Parameter.of("p", p)));
      var found = new ArrayList<double[]>();
      found.add(start());
      for (double[] gradient : gradients) {
        run.step(gradient);
        found.add(p.clone());
      }
      return found;
    }

    /// The points of a run in F32. Start and gradients are floats.
    List<double[]> singlePointsOf(Optimizer optimizer) {
      float[] p = floats(start());
      var run = optimizer.attach(Parameter.of("p", p));
      var found = new ArrayList<double[]>();
      found.add(start());
      for (double[] gradient : gradients) {
        run.step(floats(gradient));
        found.add(doubles(p));
      }
      return found;
    }
  }

  private GoldenTrajectories() {}

  static List<Trajectory> read() {
    var start = new double[1][];
    var gradients = new LinkedHashMap<String, List<double[]>>();
    var points = new LinkedHashMap<List<String>, List<double[]>>();
    for (String line : lines()) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case "version" -> {}
        case "start" -> start[0] = values(fields[2]);
        case "gradient" -> add(gradients, fields[1], values(fields[3]));
        case "point" -> {
          List<String> key = List.of(fields[1], fields[2]);
          if (!points.containsKey(key)) {
            add(points, key, start[0]);
          }
          add(points, key, values(fields[4]));
        }
        default -> throw new IllegalStateException(line);
      }
    }
    var trajectories = new ArrayList<Trajectory>();
    points.forEach((key, path) ->
        trajectories.add(
            new Trajectory(
                key.get(0), key.get(1), Objects.requireNonNull(gradients.get(key.get(0))), path)));
    return trajectories;
  }

  private static <K> void add(Map<K, List<double[]>> map, K key, double[] values) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(values);
  }

  private static List<String> lines() {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenTrajectories.class.getResourceAsStream("/golden/optimizers.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double[] values(String field) {
    return Arrays.stream(field.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
