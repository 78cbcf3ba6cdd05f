package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.GridSearch.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GridSearchTest {

  private static final Dataset IRIS = Datasets.named("iris");

  private static FittedModel fit(double rate, long seed, Dataset train) {
    return Trainer.defaults()
        .withEpochs(4)
        .withSeed(seed)
        .fit(Models.parse("mlp(8)", 3), Losses.softmaxCrossEntropy(), Optimizers.sgd(rate), train);
  }

  private static List<Result<Double>> search(int threads, List<Double> rates) {
    return GridSearch.defaults()
        .withFolds(3)
        .withSeeds(2)
        .withEngine(Engine.of("auto", threads))
        .run(rates, IRIS, GridSearchTest::fit);
  }

  @Test
  void theBestIsFirstWhatDivergesLastAndThreadsChangeNoBit() {
    List<Double> rates = List.of(1e-4, 1e30, 0.1);
    List<Result<Double>> results = search(1, rates);
    assertThat(results).extracting(Result::point).containsExactly(0.1, 1e-4, 1e30);
    assertThat(results.getFirst().score()).isGreaterThan(0.7);
    assertThat(results.getLast().diverged()).isTrue();
    assertThat(search(3, rates)).isEqualTo(results);
  }

  @Test
  void aScoreIsTheMeanOverTheFoldsOfItsSeed() {
    Result<Double> result = search(2, List.of(0.1)).getFirst();
    for (int seed = 0; seed < 2; seed++) {
      double sum = 0;
      for (var fold : IRIS.folds(3, seed)) {
        sum += fit(0.1, seed, fold.train()).evaluate(fold.test()).accuracy();
      }
      assertThat(result.scores().get(seed)).isEqualTo(sum / 3);
    }
    double difference = result.scores().get(0) - result.scores().get(1);
    assertThat(result.spread())
        .isCloseTo(
            Math.abs(difference) / Math.sqrt(2), org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void aValidationPartIsJudgedOnce() {
    var results =
        GridSearch.defaults().withValidation(0.3).run(List.of(0.1), IRIS, GridSearchTest::fit);
    var parts = IRIS.split(0.7, 0);
    assertThat(results.getFirst().scores())
        .containsExactly(fit(0.1, 0, parts.train()).evaluate(parts.test()).accuracy());
    assertThat(results.getFirst().spread()).isZero();
  }

  @Test
  void aTableBecomesFeaturesByTheRowsThatAreTrainedOn() {
    var text = new StringBuilder("size,kind,price\n");
    for (int i = 0; i < 30; i++) {
      text.append(i % 5 == 0 ? "" : i * i).append(',').append(i % 7 == 3 ? "rare" + i : "usual");
      text.append(',').append(i + 0.5).append('\n');
    }
    var table =
        Table.parse(
            "t.csv",
            text.toString().getBytes(StandardCharsets.UTF_8),
            TableOptions.target("price").withCategorical("kind"));
    List<TableEncoding> seen = Collections.synchronizedList(new ArrayList<>());
    GridSearch.Fit<String> fit =
        (point, seed, train) -> {
          seen.add(train.encoding().orElseThrow());
          return Trainer.defaults()
              .withEpochs(1)
              .fit(Models.parse(point, 1), Losses.mse(), Optimizers.sgd(1e-6), train);
        };
    GridSearch search = GridSearch.defaults().withFolds(3).withSeed(5).withSeeds(2);
    search.run(List.of("linear"), table, fit);
    List<TableEncoding> expected = new ArrayList<>();
    for (int seed = 5; seed < 7; seed++) {
      for (var fold : table.folds(3, seed)) {
        expected.add(TableEncoding.fit(fold.train()));
      }
    }
    assertThat(expected).doesNotHaveDuplicates();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    seen.clear();
    search.withValidation(0.4).run(List.of("linear"), table, fit);
    assertThat(seen)
        .containsExactlyInAnyOrder(
            TableEncoding.fit(table.split(0.6, 5).train()),
            TableEncoding.fit(table.split(0.6, 6).train()));
  }

  @Test
  void aListenerIsToldHowFarItIs() {
    List<GridSearch.Progress> told = new ArrayList<>();
    var results =
        GridSearch.defaults()
            .withFolds(2)
            .withSeeds(2)
            .withListener(told::add)
            .withEngine(Engine.of("auto", 3))
            .run(List.of(1e30, 1e-4, 0.1), IRIS, GridSearchTest::fit);
    assertThat(told).hasSize(13);
    assertThat(told.getFirst()).isEqualTo(new GridSearch.Progress(0, 12, 0, 3, Double.NaN));
    assertThat(told).extracting(GridSearch.Progress::done).isSorted().doesNotHaveDuplicates();
    var last = told.getLast();
    assertThat(last.judged()).isEqualTo(3);
    assertThat(last.best())
        .isCloseTo(results.getFirst().score(), org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void anyFigureJudgesInItsDirection() {
    List<Double> rates = List.of(1e-4, 0.1, 0.003);
    var search = GridSearch.defaults().withFolds(3);
    for (String name : Score.NAMES) {
      Score score = Score.named(name);
      if (score.task().equals(Optional.of(Task.REGRESSION))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> search.judgedBy(score).run(rates, IRIS, GridSearchTest::fit))
            .withMessage(
                "%s is for a regression, and this is a classification; known: accuracy, precision, recall, f1, auc, roc_auc, pr_auc, log_loss, brier, loss"
                    .formatted(score));
        continue;
      }
      var results = search.judgedBy(score).run(rates, IRIS, GridSearchTest::fit);
      var scores = results.stream().map(Result::score).toList();
      assertThat(scores)
          .as(name)
          .isSortedAccordingTo(
              score.smallerIsBetter()
                  ? Comparator.naturalOrder()
                  : Comparator.<Double>reverseOrder());
      var best = results.getFirst();
      for (var fold : IRIS.folds(3, 0)) {
        var tested = fit(best.point(), 0, fold.train()).evaluate(fold.test());
        assertThat(best.folds().getFirst()).contains(score.figure().applyAsDouble(tested));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Score.named("F1"))
        .withMessageStartingWith("unknown score 'F1' (did you mean 'f1'?); known: accuracy, ");
    var own = search.judgedBy(Score.smaller("rows", outcomes -> outcomes.rows()));
    assertThat(own.run(rates, IRIS, GridSearchTest::fit).getFirst().scores()).containsExactly(50.0);
  }

  @Test
  void aFigureThatAFoldHasNotIsNoDivergence() {
    // One row of the positive class: one of the folds has none.
    var x = new double[30][1];
    var y = new int[30];
    for (var i = 0; i < 30; i++) {
      x[i][0] = i;
    }
    y[29] = 1;
    var data = Dataset.classification(x, y);
    var results =
        GridSearch.defaults()
            .withFolds(3)
            .judgedBy(Score.named("auc"))
            .run(
                List.of(0.1, 1e30),
                data,
                (rate, seed, train) -> {
                  if (train.classes() < 2) {
                    throw new IllegalArgumentException("one class");
                  }
                  return Trainer.defaults()
                      .withEpochs(1)
                      .fit(
                          Models.parse("mlp(4)", 2),
                          Losses.softmaxCrossEntropy(),
                          Optimizers.sgd(rate),
                          train);
                });
    assertThat(results.getFirst().score()).isNaN();
    assertThat(results.getFirst().diverged()).isFalse();
    assertThat(results.getFirst().folds().getFirst()).hasSize(3);
  }

  @Test
  void theSpreadOverFoldsIsOfAllOfThem() {
    var result = new Result<>("p", List.of(List.of(1.0, 3.0), List.of(2.0, 6.0)), 0, false);
    assertThat(result.scores()).containsExactly(2.0, 4.0);
    assertThat(result.score()).isEqualTo(3);
    assertThat(result.spread()).isEqualTo(Math.sqrt(2));
    assertThat(result.foldSpread()).isEqualTo(Math.sqrt((4 + 0 + 1 + 9) / 3.0));
  }

  @Test
  void whatAFitThrowsReachesTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(2, List.of(-1.0)))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(2, List.of()))
        .withMessage("points: expected at least 1, found none");
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withFolds(0));
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withValidation(1));
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withSeeds(0));
  }

  private static ThreadFactory of(int most) {
    var made = new AtomicInteger();
    return work -> {
      if (made.incrementAndGet() > most) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return new Thread(work);
    };
  }

  @Test
  void whereThereAreNoMoreThreadsTheOthersTrain() throws Exception {
    try (var threads = GridSearch.started(4, of(2))) {
      var judged = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 10; i++) {
        int number = i;
        judged.add(threads.submit(() -> number));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(judged.get(i).get()).isEqualTo(i);
      }
      assertThat(threads.getPoolSize()).isEqualTo(2);
    }
  }

  @Test
  void whereThereIsNoThreadItFails() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> GridSearch.started(4, of(0)))
        .withMessageContaining("native thread");
  }
}
