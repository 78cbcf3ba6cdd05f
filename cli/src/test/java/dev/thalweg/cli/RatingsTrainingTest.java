package dev.thalweg.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ratings from `train` to `recommend`.
class RatingsTrainingTest {

  @TempDir Path place;

  private Path file() {
    return place.resolve("ratings.csv");
  }

  private String out(String name) {
    return place.resolve(name).toString();
  }

  /// Users like items of their own parity; three of four pairs are rated.
  @BeforeEach
  void write() throws IOException {
    var rows = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (var user = 0; user < 30; user++) {
      for (var item = 0; item < 24; item++) {
        if ((user * 7 + item * 5) % 4 != 0) {
          var value = (user + item) % 2 == 0 ? 4.5 : 1.5;
          rows.append("u%d,m%d,%s,%d%n".formatted(user, item, value, user * 100 + item));
        }
      }
    }
    Files.writeString(file(), rows);
  }

  private static Outcome run(String... line) {
    var all = new ArrayList<>(List.of(line));
    all.addAll(List.of("--quiet", "--format", "json"));
    return Outcome.of(all.toArray(String[]::new));
  }

  private static Object value(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return requireNonNull(Json.parse(outcome.out()));
  }

  private static Map<?, ?> object(Outcome outcome) {
    return (Map<?, ?>) value(outcome);
  }

  @Test
  void ratingsAreLearnedFromAndItemsRecommended() {
    var trained =
        object(
            run(
                "train",
                file().toString(),
                "--task",
                "ratings",
                "--model",
                "factorization(4)",
                "--validation",
                "0.1",
                "--out",
                out("a"),
                "--threads",
                "1"));
    assertThat(trained.get("task")).isEqualTo("ratings");
    var baseline = (double) requireNonNull((Double) trained.get("test_baseline_rmse"));
    assertThat((double) requireNonNull((Double) trained.get("test_rmse")))
        .isLessThan(0.5 * baseline);
    var again =
        object(
            run(
                "train",
                "--config",
                out("a") + "/config.yaml",
                "--out",
                out("b"),
                "--threads",
                "3"));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    var evaluated = object(run("evaluate", out("a")));
    assertThat(evaluated.get("rmse")).isEqualTo(trained.get("test_rmse"));
    assertThat(object(run("evaluate", out("a"), file().toString())).get("rows")).isEqualTo(540L);
    var items = (List<?>) value(run("recommend", out("a"), "--user", "u4", "--top", "3"));
    assertThat(items).hasSize(3);
    for (var item : items) {
      var name = (String) requireNonNull(((Map<?, ?>) item).get("item"));
      assertThat(Integer.parseInt(name.substring(1)) % 2).as(name).isZero();
    }
    assertThat(Outcome.of("recommend", out("a"), "--user", "u4").out()).startsWith("item");
  }

  @Test
  void whoHasRatedEverythingIsTold() throws IOException {
    Files.writeString(
        file(), "userId,movieId,rating\na,x,1\na,y,2\na,z,3\nb,x,2\nb,y,1\nc,z,4\nc,x,5\n");
    value(
        run(
            "train %s --task ratings --model factorization(2) --test 0 --epochs 1 --out %s"
                .formatted(file(), out("all"))
                .split(" ")));
    var none = Outcome.of("recommend", out("all"), "--user", "a");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out().lines()).hasSize(1);
    assertThat(none.err()).isEqualTo("thalweg: user 'a' has rated every item of the training\n");
    assertThat(Outcome.of("recommend", out("all"), "--user", "b").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recommend RUN --user u99    | 2 | --user: user 'u99' (did you mean 'u9'?): expected one who rated something in the training of FILE, found no rating
          predict RUN x.csv           | 2 | predict: expected a model of rows, and RUN has a model of ratings; 'recommend' asks it
          generate RUN --prompt x     | 1 | RUN: has a model of ratings; generate expects one of texts
          explain RUN                 | 1 | RUN: has a model of ratings; expected one with an answer a row; --step tells of its training
          fine-tune RUN --data FILE --task ratings | 2 | RUN: has a model of ratings, which can't be gone on from with others: its weights are of the users and items of its training
          train FILE --task ratings --from RUN | 2 | RUN: a training on ratings begins with weights of its own, as they are of its users and items; found a run to begin with
          train iris --from RUN       | 2 | RUN: has a model of ratings, which can't be gone on from with others: its weights are of the users and items of its training
          train FILE --task ratings --model mlp(3) | 2 | --model: model 'mlp' is one of rows; of ratings there are factorization, ncf, or layers joined by |
          """)
  void eachMistakeGetsASentence(String line, int exitCode, String sentence) {
    object(
        run(
            "train",
            file().toString(),
            "--task",
            "ratings",
            "--model",
            "factorization(1)",
            "--epochs",
            "1",
            "--out",
            out("a")));
    var words =
        java.util.Arrays.stream(line.split(" "))
            .map(word -> word.replace("FILE", file().toString()).replace("RUN", out("a")))
            .toArray(String[]::new);
    var outcome = run(words);
    assertThat(outcome.err())
        .startsWith(
            "thalweg: " + sentence.replace("FILE", file().toString()).replace("RUN", out("a")));
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  /// A step is explained, and runs on the same ratings are averaged.
  @Test
  void itsRunsAreLookedAtAndAveraged() {
    for (var name : List.of("a", "b")) {
      object(
          run(
              "train",
              file().toString(),
              "--task",
              "ratings",
              "--model",
              "factorization(2)",
              "--epochs",
              "2",
              "--out",
              out(name)));
    }
    assertThat(Outcome.of("explain", out("a"), "--step", "2").out()).startsWith("step 2, epoch 1");
    assertThat(object(run("average", out("a"), out("b"), "--out", out("c"))).get("run"))
        .isEqualTo(out("c"));
    assertThat(object(run("evaluate", out("c"))).get("rmse"))
        .isEqualTo(object(run("evaluate", out("a"))).get("rmse"));
  }

  @Test
  void filmsAreFoundInTheirFolderOrSaidToBeMissing() throws IOException {
    var folder = Files.createDirectories(place.resolve("sets/ml-latest-small"));
    Files.copy(file(), folder.resolve("ratings.csv"));
    var sets = place.resolve("sets").toString();
    var outcome =
        run(
            "train",
            "movielens-small",
            "--folder",
            sets,
            "--model",
            "factorization(2)",
            "--epochs",
            "1",
            "--out",
            out("a"));
    assertThat(outcome.err()).startsWith("thalweg: movielens-small: GroupLens, ");
    assertThat(outcome.exitCode()).isZero();
    assertThat(object(run("evaluate", out("a"))).get("data")).isEqualTo("movielens-small");
    assertThat(run("train", "movielens-100k", "--folder", sets, "--out", out("b")).err())
        .endsWith(
            "movielens-100k: expected u.data in %s, found none; https://files.grouplens.org/datasets/movielens/ml-100k.zip has it, and --folder says where it is unpacked\n"
                .formatted(sets));
    assertThat(Outcome.of("data", "movielens-small").out()).contains("100,836 ratings");
    assertThat(Outcome.of("data").out()).contains("movielens-100k");
  }

  @Test
  void aFieldThatIsNoRatingIsRefusedWithItsPlace() throws IOException {
    Files.writeString(file(), "a,b,3\nc,,4\n");
    assertThat(run("train", file().toString(), "--task", "ratings", "--out", out("a")).err())
        .isEqualTo(
            "thalweg: %s, line 2, column 2 ('c2'): expected a user, an item and a rating, found none\n"
                .formatted(file()));
    Files.writeString(file(), "user,item\na,b\n");
    assertThat(run("train", file().toString(), "--task", "ratings", "--out", out("a")).err())
        .isEqualTo(
            "thalweg: %s: expected the columns user, item and rating, found user, item\n"
                .formatted(file()));
    assertThat(Path.of(out("a"))).doesNotExist();
  }
}
