package dev.thalweg.cli;

import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Transcripts;
import dev.thalweg.train.Transcriber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a page has of a model of transcripts: those with a mistake.
final class ReportedTranscripts {

  private static final String SCORE = "error rate";

  private ReportedTranscripts() {}

  /// Looks at a run.
  static Reported of(Call call, RunConfig config, Path folder, Transcriber model) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(model.network().parameterCount()));
    Optional<Transcripts> test;
    try {
      test = TranscriptData.of(config, Optional.of(model.tokenizer())).test();
    } catch (Failure | DataException noSounds) {
      call.note(folder + ": without figures of its test: " + noSounds.getMessage());
      return Reported.plain(SCORE, facts);
    }
    if (test.isEmpty()) {
      return Reported.plain(SCORE, facts);
    }
    var sounds = test.get();
    var evaluation = model.evaluate(sounds);
    facts.put("sounds to test", Numbers.count(evaluation.rows()));
    facts.put("test error rate", Numbers.figure(evaluation.errorRate()));
    facts.put("test accuracy", Numbers.figure(evaluation.accuracy()));
    facts.put("test loss", Numbers.figure(evaluation.loss()));
    return new Reported(
        SCORE,
        facts,
        page -> addTo(page, model, sounds),
        () ->
            Optional.of(
                new Judged("test", evaluation.loss(), evaluation.errorRate(), Optional.empty())),
        List::of);
  }

  private static void addTo(Page page, Transcriber model, Transcripts sounds) {
    var said = model.predict(sounds.sounds());
    var rows = new ArrayList<List<String>>();
    for (var i = 0; i < sounds.rows() && rows.size() < Reported.WORST; i++) {
      if (!said.get(i).equals(sounds.texts().get(i))) {
        rows.add(
            List.of(
                Page.text(sounds.sounds().file(i).toString()),
                Page.text("is %s, said %s".formatted(sounds.texts().get(i), said.get(i)))));
      }
    }
    page.add("<h3>Transcripts with a mistake</h3>");
    page.table(List.of("sound", "what is said, and what was said to be"), rows);
  }
}
