package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.data.Ratings;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recommenders on planted factors with noise.
class RecommenderTest {

  private static final int USERS = 120;
  private static final int ITEMS = 80;
  private static final int FACTORS = 3;

  @TempDir Path folder;

  /// 3.5 + bias of user and item + scalar product of factors + noise, of a third of all pairs.
  private static Ratings planted() {
    Philox random = Philox.of(7, 1);
    List<String> users = new ArrayList<>();
    List<String> items = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long next = 0;
    double[] u = new double[USERS * (FACTORS + 1)];
    double[] v = new double[ITEMS * (FACTORS + 1)];
    for (int i = 0; i < u.length; i++) {
      u[i] = 1.6 * (random.uniformDouble(next++) - 0.5) * 2;
    }
    for (int i = 0; i < v.length; i++) {
      v[i] = 1.6 * (random.uniformDouble(next++) - 0.5) * 2;
    }
    for (int user = 0; user < USERS; user++) {
      for (int item = 0; item < ITEMS; item++) {
        double drawn = random.uniformDouble(next++);
        double noise = 0.6 * (random.uniformDouble(next++) - 0.5);
        if (drawn < 0.4) {
          double value = 3.5 + 0.3 * u[user * (FACTORS + 1)] + 0.3 * v[item * (FACTORS + 1)];
          for (int k = 1; k <= FACTORS; k++) {
            value += 0.5 * u[user * (FACTORS + 1) + k] * v[item * (FACTORS + 1) + k];
          }
          users.add("u" + user);
          items.add("i" + item);
          values.add(value + noise);
        }
      }
    }
    return Ratings.of(
        "planted", users, items, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Recommender fitted(List<Ratings> parts, String model, int threads) {
    return Recommender.fit(
        Trainer.defaults()
            .withEpochs(25)
            .withBatchSize(64)
            .withSeed(3)
            .withEngine(Engine.of("scalar", threads)),
        Models.ofRatings(model, Recommender.tokens(parts.getFirst())),
        Optimizer.parse("adamw(lr=cosine(0.02), weight_decay=0.1)"),
        parts.getFirst());
  }

  @ParameterizedTest
  @CsvSource({"factorization(6), 0.8", "'ncf(6, layers=(32, 16))', 0.95"})
  void learnsMoreThanBiases(String model, double share) {
    List<Ratings> parts = planted().split(0.8, 1);
    double baseline = Recommender.baseline(parts.getFirst(), parts.getLast());
    Recommender one = fitted(parts, model, 1);
    RatingEvaluation found = one.evaluate(parts.getLast(), 10);
    assertThat(found.rmse()).isLessThan(share * baseline);
    assertThat(found.ratings() + found.unknown()).isEqualTo(parts.getLast().size());
    assertThat(found.recall()).isBetween(0.2, 1.0);
    assertThat(found.ndcg()).isBetween(0.2, 1.0);
    Path first = folder.resolve("a");
    Path second = folder.resolve("b");
    one.save(first);
    fitted(parts, model, 3).save(second);
    assertThat(first.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(second.resolve("weights.safetensors"));
    Recommender loaded = Recommender.load(first);
    assertThat(loaded.evaluate(parts.getLast(), 10)).isEqualTo(found);
    assertThat(loaded.recommend("u7", 5)).isEqualTo(one.recommend("u7", 5)).hasSize(5);
  }

  @Test
  void whatWasRatedIsNotRecommendedAndTheRestIsInOrder() {
    List<Ratings> parts = planted().split(0.8, 1);
    Ratings train = parts.getFirst();
    Recommender model = fitted(parts, "factorization(2)", 1);
    List<Recommended> all = model.recommend("u3", 1000);
    List<String> rated = new ArrayList<>();
    for (int i = 0; i < train.size(); i++) {
      if (train.users().get(train.user(i)).equals("u3")) {
        rated.add(train.items().get(train.item(i)));
      }
    }
    assertThat(rated).isNotEmpty();
    assertThat(all).extracting(Recommended::item).doesNotContainAnyElementsOf(rated);
    assertThat(all).hasSize(ITEMS - rated.size());
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).score()).isLessThanOrEqualTo(all.get(i - 1).score());
    }
    assertThat(model.predict("u3", all.getFirst().item())).isEqualTo(all.getFirst().score());
    assertThatThrownBy(() -> model.recommend("u999", 3))
        .hasMessageEndingWith(
            ": expected one who rated something in the training of planted, found no rating");
    assertThatThrownBy(() -> model.predict("u3", "x"))
        .hasMessage(
            "item 'x': expected one that was rated in the training of planted, found no rating of"
                + " it");
    assertThatThrownBy(() -> FittedModel.load(saved(model)))
        .hasMessageContaining("Recommender.load reads a model of ratings");
  }

  private Path saved(Recommender model) {
    model.save(folder.resolve("saved"));
    return folder.resolve("saved");
  }

  @Test
  void ranksAreJudgedByHand() {
    // Two users; u rates a high, v rates b high. The test part has one wanted item each.
    var all =
        Ratings.of(
            "r",
            List.of("u", "u", "v", "v", "w", "w", "w"),
            List.of("a", "b", "a", "c", "a", "b", "c"),
            5,
            1,
            1,
            5,
            3,
            3,
            3);
    Recommender model =
        Recommender.fit(
            Trainer.defaults().withEpochs(1),
            Models.ofRatings("factorization(1)", Recommender.tokens(all)),
            Optimizer.parse("sgd(0.001)"),
            all);
    // u has not rated c, v has not rated b: one open item each, at the first place.
    var test = Ratings.of("t", List.of("u", "v", "x"), List.of("c", "b", "a"), 5, 4, 5);
    RatingEvaluation found = model.evaluate(test, 3);
    assertThat(found.unknown()).isEqualTo(1);
    assertThat(found.recall()).isEqualTo(1.0);
    assertThat(found.ndcg()).isEqualTo(1.0);
  }

  @Test
  void aShareForValidationIsRefused() {
    Ratings ratings = planted();
    assertThatThrownBy(() ->
            Recommender.fit(
                Trainer.defaults().withValidation(0.2),
                Models.ofRatings("factorization(2)", Recommender.tokens(ratings)),
                Optimizer.parse("adam"),
                ratings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "withValidation: expected data to divide, found ratings; call fit(trainer, model,"
                + " optimizer, train, validation)");
  }

  @Test
  void aModelThatGivesSomethingElseIsRefused() {
    assertThatThrownBy(
            () -> Recommender.check(Models.ofRatings("embedding(9, 4) | flatten | dense(2)", 9)))
        .hasMessage("sequential: expected a last layer of shape [1], the rating, found [2]");
    assertThatThrownBy(() -> Models.ofRatings("mlp(3)", 9))
        .hasMessageContaining(
            "model 'mlp' is one of rows; of ratings there are factorization, ncf, or layers joined"
                + " by |");
  }
}
