package dev.thalweg.cli;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Which rows a training has, what is to be predicted of them, and how they are divided.
///
/// @param name of a data set, or the path of a file
/// @param sha256 of the bytes of the file, as it is or is to be
/// @param target the column to predict, in a file
/// @param task what to predict; follows from the target
/// @param categorical columns of a file whose numbers are names of categories
/// @param ignored columns of a file that are not used
/// @param weight the column of a file that says how much rows count in the training
/// @param format how a file is written
/// @param images the column of a file that names image files
/// @param size that images are brought to, and how
/// @param sound how sound files become rows
/// @param texts the columns of a file that hold texts to learn from
/// @param kind where the rows are of a kind of their own: ratings, pairs of texts, transcripts
/// @param text how a text is taken
/// @param folder where the files of a data set are; else they are looked for
/// @param test the fraction of all rows kept for the final evaluation; what was published for that,
///   or a fifth
/// @param validation the fraction of all rows that is evaluated after each epoch
record DataConfig(
    String name,
    Optional<String> sha256,
    Optional<String> target,
    Optional<Task> task,
    List<String> categorical,
    List<String> ignored,
    Optional<String> weight,
    CsvFormat format,
    Optional<String> images,
    ImageOptions size,
    SoundOptions sound,
    List<String> texts,
    Optional<AskedTask> kind,
    TextChoice text,
    Optional<Path> folder,
    Optional<Double> test,
    double validation) {

  /// Copies the lists.
  DataConfig {
    categorical = List.copyOf(categorical);
    ignored = List.copyOf(ignored);
    texts = List.copyOf(texts);
  }

  /// Whether the rows are ratings: a user, an item, a number.
  boolean ratings() {
    return kind.equals(Optional.of(AskedTask.RATINGS));
  }

  /// Whether the rows are pairs of texts, the right ones to be made from the left ones.
  boolean pairs() {
    return kind.equals(Optional.of(AskedTask.PAIRS));
  }

  /// Whether the rows are sound files and what is said in them.
  boolean transcripts() {
    return kind.equals(Optional.of(AskedTask.TRANSCRIPTION));
  }

  /// The fraction of all rows kept for the final evaluation, where nothing was published for it.
  double testFraction() {
    return test.orElse(0.2);
  }

  /// What a run folder is called after.
  String title() {
    return Rows.isName(name) ? name : DataFile.title(name);
  }

  /// The same with the checksum of the rows, how sounds became rows, and the fraction for the final
  /// evaluation stated, unless what was published for it is taken.
  DataConfig completed(Division division) {
    return with(
        division.train().sha256(),
        division.train().sound().orElse(sound),
        text,
        division.published() ? Optional.empty() : Optional.of(testFraction()),
        validation);
  }

  /// The same with the fraction for the final evaluation stated.
  DataConfig withTestStated() {
    return with(sha256, sound, text, Optional.of(testFraction()), validation);
  }

  /// The same of ratings or pairs, with the checksum of their file, and the fraction for the final
  /// evaluation stated.
  DataConfig completed(Optional<String> digits) {
    return with(digits, sound, text, Optional.of(testFraction()), validation);
  }

  /// The same of a text, with the checksum of its file, and what follows from it stated.
  ///
  /// @param context how many tokens a window has
  DataConfig completed(Optional<String> digits, int context) {
    var stated =
        new TextChoice(
            text.language(),
            text.tokenizer(),
            text.sequence(),
            Optional.of(context),
            text.documents());
    return with(digits, sound, stated, Optional.of(testFraction()), validation);
  }

  /// The same of sounds with transcripts, with the checksum of the file that names them.
  ///
  /// @param rate samples a second
  DataConfig completed(Optional<String> digits, SoundOptions rate) {
    return with(digits, rate, text, Optional.of(testFraction()), validation);
  }

  /// The same without rows that are evaluated after each epoch.
  DataConfig withoutValidation() {
    return with(sha256, sound, text, test, 0);
  }

  private DataConfig with(
      Optional<String> digits,
      SoundOptions heard,
      TextChoice choice,
      Optional<Double> testShare,
      double watched) {
    return new DataConfig(
        name,
        digits,
        target,
        task,
        categorical,
        ignored,
        weight,
        format,
        images,
        size,
        heard,
        texts,
        kind,
        choice,
        folder,
        testShare,
        watched);
  }

  /// How a file is read that has this target.
  TableOptions tableOptions(String column) {
    return new TableOptions(column, task, categorical, ignored, weight, texts, text.form(), format);
  }

  /// What was said, by the names of the options.
  SequencedMap<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    options.put("data", name);
    sha256.ifPresent(digits -> options.put("sha256", digits));
    target.ifPresent(column -> options.put("target", column));
    task.ifPresent(known -> options.put("task", known.toString()));
    putIfAny(options, "categorical", categorical);
    putIfAny(options, "ignore", ignored);
    putIfAny(options, "text", texts);
    weight.ifPresent(column -> options.put("weight", column));
    format.separator().ifPresent(sign -> options.put("separator", sign.toString()));
    format.header().ifPresent(yes -> options.put("header", yes ? "yes" : "no"));
    format.decimal().ifPresent(sign -> options.put("decimal", sign.toString()));
    format.thousands().ifPresent(sign -> options.put("thousands", sign.toString()));
    format.dayFirst().ifPresent(yes -> options.put("day-first", yes ? "yes" : "no"));
    if (!format.missing().equals(CsvFormat.found().missing())) {
      options.put("missing", format.missing());
    }
    images.ifPresent(column -> options.put("images", column));
    size.size().ifPresent(pixels -> options.put("size", pixels.toString()));
    if (size.fit() != ImageOptions.asTheyAre().fit()) {
      options.put("fit", size.fit().toString());
    }
    size.channels().ifPresent(number -> options.put("channels", number));
    sound.rate().ifPresent(number -> options.put("sample-rate", number));
    sound.seconds().ifPresent(number -> options.put("seconds", number));
    kind.ifPresent(known -> options.put("task", known.toString()));
    options.putAll(text.options());
    folder.ifPresent(path -> options.put("folder", path.toString()));
    test.ifPresent(fraction -> options.put("test", fraction));
    if (validation > 0) {
      options.put("validation", validation);
    }
    return options;
  }

  private static void putIfAny(
      SequencedMap<String, Object> options, String name, List<String> columns) {
    if (!columns.isEmpty()) {
      options.put(name, columns);
    }
  }
}
