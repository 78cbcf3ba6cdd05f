package dev.thalweg.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The files that tools/golden/formats.py wrote with the reference implementations.
final class Golden {

  private Golden() {}

  static byte[] bytes(String name) {
    try (var in = Golden.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name, Path folder) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }

  /// 0, 0.5, -1, 1.5, -2, …, as the script has it.
  static double[] ramp(int count) {
    var ramp = new double[count];
    for (int i = 1; i < count; i++) {
      ramp[i] = (i % 2 == 0 ? -0.5 : 0.5) * i;
    }
    return ramp;
  }

  static float[] floatRamp(int count) {
    var ramp = new float[count];
    for (int i = 1; i < count; i++) {
      ramp[i] = (i % 2 == 0 ? -0.5f : 0.5f) * i;
    }
    return ramp;
  }
}
