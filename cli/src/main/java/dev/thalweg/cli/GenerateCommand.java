package dev.thalweg.cli;

import dev.thalweg.data.DataException;
import dev.thalweg.train.Generated;
import dev.thalweg.train.Generation;
import dev.thalweg.train.LanguageModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `generate`: what the language model of a run folder writes.
@CommandLine.Command(
    name = "generate",
    sortOptions = false,
    description = "Goes on with a text, by a language model.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg generate RUN --prompt TEXT [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg generate runs/moby-dick-1 --prompt 'Call me' --temperature 0.8 --top-k 40",
      "",
      "--seed says what is drawn: the same text each time, for any number of threads."
    })
final class GenerateCommand implements Command {

  private static final Generation USUAL = Generation.defaults();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(names = "--prompt", paramLabel = "TEXT", order = 1, description = "How it begins.")
  @Nullable String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      order = 2,
      converter = Values.Count.class,
      description = "How many tokens follow. Default: 200.")
  @Nullable Integer length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      order = 3,
      converter = Values.NotNegative.class,
      description =
          "What logits are divided by: less than 1 makes the probable more so, 0 takes the most"
              + " probable token each time. Default: 1.")
  @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      order = 4,
      converter = Values.Count.class,
      description = "Draw among the K most probable tokens. Default: all.")
  @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      order = 5,
      converter = Values.Share.class,
      description =
          "Draw among the fewest tokens whose probabilities make P, in (0, 1]. Default: 1, all.")
  @Nullable Double topP;

  @Override
  public void run(Call call) {
    call.engine().run(() -> generate(call));
  }

  private void generate(Call call) {
    var begin = prompt;
    if (begin == null || begin.isEmpty()) {
      throw Failure.usage("generate: expected --prompt TEXT, how the text begins, found none");
    }
    var folder = EvaluateCommand.given(run);
    var kind = RunKind.of(folder);
    if (kind != RunKind.TEXTS) {
      throw Failure.working(
          "%s: has a model of %s; generate expects one of texts".formatted(folder, kind));
    }
    var model = LanguageModel.load(folder);
    var how =
        new Generation(
            length == null ? USUAL.length() : length,
            temperature == null ? USUAL.temperature() : temperature,
            topK == null ? USUAL.topK() : topK,
            topP == null ? USUAL.topP() : topP,
            call.options().seed);
    var written = written(model, begin, how);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("prompt", begin);
    json.put("text", written.text());
    json.put("tokens", written.tokens());
    json.put("tokens_per_second", written.tokensPerSecond());
    json.put("seed", how.seed());
    call.print(json, written.text() + "\n");
  }

  /// @throws Failure if the model can't begin so
  private static Generated written(LanguageModel model, String begin, Generation how) {
    try {
      return model.generate(begin, how);
    } catch (IllegalArgumentException | DataException wrong) {
      throw Failure.ofOption("--prompt", wrong);
    }
  }
}
