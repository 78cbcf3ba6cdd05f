package dev.thalweg.cli;

import dev.thalweg.train.Recommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `recommend`: what a user has not rated and is expected to like.
@CommandLine.Command(
    name = "recommend",
    sortOptions = false,
    description = "Recommends items to a user, by a model of ratings.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg recommend RUN --user USER [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg recommend runs/ratings-1 --user 42 --top 10")
final class RecommendCommand implements Command {

  private static final int USUAL = 10;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--user",
      paramLabel = "USER",
      order = 1,
      description = "Who it is for, as the ratings name them.")
  @Nullable String user;

  @Option(
      names = "--top",
      paramLabel = "N",
      order = 2,
      converter = Values.Count.class,
      description = "How many items, best first. What the user has rated is left out. Default: 10.")
  @Nullable Integer top;

  @Override
  public void run(Call call) {
    call.engine().run(() -> recommend(call));
  }

  private void recommend(Call call) {
    var who = user;
    if (who == null) {
      throw Failure.usage("recommend: expected --user USER, found none");
    }
    var folder = EvaluateCommand.given(run);
    if (!Recommender.isIn(folder)) {
      throw Failure.usage(
          "recommend: expected a model of ratings, and %s has another; 'train FILE --task ratings' makes one"
              .formatted(folder));
    }
    var model = Recommender.load(folder);
    var found = Failure.known("--user", () -> model.recommend(who, top == null ? USUAL : top));
    var table = new Table().row("item", "score");
    var json = new ArrayList<Object>();
    for (var each : found) {
      var one = new LinkedHashMap<String, Object>();
      one.put("item", each.item());
      one.put("score", each.score());
      json.add(one);
      table.row(each.item(), String.format(Locale.ROOT, "%.4f", each.score()));
    }
    if (found.isEmpty()) {
      call.note("user '%s' has rated every item of the training".formatted(who));
    }
    call.print(json, table.toString());
  }
}
