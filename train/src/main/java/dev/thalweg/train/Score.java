package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// A figure by which models are compared, and whether a larger or a smaller one is better.
///
/// ```java
/// GridSearch.defaults().judgedBy(Score.named("pr_auc"));
/// GridSearch.defaults().judgedBy(Score.smaller("worst", worst));      // a Metric of your own
/// ```
///
/// | name | task | better |
/// |---|---|---|
/// | `accuracy`, `precision`, `recall`, `f1`, `roc_auc` (or `auc`), `pr_auc` | classification | larger |
/// | `log_loss`, `brier` | classification | smaller |
/// | `r2` | regression | larger |
/// | `mae`, `rmse` | regression | smaller |
/// | `loss` | either | smaller |
///
/// [Evaluation] says what they are.
///
/// @param name as it is shown
/// @param task that it is for; empty: for either
/// @param smallerIsBetter whether it is an error or a loss
/// @param figure of an evaluation; NaN where it has none
public record Score(
    String name,
    Optional<Task> task,
    boolean smallerIsBetter,
    ToDoubleFunction<Evaluation> figure) {

  /// The names that [#named] knows.
  public static final List<String> NAMES =
      List.of(
          "accuracy",
          "precision",
          "recall",
          "f1",
          "auc",
          "roc_auc",
          "pr_auc",
          "log_loss",
          "brier",
          "r2",
          "mae",
          "rmse",
          "loss");

  /// The score of this name.
  ///
  /// @throws IllegalArgumentException if there is none, naming the nearest
  public static Score named(String name) {
    return switch (name) {
      case "accuracy" -> ofClasses(name, false, Evaluation::accuracy);
      case "precision" -> ofClasses(name, false, Evaluation::precision);
      case "recall" -> ofClasses(name, false, Evaluation::recall);
      case "f1" -> ofClasses(name, false, Evaluation::f1);
      case "auc", "roc_auc" -> ofClasses("roc_auc", false, Evaluation::rocAuc);
      case "pr_auc" -> ofClasses(name, false, Evaluation::prAuc);
      case "log_loss" -> ofClasses(name, true, Evaluation::logLoss);
      case "brier" -> ofClasses(name, true, Evaluation::brier);
      case "r2" -> ofNumbers(name, false, Evaluation::r2);
      case "mae" -> ofNumbers(name, true, Evaluation::mae);
      case "rmse" -> ofNumbers(name, true, Evaluation::rmse);
      case "loss" -> new Score(name, Optional.empty(), true, Evaluation::loss);
      default -> throw new IllegalArgumentException(Nearest.sentence("score", name, NAMES));
    };
  }

  private static Score ofClasses(String name, boolean smaller, ToDoubleFunction<Evaluation> of) {
    return new Score(name, Optional.of(Task.CLASSIFICATION), smaller, of);
  }

  private static Score ofNumbers(String name, boolean smaller, ToDoubleFunction<Evaluation> of) {
    return new Score(name, Optional.of(Task.REGRESSION), smaller, of);
  }

  /// What a task is judged by unless something else is said: accuracy, or R².
  public static Score of(Task task) {
    return named(task == Task.CLASSIFICATION ? "accuracy" : "r2");
  }

  /// A figure of your own, of which a larger one is better.
  public static Score larger(String name, Metric metric) {
    return new Score(name, Optional.empty(), false, e -> e.metric(metric));
  }

  /// A figure of your own, of which a smaller one is better.
  public static Score smaller(String name, Metric metric) {
    return new Score(name, Optional.empty(), true, e -> e.metric(metric));
  }

  /// Whether one value is better than another; any is better than NaN.
  public boolean isBetter(double value, double than) {
    return Double.isNaN(than)
        ? !Double.isNaN(value)
        : smallerIsBetter ? value < than : value > than;
  }

  /// Whether it is for what there is to predict.
  ///
  /// @throws IllegalArgumentException if not, naming those that are
  public void check(Task asked) {
    if (task.isPresent() && task.get() != asked) {
      throw new IllegalArgumentException(
          "%s is for a %s, and this is a %s; known: %s"
              .formatted(name, task.get(), asked, String.join(", ", names(asked).toList())));
    }
  }

  private static Stream<String> names(Task asked) {
    return NAMES.stream().filter(name -> named(name).task.map(asked::equals).orElse(true));
  }

  /// The name.
  @Override
  public String toString() {
    return name;
  }
}
