package dev.thalweg.cli;

import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.Corpus;
import dev.thalweg.data.DataException;
import dev.thalweg.train.Generation;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Surprise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a page has of a language model: what it foresaw least, and a sample of what it writes.
final class ReportedText {

  private static final String SCORE = "bits per token";
  private static final int SAMPLE = 400;
  private static final int SHOWN = 12;

  /// Tokens of the test among which the worst are looked for.
  private static final int WITHIN = 50_000;

  /// Tokens that are shown before and behind one.
  private static final int BEFORE = 60;

  private static final int BEHIND = 20;

  private ReportedText() {}

  /// Looks at a run.
  static Reported of(Call call, RunConfig config, Path folder, LanguageModel model) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(model.network().parameterCount()));
    Optional<Corpus> test = Optional.empty();
    try {
      test = TextData.of(config, Optional.of(model.tokenizer())).test();
    } catch (Failure | DataException noText) {
      call.note(folder + ": without figures of its test: " + noText.getMessage());
    }
    var evaluation = test.map(model::evaluate);
    evaluation.ifPresent(tested -> {
      facts.put("tokens to test", Numbers.count(tested.tokens()));
      facts.put("test loss", Numbers.figure(tested.loss()));
      facts.put("test bits per character", Numbers.figure(tested.bitsPerCharacter()));
      facts.put("test perplexity", Numbers.figure(tested.perplexity()));
    });
    var text = test;
    return new Reported(
        SCORE,
        facts,
        page -> {
          text.ifPresent(corpus -> worst(page, model, corpus));
          page.add("<h3>What it writes</h3>\n<pre>" + Page.text(written(model)) + "</pre>");
        },
        () ->
            evaluation.map(tested ->
                new Judged("test", tested.loss(), tested.loss() / Math.log(2), Optional.empty())),
        List::of);
  }

  private static void worst(Page page, LanguageModel model, Corpus text) {
    page.add("<h3>What it foresaw least, of the test's " + within(text) + "</h3>");
    var rows = new ArrayList<List<String>>();
    for (var each : model.surprises(text, SHOWN, WITHIN)) {
      rows.add(
          List.of(
              Numbers.count(each.place() + 1L),
              part(model, text, each.place() - BEFORE, each.place())
                  + "<span class=\"wrong\">"
                  + part(model, text, each.place(), each.place() + 1)
                  + "</span>"
                  + part(model, text, each.place() + 1, each.place() + 1 + BEHIND),
              said(model, each)));
    }
    page.table(List.of("token", "text", "what was said"), rows);
  }

  private static String within(Corpus text) {
    return text.size() <= WITHIN
        ? Numbers.count(text.size()) + " tokens"
        : "first " + Numbers.count(WITHIN) + " tokens";
  }

  private static String said(LanguageModel model, Surprise surprise) {
    return String.format(
        Locale.ROOT,
        "%.2g, and %.2f for ‘%s’",
        surprise.probability(),
        surprise.probabilityOfSaid(),
        Page.text(shown(model.tokenizer().decode(new int[] {surprise.said()}))));
  }

  /// Some tokens as HTML.
  private static String part(LanguageModel model, Corpus text, int from, int to) {
    var first = Math.max(0, from);
    var tokens = new int[Math.max(0, Math.min(to, text.size()) - first)];
    for (var i = 0; i < tokens.length; i++) {
      tokens[i] = text.token(first + i);
    }
    return Page.text(shown(model.tokenizer().decode(tokens)));
  }

  /// Line ends that can be seen.
  private static String shown(String text) {
    return text.replace("\n", "⏎");
  }

  /// A text from the most frequent beginning of one, a line end or the first token.
  private static String written(LanguageModel model) {
    var how = Generation.defaults().withTemperature(0.8).withLength(SAMPLE);
    for (var prompt : List.of("\n", "The ", "a")) {
      try {
        return model.generate(prompt, how).text().strip();
      } catch (DataException noSuchToken) {
        // The next one.
      }
    }
    return "";
  }
}
