package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.train.ConfusionMatrix.Average;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// How well a model does on data it is shown: the metrics of its task, each computed when it is
/// asked for, from all predictions at once.
///
/// | name | metric | scikit-learn |
/// |---|---|---|
/// | `loss` | what the model's loss computes on all rows, without penalties | |
/// | `accuracy` | the fraction of rows whose most probable class is theirs | `accuracy_score` |
/// | `top_3_accuracy` | the fraction whose class is among the three most probable | `top_k_accuracy_score` |
/// | `precision`, `recall`, `f1` | of the positive class, the second of two unless one is named ([Decision]); of more classes the mean (macro) | `f1_score` |
/// | `roc_auc` | the probability that a row of a class has a higher probability for it than a row of another | `roc_auc_score` |
/// | `pr_auc` | the area under the precision–recall curve as average precision, Σ (Rₙ − Rₙ₋₁) Pₙ | `average_precision_score` |
/// | `brier` | the mean of (p − y)² of the positive class; of more classes of the sum over them | `brier_score_loss` |
/// | `log_loss` | the mean of −log of the probability of the true class | `log_loss` |
/// | `r2` | 1 − Σ(y − ŷ)² / Σ(y − ȳ)², ȳ the mean of these targets | `r2_score` |
/// | `mae`, `rmse` | the mean of \|y − ŷ\|, the root of the mean of (y − ŷ)² | `root_mean_squared_error` |
///
/// Values are checked against scikit-learn's. A metric of the other task is an
/// [IllegalStateException].
public final class Evaluation {

  /// The names that metrics of your own can't have.
  static final Set<String> NAMES =
      Set.of(
          "rows",
          "loss",
          "accuracy",
          "top_3_accuracy",
          "top_5_accuracy",
          "precision",
          "recall",
          "f1",
          "roc_auc",
          "pr_auc",
          "brier",
          "log_loss",
          "confusion_matrix",
          "classes",
          "r2",
          "mae",
          "rmse");

  private final double loss;
  private final Outcomes outcomes;
  private final Map<String, Metric> own;

  Evaluation(double loss, Outcomes outcomes, Map<String, Metric> own) {
    this.loss = loss;
    this.outcomes = outcomes;
    this.own = own;
  }

  /// What the data ask for.
  public Task task() {
    return outcomes.task();
  }

  /// How many rows were predicted.
  public int rows() {
    return outcomes.rows();
  }

  /// What the model's loss computes on all rows, without penalties.
  public double loss() {
    return loss;
  }

  /// The same predictions with classes decided on in another way.
  Evaluation with(Decision decision) {
    return new Evaluation(loss, outcomes.with(decision), own);
  }

  /// The number of the class that a question of yes or no is about, if there is one.
  private OptionalInt positive() {
    return outcomes.decision().positiveOf(outcomes.classNames());
  }

  /// The predictions beside the truth, for figures of your own.
  public Outcomes outcomes() {
    return outcomes;
  }

  /// A figure of your own.
  public double metric(Metric metric) {
    return metric.of(outcomes);
  }

  /// The score that is better the larger: accuracy or R².
  public double score() {
    return classification() ? accuracy() : r2();
  }

  private boolean classification() {
    return task() == Task.CLASSIFICATION;
  }

  private void expect(Task task, String metric) {
    if (task() != task) {
      throw new IllegalStateException(
          classification()
              ? metric
                  + ": expected a regression, found classes; accuracy(), f1() and logLoss() judge"
                  + " these"
              : metric
                  + ": expected classes, found a regression; r2(), mae() and rmse() judge one");
    }
  }

  // ---- classes

  /// How often a row of one class was taken for another.
  ///
  /// @throws IllegalStateException in a regression
  public ConfusionMatrix confusion() {
    expect(Task.CLASSIFICATION, "confusion");
    return ConfusionMatrix.of(outcomes);
  }

  /// The fraction of rows whose predicted class is theirs: the most probable one, unless there is a
  /// threshold.
  public double accuracy() {
    expect(Task.CLASSIFICATION, "accuracy");
    if (outcomes.decision().threshold().isEmpty()) {
      return topAccuracy(1);
    }
    int right = 0;
    for (int row = 0; row < rows(); row++) {
      right += outcomes.predictedLabel(row) == outcomes.label(row) ? 1 : 0;
    }
    return (double) right / rows();
  }

  /// The fraction of rows whose class is among the k most probable, of equally probable ones those
  /// with a smaller number.
  ///
  /// @throws IllegalArgumentException if k is not positive
  public double topAccuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("topAccuracy: k must be at least 1, found " + k);
    }
    expect(Task.CLASSIFICATION, "topAccuracy");
    int right = 0;
    for (int row = 0; row < rows(); row++) {
      right += outcomes.rank(row, outcomes.label(row)) < k ? 1 : 0;
    }
    return (double) right / rows();
  }

  /// The precision of the positive class, the second of two unless one is named, or the mean over
  /// more.
  public double precision() {
    expect(Task.CLASSIFICATION, "precision");
    ConfusionMatrix matrix = confusion();
    OptionalInt positive = positive();
    return positive.isPresent()
        ? matrix.precision(positive.getAsInt())
        : matrix.precision(Average.MACRO);
  }

  /// The recall of the positive class, the second of two unless one is named, or the mean over
  /// more.
  public double recall() {
    expect(Task.CLASSIFICATION, "recall");
    ConfusionMatrix matrix = confusion();
    OptionalInt positive = positive();
    return positive.isPresent() ? matrix.recall(positive.getAsInt()) : matrix.recall(Average.MACRO);
  }

  /// The F1 of the positive class, the second of two unless one is named, or the mean over more.
  public double f1() {
    expect(Task.CLASSIFICATION, "f1");
    ConfusionMatrix matrix = confusion();
    OptionalInt positive = positive();
    return positive.isPresent() ? matrix.f1(positive.getAsInt()) : matrix.f1(Average.MACRO);
  }

  /// The area under the ROC curve of one class against the others: the probability that a row of it
  /// has a higher probability for it than a row that is not, ties counting a half. Exact: it is a
  /// fraction of counts, of rows ordered by their log-odds, which differ where probabilities next
  /// to 1 no longer do.
  ///
  /// @return NaN if all rows are of the class or none is
  public double rocAuc(int label) {
    expect(Task.CLASSIFICATION, "rocAuc");
    double[] own = new double[rows()];
    double[] others = new double[rows()];
    int n = 0;
    int m = 0;
    for (int row = 0; row < rows(); row++) {
      double odds = outcomes.logOdds(row, label);
      if (outcomes.label(row) == label) {
        own[n++] = odds;
      } else {
        others[m++] = odds;
      }
    }
    return Ranks.probabilityOfLarger(own, n, others, m);
  }

  /// The area under the ROC curve of the positive class, the second of two unless one is named, or
  /// the mean over more, each against the rest, without those that all or no rows are of.
  ///
  /// @return NaN if there are rows of one class only
  public double rocAuc() {
    expect(Task.CLASSIFICATION, "rocAuc");
    return ofPositiveOrMean(this::rocAuc);
  }

  /// The area under the precision–recall curve of one class against the others, as average
  /// precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the different log-odds from the largest down, with Pₙ and Rₙ
  /// the precision and recall if rows of at least that probability are taken for it. No points of
  /// the curve are joined by lines, which would be too optimistic.
  ///
  /// @return NaN if no row is of the class
  public double prAuc(int label) {
    expect(Task.CLASSIFICATION, "prAuc");
    double[] own = new double[rows()];
    double[] all = new double[rows()];
    int n = 0;
    for (int row = 0; row < rows(); row++) {
      all[row] = outcomes.logOdds(row, label);
      if (outcomes.label(row) == label) {
        own[n++] = all[row];
      }
    }
    return Ranks.averagePrecision(own, n, all);
  }

  /// The average precision of the positive class, the second of two unless one is named, or the
  /// mean over more, each against the rest, without those that no row is of.
  ///
  /// @return NaN if no row is of the positive class
  public double prAuc() {
    expect(Task.CLASSIFICATION, "prAuc");
    return ofPositiveOrMean(this::prAuc);
  }

  private double ofPositiveOrMean(IntToDoubleFunction figure) {
    OptionalInt positive = positive();
    if (positive.isPresent()) {
      return figure.applyAsDouble(positive.getAsInt());
    }
    double sum = 0;
    int count = 0;
    for (int k = 0; k < outcomes.classes(); k++) {
      double value = figure.applyAsDouble(k);
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  }

  /// The Brier score: of two classes the mean of (p − y)², p the probability of the second and y
  /// whether it is true; of more the mean of Σₖ (pₖ − yₖ)². 0 is perfect; the smaller, the better.
  public double brier() {
    expect(Task.CLASSIFICATION, "brier");
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      for (int k = outcomes.classes() == 2 ? 1 : 0; k < outcomes.classes(); k++) {
        double error = outcomes.probability(row, k) - (outcomes.label(row) == k ? 1 : 0);
        sum += error * error;
      }
    }
    return sum / rows();
  }

  /// The mean of −log of the probability of the true class, computed from the outputs, so nothing
  /// is clipped.
  public double logLoss() {
    expect(Task.CLASSIFICATION, "logLoss");
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      sum -= outcomes.logProbability(row, outcomes.label(row));
    }
    return sum / rows();
  }

  // ---- numbers

  /// 1 − Σ(y − ŷ)² / Σ(y − ȳ)², with ȳ the mean of these targets: 1 is perfect, 0 as good as the
  /// mean; NaN where all targets are equal.
  public double r2() {
    expect(Task.REGRESSION, "r2");
    double mean = 0;
    for (int row = 0; row < rows(); row++) {
      mean += outcomes.target(row);
    }
    mean /= rows();
    double around = 0;
    for (int row = 0; row < rows(); row++) {
      double d = outcomes.target(row) - mean;
      around += d * d;
    }
    return around == 0 ? Double.NaN : 1 - squaredErrors() / around;
  }

  /// The mean of |y − ŷ|.
  public double mae() {
    expect(Task.REGRESSION, "mae");
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      sum += Math.abs(outcomes.target(row) - outcomes.prediction(row));
    }
    return sum / rows();
  }

  /// √ of the mean of (y − ŷ)².
  public double rmse() {
    expect(Task.REGRESSION, "rmse");
    return Math.sqrt(squaredErrors() / rows());
  }

  private double squaredErrors() {
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      double d = outcomes.target(row) - outcomes.prediction(row);
      sum += d * d;
    }
    return sum;
  }

  // ---- all of them

  /// The metrics of the task by their names, the loss first and your own last. Among k the accuracy
  /// of the first 3 is there if there are more than 6 classes, and of the first 5 if more than 10.
  public SequencedMap<String, Double> values() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    if (classification()) {
      values.put("accuracy", accuracy());
      for (int k : new int[] {3, 5}) {
        if (outcomes.classes() > 2 * k) {
          values.put("top_" + k + "_accuracy", topAccuracy(k));
        }
      }
      values.put("precision", precision());
      values.put("recall", recall());
      values.put("f1", f1());
      values.put("roc_auc", rocAuc());
      values.put("pr_auc", prAuc());
      values.put("brier", brier());
      values.put("log_loss", logLoss());
    } else {
      values.put("r2", r2());
      values.put("mae", mae());
      values.put("rmse", rmse());
    }
    values.putAll(ownValues());
    return Collections.unmodifiableSequencedMap(values);
  }

  /// The figures of your own.
  SequencedMap<String, Double> ownValues() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    own.forEach((name, metric) -> values.put(name, metric.of(outcomes)));
    return values;
  }

  /// All metrics, a line each; of classes also the figures of each and how they are confused, where
  /// there are at most 20.
  public String report() {
    StringBuilder text = new StringBuilder();
    values()
        .forEach((name, value) ->
            text.append(String.format(Locale.ROOT, "%-16s %.4f\n", name.replace('_', ' '), value)));
    if (classification() && outcomes.classes() <= 20) {
      ConfusionMatrix matrix = confusion();
      text.append('\n').append(matrix.report()).append('\n').append(matrix);
    }
    return text.toString();
  }

  /// Two are the same if they have the same loss, predictions and truths, to the bit.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Evaluation evaluation
        && Double.compare(loss, evaluation.loss) == 0
        && outcomes.equals(evaluation.outcomes);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(loss) + outcomes.hashCode();
  }

  /// `loss 0.1034, accuracy 0.9722 (360 rows)`, or R² and the mean absolute error.
  @Override
  public String toString() {
    return classification()
        ? String.format(
            Locale.ROOT, "loss %.4f, accuracy %.4f (%,d rows)", loss, accuracy(), rows())
        : String.format(
            Locale.ROOT,
            "loss %.4f, R² %.4f, mean absolute error %.4f (%,d rows)",
            loss,
            r2(),
            mae(),
            rows());
  }
}
