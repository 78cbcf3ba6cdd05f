package dev.thalweg.train;

import dev.thalweg.data.PairTokens;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a translator; see [NetworkFile] for the rest: the tokens of either
/// side, as [LanguageFile] has them.
final class TranslatorFile {

  /// What there is to predict, where others have a class or a number.
  static final String TASK = "pairs";

  private static final String SOURCE = "source_tokenizer";
  private static final String TARGET = "target_tokenizer";

  private TranslatorFile() {}

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, Translator model) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json = NetworkFile.begin(model.data(), TASK, model.network(), own);
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put(SOURCE, LanguageFile.tokenizer(model.tokens().source()));
    json.put(TARGET, LanguageFile.tokenizer(model.tokens().target()));
    return NetworkFile.write(folder, json, model.network());
  }

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static Translator read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  private static Translator read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    String task = fields.text("task");
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException("task: expected %s, found %s".formatted(TASK, task));
    }
    PairTokens tokens =
        new PairTokens(
            LanguageFile.tokenizer(fields.object(SOURCE)),
            LanguageFile.tokenizer(fields.object(TARGET)));
    Sequential model = NetworkFile.model(fields, known);
    Shape sample = NetworkFile.input(fields);
    Translator.check(model, sample, tokens);
    return new Translator(
        weights.into(model, sample),
        fields.text("data"),
        tokens,
        Engine.current(),
        Optional.empty());
  }

  /// Whether a run folder has a translator.
  static boolean isIn(Path folder) {
    return NetworkFile.task(folder).equals(TASK);
  }
}
