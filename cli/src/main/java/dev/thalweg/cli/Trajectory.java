package dev.thalweg.cli;

import dev.thalweg.formats.Json;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// An optimizer on its way along gradients, each point a line of JSON.
final class Trajectory {

  /// Characters that are printed at once.
  private static final int CHUNK = 1 << 16;

  private final boolean named;
  private final DType dtype;
  private final OptimizerRun run;

  /// @throws IllegalArgumentException if the optimizer can't be attached to the start, or asks for
  ///   more than the gradients that are given
  Trajectory(Optimizer optimizer, Point start, DType dtype) {
    this.named = start.named();
    this.dtype = dtype;
    this.run = optimizer.attach(parameters(start));
    if (run.privacy().isPresent()) {
      throw new IllegalArgumentException(
          optimizer + " asks for the gradient of each example, and those given are of none");
    }
    if (run.asks()) {
      throw new IllegalArgumentException(
          optimizer
              + " asks for gradients or values at points of its own, and those given are at the"
              + " points of the trajectory only");
    }
  }

  private List<Parameter> parameters(Point point) {
    var all = new ArrayList<Parameter>();
    point
        .parts()
        .forEach((name, numbers) -> {
          var known = name.isEmpty() ? "x" : name;
          var shape = numbers.shape().stream().mapToInt(Integer::intValue).toArray();
          all.add(
              dtype == DType.F32
                  ? Parameter.of(known, shape, floats(numbers.values()))
                  : Parameter.of(known, shape, numbers.values().clone()));
        });
    return all;
  }

  private static float[] floats(double[] values) {
    var floats = new float[values.length];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// Goes all steps and prints the point after each.
  void print(GradientList gradients, PrintStream out) {
    var text = new StringBuilder();
    gradients.forEach(gradient -> {
      run.step(parameters(gradient));
      append(text);
      if (text.length() >= CHUNK) {
        out.print(text);
        text.setLength(0);
      }
    });
    out.print(text);
  }

  private void append(StringBuilder text) {
    text.append(named ? "{" : "");
    var separator = "";
    for (var parameter : run.parameters()) {
      text.append(separator);
      if (named) {
        text.append(Json.write(parameter.name())).append(':');
      }
      append(parameter.values(), parameter.dimensions(), 0, 0, text);
      separator = ",";
    }
    text.append(named ? "}\n" : "\n");
  }

  /// Appends what is below one place of the first dimensions.
  ///
  /// @param place of the first number, counted in numbers of this depth
  private void append(Values values, int[] shape, int depth, int place, StringBuilder text) {
    if (depth == shape.length) {
      if (dtype == DType.F32) {
        var number = values.floats()[place];
        text.append(Float.isFinite(number) ? Float.toString(number) : "null");
      } else {
        var number = values.doubles()[place];
        text.append(Double.isFinite(number) ? Double.toString(number) : "null");
      }
      return;
    }
    for (var i = 0; i < shape[depth]; i++) {
      text.append(i == 0 ? '[' : ',');
      append(values, shape, depth + 1, place * shape[depth] + i, text);
    }
    text.append(']');
  }
}
