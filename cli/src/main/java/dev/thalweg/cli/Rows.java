package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.DatasetInfo;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.EncodingReport;
import dev.thalweg.data.PairInfo;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.data.Split;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableSplit;
import dev.thalweg.data.Task;
import dev.thalweg.data.TextInfo;
import dev.thalweg.data.Texts;
import dev.thalweg.kernels.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Rows to learn from and to be judged by, as they are before they are divided: those of a data set
/// are features already, those of a table become some by what the rows to train on have.
sealed interface Rows {

  /// Two parts without a common row.
  record Parts(Rows train, Rows test) {}

  /// Rows as features.
  ///
  /// @param report what was done to them, where they came of a table
  record Encoded(Dataset data, Optional<EncodingReport> report) {}

  /// What they were read from.
  String name();

  /// The SHA-256 of the file that they were read from, where it was a file.
  Optional<String> sha256();

  /// How sounds became rows, with rate and length; empty where they were none.
  default Optional<SoundOptions> sound() {
    return Optional.empty();
  }

  /// How many there are.
  int rows();

  /// What there is to predict.
  Task task();

  /// What the column to predict is called.
  String targetName();

  /// The names of the classes; empty where numbers are predicted.
  List<String> classNames();

  /// Two parts, by class where there are classes.
  ///
  /// @throws IllegalArgumentException if no row would be left for one
  Parts split(double trainFraction, long seed);

  /// The parts of a cross-validation.
  ///
  /// @throws IllegalArgumentException if there are fewer rows than folds
  List<Parts> folds(int k, long seed);

  /// As the rows to train on: what they have is what is known.
  ///
  /// @param known the encoding whose tokens texts are to have, where there is one
  Encoded toTrainOn(Optional<TableEncoding> known);

  /// As rows to be judged by, with the features that the rows to train on have.
  default Dataset like(Dataset train) {
    return train.encoding().map(this::by).orElseGet(() -> toTrainOn(Optional.empty()).data());
  }

  /// As rows to be judged by, with the features that a model knows.
  Dataset by(TableEncoding encoding);

  /// The texts of a row by their columns, where it has some.
  default SequencedMap<String, String> texts(int row) {
    return new LinkedHashMap<>();
  }

  /// A data set, whose rows are features.
  record OfDataset(Dataset data) implements Rows {

    @Override
    public String name() {
      return data.name();
    }

    @Override
    public Optional<String> sha256() {
      return Optional.empty();
    }

    @Override
    public Optional<SoundOptions> sound() {
      return data.schema().sound();
    }

    @Override
    public int rows() {
      return data.rows();
    }

    @Override
    public Task task() {
      return data.task();
    }

    @Override
    public String targetName() {
      return data.targetName();
    }

    @Override
    public List<String> classNames() {
      return data.task() == Task.CLASSIFICATION ? data.classNames() : List.of();
    }

    @Override
    public Parts split(double trainFraction, long seed) {
      return parts(data.split(trainFraction, seed));
    }

    @Override
    public List<Parts> folds(int k, long seed) {
      return data.folds(k, seed).stream().map(OfDataset::parts).toList();
    }

    static Parts parts(Split split) {
      return new Parts(new OfDataset(split.train()), new OfDataset(split.test()));
    }

    @Override
    public Encoded toTrainOn(Optional<TableEncoding> known) {
      return new Encoded(data, Optional.empty());
    }

    @Override
    public Dataset by(TableEncoding encoding) {
      return data;
    }
  }

  /// A table.
  record OfTable(Table table, Optional<String> sha256) implements Rows {

    @Override
    public String name() {
      return table.source();
    }

    @Override
    public int rows() {
      return table.rows();
    }

    @Override
    public Task task() {
      return table.task();
    }

    @Override
    public String targetName() {
      return table.targetName();
    }

    @Override
    public List<String> classNames() {
      return table.classNames();
    }

    @Override
    public Parts split(double trainFraction, long seed) {
      return parts(table.split(trainFraction, seed), sha256);
    }

    @Override
    public List<Parts> folds(int k, long seed) {
      return table.folds(k, seed).stream().map(fold -> parts(fold, sha256)).toList();
    }

    private static Parts parts(TableSplit split, Optional<String> sha256) {
      return new Parts(new OfTable(split.train(), sha256), new OfTable(split.test(), sha256));
    }

    @Override
    public Encoded toTrainOn(Optional<TableEncoding> known) {
      var own = TableEncoding.fit(table);
      var encoded = known.map(own::withTokensOf).orElse(own).encode(table);
      return new Encoded(encoded.data(), Optional.of(encoded.report()));
    }

    @Override
    public Dataset by(TableEncoding encoding) {
      return encoding.apply(table);
    }

    @Override
    public SequencedMap<String, String> texts(int row) {
      var texts = new LinkedHashMap<String, String>();
      table.textNames().forEach(column -> texts.put(column, table.text(column, row)));
      return texts;
    }
  }

  /// All rows of a data set, or of a file.
  ///
  /// @throws Failure if the options don't fit what is there
  static Rows all(DataConfig config, DataPlaces places) {
    if (!isName(config.name())) {
      DataFile.refuseSet(DataFile.path(config.name()));
    }
    if (SoundData.isMeant(config)) {
      return new OfDataset(asked(config, SoundData.read(config)));
    }
    SoundData.refuse(config, isName(config.name()) ? "is a data set by name" : "has none");
    if (isImages(config)) {
      refuseTexts(config, "images");
      return new OfDataset(asked(config, images(config)));
    }
    if (isTexts(config)) {
      for (var option : List.of("categorical", "ignore", "weight", "target", "text")) {
        if (config.options().containsKey(option)) {
          throw Failure.usage(
              "--%s: is for a table, and %s is a folder of texts".formatted(option, config.name()));
        }
      }
      return new OfTable(
          Failure.known(() -> Datasets.texts(DataFile.path(config.name()), config.text().form())),
          Optional.empty());
    }
    if (!isName(config.name())) {
      imageOption(config)
          .ifPresent(option -> {
            throw Failure.usage(
                "--%s: is for image files, and %s is a table; expected --images COL, too"
                    .formatted(option, config.name()));
          });
      return new OfTable(DataFile.read(config), DataFile.sha256(config));
    }
    checkNamed(config);
    if (!Datasets.names().contains(config.name())) {
      throw Failure.usage(Nearest.sentence("data set", config.name(), names()));
    }
    var texts = Datasets.texts(config.name(), config.text().form());
    if (texts.isPresent()) {
      return new OfTable(texts.get(), Optional.empty());
    }
    refuseTexts(config, "no texts");
    return new OfDataset(asked(config, Failure.known(() -> Datasets.named(config.name(), places))));
  }

  /// That a folder was said only for what lies in one.
  ///
  /// @throws Failure if it would have no effect
  static void refuseFolder(DataConfig config) {
    if (config.folder().isEmpty()) {
      return;
    }
    var nowhere = new DataPlaces(List.of(), Optional.empty(), false, line -> {});
    var inFolders =
        Stream.concat(
                Datasets.all(nowhere).stream()
                    .filter(info -> !info.present())
                    .map(DatasetInfo::name),
                MovieLens.names().stream())
            .sorted()
            .toList();
    if (!inFolders.contains(config.name())) {
      throw Failure.usage(
          "--folder: is for %s, and %s is %s"
              .formatted(
                  String.join(", ", inFolders),
                  config.name(),
                  isName(config.name()) ? "part of the library" : "a path by itself"));
    }
  }

  private static void refuseTexts(DataConfig config, String has) {
    if (config.text().tokenizer().isPresent()) {
      throw Failure.usage("--tokenizer: is for texts, and %s has %s".formatted(config.name(), has));
    }
  }

  /// Whether the rows are text files in a folder.
  static boolean isTexts(DataConfig config) {
    return !isName(config.name())
        && config.images().isEmpty()
        && Files.isDirectory(DataFile.path(config.name()))
        && Datasets.hasTexts(DataFile.path(config.name()));
  }

  /// The rows as their publisher divided them, where that is wanted and so.
  static Optional<Parts> published(DataConfig config, DataPlaces places) {
    if (config.test().isPresent()) {
      return Optional.empty();
    }
    if (!isName(config.name())) {
      return folders(config)
          .map(split ->
              OfDataset.parts(
                  new Split(asked(config, split.train()), asked(config, split.test()))));
    }
    SoundData.refuse(config, "is a data set by name");
    checkNamed(config);
    if (!Datasets.names().contains(config.name())) {
      return Optional.empty();
    }
    return Failure.known(() -> Datasets.published(config.name(), places))
        .map(split ->
            OfDataset.parts(new Split(asked(config, split.train()), asked(config, split.test()))));
  }

  /// The rows of a folder that was divided into others.
  private static Optional<Split> folders(DataConfig config) {
    if (SoundData.isMeant(config)) {
      return SoundData.published(config);
    }
    if (!isImages(config) || !Files.isDirectory(DataFile.path(config.name()))) {
      return Optional.empty();
    }
    checkImages(config);
    return Failure.known(() -> Datasets.published(DataFile.path(config.name()), config.size()));
  }

  /// Whether data are meant by name; what looks like a file is one.
  static boolean isName(String data) {
    return names().contains(data) || !DataFile.isMeant(data);
  }

  /// All names of data, sorted.
  static List<String> names() {
    return Stream.of(
            Datasets.names().stream(),
            Stream.of(SceneData.NAME),
            MovieLens.names().stream(),
            Texts.all().stream().map(TextInfo::name),
            Pairs.all().stream().map(PairInfo::name))
        .flatMap(Function.identity())
        .sorted()
        .toList();
  }

  private static void checkNamed(DataConfig config) {
    var options = config.options();
    for (var option :
        List.of(
            "target",
            "categorical",
            "ignore",
            "text",
            "weight",
            "separator",
            "header",
            "decimal",
            "thousands",
            "day-first",
            "missing")) {
      if (options.containsKey(option) && Datasets.names().contains(config.name())) {
        throw Failure.usage(
            "--%s: is for a file, and %s is a data set by name".formatted(option, config.name()));
      }
    }
    imageOption(config)
        .filter(option -> Datasets.names().contains(config.name()))
        .ifPresent(option -> {
          throw Failure.usage(
              "--%s: is for image files, and %s is a data set by name"
                  .formatted(option, config.name()));
        });
  }

  /// What was said of image files, if anything was.
  private static Optional<String> imageOption(DataConfig config) {
    return Stream.of("images", "size", "fit", "channels")
        .filter(config.options()::containsKey)
        .findFirst();
  }

  /// Whether the rows are image files: those of a folder, or those that a table names.
  static boolean isImages(DataConfig config) {
    return !isName(config.name())
        && (config.images().isPresent() || Files.isDirectory(DataFile.path(config.name())))
        && !isTexts(config)
        && !SoundData.isMeant(config);
  }

  /// Refuses options that are not for images, or not for a folder of them.
  private static void checkImages(DataConfig config) {
    var path = DataFile.path(config.name());
    var folder = Files.isDirectory(path);
    var options = config.options();
    for (var option : List.of("categorical", "ignore", "weight")) {
      if (options.containsKey(option)) {
        throw Failure.usage("--%s: is for a table, and %s has images".formatted(option, path));
      }
    }
    if (folder && (config.target().isPresent() || config.images().isPresent())) {
      throw Failure.usage(
          "--%s: is for a file, and %s is a folder, whose folders are the classes"
              .formatted(config.target().isPresent() ? "target" : "images", path));
    }
  }

  private static Dataset images(DataConfig config) {
    checkImages(config);
    var path = DataFile.path(config.name());
    if (Files.isDirectory(path)) {
      return Failure.known(() -> Datasets.images(path, config.size()));
    }
    var target =
        config
            .target()
            .orElseThrow(
                () -> Failure.usage("--images: expected --target, the column of the classes, too"));
    var base = path.toAbsolutePath().getParent();
    var table = CsvTable.read(path, config.format());
    return Failure.known(() ->
        Datasets.images(
            table,
            config.images().orElseThrow(),
            target,
            base == null ? Path.of("") : base,
            config.size()));
  }

  /// The data set with the task that is wanted.
  private static Dataset asked(DataConfig config, Dataset data) {
    var task = config.task().orElse(data.task());
    if (task == data.task()) {
      return data;
    }
    if (task == Task.CLASSIFICATION) {
      throw Failure.usage("--task classification: " + data.name() + " has numbers to predict");
    }
    return Failure.known("--task regression", data::withClassesAsNumbers);
  }
}
