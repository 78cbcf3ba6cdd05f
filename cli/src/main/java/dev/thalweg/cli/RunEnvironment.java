package dev.thalweg.cli;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// On what a run was trained, as its folder has it. What it came to does not depend on it.
final class RunEnvironment {

  private RunEnvironment() {}

  /// This process, as JSON.
  static String text(Engine engine) {
    var jdk = Jdk.running();
    var machine = Machine.look(Path.of("/"), System.getProperty("os.arch", ""));
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("thalweg", Thalweg.version());
    json.put("java", jdk.version() + ", " + jdk.vendor());
    json.put(
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name", ""),
                System.getProperty("os.version", ""),
                System.getProperty("os.arch", "")));
    json.put("cpu", machine.cpu().isEmpty() ? null : machine.cpu());
    json.put("cores", Runtime.getRuntime().availableProcessors());
    json.put("heap_max_bytes", jdk.heapMax());
    json.put("provider", engine.provider());
    json.put("vector_bits", engine.kernels().vectorBits());
    json.put("threads", engine.threads());
    return Json.write(json) + "\n";
  }

  /// That of a run in a line; nothing where the run has none.
  static Optional<String> of(Path run) {
    try {
      var file = run.resolve(RunFolder.ENVIRONMENT);
      return Files.isRegularFile(file)
              && Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> found
          ? Optional.of(line(found))
          : Optional.empty();
    } catch (IOException | FormatException notThere) {
      return Optional.empty();
    }
  }

  private static String line(Map<?, ?> found) {
    return "thalweg %s; Java %s; %s%s; %s of %s cores, %s%s"
        .formatted(
            found.get("thalweg"),
            found.get("java"),
            found.get("system"),
            found.get("cpu") == null ? "" : "; " + found.get("cpu"),
            found.get("threads"),
            found.get("cores"),
            found.get("provider"),
            found.get("vector_bits") instanceof Long bits && bits > 0
                ? " kernels on " + bits + " bits"
                : " kernels");
  }
}
