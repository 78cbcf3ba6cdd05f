package dev.thalweg.train;

import dev.thalweg.data.ImageShape;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a model of boxes; see [NetworkFile] for the rest.
final class DetectorFile {

  /// What there is to predict, where others have a class or a number.
  static final String TASK = "detection";

  private DetectorFile() {}

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, Detector model) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json = NetworkFile.begin(model.data(), TASK, model.network(), own);
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("image", Arrays.stream(model.image().dimensions()).boxed().toList());
    json.put("classes", model.classNames());
    return NetworkFile.write(folder, json, model.network());
  }

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static Detector read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  private static Detector read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    String task = fields.text("task");
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException(
          "task: expected %s, found %s; FittedModel.load reads a model of one answer a row"
              .formatted(TASK, task));
    }
    ImageShape image =
        NetworkFile.image(fields)
            .orElseThrow(() -> new IllegalArgumentException("image: is missing"));
    List<String> classes = fields.texts("classes");
    Sequential model = NetworkFile.model(fields, known);
    Shape sample = NetworkFile.input(fields);
    if (!sample.equals(Shape.of(image.dimensions()))) {
      throw new IllegalArgumentException(
          "input: expected %s, as image is, found %s"
              .formatted(Shape.of(image.dimensions()), sample));
    }
    BoxGrid.of(model.output(sample), image, classes.size());
    return new Detector(
        weights.into(model, sample),
        fields.text("data"),
        image,
        classes,
        Engine.current(),
        Optional.empty());
  }

  /// Whether a run folder has a model of boxes.
  static boolean isIn(Path folder) {
    return NetworkFile.task(folder).equals(TASK);
  }
}
