package dev.thalweg.train;

import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/// How often a row of one class was taken for another, and what follows from the counts. With c(t,
/// p) rows of class t that were taken for p, of n in all:
///
/// * precision of a class: the fraction of the rows taken for it that are of it, c(k, k) / Σt c(t,
///   k);
/// * recall: the fraction of its rows that were found, c(k, k) / Σp c(k, p);
/// * F1: their harmonic mean, 2 c(k, k) / (Σt c(t, k) + Σp c(k, p));
/// * accuracy: Σk c(k, k) / n.
///
/// 0/0 is 0, as in scikit-learn, against which the values are checked.
public final class ConfusionMatrix {

  /// How the figures of single classes make one.
  public enum Average {
    /// The mean over the classes that occur, in truth or in predictions.
    MACRO,
    /// The figure of all decisions together; where each row has one class, the accuracy.
    MICRO,
    /// The mean over the classes, weighted by their rows.
    WEIGHTED
  }

  private final List<String> names;
  private final int[][] counts;

  private ConfusionMatrix(List<String> names, int[][] counts) {
    this.names = names;
    this.counts = counts;
  }

  static ConfusionMatrix of(Outcomes outcomes) {
    int[][] counts = new int[outcomes.classes()][outcomes.classes()];
    for (int row = 0; row < outcomes.rows(); row++) {
      counts[outcomes.label(row)][outcomes.predictedLabel(row)]++;
    }
    return new ConfusionMatrix(outcomes.classNames(), counts);
  }

  /// How many classes there are.
  public int classes() {
    return names.size();
  }

  /// The names of the classes, in the order of their numbers.
  public List<String> classNames() {
    return names;
  }

  /// Rows of one class that were taken for a class, the same or another.
  public int count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /// The counts, a row for each true class, a column for each predicted one; a copy.
  public int[][] counts() {
    int[][] copy = new int[counts.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts[i].clone();
    }
    return copy;
  }

  /// Rows of a class.
  public int support(int label) {
    int sum = 0;
    for (int p = 0; p < classes(); p++) {
      sum += counts[label][p];
    }
    return sum;
  }

  /// Rows that were taken for a class.
  public int predictions(int label) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[label];
    }
    return sum;
  }

  /// All rows.
  public int total() {
    int sum = 0;
    for (int k = 0; k < classes(); k++) {
      sum += support(k);
    }
    return sum;
  }

  /// The fraction of rows that were taken for what they are.
  public double accuracy() {
    long right = 0;
    for (int k = 0; k < classes(); k++) {
      right += counts[k][k];
    }
    return ratio(right, total());
  }

  /// Of the rows taken for a class, the fraction that is of it.
  public double precision(int label) {
    return ratio(counts[label][label], predictions(label));
  }

  /// Of the rows of a class, the fraction that was taken for it.
  public double recall(int label) {
    return ratio(counts[label][label], support(label));
  }

  /// The harmonic mean of precision and recall of a class.
  public double f1(int label) {
    return ratio(2L * counts[label][label], (long) predictions(label) + support(label));
  }

  /// The precision of all classes.
  public double precision(Average average) {
    return averaged(average, this::precision);
  }

  /// The recall of all classes.
  public double recall(Average average) {
    return averaged(average, this::recall);
  }

  /// The F1 of all classes: of their F1, not of their averaged precision and recall.
  public double f1(Average average) {
    return averaged(average, this::f1);
  }

  private double averaged(Average average, IntToDoubleFunction figure) {
    if (average == Average.MICRO) {
      return accuracy();
    }
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < classes(); k++) {
      boolean occurs = support(k) + predictions(k) > 0;
      double weight = average == Average.WEIGHTED ? support(k) : occurs ? 1 : 0;
      sum += weight * figure.applyAsDouble(k);
      weights += weight;
    }
    return weights == 0 ? 0 : sum / weights;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /// Precision, recall, F1 and rows of each class, a line each, under a header.
  public String report() {
    int wide = Math.max(5, names.stream().mapToInt(ConfusionMatrix::width).max().orElse(0));
    StringBuilder text = new StringBuilder();
    text.append(padded("class", wide)).append("  precision  recall      f1    rows\n");
    for (int k = 0; k < classes(); k++) {
      text.append(padded(names.get(k), wide))
          .append(
              String.format(
                  Locale.ROOT,
                  "     %.4f  %.4f  %.4f  %6d\n",
                  precision(k),
                  recall(k),
                  f1(k),
                  support(k)));
    }
    return text.toString();
  }

  /// The counts under a header, true classes down, predicted ones across.
  @Override
  public String toString() {
    String corner = "true \\ predicted";
    int wide =
        Math.max(corner.length(), names.stream().mapToInt(ConfusionMatrix::width).max().orElse(0));
    StringBuilder text = new StringBuilder(padded(corner, wide));
    int[] widths = new int[classes()];
    for (int p = 0; p < classes(); p++) {
      widths[p] = width(names.get(p));
      for (int t = 0; t < classes(); t++) {
        widths[p] = Math.max(widths[p], Integer.toString(counts[t][p]).length());
      }
      text.append("  ").repeat(' ', widths[p] - width(names.get(p))).append(names.get(p));
    }
    text.append('\n');
    for (int t = 0; t < classes(); t++) {
      text.append(padded(names.get(t), wide));
      for (int p = 0; p < classes(); p++) {
        String count = Integer.toString(counts[t][p]);
        text.append("  ").repeat(' ', widths[p] - count.length()).append(count);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String padded(String text, int wide) {
    return text + " ".repeat(wide - width(text));
  }
}
