package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.DataException;
import dev.thalweg.data.FeatureReader;
import dev.thalweg.data.Images;
import dev.thalweg.data.Recordings;
import dev.thalweg.data.RowEncoder;
import dev.thalweg.data.Sound;
import dev.thalweg.data.Texts;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `predict`: what the model of a run folder says of new rows, as CSV.
@CommandLine.Command(
    name = "predict",
    sortOptions = false,
    description = "Predicts from the rows of a CSV file.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg predict RUN FILE|--text TEXT [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg predict runs/iris-1 flowers.csv --output classes.csv")
final class PredictCommand implements Command {

  private static final int SHOWN = 6;
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "The run folder that 'train' left.")
  @Nullable Path run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      converter = Values.PathText.class,
      description =
          "A CSV file with the columns that the model was trained on, in any order if it has a"
              + " header; - is standard input. For a model of images an image file, or a folder of"
              + " them; for one of sounds WAV files; for one of pairs of texts a text, each line of"
              + " which is one.")
  @Nullable Path file;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description = "The same as FILE.")
  @Nullable Path option;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      order = 1,
      description = "A text, in place of FILE, for a model of texts.")
  @Nullable String text;

  @Option(
      names = "--beam",
      paramLabel = "N",
      order = 1,
      converter = Values.Count.class,
      description =
          "Of a model of pairs of texts: how many beginnings the search follows, and how many"
              + " results it gives. Default: 1, the most probable token each time.")
  @Nullable Integer beam;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      order = 2,
      converter = Values.PathText.class,
      description =
          "Where the predictions go, as CSV: 'prediction', and of classes its 'probability'."
              + " Default: standard output.")
  @Nullable Path output;

  @Option(
      names = "--keep",
      paramLabel = "COL,…",
      order = 3,
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      description =
          "Columns of FILE that are copied before the prediction, as they are there: id,\"last,"
              + " first\" has two.")
  @Nullable List<String> kept;

  @Option(
      names = "--probabilities",
      order = 4,
      description = "The probability of each class, in a column of its name.")
  boolean probabilities;

  @Mixin CsvOptions csv = new CsvOptions();

  @Override
  public void run(Call call) {
    call.engine().run(() -> predict(call));
  }

  private void predict(Call call) {
    var input = EvaluateCommand.oneOf("--input", option, file);
    checkWords(input);
    if ((text != null || input != null) && Translator.isIn(EvaluateCommand.given(run))) {
      translate(call, EvaluateCommand.given(run), input);
      return;
    }
    if (beam != null) {
      throw Failure.usage(
          "--beam: is for a model of pairs of texts, and %s has another".formatted(run));
    }
    if (text != null) {
      predict(call, EvaluateCommand.given(run), text);
      return;
    }
    Objects.requireNonNull(input);
    if (Recommender.isIn(EvaluateCommand.given(run))) {
      throw Failure.usage(
          "predict: expected a model of rows, and %s has a model of ratings; 'recommend' asks it"
              .formatted(run));
    }
    if (Transcriber.isIn(EvaluateCommand.given(run))) {
      transcripts(call, Transcriber.load(EvaluateCommand.given(run)), input);
      return;
    }
    if (LanguageModel.isIn(EvaluateCommand.given(run))) {
      throw Failure.usage(
          "predict: expected a model of rows, and %s has a model of texts; 'generate' has it write"
              .formatted(run));
    }
    if (Detector.isIn(EvaluateCommand.given(run))) {
      boxes(call, EvaluateCommand.given(run), input);
      return;
    }
    var model = FittedModel.load(EvaluateCommand.given(run));
    checkProbabilities(model);
    if (model.preprocessing().sound().isPresent()
        || Files.isDirectory(input)
        || Images.isFile(input)) {
      images(call, model, input);
      return;
    }
    if (Sound.isFile(input)) {
      throw Failure.usage(
          "predict: %s is a sound, and %s has a model of something else".formatted(input, run));
    }
    var copied = kept == null ? List.<String>of() : kept;
    var columns = new PredictionColumns(copied, model.classNames(), probabilities);
    try (var reader = open(call, model, input)) {
      if (!copied.isEmpty()) {
        Failure.known("--keep", () -> reader.keeping(copied));
      }
      print(call, columns, new RowsOfFile(model, reader, columns)::next);
      reader.report().notes().forEach(note -> call.note(name(input) + ": " + note));
    }
  }

  /// What can be said before anything is read.
  private void checkWords(@Nullable Path input) {
    if (text != null && input != null) {
      throw Failure.usage("--text: expected a text or FILE, found %s, too".formatted(input));
    }
    if (text != null && text.isBlank()) {
      throw Failure.usage("--text: expected a text, found an empty one");
    }
    if (text == null && input == null) {
      throw Failure.usage("predict: expected FILE or --text, found none");
    }
    if (input != null && output != null && isSame(input, output)) {
      throw Failure.usage(
          "--output %s: expected another file than %s, which it would replace"
              .formatted(output, option == null ? "FILE" : "--input"));
    }
  }

  /// What a model of pairs makes of a text, or of the lines of a file.
  private void translate(Call call, Path folder, @Nullable Path input) {
    if (kept != null || probabilities) {
      throw Failure.usage(
          "%s: is for data with one answer a row, and %s has a model of pairs of texts"
              .formatted(kept != null ? "--keep" : "--probabilities", folder));
    }
    var model = Translator.load(folder);
    var many = beam == null ? 1 : beam;
    var texts = text != null ? List.of(text.strip()) : lines(Objects.requireNonNull(input));
    Translated found;
    try {
      found = new Translated(texts, model.translate(texts, many));
    } catch (IllegalArgumentException | DataException wrong) {
      throw text != null
          ? Failure.ofOption("--text", wrong)
          : Failure.working(input + ": " + wrong.getMessage(), wrong);
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rows", texts.size());
    json.put("output", output == null ? null : output.toString());
    if (output != null) {
      OutputFile.write(output, found::write);
      call.print(
          json,
          texts.size()
              + (texts.size() == 1 ? " text" : " texts")
              + " predicted, see "
              + output
              + "\n");
    } else if (call.options().format == Format.JSON) {
      json.put("predictions", found.json());
      call.print(json, "");
    } else if (text != null) {
      call.print(json, found.lines());
    } else {
      try {
        found.write(call.surroundings().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<String> lines(Path input) {
    return Texts.read(input).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// What a model with one column of texts says of a text.
  private void predict(Call call, Path folder, String given) {
    if (kept != null) {
      throw Failure.usage("--keep: is for a table, and --text is one text");
    }
    if (LanguageModel.isIn(folder)
        || Detector.isIn(folder)
        || Recommender.isIn(folder)
        || Transcriber.isIn(folder)) {
      throw Failure.usage(
          "--text: expected a model of rows with texts, and %s has none".formatted(folder));
    }
    var model = FittedModel.load(folder);
    var column = onlyText(folder, model);
    checkProbabilities(model);
    var x = new double[model.preprocessing().features()];
    new RowEncoder(model.preprocessing().encoding()).encode(Map.of(column, given), x);
    var said =
        new Predictions(
            new PredictionColumns(List.of(), model.classNames(), probabilities),
            model,
            model.predictRows(x),
            List.of());
    var left = new ArrayList<>(List.of(said));
    print(
        call,
        new PredictionColumns(List.of(), model.classNames(), probabilities),
        () -> left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst()));
  }

  /// The one column of texts that a model has learned from.
  ///
  /// @throws Failure if it has others
  static String onlyText(Path folder, FittedModel model) {
    var columns = model.preprocessing().encoding().columns();
    if (columns.size() != 1 || !(columns.getFirst() instanceof ColumnEncoding.OfText)) {
      throw Failure.usage(
          "--text: expected a model of one column of texts, and %s learned from %s; expected FILE"
              .formatted(
                  folder,
                  columns.stream()
                      .map(ColumnEncoding::name)
                      .limit(SHOWN)
                      .collect(Collectors.joining(", ", "", columns.size() > SHOWN ? ", …" : ""))));
    }
    return columns.getFirst().name();
  }

  private void checkProbabilities(FittedModel model) {
    if (probabilities && model.classNames().isEmpty()) {
      throw Failure.usage(
          "--probabilities: is for classes, and %s predicts numbers".formatted(run));
    }
  }

  /// Each image with its file before the prediction.
  private void images(Call call, FittedModel model, Path input) {
    if (kept != null) {
      throw Failure.usage(
          "--keep: is for a table, and %s has %s"
              .formatted(input, model.preprocessing().sound().isPresent() ? "sounds" : "images"));
    }
    var images = Failure.known(() -> model.images(input));
    var columns = new PredictionColumns(List.of("file"), model.classNames(), probabilities);
    var rows = new RowsOfImages(model, images, columns);
    print(call, columns, rows::next);
  }

  /// What is said in each sound.
  private void transcripts(Call call, Transcriber model, Path input) {
    if (kept != null || probabilities) {
      throw Failure.usage(
          "%s: is for data with one answer a row, and %s has a model of transcripts"
              .formatted(kept != null ? "--keep" : "--probabilities", run));
    }
    var sounds = Recordings.read(List.of(input), Optional.of(model.rate()));
    var said = new SaidInSounds(sounds, model.predict(sounds));
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rows", sounds.rows());
    json.put("output", output == null ? null : output.toString());
    if (output != null) {
      OutputFile.write(output, said::write);
      call.print(
          json,
          "%,d %s transcribed, see %s\n"
              .formatted(sounds.rows(), sounds.rows() == 1 ? "sound" : "sounds", output));
    } else if (call.options().format == Format.JSON) {
      json.put("predictions", said.json());
      call.print(json, "");
    } else {
      try {
        said.write(call.surroundings().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The boxes on each image.
  private void boxes(Call call, Path folder, Path input) {
    if (kept != null || probabilities) {
      throw Failure.usage(
          "%s: is for data with one answer a row, and %s has a model of boxes"
              .formatted(kept != null ? "--keep" : "--probabilities", folder));
    }
    if (!Files.exists(input)) {
      throw Failure.working(input + ": no such file");
    }
    if (!Files.isDirectory(input) && !Images.isFile(input)) {
      throw Failure.usage(
          "predict: expected an image file or a folder of them, found %s; %s has a model of boxes"
              .formatted(input, folder));
    }
    var detector = Detector.load(folder);
    var images = Images.read(List.of(input), detector.imageOptions());
    if (!images.shape().equals(detector.image())) {
      throw Failure.working(
          "%s: expected images of %s, as the model was trained on, found %s"
              .formatted(input, detector.image(), images.shape()));
    }
    var found = new FoundBoxes(images, detector.predict(images), detector.classNames());
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rows", images.rows());
    json.put("output", output == null ? null : output.toString());
    if (output != null) {
      OutputFile.write(output, found::write);
      call.print(json, found.summary() + ", see " + output + "\n");
    } else if (call.options().format == Format.JSON) {
      json.put("predictions", found.json());
      call.print(json, "");
    } else {
      try {
        found.write(call.surroundings().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Where predictions come from, some rows at a time; empty after the last.
  private interface Source {
    Optional<Predictions> next();
  }

  private void print(Call call, PredictionColumns columns, Source source) {
    var count = new long[1];
    Source rows =
        () -> {
          var next = source.next();
          next.ifPresent(some -> count[0] += some.rows());
          return next;
        };
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("rows", null);
    json.put("output", output == null ? null : output.toString());
    if (output != null) {
      OutputFile.write(output, to -> write(columns, rows, to));
      json.put("rows", count[0]);
      call.print(
          json, count[0] + (count[0] == 1 ? " row" : " rows") + " predicted, see " + output + "\n");
    } else if (call.options().format == Format.JSON) {
      var all = new ArrayList<Object>();
      for (var next = rows.next(); next.isPresent(); next = rows.next()) {
        all.addAll(next.get().json());
      }
      json.put("rows", count[0]);
      json.put("predictions", all);
      call.print(json, "");
    } else {
      try {
        write(columns, rows, call.surroundings().out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The predictions for images, some of them at a time.
  private static final class RowsOfImages {

    private static final int PART = 256;

    private final FittedModel model;
    private final Images images;
    private final PredictionColumns columns;
    private int next;

    RowsOfImages(FittedModel model, Images images, PredictionColumns columns) {
      this.model = model;
      this.images = images;
      this.columns = columns;
    }

    Optional<Predictions> next() {
      // As many as a megabyte of numbers has, within reason.
      var most = Math.clamp((1 << 18) / images.shape().size(), 1, PART);
      var rows = Math.min(most, images.rows() - next);
      if (rows == 0) {
        return Optional.empty();
      }
      var x = new float[rows * images.shape().size()];
      var files = new ArrayList<List<String>>();
      for (var i = 0; i < rows; i++, next++) {
        images.read(next, x, i * images.shape().size());
        files.add(List.of(images.file(next).map(Path::toString).orElse("")));
      }
      var raw = new double[x.length];
      for (var i = 0; i < x.length; i++) {
        raw[i] = x[i];
      }
      return Optional.of(new Predictions(columns, model, model.predictRows(raw), files));
    }
  }

  private static boolean isSame(Path input, Path output) {
    try {
      return !input.equals(STANDARD_INPUT)
          && Files.exists(output)
          && Files.isSameFile(input, output);
    } catch (IOException e) {
      // Whoever reads the input says what is wrong with it.
      return false;
    }
  }

  private FeatureReader open(Call call, FittedModel model, Path file) {
    var encoding = model.preprocessing().encoding();
    return file.equals(STANDARD_INPUT)
        ? encoding.open(name(file), call.surroundings().in(), csv.format())
        : encoding.open(file, csv.format());
  }

  private static String name(Path file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  /// The predictions for the rows of a file, some of them at a time.
  private static final class RowsOfFile {

    private static final int PART = 8192;

    private final FittedModel model;
    private final FeatureReader reader;
    private final PredictionColumns columns;
    private final double[] x;
    private final int width;

    RowsOfFile(FittedModel model, FeatureReader reader, PredictionColumns columns) {
      this.columns = columns;
      this.model = model;
      this.reader = reader;
      this.width = model.preprocessing().features();
      // As many as a megabyte of features has, within reason.
      this.x = new double[Math.clamp((1 << 18) / width, 1, PART) * width];
    }

    Optional<Predictions> next() {
      var rows = reader.read(x);
      return rows == 0
          ? Optional.empty()
          : Optional.of(
              new Predictions(
                  columns,
                  model,
                  model.predictRows(Arrays.copyOf(x, rows * width)),
                  reader.kept()));
    }
  }

  /// Leaves the stream open. Nothing is written before the first rows have been read and predicted.
  private static void write(PredictionColumns columns, Source rows, OutputStream to)
      throws IOException {
    var buffer = new BufferedWriter(new OutputStreamWriter(to, UTF_8), 1 << 16);
    var writer = new PredictionWriter(columns, buffer);
    var next = rows.next();
    writer.header();
    for (; next.isPresent(); next = rows.next()) {
      writer.rows(next.get());
    }
    buffer.flush();
  }
}
