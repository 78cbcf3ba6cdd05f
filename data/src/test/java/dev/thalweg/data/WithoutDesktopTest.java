package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.thalweg.formula.Call;
import dev.thalweg.kernels.Philox;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM that has no `java.desktop`, as one that was made for a server.
class WithoutDesktopTest {

  @TempDir private Path folder = Path.of("");

  /// What such a JVM does with a folder of images.
  static final class Reading {
    public static void main(String[] arguments) {
      Path photos = Path.of(arguments[0]);
      System.out.println(Datasets.named("digits"));
      System.out.println(ImageSurvey.of(photos, 1).classes());
      try {
        System.out.println(Datasets.images(photos, ImageOptions.asTheyAre()));
      } catch (DataException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void imagesAreRefusedInASentenceAndEverythingElseWorks()
      throws IOException, InterruptedException {
    ImageFiles.put(folder, "cats/1.png", ImageFiles.png(ImageFiles.plain(2, 3, 1)));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.net.http",
                "-cp",
                path(Reading.class, Dataset.class, Call.class, Philox.class, CsvReader.class),
                Reading.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(said)
        .contains("digits: 1,797 rows, 64 features, 10 classes")
        .contains("{cats=1}")
        .contains(
            folder
                + ": reading images needs the module java.desktop, which this JVM was started"
                + " without; java's option 'add-modules' names it");
  }

  /// Where classes are, whether on the class path or in modules.
  private static String path(Class<?>... classes) {
    return Arrays.stream(classes)
        .map(type -> {
          String name = type.getName().replace('.', '/') + ".class";
          String found = String.valueOf(type.getResource("/" + name));
          String root = found.substring(0, found.length() - name.length() - 1);
          String file = root.replaceFirst("^jar:", "").replaceFirst("!$", "");
          return Path.of(URI.create(file)).toString();
        })
        .collect(Collectors.joining(File.pathSeparator));
  }
}
