package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.formats.Json;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that a training is judged by have no part in it: neither in what is filled in for missing
/// values, nor in scaling, nor in the categories that are known.
class CrossValidationTest {

  private static final int SEED = 3;
  private static final int FOLDS = 4;

  @TempDir Path folder;

  /// A few huge areas, which move the mean of whatever part they are in; areas missing; categories
  /// that only one row has.
  @BeforeEach
  void writeRows() throws IOException {
    var text = new StringBuilder("area,district,price\n");
    for (var i = 0; i < 48; i++) {
      var area = i % 6 == 5 ? "" : i % 16 == 4 ? "4000" : String.valueOf(40 + i * 37 % 50);
      var district = i % 12 == 7 ? "only " + i : i % 2 == 0 ? "north" : "south";
      text.append(area).append(',').append(district).append(',').append(10.5 + i * 7 % 13);
      text.append('\n');
    }
    Files.writeString(file(), text);
  }

  private Path file() {
    return folder.resolve("houses.csv");
  }

  /// What each fold comes to where everything is fitted on its own rows to train on.
  private List<Double> byHand() {
    var rows =
        Table.read(file(), TableOptions.target("price").withCategorical("district"))
            .split(0.8, SEED)
            .train();
    var scores = new ArrayList<Double>();
    for (var fold : rows.folds(FOLDS, SEED)) {
      var encoding = TableEncoding.fit(fold.train());
      var fitted =
          Trainer.defaults()
              .withEpochs(4)
              .withSeed(SEED)
              .fit(
                  Models.parse("linear", 1),
                  Losses.mse(),
                  Optimizers.sgd(0.02),
                  encoding.apply(fold.train()));
      scores.add(fitted.evaluate(encoding.apply(fold.test())).r2());
    }
    return scores;
  }

  private Map<?, ?> train(String... arguments) {
    var all =
        new ArrayList<>(
            List.of("train", file().toString(), "--target", "price", "--categorical", "district"));
    all.addAll(List.of("--model", "linear", "--optimizer", "sgd(0.02)", "--epochs", "4"));
    all.addAll(List.of("--seed", String.valueOf(SEED), "--folds", String.valueOf(FOLDS)));
    all.addAll(List.of("--out", folder + "/run", "--quiet", "--format", "json"));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  @Test
  void aFoldKnowsNothingOfTheRowsThatItIsJudgedBy() {
    var metrics = (Map<?, ?>) Objects.requireNonNull(train().get("cross_validation"));
    var r2 = (Map<?, ?>) Objects.requireNonNull(metrics.get("r2"));
    assertThat(r2.get("values")).isEqualTo(byHand());
  }

  @Test
  void norDoesAPointOfAGrid() {
    var grid = (List<?>) Objects.requireNonNull(train("--grid", "lr=0.02,1e-9").get("grid"));
    var points = grid.stream().map(point -> (Map<?, ?>) point).toList();
    var point =
        points.stream()
            .filter(p -> Map.of("lr", "0.02").equals(p.get("point")))
            .findFirst()
            .orElseThrow();
    var mean = byHand().stream().mapToDouble(score -> score).average().orElseThrow();
    assertThat((Double) point.get("score")).isCloseTo(mean, within(1e-12));
  }
}
