package dev.thalweg.cli;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.DatasetInfo;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Scenes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `digits-scene`: canvases with one to three of `digits` each, of which boxes and classes are
/// predicted. Made anew from the seed; digits that are on scenes of one part are on none of
/// another.
///
/// @param train the scenes to train on
/// @param validation those to evaluate after each epoch
/// @param test those kept for the end
record SceneData(Scenes train, Optional<Scenes> validation, Optional<Scenes> test) {

  /// What it is found by.
  static final String NAME = "digits-scene";

  /// How many scenes there are in all parts.
  static final int SCENES = 10_000;

  /// What is predicted, beside classification and regression.
  static final String TASK = "detection";

  /// As said for `--model` by default: three halvings, to cells of 8×8 pixels, each of which sees
  /// 54×54.
  static final String MODEL =
      "conv2d(16, 3, padding=same) | batch_norm | relu | max_pool(2)"
          + " | conv2d(32, 3, padding=same) | batch_norm | relu | max_pool(2)"
          + " | conv2d(64, 3, padding=same) | batch_norm | relu | max_pool(2)"
          + " | conv2d(96, 3, padding=same) | batch_norm | relu"
          + " | conv2d(96, 3, padding=same) | batch_norm | relu"
          + " | conv2d(15, 1)";

  private static final List<String> OPTIONS = List.of("data", "test", "validation");

  /// Whether it is meant by the name of data; what looks like a file is one.
  static boolean isMeant(String data) {
    return data.equals(NAME);
  }

  /// Makes the scenes and divides them.
  ///
  /// @throws Failure if an option is for other data, or no scenes are left to train on
  static SceneData of(RunConfig config) {
    check(config);
    var data = config.data();
    var test = data.testFraction();
    var validation = data.validation();
    Divided.check(config, "rows");
    var digits = Datasets.named("digits");
    var seed = config.seed();
    var forTest = (int) Math.round(SCENES * test);
    var forValidation = (int) Math.round(SCENES * validation);
    var tested = part(digits, test, seed, "--test");
    var rest = tested.map(Parts::rest).orElse(digits);
    var validated = part(rest, validation / (1 - test), seed, "--validation");
    var train = SCENES - forTest - forValidation;
    return new SceneData(
        Scenes.pasted(NAME, validated.map(Parts::rest).orElse(rest), 0, train, seed),
        validated.map(parts -> Scenes.pasted(NAME, parts.part, train, forValidation, seed)),
        tested.map(parts -> Scenes.pasted(NAME, parts.part, SCENES - forTest, forTest, seed)));
  }

  private record Parts(Dataset rest, Dataset part) {}

  private static Optional<Parts> part(Dataset digits, double share, long seed, String option) {
    if (Math.round(SCENES * share) == 0) {
      return Optional.empty();
    }
    var split = Failure.known(option, () -> digits.split(1 - share, seed));
    return Optional.of(new Parts(split.train(), split.test()));
  }

  private static void check(RunConfig config) {
    Divided.refuseOthers(config, OPTIONS, "is for data with one answer a row, and %s has boxes");
  }

  /// As one of the data sets that `data` lists.
  static Map<String, @Nullable Object> json() {
    var digits = digits();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", NAME);
    json.put("rows", SCENES);
    json.put("features", 64 * 64);
    json.put("task", TASK);
    json.put("licence", digits.licence());
    json.put("source", source(digits));
    json.put("present", true);
    json.put("folder", null);
    return json;
  }

  /// What the list of data sets says of it.
  static String[] row() {
    return new String[] {
      NAME, String.format(Locale.ROOT, "%,d", SCENES), "4,096", TASK, digits().licence(), "yes"
    };
  }

  /// What there is to tell about it.
  static Table details() {
    var digits = digits();
    return new Table()
        .row("name", NAME)
        .row("rows", String.format(Locale.ROOT, "%,d scenes of 64×64 pixels", SCENES))
        .row("target", "boxes, one to three, each around a digit")
        .row("task", TASK)
        .row("classes", String.join(", ", Datasets.named("digits").classNames()))
        .row("licence", digits.licence())
        .row("source", source(digits))
        .row("present", "yes, 'train' makes it from its --seed");
  }

  /// Some scenes to be looked at.
  static Scenes samples() {
    return Scenes.pasted(NAME, Datasets.named("digits"), 0, 24, 0);
  }

  private static DatasetInfo digits() {
    return Datasets.all().stream()
        .filter(info -> info.name().equals("digits"))
        .findFirst()
        .orElseThrow();
  }

  private static String source(DatasetInfo digits) {
    return "made of digits: " + digits.source();
  }
}
