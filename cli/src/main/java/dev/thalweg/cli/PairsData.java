package dev.thalweg.cli;

import dev.thalweg.data.PairInfo;
import dev.thalweg.data.PairTokens;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pairs of texts, the right ones of which are to be made from the left ones: those with a name, or
/// of a file.
///
/// @param tokens of either side
/// @param train the part to train on
/// @param validation the one to evaluate after each epoch
/// @param test the one kept for the end
record PairsData(PairTokens tokens, Pairs train, Optional<Pairs> validation, Optional<Pairs> test) {

  /// What is predicted, beside classification and regression.
  static final String TASK = "pairs";

  private static final String CHARACTERS = "characters";
  private static final String WORDS = "words";
  private static final String BYTES = "bytes";

  private static final Argument<Integer> SIZE =
      Argument.required("size", Kind.whole(256), "how many tokens");

  private static final Signature BYTE_PAIRS =
      Signature.of("bpe", "byte pairs, learned of the part to train on", 1, SIZE);

  private static final List<String> OPTIONS =
      List.of(
          "data",
          "sha256",
          "task",
          "tokenizer",
          "test",
          "validation",
          "separator",
          "header",
          "missing");

  /// Whether pairs have this name.
  static boolean isName(@Nullable String name) {
    return Pairs.all().stream().anyMatch(info -> info.name().equals(name));
  }

  /// Reads the pairs and divides them, so that a left side is in one part only.
  ///
  /// @throws Failure if an option is for other data, or nothing is left to train on
  /// @throws dev.thalweg.data.DataException if the file can't be read, or has no pairs
  static PairsData of(RunConfig config) {
    return of(config, Optional.empty());
  }

  /// The same.
  ///
  /// @param known their tokens, where a model has some already
  static PairsData of(RunConfig config, Optional<PairTokens> known) {
    check(config);
    var data = config.data();
    Divided.check(config, "pairs");
    var all =
        isName(data.name())
            ? Pairs.named(data.name())
            : Pairs.read(DataFile.path(data.name()), data.format());
    var parts = Divided.of(config, all, Pairs::split);
    return new PairsData(
        known.orElseGet(() -> tokens(data, all, parts.train())),
        parts.train(),
        parts.validation(),
        parts.test());
  }

  private static PairTokens tokens(DataConfig data, Pairs all, Pairs train) {
    var asked =
        data.text().tokenizer().orElse(isName(data.name()) ? "characters, words" : CHARACTERS);
    var sides = List.of(asked.split("\\s*,\\s*(?![^(]*\\))", -1));
    if (sides.size() > 2) {
      throw Failure.usage(
          "--tokenizer %s: expected one for both sides, or two with a comma between, found %d"
              .formatted(asked, sides.size()));
    }
    return new PairTokens(
        tokenizer(sides.getFirst(), all.sources(), train.sources()),
        tokenizer(sides.getLast(), all.targets(), train.targets()));
  }

  private static Tokenizer tokenizer(String text, List<String> all, List<String> train) {
    return Failure.known(
        "--tokenizer",
        () -> {
          var call = Call.parse(text);
          return switch (call.name()) {
            case CHARACTERS -> Tokenizer.characters(String.join("", all));
            case WORDS -> Tokenizer.words(String.join(" ", all));
            case BYTES -> Tokenizer.bytes();
            case "bpe" ->
                Tokenizer.bytePairs(String.join("\n", train), BYTE_PAIRS.read(call).get(SIZE));
            default ->
                throw call.span()
                    .error(
                        Nearest.sentence(
                            "tokenizer", call.name(), List.of(BYTES, CHARACTERS, WORDS, "bpe")));
          };
        });
  }

  private static void check(RunConfig config) {
    var data = config.data();
    if (Rows.isName(data.name()) && !isName(data.name())) {
      throw Failure.usage(
          "--task pairs: expected a file of two columns of texts, or %s, found %s"
              .formatted(
                  String.join(", ", Pairs.all().stream().map(PairInfo::name).toList()),
                  data.name()));
    }
    data.task()
        .ifPresent(task -> {
          throw Failure.usage(
              "--task %s: is for rows, and %s has pairs of texts".formatted(task, data.name()));
        });
    if (config.start().isPresent() && data.text().tokenizer().isPresent()) {
      throw Failure.usage("--tokenizer: the tokens are those of the run that is started from");
    }
    Divided.refuseOthers(config, OPTIONS, "is for other data, and %s has pairs of texts");
  }

  /// As one of the data sets that `data` lists.
  static Map<String, @Nullable Object> json(PairInfo info) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", info.name());
    json.put("rows", info.pairs());
    json.put("features", null);
    json.put("sources", info.sources());
    json.put("task", TASK);
    json.put("licence", info.licence());
    json.put("source", info.source());
    json.put("present", true);
    json.put("folder", null);
    return json;
  }

  /// What the list of data sets says of one.
  static String[] row(PairInfo info) {
    return new String[] {
      info.name(), Numbers.count(info.pairs()), "-", TASK, info.licence(), "yes",
    };
  }

  /// What there is to tell about one.
  static Table details(PairInfo info) {
    return new Table()
        .row("name", info.name())
        .row(
            "pairs",
            "%s, of %s different left sides"
                .formatted(Numbers.count(info.pairs()), Numbers.count(info.sources())))
        .row("task", TASK + ", the right side from the left one")
        .row("licence", info.licence())
        .row("source", info.source())
        .row("present", "yes");
  }
}
