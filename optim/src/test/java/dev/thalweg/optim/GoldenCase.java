package dev.thalweg.optim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.kernels.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A trajectory of an executed library, or of a program with 50 digits, and the text that means the
/// same here. Made by `tools/golden/run.py`, or `tools/golden/rules.py`.
///
/// @param trajectory its name
/// @param library what was executed, with its version
/// @param rates the name of the list of rates that takes the place of the constant one; `-` if none
/// @param tolerance how far the library itself may be from the exact trajectory
/// @param single how far the same formula in binary32 is from it: where it cancels, more than 1e-5
/// @param text the optimizer
record GoldenCase(
    String trajectory, String library, String rates, double tolerance, double single, String text) {

  /// Where both parameters were after some step.
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Point(int step, double[] vector, double[] matrix) {}

  /// Start, gradients and rates, which all cases share.
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Inputs(
      double[] vector,
      double[] matrix,
      Map<String, List<double[][]>> gradients,
      Map<String, Rates> rates) {}

  /// A rate that changes: the text of a schedule, and what it is at each step.
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Rates(String text, double[] values) {}

  /// The lines of the files that have a method each, made by `tools/golden/rules.py`.
  private static final List<String[]> RULES = rules();

  /// While a method is made, `-Dgolden='.*lion.*'` looks at the cases of such texts only.
  private static final @Nullable String ONLY = System.getProperty("golden");

  static final Inputs INPUTS = inputs();
  static final Map<String, Map<String, List<Point>>> POINTS = points();

  static List<GoldenCase> all() {
    var cases = new ArrayList<GoldenCase>();
    List<String[]> rows = rows("cases.tsv");
    for (String[] row : rows.subList(1, rows.size())) {
      cases.add(
          new GoldenCase(
              row[0],
              row[1],
              row[3],
              Double.parseDouble(row[4]),
              Double.parseDouble(row[5]),
              row[6]));
    }
    for (String[] row : RULES) {
      if (row[0].equals("case")) {
        cases.add(
            new GoldenCase(
                row[1],
                row[2],
                row[4],
                Double.parseDouble(row[5]),
                Double.parseDouble(row[6]),
                row[7]));
      }
    }
    cases.removeIf(one -> ONLY != null && !one.text.matches(ONLY));
    return cases;
  }

  /// Ends a test of the whole table where only some cases are looked at.
  static void assumeAll() {
    assumeTrue(ONLY == null);
  }

  /// The lines of one kind in the files of the methods: a `signature`, a fault that no value can
  /// notice (`survives`: formula, fault, reason), another convention that is `alike`.
  static List<String[]> lines(String kind) {
    return RULES.stream().filter(row -> row[0].equals(kind)).toList();
  }

  /// What is refused here; the library's trajectory is there nevertheless.
  boolean isRefused() {
    return text.contains("accumulator_dtype=");
  }

  /// The optimizer, with the schedule where the case has one.
  Optimizer optimizer() {
    Rates list = INPUTS.rates.get(rates);
    return Optimizer.parse(list == null ? text : text.replace("{" + rates + "}", list.text));
  }

  /// max|p − p_ref| / max(|p_ref|, |p₀|, movement) over all sequences and points.
  double error(Optimizer optimizer, Chain chain, boolean single) {
    return error(optimizer, chain, single, Double.POSITIVE_INFINITY);
  }

  /// The same; or the error of the first point where it is above a limit.
  double error(Optimizer optimizer, Chain chain, boolean single, double limit) {
    double worst = 0;
    for (var sequence : Objects.requireNonNull(POINTS.get(trajectory)).entrySet()) {
      double error = error(optimizer, chain, single, limit, sequence.getKey(), sequence.getValue());
      worst = Math.max(worst, error);
      if (worst > limit) {
        break;
      }
    }
    return worst;
  }

  /// Where the run is to be evaluated, if its trajectory is one of averages.
  private double error(
      Optimizer optimizer,
      Chain chain,
      boolean single,
      double limit,
      String sequence,
      List<Point> points) {
    List<double[][]> gradients = Objects.requireNonNull(INPUTS.gradients.get(sequence));
    Parameter vector = parameter("vector", new int[] {5}, INPUTS.vector, single);
    Parameter matrix = parameter("matrix", new int[] {3, 4}, INPUTS.matrix, single);
    var run = new OptimizerRun(optimizer, chain, List.of(vector, matrix));
    double worst = 0;
    int done = 0;
    for (Point point : points) {
      for (; done < point.step; done++) {
        double[][] g = gradients.get(done);
        run.step(
            List.of(
                parameter("vector", new int[] {5}, g[0], single),
                parameter("matrix", new int[] {3, 4}, g[1], single)));
      }
      var there = new ArrayList<double[]>();
      Runnable look = () -> there.addAll(List.of(numbers(vector), numbers(matrix)));
      if (trajectory.startsWith("average-")) {
        run.atEvaluation(look);
      } else {
        look.run();
      }
      worst = Math.max(worst, error(point.vector, there.getFirst(), INPUTS.vector));
      worst = Math.max(worst, error(point.matrix, there.getLast(), INPUTS.matrix));
      if (worst > limit) {
        return worst;
      }
    }
    return worst;
  }

  /// Where the matrix is in F64 after all gradients of a sequence.
  static double[] end(Optimizer optimizer, String sequence) {
    Parameter matrix = parameter("matrix", new int[] {3, 4}, INPUTS.matrix, false);
    var run = optimizer.attach(matrix);
    for (double[][] gradient : Objects.requireNonNull(INPUTS.gradients.get(sequence))) {
      run.step(gradient[1]);
    }
    return numbers(matrix);
  }

  private static double error(double[] expected, double[] found, double[] start) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(found[i] - expected[i]);
      difference = Math.max(difference, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
      size = Math.max(size, Math.max(Math.abs(expected[i]), Math.abs(start[i])));
      size = Math.max(size, Math.abs(expected[i] - start[i]));
    }
    return difference / size;
  }

  private static Parameter parameter(
      String name, int[] dimensions, double[] values, boolean single) {
    if (!single) {
      return Parameter.of(name, dimensions, values.clone());
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Parameter.of(name, dimensions, floats);
  }

  private static double[] numbers(Parameter parameter) {
    if (parameter.dtype() == DType.F64) {
      return parameter.values().doubles().clone();
    }
    double[] numbers = new double[parameter.size()];
    Arrays.setAll(numbers, i -> parameter.values().floats()[i]);
    return numbers;
  }

  private static Inputs inputs() {
    var starts = new HashMap<String, double[]>();
    var gradients = new HashMap<String, List<double[][]>>();
    var rates = new HashMap<String, Rates>();
    for (String[] row : rows("gradients.tsv")) {
      switch (row[0]) {
        case "start" -> starts.put(row[1], numbers(row[2]));
        case "gradient" ->
            gradients
                .computeIfAbsent(row[1], name -> new ArrayList<>())
                .add(new double[][] {numbers(row[3]), numbers(row[4])});
        case "rates" -> rates.put(row[1], new Rates(row[2], numbers(row[3])));
        default -> {}
      }
    }
    return new Inputs(
        Objects.requireNonNull(starts.get("vector")),
        Objects.requireNonNull(starts.get("matrix")),
        gradients,
        rates);
  }

  private static Map<String, Map<String, List<Point>>> points() {
    var points = new HashMap<String, Map<String, List<Point>>>();
    for (String file : List.of("torch.tsv", "keras.tsv", "optax.tsv", "exact.tsv")) {
      for (String[] row : rows(file)) {
        points
            .computeIfAbsent(row[0], name -> new LinkedHashMap<>())
            .computeIfAbsent(row[1], name -> new ArrayList<>())
            .add(new Point(Integer.parseInt(row[2]), numbers(row[3]), numbers(row[4])));
      }
    }
    for (String[] row : RULES) {
      if (row[0].equals("point")) {
        points
            .computeIfAbsent(row[1], name -> new LinkedHashMap<>())
            .computeIfAbsent(row[2], name -> new ArrayList<>())
            .add(new Point(Integer.parseInt(row[3]), numbers(row[4]), numbers(row[5])));
      }
    }
    return points;
  }

  private static List<String[]> rules() {
    var lines = new ArrayList<String[]>();
    URL folder = Objects.requireNonNull(GoldenCase.class.getResource("/golden/rules"));
    try (var files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(rows("rules/" + file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String[]> rows(String file) {
    try (var in = Objects.requireNonNull(GoldenCase.class.getResourceAsStream("/golden/" + file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split("\t")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
