package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.cli.page.Bitmap;
import dev.thalweg.cli.page.Page;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Attribution;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Inspector;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.StepExplanation;
import dev.thalweg.train.StepView;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `explain`: why a model predicts what it does for a row, or what a step of its training did.
@CommandLine.Command(
    name = "explain",
    sortOptions = false,
    description =
        "Shows which inputs mattered for a prediction, or what a step of the training did.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg explain RUN [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg explain runs/digits-1 --row 3 --out three.html",
      "  ./thalweg explain runs/digits-1 --step 100"
    })
final class ExplainCommand implements Command {

  private static final int SHOWN = 12;
  private static final int TIMES = 5;
  private static final int SQUARES = 8;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Option(
      names = "--step",
      paramLabel = "N",
      order = 1,
      converter = Values.Count.class,
      description =
          "Repeat the training up to this step, and tell what that did: the gradient, what each"
              + " stage made of it, rates, noise, curvature.")
  @Nullable Integer step;

  @Option(
      names = "--row",
      paramLabel = "N",
      order = 2,
      converter = Values.Count.class,
      description =
          "Which of the rows it is about, from 1: of the file, or of the test. Default: 1.")
  @Nullable Integer row;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      order = 3,
      converter = Values.PathText.class,
      description =
          "The rows: a CSV file with the model's features and what is to be predicted, or a folder"
              + " of images. Default: those that the run kept for its test.")
  @Nullable Path input;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      order = 4,
      converter = Values.PathText.class,
      description = "A page (HTML) that shows it; of images drawn over them.")
  @Nullable Path out;

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    var engine = call.engine();
    engine.run(() -> {
      var folder = EvaluateCommand.given(run);
      if (step != null) {
        if (row != null || input != null || out != null) {
          throw Failure.usage("--step: expected no --row, --input or --out beside it");
        }
        step(call, engine, folder, step);
      } else {
        prediction(call, folder);
      }
    });
  }

  private void step(Call call, Engine engine, Path folder, int number) {
    var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
    var seen = new ArrayList<StepExplanation>();
    UnaryOperator<Trainer> upTo =
        trainer ->
            trainer
                .withInspector(
                    new Inspector() {
                      @Override
                      public boolean wants(long at) {
                        return at == number;
                      }

                      @Override
                      public void inspect(StepView view) {
                        seen.add(StepExplanation.of(view));
                      }
                    })
                .withStopWhen(event ->
                    event instanceof TrainingEvent.StepEnded ended && ended.step() >= number);
    if (SceneData.isMeant(config.data().name())) {
      ScenePlan.of(config).fit(engine, Optional.empty(), upTo);
    } else if (TextData.isMeant(config.data())) {
      LanguagePlan.of(config).fit(engine, Optional.empty(), upTo);
    } else {
      TrainPlan.of(config, Division.of(config.data(), config.seed(), download.places(call)))
          .fit(engine, Optional.empty(), upTo);
    }
    if (seen.isEmpty()) {
      throw Failure.usage(
          "--step %d: the training of %s has fewer steps".formatted(number, folder));
    }
    call.print(json(folder, seen.getFirst()), seen.getFirst() + "\n");
  }

  private static Map<String, @Nullable Object> json(Path folder, StepExplanation step) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("epoch", step.epoch());
    json.put("step", step.step());
    json.put("loss", step.loss());
    json.put("gradient_norm", step.gradientNorm());
    var stages = new ArrayList<Object>();
    for (var stage : step.stages()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("stage", stage.stage());
      each.put("before", stage.before());
      each.put("after", stage.after());
      each.put("factor", stage.factor());
      each.put("cosine", stage.alignment());
      stages.add(each);
    }
    json.put("stages", stages);
    json.put("rate", step.rate().isPresent() ? step.rate().getAsDouble() : null);
    var weights = new ArrayList<Object>();
    for (var moved : step.weights()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("name", moved.name());
      each.put("gradient_norm", moved.gradientNorm());
      each.put("update_norm", moved.updateNorm());
      each.put("effective_rate", moved.effectiveRate());
      each.put("ratio", moved.ratio());
      weights.add(each);
    }
    json.put("weights", weights);
    json.put("alignment", step.alignment().isPresent() ? step.alignment().getAsDouble() : null);
    json.put("descent", step.descent());
    json.put("still", step.still());
    json.put("noise_scale", step.noiseScale().isPresent() ? step.noiseScale().getAsDouble() : null);
    json.put("curvature", step.curvature().isPresent() ? step.curvature().getAsDouble() : null);
    json.put("edge", step.edge().isPresent() ? step.edge().getAsDouble() : null);
    json.put("warning", step.warning().orElse(null));
    return json;
  }

  private void prediction(Call call, Path folder) {
    if (Detector.isIn(folder) || LanguageModel.isIn(folder) || Recommender.isIn(folder)) {
      throw Failure.working(
          "%s: has a model of %s; expected one with an answer a row; --step tells of its training"
              .formatted(
                  folder,
                  Detector.isIn(folder)
                      ? "boxes"
                      : LanguageModel.isIn(folder) ? "texts" : "ratings"));
    }
    var model = FittedModel.load(folder);
    var data = rows(call, folder, model);
    var number = row == null ? 1 : row;
    if (number > data.rows()) {
      throw Failure.usage(
          "--row %d: expected at most %d, the rows of %s"
              .formatted(number, data.rows(), data.name()));
    }
    var features = data.row(number - 1);
    var x = IntStream.range(0, features.length).mapToDouble(i -> features[i]).toArray();
    var classes = data.task() == Task.CLASSIFICATION;
    var outputs = model.network().output().size();
    var predictions = model.predictRows(x);
    var best = 0;
    for (var k = 1; classes && k < predictions.length; k++) {
      best = predictions[k] > predictions[best] ? k : best;
    }
    var output = outputs == 1 ? 0 : best;
    var side =
        data.images().isPresent()
            ? Math.max(1, model.preprocessing().image().orElseThrow().height() / SQUARES)
            : 1;
    var found =
        known(() ->
            List.of(
                Attribution.gradientTimesInput(model, x, output),
                Attribution.integratedGradients(model, x, output),
                Attribution.occlusion(model, x, output, side)));
    var said = classes ? model.classNames().get(best) : String.valueOf(predictions[0]);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", folder.toString());
    json.put("data", data.name());
    json.put("row", number);
    json.put("prediction", classes ? said : predictions[0]);
    if (classes) {
      json.put("probability", predictions[best]);
      json.put("truth", data.classNames().get(data.labels()[number - 1]));
    } else {
      json.put("truth", data.targets()[number - 1]);
    }
    json.put("features", data.images().isPresent() ? null : model.preprocessing().featureNames());
    for (var each : found) {
      json.put(each.method().replace(" × ", "_times_").replace(' ', '_'), list(each.values()));
    }
    json.put("output", found.get(1).prediction());
    json.put("baseline", found.get(1).baseline());
    var importance =
        data.images().isPresent()
            ? Optional.<double[]>empty()
            : Optional.of(
                Attribution.permutationImportance(model, data, TIMES, call.options().seed));
    importance.ifPresent(falls -> json.put("permutation_importance", list(falls)));
    var text =
        new Table()
            .row("data", "%s, row %d of %d".formatted(data.name(), number, data.rows()))
            .row("prediction", said + ", truth " + json.get("truth"))
            .row(
                "sum",
                String.format(
                    Locale.ROOT,
                    "of the integrated gradients %.4g; the output is %.4g, with all features at"
                        + " their means %.4g",
                    found.get(1).sum(),
                    found.get(1).prediction(),
                    found.get(1).baseline()))
            .toString();
    if (out != null) {
      var page = page(folder, data, number, said, String.valueOf(json.get("truth")), found);
      AtomicFile.write(out, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
      json.put("page", out.toString());
    }
    call.print(json, text + "\n" + table(model, found, importance));
  }

  private static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private Dataset rows(Call call, Path folder, FittedModel model) {
    var file = input;
    if (file != null) {
      return known(() -> model.read(file));
    }
    var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
    return EvaluateCommand.ownTest(call, download.places(call), config, folder)
        .by(model.preprocessing().encoding());
  }

  /// The features that mattered most.
  private static String table(
      FittedModel model, List<Attribution> found, Optional<double[]> importance) {
    var names = model.preprocessing().featureNames();
    var rows = new ArrayList<String>();
    rows.add(
        "feature, gradient × input, integrated gradients, occlusion"
            + (importance.isPresent() ? ", fall of the score where it is shuffled" : ""));
    IntStream.range(0, names.size())
        .boxed()
        .sorted((one, other) ->
            Double.compare(
                Math.abs(found.get(1).values()[other]), Math.abs(found.get(1).values()[one])))
        .limit(SHOWN)
        .forEach(i -> {
          var line = new StringBuilder(names.get(i));
          found.forEach(each -> line.append(number(each.values()[i])));
          importance.ifPresent(falls -> line.append(number(falls[i])));
          rows.add(line.toString());
        });
    return String.join("\n", rows) + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, ", %.4f", value);
  }

  /// Of an image what speaks for the prediction in blue over it, what speaks against it in orange.
  private static String page(
      Path folder, Dataset data, int row, String said, String truth, List<Attribution> found) {
    var title = folder + ", row " + row;
    var page = new Page(title);
    page.add("<h1>" + Page.text(title) + "</h1>");
    page.add(
        "<p>predicted "
            + Page.text(said)
            + ", truth "
            + Page.text(truth)
            + "; what speaks for it"
            + " in blue, against it in orange</p>");
    var images = data.images();
    if (images.isPresent()) {
      page.add("<div class=\"tiles\">");
      var plain = new Attribution("the image", 0, new double[data.features()], 0, Double.NaN);
      var tiles = new ArrayList<>(List.of(plain));
      tiles.addAll(found);
      for (var each : tiles) {
        page.add(
            "<figure style=\"width:15rem\"><img style=\"width:14rem;height:14rem\" alt=\""
                + Page.text(each.toString())
                + "\" src=\""
                + drawn(data, row - 1, each).address()
                + "\"><figcaption>"
                + Page.text(each.method())
                + "</figcaption></figure>");
      }
      page.add("</div>");
      return page.html();
    }
    var rows = new ArrayList<List<String>>();
    for (var i = 0; i < data.features(); i++) {
      var line = new ArrayList<String>();
      line.add(Page.text(data.featureNames().get(i)));
      line.add(Page.text(String.valueOf(data.row(row - 1)[i])));
      for (var each : found) {
        var most =
            IntStream.range(0, each.values().length)
                .mapToDouble(j -> Math.abs(each.values()[j]))
                .max()
                .orElse(0);
        line.add(bar(each.values()[i], most));
      }
      rows.add(line);
    }
    page.table(
        List.of("feature", "value", "gradient × input", "integrated gradients", "occlusion"), rows);
    return page.html();
  }

  private static String bar(double value, double most) {
    return String.format(
        Locale.ROOT,
        "<span style=\"display:inline-block;height:.7rem;width:%.1frem;background:var(%s)\"></span>"
            + " %.4f",
        most == 0 ? 0 : 6 * Math.abs(value) / most,
        value < 0 ? "--c1" : "--c0",
        value);
  }

  private static Bitmap drawn(Dataset data, int row, Attribution found) {
    var shape = data.images().orElseThrow().shape();
    var x = data.row(row);
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var pixel : x) {
      least = Math.min(least, pixel);
      most = Math.max(most, pixel);
    }
    var strongest = 0.0;
    var pixels = shape.height() * shape.width();
    var strength = new double[pixels];
    for (var i = 0; i < pixels; i++) {
      for (var c = 0; c < shape.channels(); c++) {
        strength[i] += found.values()[i * shape.channels() + c];
      }
      strongest = Math.max(strongest, Math.abs(strength[i]));
    }
    var colours = new int[pixels];
    for (var i = 0; i < pixels; i++) {
      var grey = 0.0;
      for (var c = 0; c < shape.channels(); c++) {
        grey += (x[i * shape.channels() + c] - least) / (most - least) / shape.channels();
      }
      var share = strongest == 0 ? 0 : Math.abs(strength[i]) / strongest;
      colours[i] = mixed(grey, share, strength[i] < 0 ? 0xd55e00 : 0x0072b2);
    }
    return new Bitmap(shape.width(), shape.height(), colours);
  }

  /// A pale grey with as much of a colour.
  private static int mixed(double grey, double share, int colour) {
    var mixed = 0;
    for (var shift = 0; shift <= 16; shift += 8) {
      var pale = 255 * (0.35 + 0.65 * grey);
      var part = pale * (1 - share) + ((colour >> shift) & 255) * share;
      mixed |= (int) Math.round(part) << shift;
    }
    return mixed;
  }
}
