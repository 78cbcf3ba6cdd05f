package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.data.Images;
import dev.thalweg.train.Detection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The boxes that a model has found on images, as CSV, a line for each: the file, the place in
/// pixels, the class, and its probability.
///
/// @param images in their order
/// @param found on each
/// @param classNames by label
record FoundBoxes(Images images, List<List<Detection>> found, List<String> classNames) {

  private String file(int row) {
    return images.file(row).map(Path::toString).orElse("");
  }

  /// Leaves the stream open.
  void write(OutputStream to) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(to, UTF_8), 1 << 16);
    writer.write("file,left,top,right,bottom,prediction,probability\n");
    for (var row = 0; row < images.rows(); row++) {
      for (var detection : found.get(row)) {
        var box = detection.box();
        writer.write(PredictionWriter.field(file(row)));
        for (var place : List.of(box.left(), box.top(), box.right(), box.bottom())) {
          writer.write("," + place.floatValue());
        }
        writer.write("," + PredictionWriter.field(classNames.get(box.label())));
        writer.write("," + (float) detection.probability() + "\n");
      }
    }
    writer.flush();
  }

  /// An object for each image.
  List<Map<String, Object>> json() {
    var all = new ArrayList<Map<String, Object>>();
    for (var row = 0; row < images.rows(); row++) {
      var json = new LinkedHashMap<String, Object>();
      json.put("file", file(row));
      json.put("boxes", found.get(row).stream().map(this::json).toList());
      all.add(json);
    }
    return all;
  }

  private Map<String, Object> json(Detection detection) {
    var box = detection.box();
    var json = new LinkedHashMap<String, Object>();
    json.put("left", (float) box.left());
    json.put("top", (float) box.top());
    json.put("right", (float) box.right());
    json.put("bottom", (float) box.bottom());
    json.put("prediction", classNames.get(box.label()));
    json.put("probability", (float) detection.probability());
    return json;
  }

  /// `5 boxes on 3 images`
  String summary() {
    var boxes = found.stream().mapToInt(List::size).sum();
    return String.format(
        Locale.ROOT,
        "%,d box%s on %,d image%s",
        boxes,
        boxes == 1 ? "" : "es",
        images.rows(),
        images.rows() == 1 ? "" : "s");
  }
}
