package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.train.Translation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a model of pairs makes of texts, as CSV, a line for each result: the text, what is made of
/// it, and its probability.
///
/// @param texts in their order
/// @param found of each, the most probable first
record Translated(List<String> texts, List<List<Translation>> found) {

  /// Leaves the stream open.
  void write(OutputStream to) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(to, UTF_8), 1 << 16);
    writer.write("text,prediction,probability\n");
    for (var row = 0; row < texts.size(); row++) {
      for (var result : found.get(row)) {
        writer.write(PredictionWriter.field(texts.get(row)));
        writer.write("," + PredictionWriter.field(result.text()));
        writer.write("," + (float) result.probability() + "\n");
      }
    }
    writer.flush();
  }

  /// An object for each text.
  List<Map<String, Object>> json() {
    var all = new ArrayList<Map<String, Object>>();
    for (var row = 0; row < texts.size(); row++) {
      var json = new LinkedHashMap<String, Object>();
      json.put("text", texts.get(row));
      json.putAll(json(found.get(row).getFirst()));
      json.put("results", found.get(row).stream().map(Translated::json).toList());
      all.add(json);
    }
    return all;
  }

  private static Map<String, Object> json(Translation result) {
    var json = new LinkedHashMap<String, Object>();
    json.put("prediction", result.text());
    json.put("probability", result.probability());
    json.put("log_probability", result.logProbability());
    return json;
  }

  /// The results for the first text, a line each; of several with their probabilities.
  String lines() {
    var results = found.getFirst();
    return results.stream()
        .map(result ->
            results.size() == 1
                ? result.text() + "\n"
                : String.format(Locale.ROOT, "%s  (%.4f)%n", result.text(), result.probability()))
        .collect(Collectors.joining());
  }
}
