package dev.thalweg.train;

import dev.thalweg.data.Task;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model said of some rows, beside what is true of them: what metrics are computed from.
///
/// In a classification a row has an output for each class, whose softmax are the probabilities, or
/// one output for two classes, whose sigmoid is the probability of the second; in a regression it
/// has one number. Probabilities are computed in double, so that those next to 1 differ where the
/// outputs do. Losses that know no probabilities, such as hinge, still give outputs whose order is
/// right.
public final class Outcomes {

  private final Task task;
  private final List<String> classNames;
  private final int width;
  private final float[] outputs;
  private final double[] answers;
  private final double mean;
  private final double scale;
  private final Decision decision;

  /// What each row's softmax is made of, once it has been asked for. Two threads may both compute
  /// it; they get the same.
  private volatile Row @Nullable [] parts;

  /// Takes the arrays as they are.
  ///
  /// @param outputs what the network said, row after row
  /// @param answers classes, or targets as they came
  Outcomes(Preprocessing preprocessing, float[] outputs, double[] answers) {
    this(
        preprocessing.task(),
        preprocessing.classNames(),
        outputs,
        answers,
        preprocessing.targetStandardizer().map(targets -> targets.means()[0]).orElse(0.0),
        preprocessing.targetStandardizer().map(targets -> targets.scales()[0]).orElse(1.0));
  }

  /// Of targets that were not scaled.
  Outcomes(Task task, List<String> classNames, float[] outputs, float[] answers) {
    this(task, classNames, outputs, widened(answers), 0, 1);
  }

  private static double[] widened(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /// Takes the arrays as they are.
  ///
  /// @param mean of the targets that the network was trained on
  /// @param scale of these
  Outcomes(
      Task task,
      List<String> classNames,
      float[] outputs,
      double[] answers,
      double mean,
      double scale) {
    this(task, classNames, outputs, answers, mean, scale, Decision.standard());
  }

  private Outcomes(
      Task task,
      List<String> classNames,
      float[] outputs,
      double[] answers,
      double mean,
      double scale,
      Decision decision) {
    this.decision = decision;
    this.task = task;
    this.classNames = classNames;
    this.outputs = outputs;
    this.answers = answers;
    this.mean = mean;
    this.scale = scale;
    this.width = answers.length == 0 ? 1 : outputs.length / answers.length;
  }

  /// The same predictions with classes decided on in another way.
  Outcomes with(Decision other) {
    return new Outcomes(task, classNames, outputs, answers, mean, scale, other);
  }

  /// How probabilities become a class.
  public Decision decision() {
    return decision;
  }

  /// What the data ask for.
  public Task task() {
    return task;
  }

  /// How many rows there are.
  public int rows() {
    return answers.length;
  }

  /// How many classes there are; 0 in a regression.
  public int classes() {
    return classNames.size();
  }

  /// The names of the classes, in the order of their numbers; empty in a regression.
  public List<String> classNames() {
    return classNames;
  }

  /// The class that a row is of.
  public int label(int row) {
    return (int) answers[row];
  }

  /// The class that is predicted for a row: the most probable one, the first of equal ones, unless
  /// there is a threshold ([Decision]).
  public int predictedLabel(int row) {
    return decision.threshold().isPresent()
        ? decision.label(classNames, label -> probability(row, label))
        : mostProbable(row);
  }

  private int mostProbable(int row) {
    if (width == 1) {
      return outputs[row] > 0 ? 1 : 0;
    }
    int best = row * width;
    for (int i = best + 1; i < (row + 1) * width; i++) {
      if (outputs[i] > outputs[best]) {
        best = i;
      }
    }
    return best - row * width;
  }

  /// What the softmax of is the probabilities.
  double logit(int row, int label) {
    return width == 1 ? (label == 1 ? outputs[row] : 0) : outputs[row * width + label];
  }

  /// The probability of a class, in [0, 1].
  public double probability(int row, int label) {
    return StrictMath.exp(logProbability(row, label));
  }

  /// The natural logarithm of the probability of a class; finite for any finite output.
  public double logProbability(int row, int label) {
    if (width == 1) {
      double x = label == 1 ? outputs[row] : -(double) outputs[row];
      // −log(1 + e⁻ˣ)
      return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
    Row[] known = parts();
    return (outputs[row * width + label] - known[row].largest) - StrictMath.log(known[row].sum);
  }

  /// The log-odds of a class, log(p / (1 − p)): in the order of the probabilities, and different
  /// also where those are so near 1 that no double tells them apart. ±∞ where the outputs are, NaN
  /// where one is.
  public double logOdds(int row, int label) {
    if (width == 1) {
      return label == 1 ? outputs[row] : -(double) outputs[row];
    }
    float own = outputs[row * width + label];
    Row known = parts()[row];
    return own < known.largest
        ? (own - known.largest) - StrictMath.log(known.sum - StrictMath.exp(own - known.largest))
        : (own - known.second) - StrictMath.log(known.sumWithoutLargest);
  }

  /// What the softmax of a row is made of: its two largest outputs, and Σ exp(x − largest), Σ exp(x
  /// − second) without the largest. Added up from the smallest on, whatever their places, so that
  /// equal odds stay equal.
  private record Row(double largest, double second, double sum, double sumWithoutLargest) {}

  private Row[] parts() {
    Row @Nullable [] known = parts;
    if (known != null) {
      return known;
    }
    Row[] all = new Row[rows()];
    for (int row = 0; row < all.length; row++) {
      float[] sorted = Arrays.copyOfRange(outputs, row * width, (row + 1) * width);
      Arrays.sort(sorted);
      double largest = sorted[width - 1];
      double second = sorted[width - 2];
      double sum = 0;
      double rest = 0;
      for (int i = 0; i < width - 1; i++) {
        sum += StrictMath.exp(sorted[i] - largest);
        rest += StrictMath.exp(sorted[i] - second);
      }
      all[row] = new Row(largest, second, sum + 1, rest);
    }
    parts = all;
    return all;
  }

  /// How many classes come before this one in a row: those that are more probable, and equal ones
  /// with a smaller number. An output that is no number comes before all, and last where it is its
  /// own: it is never right.
  int rank(int row, int label) {
    if (width == 1) {
      return label == mostProbable(row) ? 0 : 1;
    }
    float own = outputs[row * width + label];
    int rank = 0;
    for (int c = 0; c < width; c++) {
      float other = outputs[row * width + c];
      if (!(other <= own) || (other == own && c < label)) {
        rank++;
      }
    }
    return rank;
  }

  /// The number that is true of a row, in a regression, in its own unit.
  public double target(int row) {
    return answers[row];
  }

  /// The number that was predicted for a row, in a regression, in the target's unit.
  public double prediction(int row) {
    return outputs[row] * scale + mean;
  }

  /// Two are the same if all predictions and truths are, to the bit.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Outcomes outcomes
        && task == outcomes.task
        && classNames.equals(outcomes.classNames)
        && decision.equals(outcomes.decision)
        && mean == outcomes.mean
        && scale == outcomes.scale
        && Arrays.equals(outputs, outcomes.outputs)
        && Arrays.equals(answers, outcomes.answers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(outputs) + Arrays.hashCode(answers);
  }

  /// `360 rows of 10 classes`
  @Override
  public String toString() {
    return task == Task.CLASSIFICATION
        ? rows() + " rows of " + classes() + " classes"
        : rows() + " rows of numbers";
  }
}
