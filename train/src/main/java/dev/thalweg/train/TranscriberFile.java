package dev.thalweg.train;

import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a model of transcripts, `rate` and `tokenizer`; see [NetworkFile] for
/// the rest.
final class TranscriberFile {

  /// What there is to predict, where others have a class or a number.
  static final String TASK = "transcription";

  private TranscriberFile() {}

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, Transcriber model) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json = NetworkFile.begin(model.data(), TASK, model.network(), own);
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("rate", model.rate());
    json.put("tokenizer", LanguageFile.tokenizer(model.tokenizer()));
    return NetworkFile.write(folder, json, model.network());
  }

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static Transcriber read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  private static Transcriber read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    String task = fields.text("task");
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException("task: expected %s, found %s".formatted(TASK, task));
    }
    Tokenizer tokenizer = LanguageFile.tokenizer(fields.object("tokenizer"));
    Sequential model = NetworkFile.model(fields, known);
    Shape sample = NetworkFile.input(fields);
    Transcriber.check(model, sample, tokenizer);
    return new Transcriber(
        weights.into(model, sample),
        fields.text("data"),
        fields.integer("rate"),
        tokenizer,
        Engine.current(),
        Optional.empty());
  }

  /// Whether a run folder has a model of transcripts.
  static boolean isIn(Path folder) {
    return NetworkFile.task(folder).equals(TASK);
  }
}
