package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.thalweg.data.Task;
import dev.thalweg.train.ConfusionMatrix.Average;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Metrics against scikit-learn's; `tools/golden/metrics.py` made the file.
class MetricsGoldenTest {

  /// Predictions, and what scikit-learn says of them.
  record Case(String name, Evaluation evaluation, SequencedMap<String, List<Double>> values) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = MetricsGoldenTest.class.getResourceAsStream("/golden/metrics.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] fields = line.split("\t", -1);
        switch (fields[0]) {
          case "classes" -> {
            int k = Math.max(2, Integer.parseInt(fields[2]));
            List<String> names = IntStream.range(0, k).mapToObj(i -> "c" + i).toList();
            cases.add(of(fields[1], Task.CLASSIFICATION, names, fields[3], fields[4]));
          }
          case "numbers" ->
              cases.add(of(fields[1], Task.REGRESSION, List.of(), fields[2], fields[3]));
          case "value" -> cases.getLast().values.put(fields[1], numbers(fields[2]));
          default -> {}
        }
      }
    }
    return cases;
  }

  private static Case of(
      String name, Task task, List<String> names, String outputs, String answers) {
    Outcomes outcomes = new Outcomes(task, names, floats(outputs), floats(answers));
    return new Case(name, new Evaluation(0, outcomes, Map.of()), new LinkedHashMap<>());
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }

  private static float[] floats(String text) {
    List<Double> numbers = numbers(text);
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  private static List<Double> found(Evaluation e, String metric) {
    return switch (metric) {
      case "accuracy" -> List.of(e.accuracy());
      case "log_loss" -> List.of(e.logLoss());
      case "roc_auc" -> List.of(e.rocAuc());
      case "pr_auc" -> List.of(e.prAuc());
      case "brier" -> List.of(e.brier());
      case "best_f1" -> {
        double threshold = Thresholds.ofLargestF1(e.outcomes(), 1);
        yield List.of(e.with(Decision.standard().withThreshold(threshold)).f1());
      }
      case "calibrated_log_loss" -> List.of(calibrated(e).logLoss());
      case "top_2" -> List.of(e.topAccuracy(2));
      case "top_3" -> List.of(e.topAccuracy(3));
      case "mae" -> List.of(e.mae());
      case "rmse" -> List.of(e.rmse());
      case "r2" -> List.of(e.r2());
      case "confusion_matrix" ->
          Arrays.stream(e.confusion().counts())
              .flatMapToInt(Arrays::stream)
              .mapToObj(n -> (double) n)
              .toList();
      case "precision" -> each(e, e.confusion()::precision);
      case "recall" -> each(e, e.confusion()::recall);
      case "f1" -> each(e, e.confusion()::f1);
      case "support" -> each(e, e.confusion()::support);
      case "precision_macro" -> List.of(e.confusion().precision(Average.MACRO));
      case "precision_micro" -> List.of(e.confusion().precision(Average.MICRO));
      case "precision_weighted" -> List.of(e.confusion().precision(Average.WEIGHTED));
      case "recall_macro" -> List.of(e.confusion().recall(Average.MACRO));
      case "recall_micro" -> List.of(e.confusion().recall(Average.MICRO));
      case "recall_weighted" -> List.of(e.confusion().recall(Average.WEIGHTED));
      case "f1_macro" -> List.of(e.confusion().f1(Average.MACRO));
      case "f1_micro" -> List.of(e.confusion().f1(Average.MICRO));
      case "f1_weighted" -> List.of(e.confusion().f1(Average.WEIGHTED));
      default ->
          metric.startsWith("pr_auc_")
              ? List.of(e.prAuc(Integer.parseInt(metric.substring("pr_auc_".length()))))
              : List.of(e.rocAuc(Integer.parseInt(metric.substring("roc_auc_".length()))));
    };
  }

  /// The same with outputs divided by the best temperature.
  private static Evaluation calibrated(Evaluation e) {
    Outcomes outcomes = e.outcomes();
    double temperature = Temperature.of(outcomes).orElseThrow();
    float[] outputs = new float[outcomes.rows() * outcomes.classes()];
    float[] labels = new float[outcomes.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = outcomes.label(row);
      for (int k = 0; k < outcomes.classes(); k++) {
        outputs[row * outcomes.classes() + k] = (float) (outcomes.logit(row, k) / temperature);
      }
    }
    return new Evaluation(
        0, new Outcomes(Task.CLASSIFICATION, outcomes.classNames(), outputs, labels), Map.of());
  }

  private static List<Double> each(Evaluation e, IntToDoubleFunction figure) {
    return IntStream.range(0, e.outcomes().classes()).mapToDouble(figure).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyValueIsThatOfTheReference(Case c) {
    assertThat(c.values).isNotEmpty();
    c.values.forEach((metric, expected) -> {
      if (metric.equals("temperature")) {
        return; // see below
      }
      List<Double> found = found(c.evaluation, metric);
      assertThat(found).as(metric).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        // Divided outputs are float32 here.
        double relative = metric.equals("calibrated_log_loss") ? 1e-7 : 1e-13;
        double tolerance = relative * Math.max(1, Math.abs(expected.get(i)));
        assertThat(Math.abs(found.get(i) - expected.get(i)))
            .as("%s: expected %s, found %s", metric, expected, found)
            .isLessThanOrEqualTo(tolerance);
      }
    });
  }

  @Test
  void theTemperatureIsTheReferencesToWhatItsLossCanTell() throws IOException {
    int found = 0;
    for (Case c : cases()) {
      if (c.values.containsKey("temperature")) {
        double expected = Objects.requireNonNull(c.values.get("temperature")).getFirst();
        double temperature = Temperature.of(c.evaluation.outcomes()).orElseThrow();
        // Where a loss is smallest it is flat: half of the digits.
        assertThat(temperature).as(c.name).isCloseTo(expected, withinPercentage(1e-5));
        found++;
      }
    }
    assertThat(found).isEqualTo(5);
  }

  @Test
  void whereAllIsRightOrWrongThereIsNoTemperature() {
    float[] outputs = {2, 1, 0, 3, 5, 1};
    List<String> names = List.of("a", "b");
    for (float[] labels : new float[][] {{0, 1, 0}, {1, 0, 1}}) {
      Outcomes outcomes = new Outcomes(Task.CLASSIFICATION, names, outputs, labels);
      assertThat(Temperature.of(outcomes)).isEmpty();
    }
  }

  @Test
  void everyMetricIsThere() throws IOException {
    List<Case> cases = cases();
    assertThat(cases).hasSize(13);
    assertThat(cases.stream().flatMap(c -> c.values.keySet().stream()).distinct())
        .contains("roc_auc", "top_3", "log_loss", "f1_macro", "confusion_matrix", "r2", "rmse");
  }

  @Test
  void anOutputThatIsNoNumberIsNeverRight() {
    float[] outputs = {Float.NaN, 1, Float.NaN, 1, 1, Float.NaN, 2, 1};
    Outcomes outcomes =
        new Outcomes(Task.CLASSIFICATION, List.of("a", "b"), outputs, new float[] {0, 1, 0, 0});
    Evaluation evaluation = new Evaluation(Double.NaN, outcomes, Map.of());
    assertThat(evaluation.accuracy()).isEqualTo(0.25);
    assertThat(evaluation.logLoss()).isNaN();
  }

  @Test
  void rowsWhoseProbabilitiesAreAllOneAreStillRanked() {
    float[] answers = {0, 1, 0, 1};
    List<String> two = List.of("a", "b");
    float[] logits = {40, 50, 38, 60};
    assertThat(rocAuc(two, logits, answers)).isEqualTo(1.0);
    assertThat(rocAuc(two, new float[] {0, 40, 1, 51, 2, 40, 3, 63}, answers)).isEqualTo(1.0);
    // equal odds stay equal, wherever the logits are
    assertThat(rocAuc(two, new float[] {0, 40, 1, 41, 2, 42, 3, 43}, answers)).isEqualTo(0.5);
    assertThat(rocAuc(two, new float[] {40, 40, 40, 60}, answers)).isEqualTo(0.75);
    List<String> four = List.of("a", "b", "c", "d");
    float[] outputs = {
      0.1f, 50, 0.7f, 0.3f, //
      0.1f, 60, 0.7f, 0.3f, //
      0.3f, 45, 0.1f, 0.7f, //
      2.1f, 57, 2.7f, 2.3f
    };
    assertThat(evaluation(four, outputs, answers).rocAuc(1)).isEqualTo(1.0);
    float[] permuted = {
      0.1f, 50, 0.7f, 0.3f, //
      0.3f, 50, 0.1f, 0.7f, //
      0.7f, 50, 0.3f, 0.1f, //
      0.7f, 50, 0.1f, 0.3f
    };
    Evaluation evaluation = evaluation(four, permuted, answers);
    assertThat(evaluation.rocAuc(1)).isEqualTo(0.5);
    assertThat(evaluation.rocAuc(0)).isEqualTo(0.375);
  }

  @Test
  void logOddsAreThoseOfTheProbability() {
    float[] outputs = {1, 3, -2, 3, 3, 0.5f};
    Outcomes outcomes =
        new Outcomes(Task.CLASSIFICATION, List.of("a", "b", "c"), outputs, new float[] {0, 1});
    for (int row = 0; row < 2; row++) {
      for (int label = 0; label < 3; label++) {
        double p = outcomes.probability(row, label);
        assertThat(outcomes.logOdds(row, label)).isCloseTo(Math.log(p / (1 - p)), within(1e-13));
      }
    }
  }

  private static Evaluation evaluation(List<String> names, float[] outputs, float[] answers) {
    Outcomes outcomes = new Outcomes(Task.CLASSIFICATION, names, outputs, answers);
    return new Evaluation(Double.NaN, outcomes, Map.of());
  }

  private static double rocAuc(List<String> names, float[] outputs, float[] answers) {
    return evaluation(names, outputs, answers).rocAuc();
  }

  @Test
  void figuresOfOneClassOnlyAreNaNRatherThanWrong() {
    Outcomes outcomes =
        new Outcomes(
            Task.CLASSIFICATION, List.of("a", "b"), new float[] {1, 2}, new float[] {1, 1});
    Evaluation evaluation = new Evaluation(0, outcomes, Map.of());
    assertThat(evaluation.rocAuc()).isNaN();
    assertThat(evaluation.recall()).isEqualTo(1);
    Outcomes equal =
        new Outcomes(Task.REGRESSION, List.of(), new float[] {1, 2}, new float[] {3, 3});
    assertThat(new Evaluation(0, equal, Map.of()).r2()).isNaN();
  }

  @Test
  void aFigureOfTheOtherTaskIsRefused() {
    Evaluation numbers =
        new Evaluation(
            0,
            new Outcomes(Task.REGRESSION, List.of(), new float[] {1, 2}, new float[] {3, 3}),
            Map.of());
    Evaluation classes =
        new Evaluation(
            0,
            new Outcomes(
                Task.CLASSIFICATION, List.of("a", "b"), new float[] {1, 2}, new float[] {1, 1}),
            Map.of());
    Map<String, Supplier<?>> ofClasses =
        Map.of(
            "accuracy", numbers::accuracy,
            "topAccuracy", () -> numbers.topAccuracy(3),
            "precision", numbers::precision,
            "recall", numbers::recall,
            "f1", numbers::f1,
            "rocAuc", numbers::rocAuc,
            "logLoss", numbers::logLoss,
            "confusion", numbers::confusion);
    ofClasses.forEach((name, metric) ->
        assertThatIllegalStateException()
            .isThrownBy(metric::get)
            .withMessage(
                name + ": expected classes, found a regression; r2(), mae() and rmse() judge one"));
    Map<String, Supplier<?>> ofNumbers =
        Map.of("r2", classes::r2, "mae", classes::mae, "rmse", classes::rmse);
    ofNumbers.forEach((name, metric) ->
        assertThatIllegalStateException()
            .isThrownBy(metric::get)
            .withMessage(
                name
                    + ": expected a regression, found classes; accuracy(), f1() and logLoss() judge"
                    + " these"));
  }
}
