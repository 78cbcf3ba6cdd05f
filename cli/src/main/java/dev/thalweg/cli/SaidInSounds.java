package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.data.Recordings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a model says is said in sounds, as CSV, a line for each: the file, and the transcript.
///
/// @param sounds in their order
/// @param transcripts of each
record SaidInSounds(Recordings sounds, List<String> transcripts) {

  /// Leaves the stream open.
  void write(OutputStream to) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(to, UTF_8), 1 << 16);
    writer.write("file,prediction\n");
    for (var row = 0; row < sounds.rows(); row++) {
      writer.write(PredictionWriter.field(sounds.file(row).toString()));
      writer.write("," + PredictionWriter.field(transcripts.get(row)) + "\n");
    }
    writer.flush();
  }

  /// An object for each sound.
  List<Map<String, Object>> json() {
    var all = new ArrayList<Map<String, Object>>();
    for (var row = 0; row < sounds.rows(); row++) {
      var json = new LinkedHashMap<String, Object>();
      json.put("file", sounds.file(row).toString());
      json.put("prediction", transcripts.get(row));
      all.add(json);
    }
    return all;
  }
}
