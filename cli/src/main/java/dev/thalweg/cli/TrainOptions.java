package dev.thalweg.cli;

import dev.thalweg.data.Fit;
import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.nn.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What to train, on what and how: the options that a [RunConfig] is made of. Null where nothing
/// was said.
final class TrainOptions {

  private static final String DATA = "digits";
  private static final String MODEL = "mlp(128)";
  static final String OPTIMIZER = "adamw(lr=1e-3, weight_decay=0.01)";
  static final String OPTIMIZER_OF_REGRESSION = "adamw(lr=1e-3, weight_decay=0.3)";
  static final String OPTIMIZER_OF_LINEAR = "adamw(lr=cosine(0.03), weight_decay=0.01)";
  static final String OPTIMIZER_OF_CONVOLUTIONS = "adamw(lr=cosine(1e-3), weight_decay=0.05)";
  static final String MODEL_OF_TEXT_COLUMNS = "linear";
  static final String MODEL_OF_SEQUENCES = "gru(64)";
  static final String OPTIMIZER_OF_TEXT_COLUMNS = "momentum(lr=cosine(5))";
  static final String MODEL_OF_TEXTS = "lstm(256, layers=2)";
  static final String OPTIMIZER_OF_TEXTS = "clip_norm(1) | adamw(lr=2e-3, weight_decay=0.01)";
  static final String MODEL_OF_RATINGS = "factorization(32)";
  static final String OPTIMIZER_OF_RATINGS = "adamw(lr=cosine(0.01), weight_decay=0.1)";
  static final String OPTIMIZER_OF_RATINGS_BY_LAYERS = "adamw(lr=cosine(1e-3), weight_decay=0.3)";
  static final String MODEL_OF_TRANSCRIPTS = "gru(128, dropout=0.4)";
  static final String OPTIMIZER_OF_TRANSCRIPTS = "clip_norm(1) | adamw(lr=3e-3, weight_decay=0.01)";
  static final String MODEL_OF_PAIRS = "transformer(layers=3, width=128, heads=4)";
  static final String OPTIMIZER_OF_PAIRS = "clip_norm(1) | adamw(lr=2e-3, weight_decay=0.01)";
  static final String OPTIMIZER_OF_SCENES = "adamw(lr=cosine(3e-3), weight_decay=0.01)";
  private static final int BATCH = 32;
  private static final int BATCH_OF_PAIRS = 128;

  @Parameters(
      arity = "0..1",
      paramLabel = "DATA",
      description =
          "A data set by name ('thalweg data' lists them), a CSV file, a text, or a folder of PNG"
              + " and JPEG files, of sounds (WAV), or of texts, that has a folder for each class;"
              + " of images and sounds these may lie in folders train and test. Default: digits.")
  @Nullable String data;

  @Option(
      names = "--target",
      paramLabel = "COL",
      order = 1,
      description = "Of a file: the column to predict.")
  @Nullable String target;

  @Option(
      names = "--task",
      paramLabel = "classification|regression|language|ratings|pairs|transcription",
      order = 2,
      converter = Values.TaskName.class,
      description =
          "What to predict. Default: classes, if the target holds texts, or at most 20 whole"
              + " numbers that each come twice; else numbers; language, how a text goes on, of"
              + " moby-dick and of a file that ends in .txt where no --target is said; ratings,"
              + " what users think of items, of a file with the columns user, item and rating, or"
              + " these as its first three; pairs, a text from another, of cmudict and of a file"
              + " with the columns source and target, or these as its first two; transcription,"
              + " what is said in sounds, of a file with the columns file (WAV, from its folder on)"
              + " and transcript.")
  @Nullable AskedTask task;

  @Option(
      names = "--categorical",
      paramLabel = "COL,…",
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      order = 3,
      description =
          "Of a file: columns whose values are names, told apart by their texts; one with a comma"
              + " in quotes, 'a,\"b,c\"'. Default: those that are neither numbers nor dates.")
  @Nullable List<String> categorical;

  @Option(
      names = "--ignore",
      paramLabel = "COL,…",
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      order = 4,
      description = "Of a file: columns that are not used.")
  @Nullable List<String> ignored;

  @Option(
      names = "--text",
      paramLabel = "COL,…",
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      order = 5,
      description =
          "Of a file: columns of texts, learned from by the n-grams that they have, see"
              + " --tokenizer. Default: those of which nearly each value is another and has five"
              + " words or more.")
  @Nullable List<String> texts;

  @Option(
      names = "--weight",
      paramLabel = "COL",
      order = 5,
      description =
          "Of a file: a column that says how much each row counts in the training, numbers of at"
              + " least 0; it is no feature. Evaluations count all rows alike, and new rows need no"
              + " such column. Default: all alike.")
  @Nullable String weight;

  @Option(
      names = "--images",
      paramLabel = "COL",
      order = 6,
      description =
          "Of a file: the column that names image files, from the folder of the file on; with"
              + " --target for their classes.")
  @Nullable String images;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      order = 7,
      converter = Values.ImageSize.class,
      description =
          "Of image files: height and width that all are brought to, 32 or 32x48. Default: their"
              + " own, which then must be the same.")
  ImageOptions.@Nullable Size size;

  @Option(
      names = "--fit",
      paramLabel = "crop|stretch",
      order = 8,
      converter = Values.FitName.class,
      description =
          "How image files of other proportions are brought to --size. Default: crop, what is too"
              + " much at both ends.")
  @Nullable Fit fit;

  @Option(
      names = "--channels",
      paramLabel = "1|3",
      order = 9,
      converter = Values.Channels.class,
      description = "Of image files: grey or colour. Default: colour, unless all files are grey.")
  @Nullable Integer channels;

  @Option(
      names = "--sample-rate",
      paramLabel = "HZ",
      order = 9,
      converter = Values.SampleRate.class,
      description =
          "Of sound files: samples a second that all are brought to. Default: the lowest of all, at"
              + " most 16000.")
  @Nullable Integer sampleRate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      order = 9,
      converter = Values.Seconds.class,
      description =
          "Of sound files: how long all are made, by silence or by cutting at both ends. Default:"
              + " as the longest, at most 10.")
  @Nullable Double seconds;

  @Option(
      names = "--augment",
      paramLabel = "CHANGES",
      order = 9,
      description =
          "How images are changed anew in each epoch, by the seed: 'flip | crop(4)', also shift,"
              + " rotate, brightness, cutout, mixup, cutmix. Default: not at all.")
  @Nullable String augment;

  @Option(
      names = "--tokenizer",
      paramLabel = "TOKENS",
      order = 9,
      description =
          "Of a text: what its tokens are: characters, bytes, or bpe(1000), byte pairs learned of"
              + " the part to train on. Default: characters. Of columns of texts ngrams(2, 5,"
              + " buckets=65536), runs of 2 to 5 characters, and words, hashed; for models of"
              + " sequences words(20000, length=200), characters, bytes or bpe(4000).")
  @Nullable String tokenizer;

  @Option(
      names = "--context",
      paramLabel = "N",
      order = 9,
      converter = Values.Count.class,
      description =
          "Of a text: how many tokens a window has. Default: that of the model, gpt(context=128),"
              + " or 128.")
  @Nullable Integer context;

  @Option(
      names = "--documents",
      paramLabel = "apart|joined",
      order = 9,
      converter = Values.DocumentsName.class,
      description =
          "Of a folder of texts whose files are packed into windows: whether attention sees the"
              + " token's own file alone (apart), or all that is in the window before it (joined)."
              + " Places and the states of recurrent layers go on either way. Default: apart.")
  TextChoice.@Nullable Documents documents;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      order = 10,
      description =
          "mlp(128, 64, dropout=0.1, l2=1e-4), logistic, linear, or layers joined by |; 'thalweg"
              + " layers' lists them. Of a text lstm(256, layers=2), gru, rnn, gpt(layers=4,"
              + " width=128, heads=4, context=128). Default: mlp(128); of a text lstm(256,"
              + " layers=2); of rows with texts linear, and of these as sequences gru(64), lstm,"
              + " rnn and transformer(layers=2, width=64, heads=4). Of ratings factorization(32),"
              + " the default, and ncf(32, layers=(64, 32)). Of pairs transformer(layers=3,"
              + " width=128, heads=4), the default, and seq2seq(256, layers=2).")
  @Nullable String model;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      order = 11,
      description =
          "For classes softmax_cross_entropy(label_smoothing=0.1, class_weights=balanced), bce, kl,"
              + " hinge, categorical_hinge, focal(gamma=2); for numbers mse, mae, huber(delta=1),"
              + " quantile(0.9), poisson,"
              + " formula('(p - y)^4'). Default: softmax_cross_entropy, or mse.")
  @Nullable String loss;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      order = 12,
      description =
          "adamw(lr=cosine(1e-3, warmup=100)), clip_norm(1) | adam, torch.SGD(lr=0.1,"
              + " momentum=0.9); 'thalweg optimizers' lists them. Default: adamw(lr=1e-3,"
              + " weight_decay=0.01); of a regression with weight_decay=0.3, of a linear one"
              + " adamw(lr=cosine(0.03), weight_decay=0.01), of classes by convolutions"
              + " adamw(lr=cosine(1e-3), weight_decay=0.05), of classes by one layer"
              + " on nothing but columns of texts momentum(lr=cosine(5)); of a text clip_norm(1) |"
              + " adamw(lr=cosine(2e-3, warmup=100), weight_decay=0.01); of ratings"
              + " adamw(lr=cosine(0.01), weight_decay=0.1), by dense layers adamw(lr=cosine(1e-3),"
              + " weight_decay=0.3); of pairs clip_norm(1) | adamw(lr=cosine(2e-3, warmup=400),"
              + " weight_decay=0.01); of transcripts clip_norm(1) | adamw(lr=cosine(3e-3,"
              + " warmup=100), weight_decay=0.01).")
  @Nullable String optimizer;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      order = 12,
      converter = Values.Rate.class,
      description =
          "The optimizer's learning rate, a number or a schedule: 0.01, 'cosine(0.1)'. Default: the"
              + " one in --optimizer.")
  @Nullable LearningRate rate;

  /// Whether the rate is of another place than the optimizer, and replaces the one there.
  boolean replacesRate;

  @Option(
      names = "--scale-target",
      paramLabel = "yes|no",
      order = 12,
      converter = Values.YesOrNo.class,
      description =
          "Whether the numbers to predict are brought to mean 0 and standard deviation 1 for the"
              + " training, and predictions back; the loss then counts standard deviations."
              + " Default: yes.")
  @Nullable YesNo scaleTarget;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      order = 13,
      converter = Values.Count.class,
      description =
          "How often the training rows are gone through, at most. Default: 20, more where they are"
              + " so few that it takes more to make 2,000 steps; of a text as often as makes 12"
              + " million tokens, of pairs as makes 1.2 million, up to 100.")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      order = 14,
      converter = Values.Count.class,
      description = "Rows a step. Default: 32, of pairs 128.")
  @Nullable Integer batch;

  @Option(
      names = "--sampling",
      paramLabel = "shuffle|replacement",
      order = 15,
      converter = Values.SamplingName.class,
      description = "How batches are drawn. Default: shuffle.")
  @Nullable Sampling sampling;

  @Option(
      names = "--test",
      paramLabel = "FRACTION",
      order = 16,
      converter = Values.Fraction.class,
      description =
          "Of all rows, of each class alike, kept for the final evaluation. Default: 0.2, or the"
              + " part that was published for it (cifar-10, cifar-100, fashion-mnist, mnist), or"
              + " lies in a folder of its own, test beside train: other voices, say.")
  @Nullable Double test;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      order = 17,
      converter = Values.Fraction.class,
      description = "Of all rows, evaluated after each epoch. Default: 0.")
  @Nullable Double validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      order = 18,
      converter = Values.Count.class,
      description =
          "Stop after so many epochs without a better loss (of the validation part if there is one)"
              + " and restore the best weights. Default: all epochs.")
  @Nullable Integer patience;

  @Option(
      names = "--folds",
      paramLabel = "K",
      order = 19,
      converter = Values.Folds.class,
      description =
          "Before the training, a cross-validation of its rows: K trainings that each leave another"
              + " share of them out, of each class alike. Default: none.")
  @Nullable Integer folds;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      order = 20,
      description =
          "The class that precision, recall, F1, the areas under curves and --threshold are about."
              + " Default: of two classes the second.")
  @Nullable String positive;

  @Option(
      names = "--threshold",
      paramLabel = "P|auto",
      order = 21,
      converter = Values.ThresholdText.class,
      description =
          "Predict the positive class where its probability is at least this; auto: the threshold"
              + " with the largest F1 on the --validation part. Saved with the model. Default: the"
              + " most probable class.")
  @Nullable Threshold threshold;

  @Option(
      names = "--calibrate",
      order = 22,
      description =
          "Divide the model's outputs by the temperature with which its log-loss on the"
              + " --validation part is smallest, so that probabilities are as often right as they"
              + " say.")
  boolean calibrate;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N|TIME",
      order = 23,
      converter = Values.CheckpointInterval.class,
      description =
          "Save the training in its run folder after so many steps, or such a time (30s, 5m, 1h),"
              + " and at its end; 'thalweg resume' goes on from there. Default: only when it is"
              + " interrupted.")
  @Nullable CheckpointEvery checkpointEvery;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      order = 50,
      converter = Values.PathText.class,
      description =
          "Where the files of cifar-10, cifar-100, fashion-mnist, mnist, movielens-100k or"
              + " movielens-small are; nowhere else is looked then.")
  @Nullable Path folder;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      order = 51,
      converter = Values.Sha256Text.class,
      description =
          "Of a file: its SHA-256 when it was trained on; you are told if it has another now. A"
              + " run's configuration has it.")
  @Nullable String sha256;

  @Mixin CsvOptions csv = new CsvOptions();

  /// What these options ask for; what follows from the data is still open.
  ///
  /// @throws Failure if they contradict each other
  RunConfig config(long seed) {
    var rows =
        new DataConfig(
            data == null ? DATA : data,
            Optional.ofNullable(sha256),
            Optional.ofNullable(target),
            Optional.ofNullable(task).flatMap(AskedTask::ofRows),
            categorical == null ? List.of() : categorical,
            ignored == null ? List.of() : ignored,
            Optional.ofNullable(weight),
            csv.format(),
            Optional.ofNullable(images),
            new ImageOptions(
                Optional.ofNullable(size),
                fit == null ? Fit.CROP : fit,
                Optional.ofNullable(channels)),
            new SoundOptions(Optional.ofNullable(sampleRate), Optional.ofNullable(seconds)),
            texts == null ? List.of() : texts,
            kind(),
            new TextChoice(
                task == AskedTask.LANGUAGE,
                Optional.ofNullable(tokenizer),
                takesSequences(),
                Optional.ofNullable(context),
                Optional.ofNullable(documents)),
            Optional.ofNullable(folder),
            Optional.ofNullable(test),
            validation == null ? 0 : validation);
    return new RunConfig(
        rows,
        model == null ? usualModel(rows) : model.strip(),
        model == null,
        Optional.ofNullable(loss),
        optimizer(rows),
        scaleTarget == null || scaleTarget == YesNo.YES,
        Optional.ofNullable(epochs),
        batch == null ? rows.pairs() ? BATCH_OF_PAIRS : BATCH : batch,
        sampling == null ? Sampling.SHUFFLE : sampling,
        Optional.ofNullable(augment),
        Optional.ofNullable(patience),
        Optional.ofNullable(folds),
        new ClassChoice(Optional.ofNullable(positive), Optional.ofNullable(threshold), calibrate),
        Optional.ofNullable(checkpointEvery),
        Optional.empty(),
        seed);
  }

  /// Whether the model that is said takes texts of a table as sequences of tokens.
  private boolean takesSequences() {
    var first = model == null ? "" : model.strip().split("[^\\w]", 2)[0];
    return first.equals("embedding") || Models.TEXT_NAMES.contains(first);
  }

  /// An optimizer whose rate rises for a tenth of the steps, up to so many, and falls to the end.
  ///
  /// @param rate as the text of the optimizer has it
  static String warmedUp(String optimizer, String rate, int most, long steps) {
    return optimizer.replace(
        "lr=" + rate, "lr=cosine(%s, warmup=%d)".formatted(rate, Math.min(most, steps / 10)));
  }

  private static String usualModel(DataConfig rows) {
    return SceneData.isMeant(rows.name())
        ? SceneData.MODEL
        : rows.ratings()
            ? MODEL_OF_RATINGS
            : rows.pairs()
                ? MODEL_OF_PAIRS
                : rows.transcripts()
                    ? MODEL_OF_TRANSCRIPTS
                    : TextData.isMeant(rows) ? MODEL_OF_TEXTS : MODEL;
  }

  /// Where rows are of a kind of their own.
  private Optional<AskedTask> kind() {
    return task == AskedTask.RATINGS || MovieLens.names().contains(data)
        ? Optional.of(AskedTask.RATINGS)
        : task == AskedTask.PAIRS || PairsData.isName(data)
            ? Optional.of(AskedTask.PAIRS)
            : Optional.ofNullable(task).filter(AskedTask.TRANSCRIPTION::equals);
  }

  /// The optimizer's text with the rate that was said.
  private Optional<String> optimizer(DataConfig rows) {
    if (optimizer == null && rate == null) {
      return Optional.empty();
    }
    var usual =
        SceneData.isMeant(rows.name())
            ? OPTIMIZER_OF_SCENES
            : rows.ratings()
                ? OPTIMIZER_OF_RATINGS
                : rows.pairs()
                    ? OPTIMIZER_OF_PAIRS
                    : rows.transcripts()
                        ? OPTIMIZER_OF_TRANSCRIPTS
                        : TextData.isMeant(rows) ? OPTIMIZER_OF_TEXTS : OPTIMIZER;
    var text = optimizer == null ? usual : optimizer;
    return Optional.of(rate == null ? text : rate.in(text, optimizer != null && !replacesRate));
  }
}
