package dev.thalweg.cli;

import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Ratings;
import dev.thalweg.train.Recommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a page has of a model of ratings: those that it was most wrong about.
final class ReportedRatings {

  private static final String SCORE = "RMSE";

  private ReportedRatings() {}

  /// A rating, and what was expected.
  private record Off(String user, String item, double rating, double expected) {

    double error() {
      return Math.abs(rating - expected);
    }
  }

  /// Looks at a run.
  static Reported of(Call call, RunConfig config, Path folder, Recommender model) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(model.network().parameterCount()));
    Optional<Ratings> test;
    try {
      test = RatingsData.of(config).test();
    } catch (Failure | DataException noRatings) {
      call.note(folder + ": without figures of its test: " + noRatings.getMessage());
      return Reported.plain(SCORE, facts);
    }
    if (test.isEmpty()) {
      return Reported.plain(SCORE, facts);
    }
    var ratings = test.get();
    var evaluation = model.evaluate(ratings, RatingsPlan.SHOWN);
    facts.put("ratings to test", Numbers.count(evaluation.ratings()));
    facts.put("test RMSE", Numbers.figure(evaluation.rmse()));
    facts.put("test mean absolute error", Numbers.figure(evaluation.mae()));
    facts.put("test recall@" + evaluation.k(), Numbers.figure(evaluation.recall()));
    facts.put("test NDCG@" + evaluation.k(), Numbers.figure(evaluation.ndcg()));
    return new Reported(
        SCORE,
        facts,
        page -> addTo(page, model, ratings),
        () ->
            Optional.of(
                new Judged(
                    "test",
                    evaluation.rmse() * evaluation.rmse(),
                    evaluation.rmse(),
                    Optional.empty())),
        List::of);
  }

  private static void addTo(Page page, Recommender model, Ratings ratings) {
    var all = new ArrayList<Off>();
    for (var i = 0; i < ratings.size(); i++) {
      var user = ratings.users().get(ratings.user(i));
      var item = ratings.items().get(ratings.item(i));
      try {
        all.add(new Off(user, item, ratings.value(i), model.predict(user, item)));
      } catch (IllegalArgumentException unknown) {
        // Nothing is expected of whom the training has not.
      }
    }
    all.sort(Comparator.comparingDouble(Off::error).reversed());
    page.add("<h3>The largest errors</h3>");
    page.table(
        List.of("user", "item", "rating, and what was expected"),
        all.stream()
            .limit(Reported.WORST)
            .map(off ->
                List.of(
                    Page.text(off.user),
                    Page.text(off.item),
                    "is %s, said %s"
                        .formatted(Numbers.text(off.rating, 4), Numbers.text(off.expected, 4))))
            .toList());
  }
}
