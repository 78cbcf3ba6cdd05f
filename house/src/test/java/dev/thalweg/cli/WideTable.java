package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// Looks into a file of half as many columns, learns from it and predicts it, by the command.
public final class WideTable implements IntConsumer {

  /// For a class loader.
  public WideTable() {}

  @Override
  public void accept(int n) {
    try {
      Path folder = Files.createTempDirectory("wide");
      try {
        use(folder, n / 2);
      } finally {
        try (Stream<Path> left = Files.walk(folder)) {
          for (Path path : left.toList().reversed()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void use(Path folder, int columns) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      text.append('c').append(i).append(',');
    }
    text.append("y\n");
    for (int row = 0; row < 6; row++) {
      for (int i = 0; i < columns; i++) {
        text.append((i + row) % 7).append(',');
      }
      text.append(row % 2 == 0 ? "a" : "b").append('\n');
    }
    String file = Files.writeString(folder.resolve("wide.csv"), text).toString();
    String run = folder.resolve("run").toString();
    String train = " --target y --model linear --epochs 1 --threads 1 --quiet --out ";
    run("data", file);
    run(("train " + file + train + run).split(" "));
    run("predict", run, "--input", file);
    run("evaluate", run, file);
  }

  private static void run(String... command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), false, UTF_8),
            new PrintStream(err, false, UTF_8),
            Screen.NONE,
            _ -> null);
    if (Thalweg.run(surroundings, command) != 0) {
      throw new IllegalStateException(err.toString(UTF_8));
    }
  }
}
