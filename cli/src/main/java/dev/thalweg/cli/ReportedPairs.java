package dev.thalweg.cli;

import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Pairs;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a page has of a model of pairs of texts: some that it gets wrong.
final class ReportedPairs {

  private static final String SCORE = "token accuracy";

  /// Of so many pairs it is looked what is wrong.
  private static final int TRIED = 400;

  private ReportedPairs() {}

  /// Looks at a run.
  static Reported of(Call call, RunConfig config, Path folder, Translator model) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(model.network().parameterCount()));
    Optional<Pairs> test;
    try {
      test = PairsData.of(config).test();
    } catch (Failure | DataException noPairs) {
      call.note(folder + ": without figures of its test: " + noPairs.getMessage());
      return Reported.plain(SCORE, facts);
    }
    if (test.isEmpty()) {
      return Reported.plain(SCORE, facts);
    }
    var pairs = test.get();
    var evaluation = model.evaluate(pairs, 1);
    facts.put("texts to test", Numbers.count(evaluation.texts()));
    facts.put("test token error rate", Numbers.figure(evaluation.tokenErrorRate()));
    facts.put("test text error rate", Numbers.figure(evaluation.textErrorRate()));
    return new Reported(
        SCORE,
        facts,
        page -> addTo(page, model, pairs),
        () ->
            Optional.of(
                new Judged(
                    "test", evaluation.loss(), evaluation.tokenAccuracy(), Optional.empty())),
        List::of);
  }

  private static void addTo(Page page, Translator model, Pairs pairs) {
    var some = pairs.sources().stream().distinct().limit(TRIED).toList();
    var made = model.translate(some, 1);
    var rows = new ArrayList<List<String>>();
    for (var i = 0; i < some.size() && rows.size() < Reported.WORST; i++) {
      var said = made.get(i).getFirst().text();
      var right = new ArrayList<String>();
      for (var row = 0; row < pairs.size(); row++) {
        if (pairs.sources().get(row).equals(some.get(i))) {
          right.add(pairs.targets().get(row));
        }
      }
      if (!right.contains(said)) {
        rows.add(
            List.of(
                Page.text(some.get(i)), Page.text(String.join(", or ", right)), Page.text(said)));
      }
    }
    page.add("<h3>Some that are wrong</h3>");
    page.table(List.of("text", "is", "said"), rows);
  }
}
