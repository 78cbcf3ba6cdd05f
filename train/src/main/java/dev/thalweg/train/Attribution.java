package dev.thalweg.train;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Which inputs mattered for a prediction: a number for each feature, by how much it speaks for the
/// class (or the number) that is asked about.
///
/// ```java
/// Attribution mattered = Attribution.integratedGradients(fitted, row, 3);
/// mattered.values()[5];      // how much feature 5 speaks for class 3
/// ```
///
/// They are of the network's output before softmax, its logit, as a function f of the scaled
/// features x, in which 0 is the mean of the rows that were trained on where features are scaled.
/// Where features are tokens, f is a function of the vectors that the embedding has for them, of
/// which those of 0 are compared with, as Sundararajan et al. have it for texts; a token's number
/// is the sum of those of its vector. In a regression on scaled targets they are in standard
/// deviations of the target.
///
/// @param method its name
/// @param output which output it is about: the class, 0 in a regression
/// @param values one a feature
/// @param prediction f(x)
/// @param baseline f of what it is compared with, all features 0; NaN where it is not
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Attribution(
    String method, int output, double[] values, double prediction, double baseline) {

  /// Points of the path that are looked at, as in Captum.
  private static final int POINTS = 50;

  private static final int MOST_POINTS = 6400;

  /// Numbers of rows that are predicted at once.
  private static final int AT_ONCE = 1 << 22;

  /// By which share of the difference of outputs the sum may be beside it.
  private static final double COMPLETE = 0.01;

  /// How a gradient is weighted: ∂f/∂xᵢ · xᵢ (Shrikumar et al. 2016, arXiv 1605.01713).
  ///
  /// @param row features as they came, not scaled
  /// @throws IllegalArgumentException if the row has another number of features, or there is no
  ///   such output
  public static Attribution gradientTimesInput(FittedModel model, double[] row, int output) {
    OutputFunction f = OutputFunction.of(model, row, output);
    float[] x = f.x();
    double[] gradient = f.gradient(1, x);
    for (int i = 0; i < x.length; i++) {
      gradient[i] *= x[i];
    }
    return new Attribution(
        "gradient × input", output, f.byFeature(gradient), f.value(x), Double.NaN);
  }

  /// Integrated gradients, xᵢ ∫₀¹ ∂f/∂xᵢ(αx) dα (Sundararajan, Taly & Yan 2017, arXiv 1703.01365),
  /// along the straight line from all features 0, by Gauss–Legendre quadrature at 50 points, as
  /// Captum's `IntegratedGradients`; at twice as many, up to 6,400, while the values do not add up
  /// to f(x) − f(0) within a hundredth, because f has kinks.
  ///
  /// @param row features as they came, not scaled
  /// @throws IllegalArgumentException if the row has another number of features, or there is no
  ///   such output
  public static Attribution integratedGradients(FittedModel model, double[] row, int output) {
    OutputFunction f = OutputFunction.of(model, row, output);
    double prediction = f.value(f.x());
    double baseline = f.value(new float[f.x().length]);
    Attribution found = integrated(f, output, POINTS, prediction, baseline);
    for (int points = 2 * POINTS; points <= MOST_POINTS && !found.isComplete(); points *= 2) {
      found = integrated(f, output, points, prediction, baseline);
    }
    return found;
  }

  private boolean isComplete() {
    double difference = prediction - baseline;
    return Math.abs(sum() - difference) <= COMPLETE * Math.abs(difference);
  }

  private static Attribution integrated(
      OutputFunction f, int output, int points, double prediction, double baseline) {
    float[] x = f.x();
    double[] sums = new double[x.length];
    double[][] all = gaussLegendre(points);
    for (int from = 0; from < points; from += f.atOnce()) {
      int count = Math.min(f.atOnce(), points - from);
      float[] at = new float[count * x.length];
      for (int i = 0; i < at.length; i++) {
        at[i] = (float) (all[from + i / x.length][0] * x[i % x.length]);
      }
      double[] gradient = f.gradient(count, at);
      for (int i = 0; i < at.length; i++) {
        sums[i % x.length] += all[from + i / x.length][1] * gradient[i];
      }
    }
    for (int i = 0; i < x.length; i++) {
      sums[i] *= x[i];
    }
    return new Attribution("integrated gradients", output, f.byFeature(sums), prediction, baseline);
  }

  /// By how much the output falls where a feature is set to 0: f(x) − f(x without i). Of images
  /// with a square of pixels around, each pixel has the mean of the squares that it is in (Zeiler &
  /// Fergus 2014, arXiv 1311.2901). Of a token all numbers of its vector are set to 0.
  ///
  /// @param row features as they came, not scaled
  /// @param side of the square; 1, of each pixel by itself; of rows that are no images it must be 1
  /// @throws IllegalArgumentException if the row has another number of features, there is no such
  ///   output, or the square does not fit
  public static Attribution occlusion(FittedModel model, double[] row, int output, int side) {
    OutputFunction f = OutputFunction.of(model, row, output);
    float[] x = f.x();
    double whole = f.value(x);
    if (f.isOfTokens() && side == 1) {
      return new Attribution("occlusion", output, withoutEach(f, whole), whole, Double.NaN);
    }
    var image = model.preprocessing().image();
    int height = image.map(shape -> shape.height()).orElse(1);
    int width = image.map(shape -> shape.width()).orElse(x.length);
    int channels = image.map(shape -> shape.channels()).orElse(1);
    int tall = image.isPresent() ? side : 1;
    if (side < 1 || side > width || tall > height || (image.isEmpty() && side != 1)) {
      throw new IllegalArgumentException(
          "occlusion: expected a square that fits %d×%d, found one of %d"
              .formatted(height, width, side));
    }
    double[] sums = new double[x.length];
    int[] counts = new int[x.length];
    for (int top = 0; top + tall <= height; top++) {
      for (int left = 0; left + side <= width; left++) {
        float[] covered = x.clone();
        boolean changes = false;
        for (int y = top; y < top + tall; y++) {
          int from = (y * width + left) * channels;
          int to = (y * width + left + side) * channels;
          for (int i = from; i < to; i++) {
            changes |= covered[i] != 0;
          }
          Arrays.fill(covered, from, to, 0);
        }
        // Of the many features of a text most are 0 already.
        double fall = changes ? whole - f.value(covered) : 0;
        for (int y = top; y < top + tall; y++) {
          for (int i = (y * width + left) * channels;
              i < (y * width + left + side) * channels;
              i++) {
            sums[i] += fall;
            counts[i]++;
          }
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= counts[i];
    }
    return new Attribution("occlusion", output, sums, whole, Double.NaN);
  }

  /// By how much the output falls without each token.
  private static double[] withoutEach(OutputFunction f, double whole) {
    float[] x = f.x();
    double[] falls = new double[x.length];
    for (int from = 0; from < x.length; from += f.each()) {
      float[] covered = x.clone();
      Arrays.fill(covered, from, from + f.each(), 0);
      falls[from] = whole - f.value(covered);
    }
    return f.byFeature(falls);
  }

  /// By how much the score of a model falls on the average where a feature's values are shuffled
  /// among rows, which says how much all predictions together depend on it (Breiman 2001):
  /// accuracy, or R².
  ///
  /// @param data rows to be judged by
  /// @param times each feature is shuffled
  /// @param seed of the shuffles
  /// @return one a feature of the data
  /// @throws IllegalArgumentException if the data don't fit the model, or times is not positive
  public static double[] permutationImportance(
      FittedModel model, Dataset data, int times, long seed) {
    NotNull.check(data, "data");
    int[] ends = new int[data.features()];
    Arrays.setAll(ends, i -> i + 1);
    return falls(model, data, ends, times, seed);
  }

  /// The same of the columns of the table that the features came of: those of a category, a date or
  /// a text are shuffled together. Where the data came of no table, each feature is a column.
  ///
  /// @return by the names of the columns, in their order
  /// @throws IllegalArgumentException if the data don't fit the model, or times is not positive
  public static SequencedMap<String, Double> columnImportance(
      FittedModel model, Dataset data, int times, long seed) {
    NotNull.check(model, "model");
    NotNull.check(data, "data");
    List<String> names = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int end = 0;
    for (ColumnEncoding column : model.preprocessing().encoding().columns()) {
      end += column.width();
      names.add(column.name());
      ends.add(end);
    }
    double[] falls =
        falls(model, data, ends.stream().mapToInt(Integer::intValue).toArray(), times, seed);
    SequencedMap<String, Double> byName = new LinkedHashMap<>();
    for (int i = 0; i < falls.length; i++) {
      byName.put(names.get(i), falls[i]);
    }
    return byName;
  }

  /// @param ends where the features of each group end
  private static double[] falls(FittedModel model, Dataset data, int[] ends, int times, long seed) {
    NotNull.check(model, "model");
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, found " + times);
    }
    int[] asTheyAre = new int[data.rows()];
    Arrays.setAll(asTheyAre, i -> i);
    double whole = score(model, data, asTheyAre, 0, 0);
    double[] falls = new double[ends.length];
    for (int j = 0; j < ends.length; j++) {
      for (int time = 0; time < times; time++) {
        int[] order = Philox.of(seed, ((long) j << 20) + time).permutation(data.rows());
        int from = j == 0 ? 0 : ends[j - 1];
        falls[j] += (whole - score(model, data, order, from, ends[j])) / times;
      }
    }
    return falls;
  }

  /// The score where each row has some features of another one: a few rows at a time, as those of
  /// texts are wide.
  ///
  /// @param order by row, the one whose features it has
  private static double score(FittedModel model, Dataset data, int[] order, int from, int to) {
    int rows = data.rows();
    int width = data.features();
    int part = Math.clamp(AT_ONCE / width, 1, rows);
    boolean classes = data.task() == Task.CLASSIFICATION;
    int[] labels = classes ? data.labels() : new int[0];
    float[] targets = classes ? new float[0] : data.targets();
    double mean = 0;
    for (float target : targets) {
      mean += target / rows;
    }
    double right = 0;
    double errors = 0;
    double spread = 0;
    for (int begin = 0; begin < rows; begin += part) {
      int count = Math.min(part, rows - begin);
      double[] x = new double[count * width];
      for (int i = 0; i < count; i++) {
        float[] own = data.row(begin + i);
        float[] other = from == to ? own : data.row(order[begin + i]);
        for (int k = 0; k < width; k++) {
          x[i * width + k] = k >= from && k < to ? other[k] : own[k];
        }
      }
      double[] predictions = model.predictRows(x);
      int outputs = predictions.length / count;
      for (int i = 0; i < count; i++) {
        if (classes) {
          int best = 0;
          for (int k = 1; k < outputs; k++) {
            best = predictions[i * outputs + k] > predictions[i * outputs + best] ? k : best;
          }
          right += best == labels[begin + i] ? 1 : 0;
        } else {
          errors += Math.pow(predictions[i] - targets[begin + i], 2);
          spread += Math.pow(targets[begin + i] - mean, 2);
        }
      }
    }
    return classes ? right / rows : 1 - errors / spread;
  }

  /// Points and weights on [0, 1]: roots of the Legendre polynomial, by Newton's method.
  private static double[][] gaussLegendre(int n) {
    double[][] points = new double[n][2];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double derivative = 1;
      for (int turn = 0; turn < 100; turn++) {
        double p = 1;
        double before = 0;
        for (int k = 1; k <= n; k++) {
          double next = ((2 * k - 1) * x * p - (k - 1) * before) / k;
          before = p;
          p = next;
        }
        derivative = n * (x * p - before) / (x * x - 1);
        double step = p / derivative;
        x -= step;
        if (Math.abs(step) < 1e-15) {
          break;
        }
      }
      points[i][0] = (1 + x) / 2;
      points[i][1] = 1 / ((1 - x * x) * derivative * derivative);
    }
    return points;
  }

  /// The sum of the values.
  public double sum() {
    return Arrays.stream(values).sum();
  }

  /// A line: `integrated gradients of output 3: 64 values, sum 7.3, output 8.1, baseline 0.8`.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of output %d: %d values, sum %.4g, output %.4g%s",
        method,
        output,
        values.length,
        sum(),
        prediction,
        Double.isNaN(baseline) ? "" : String.format(Locale.ROOT, ", baseline %.4g", baseline));
  }
}
