package dev.thalweg.cli;

import dev.thalweg.data.BatchOrder;
import dev.thalweg.data.Corpus;
import dev.thalweg.data.TextInfo;
import dev.thalweg.data.Texts;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A text of which is learned how it goes on: one with a name, or a file in UTF-8. Its parts follow
/// each other, the last is the one to be judged by. Or the documents of a folder, which are divided
/// as the seed says, and packed.
///
/// @param train the part to train on
/// @param validation the one to evaluate after each epoch
/// @param test the one kept for the end
record TextData(Corpus train, Optional<Corpus> validation, Optional<Corpus> test) {

  /// What is predicted, beside classification and regression.
  static final String TASK = "language";

  /// Of so many lines it is looked whether they are rows.
  private static final int LINES_OF_A_TABLE = 6;

  private static final String CHARACTERS = "characters";
  private static final String BYTES = "bytes";

  private static final Argument<Integer> SIZE =
      Argument.required("size", Kind.whole(256), "how many tokens");

  private static final Signature PAIRS =
      Signature.of("bpe", "byte pairs, learned of the part to train on", 1, SIZE);

  private static final List<String> OPTIONS =
      List.of("data", "sha256", "task", "tokenizer", "context", "documents", "test", "validation");

  /// Whether data are a text: one of those with a name, a file that ends in `.txt` of which no
  /// column is to be predicted, or what is said to be one.
  static boolean isMeant(DataConfig config) {
    return config.text().language()
        || isName(config.name())
        || (isCalledText(config.name())
            && config.target().isEmpty()
            && config.task().isEmpty()
            && config.images().isEmpty());
  }

  /// Whether a file has the name of a text: where nothing else is said, it is one.
  static boolean isCalledText(String name) {
    return name.toLowerCase(Locale.ROOT).matches(".*\\.txt(\\.gz)?");
  }

  /// A sentence for who meant a table by a file that is called a text: its first lines have as many
  /// columns each, and one of them has numbers.
  static Optional<String> tableInstead(String name, String text) {
    var lines = text.lines().filter(line -> !line.isBlank()).limit(LINES_OF_A_TABLE).toList();
    for (var sign : List.of("\t", ";", ",", "|")) {
      var rows = lines.stream().map(line -> line.split(Pattern.quote(sign), -1)).toList();
      var columns = rows.isEmpty() ? 0 : rows.getFirst().length;
      if (rows.size() == LINES_OF_A_TABLE
          && columns > 1
          && rows.stream().allMatch(row -> row.length == columns)
          && IntStream.range(0, columns).anyMatch(column -> isNumbers(rows, column))) {
        return Optional.of(
            "%s is taken as a text, as it ends in .txt; its lines look like rows of %d columns: --target COL takes it as a table"
                .formatted(name, columns));
      }
    }
    return Optional.empty();
  }

  /// Whether a column has numbers below its name.
  private static boolean isNumbers(List<String[]> rows, int column) {
    return rows.stream().skip(1).allMatch(row -> !Double.isNaN(Values.number(row[column].strip())));
  }

  /// Whether a text has this name.
  static boolean isName(String name) {
    return Texts.all().stream().anyMatch(info -> info.name().equals(name));
  }

  /// Reads the text and divides it into the tokens that are asked for.
  ///
  /// @throws Failure if an option is for other data, or nothing is left to train on
  /// @throws dev.thalweg.data.DataException if a file can't be read, or is not a text
  static TextData of(RunConfig config) {
    return of(config, Optional.empty());
  }

  /// Reads the text and divides it.
  ///
  /// @param known its tokens, where a model has some already
  /// @throws Failure if an option is for other data, or nothing is left to train on
  /// @throws dev.thalweg.data.DataException if a file can't be read, or is not a text
  static TextData of(RunConfig config, Optional<Tokenizer> known) {
    check(config);
    Divided.check(config, "of the text");
    var data = config.data();
    var test = data.testFraction();
    var validation = data.validation();
    if (isFolder(data.name())) {
      return ofFolder(config, known);
    }
    data.text()
        .documents()
        .ifPresent(how -> {
          throw Failure.usage(
              "--documents %s: is for a folder of texts, and %s is one text"
                  .formatted(how, data.name()));
        });
    var text = isName(data.name()) ? Texts.named(data.name()) : read(data.name());
    var parts = Texts.parts(text, 1 - validation - test, validation, test);
    var tokenizer = known.orElseGet(() -> tokenizer(data.text(), text, parts.getFirst()));
    return new TextData(
        Corpus.of(data.name(), parts.getFirst(), tokenizer),
        part("--validation", validation, data.name(), parts.get(1), tokenizer),
        part("--test", test, data.name(), parts.get(2), tokenizer));
  }

  /// Whether the text is that of the files in a folder.
  static boolean isFolder(String name) {
    return !Rows.isName(name) && Files.isDirectory(DataFile.path(name));
  }

  /// The documents in a folder, in an order that the seed says, packed.
  private static TextData ofFolder(RunConfig config, Optional<Tokenizer> known) {
    var data = config.data();
    var texts = Texts.ofFolder(DataFile.path(data.name()));
    var order = BatchOrder.shuffled(texts.size(), 1, config.seed()).epoch(0);
    var test = documents("--test", data.testFraction(), data.name(), texts.size());
    var validation = documents("--validation", data.validation(), data.name(), texts.size());
    var documents = IntStream.of(order).mapToObj(texts::get).toList();
    var rest = documents.size() - test - validation;
    if (rest < 1) {
      throw Failure.usage(
          "%s: expected a document to train on beside %d to judge by, found %d in all"
              .formatted(data.name(), test + validation, documents.size()));
    }
    var train = documents.subList(0, rest);
    var tokenizer =
        known.orElseGet(() ->
            tokenizer(
                data.text(),
                String.join(Corpus.SEPARATOR, documents) + Corpus.SEPARATOR,
                String.join("\n", train)));
    return new TextData(
        packed(data, train, tokenizer).orElseThrow(),
        packed(data, documents.subList(rest, rest + validation), tokenizer),
        packed(data, documents.subList(rest + validation, documents.size()), tokenizer));
  }

  private static Optional<Corpus> packed(
      DataConfig data, List<String> documents, Tokenizer tokenizer) {
    if (documents.isEmpty()) {
      return Optional.empty();
    }
    var packed = Corpus.ofDocuments(data.name(), documents, tokenizer);
    return Optional.of(data.text().joined() ? packed.joined() : packed);
  }

  /// How many documents a share is, at least one unless it is 0.
  private static int documents(String option, double share, String name, int all) {
    if (share > 0 && all < 2) {
      throw Failure.usage(
          "%s %s: expected two documents or more to divide, found %d in %s"
              .formatted(option, share, all, name));
    }
    return share == 0 ? 0 : Math.max(1, (int) Math.round(share * all));
  }

  /// The text of a file.
  static String read(String name) {
    if (Rows.isName(name)) {
      throw Failure.usage(
          Rows.names().contains(name)
              ? "--task language: is for texts, and %s has rows".formatted(name)
              : Nearest.sentence("data set", name, Rows.names()));
    }
    return Texts.read(DataFile.path(name));
  }

  private static Optional<Corpus> part(
      String option, double share, String name, String text, Tokenizer tokenizer) {
    if (share == 0) {
      return Optional.empty();
    }
    if (text.codePointCount(0, text.length()) < 2) {
      throw Failure.usage(
          "%s %s: expected a part of two characters or more, found %d of %s"
              .formatted(option, share, text.length(), name));
    }
    return Optional.of(Corpus.of(name, text, tokenizer));
  }

  private static Tokenizer tokenizer(TextChoice choice, String whole, String train) {
    return Failure.known(
        "--tokenizer",
        () -> {
          var call = Call.parse(choice.tokenizer().orElse(CHARACTERS));
          return switch (call.name()) {
            case "ngrams" ->
                throw call.span().error("ngrams are for texts of a table, and this is one text");
            case CHARACTERS -> Tokenizer.characters(whole);
            case BYTES -> Tokenizer.bytes();
            case "bpe" -> Tokenizer.bytePairs(train, PAIRS.read(call).get(SIZE));
            default ->
                throw call.span()
                    .error(
                        Nearest.sentence(
                            "tokenizer", call.name(), List.of(BYTES, CHARACTERS, "bpe")));
          };
        });
  }

  private static void check(RunConfig config) {
    if (config.start().isPresent() && config.data().text().tokenizer().isPresent()) {
      throw Failure.usage("--tokenizer: the tokens are those of the run that is started from");
    }
    Divided.refuseOthers(config, OPTIONS, "is for data with one answer a row, and %s is a text");
  }

  /// As one of the data sets that `data` lists.
  static Map<String, @Nullable Object> json(TextInfo info) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", info.name());
    json.put("rows", null);
    json.put("features", null);
    json.put("characters", info.characters());
    json.put("task", TASK);
    json.put("licence", info.licence());
    json.put("source", info.source());
    json.put("present", true);
    json.put("folder", null);
    return json;
  }

  /// A text in a file, as one of the data sets.
  static Map<String, @Nullable Object> json(String name, String text) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", name);
    json.put("rows", null);
    json.put("features", null);
    json.put("characters", text.codePointCount(0, text.length()));
    json.put("different", text.codePoints().distinct().count());
    json.put("task", TASK);
    return json;
  }

  /// What there is to tell about a text in a file.
  static Table details(String name, String text) {
    return new Table()
        .row("name", name)
        .row(
            "text",
            String.format(
                Locale.ROOT,
                "%,d characters, %,d different",
                text.codePointCount(0, text.length()),
                text.codePoints().distinct().count()))
        .row("task", TASK + ", how it goes on");
  }

  /// What the list of data sets says of one.
  static String[] row(TextInfo info) {
    return new String[] {
      info.name(), characters(info), "-", TASK, info.licence(), "yes",
    };
  }

  /// What there is to tell about one.
  static Table details(TextInfo info) {
    return new Table()
        .row("name", info.name())
        .row("text", characters(info))
        .row("task", TASK + ", how it goes on")
        .row("licence", info.licence())
        .row("source", info.source())
        .row("present", "yes");
  }

  private static String characters(TextInfo info) {
    return String.format(Locale.ROOT, "%,d characters", info.characters());
  }
}
