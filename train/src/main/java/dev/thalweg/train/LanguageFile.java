package dev.thalweg.train;

import dev.thalweg.data.BytePairTokenizer;
import dev.thalweg.data.CharacterTokenizer;
import dev.thalweg.data.Corpus;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.WordTokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a language model; see [NetworkFile] for the rest. Its tokens are
/// `bytes`, or those of `characters` in their order, or `merges` of byte pairs, left and right of
/// each in turn, or `words` in their order. `"documents": "apart"` where attention sees those of a
/// window by themselves.
final class LanguageFile {

  /// What there is to predict, where others have a class or a number.
  static final String TASK = "language";

  private static final String BYTES = "bytes";
  private static final String CHARACTERS = "characters";
  private static final String MERGES = "merges";
  private static final String WORDS = "words";
  private static final String DOCUMENTS = "documents";
  private static final String APART = "apart";

  private LanguageFile() {}

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, LanguageModel model) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json = NetworkFile.begin(model.data(), TASK, model.network(), own);
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("tokenizer", tokenizer(model.tokenizer()));
    if (model.apart()) {
      json.put(DOCUMENTS, APART);
    }
    return NetworkFile.write(folder, json, model.network());
  }

  static Map<String, Object> tokenizer(Tokenizer tokenizer) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (tokenizer) {
      case CharacterTokenizer known -> {
        json.put("kind", CHARACTERS);
        json.put(CHARACTERS, known.characters());
      }
      case BytePairTokenizer learned -> {
        json.put("kind", MERGES);
        json.put(MERGES, learned.merges().stream().flatMap(List::stream).toList());
      }
      case WordTokenizer known -> {
        json.put("kind", WORDS);
        json.put(WORDS, known.words());
      }
      default -> json.put("kind", BYTES);
    }
    return json;
  }

  static Tokenizer tokenizer(JsonFields fields) {
    String kind = fields.text("kind");
    return switch (kind) {
      case BYTES -> Tokenizer.bytes();
      case CHARACTERS -> new CharacterTokenizer(fields.text(CHARACTERS));
      case MERGES -> Tokenizer.bytePairs(pairs(fields.numbers(MERGES)));
      case WORDS -> new WordTokenizer(fields.texts(WORDS));
      default ->
          throw new IllegalArgumentException(
              "tokenizer: expected bytes, characters, merges or words, found " + kind);
    };
  }

  private static List<List<Integer>> pairs(double... numbers) {
    if (numbers.length % 2 != 0) {
      throw new IllegalArgumentException(
          "merges: expected pairs of tokens, found " + numbers.length + " numbers");
    }
    List<List<Integer>> pairs = new ArrayList<>();
    for (double number : numbers) {
      if (number != (int) number) {
        throw new IllegalArgumentException("merges: expected whole numbers, found " + number);
      }
    }
    for (int i = 0; i < numbers.length; i += 2) {
      pairs.add(List.of((int) numbers[i], (int) numbers[i + 1]));
    }
    return pairs;
  }

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static LanguageModel read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  private static LanguageModel read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    String task = fields.text("task");
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException("task: expected %s, found %s".formatted(TASK, task));
    }
    Tokenizer tokenizer = tokenizer(fields.object("tokenizer"));
    Sequential model = NetworkFile.model(fields, known);
    Shape sample = NetworkFile.input(fields);
    LanguageModel.check(model, sample, tokenizer);
    return new LanguageModel(
        weights.into(model, sample),
        fields.text("data"),
        tokenizer,
        apart(fields, tokenizer),
        Engine.current(),
        Optional.empty());
  }

  private static boolean apart(JsonFields fields, Tokenizer tokenizer) {
    if (!fields.has(DOCUMENTS)) {
      return false;
    }
    String said = fields.text(DOCUMENTS);
    if (!said.equals(APART)) {
      throw new IllegalArgumentException(
          "%s: expected %s, found %s".formatted(DOCUMENTS, APART, said));
    }
    try {
      return tokenizer.encode(Corpus.SEPARATOR).length == 1;
    } catch (DataException none) {
      throw new IllegalArgumentException(DOCUMENTS + ": " + none.getMessage(), none);
    }
  }

  /// Whether a run folder has a language model.
  static boolean isIn(Path folder) {
    return NetworkFile.task(folder).equals(TASK);
  }
}
