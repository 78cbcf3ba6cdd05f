package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CurrentClassesTest {

  @TempDir Path folder;

  /// picocli 4.7.7 is of the format of Java 5.
  @Test
  void olderClassesAreWrittenAnewAndWork() throws Exception {
    var original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var jar = folder.resolve("picocli.jar");
    Files.copy(original, jar);
    CurrentClasses.renew(jar);
    List<String> names;
    try (var before = new ZipFile(original.toFile());
        var after = new ZipFile(jar.toFile())) {
      names = names(after);
      assertThat(names).isEqualTo(names(before)).hasSizeGreaterThan(100);
      assertThat(version(before, "picocli/CommandLine.class")).isEqualTo(49);
      assertThat(version(after, "picocli/CommandLine.class")).isEqualTo(69);
      var manifest = "META-INF/MANIFEST.MF";
      assertThat(bytes(after, manifest)).isEqualTo(bytes(before, manifest));
    }
    // Verified when they are linked, as classes of this loader are.
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      for (var name : names) {
        if (name.startsWith("picocli/") && name.endsWith(".class")) {
          Class.forName(name.replace('/', '.').replace(".class", ""), true, loader);
        }
      }
      var type = loader.loadClass("picocli.CommandLine");
      var spec = loader.loadClass("picocli.CommandLine$Model$CommandSpec");
      var made =
          type.getConstructor(Object.class).newInstance(spec.getMethod("create").invoke(null));
      assertThat((String) type.getMethod("getUsageMessage").invoke(made)).contains("Usage:");
    }
  }

  @Test
  void otherJarsAreLeftAlone() throws IOException {
    var jar = folder.resolve("a.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setComment("is lost where a jar is written anew");
      out.putNextEntry(new ZipEntry("a.txt"));
      out.write(1);
    }
    var before = Files.readAllBytes(jar);
    CurrentClasses.renew(jar);
    assertThat(jar).hasBinaryContent(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  private static List<String> names(ZipFile jar) {
    return Collections.list(jar.entries()).stream().map(entry -> entry.getName()).toList();
  }

  private static int version(ZipFile jar, String entry) throws IOException {
    return CurrentClasses.version(bytes(jar, entry));
  }

  private static byte[] bytes(ZipFile jar, String entry) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(entry))) {
      return in.readAllBytes();
    }
  }
}
