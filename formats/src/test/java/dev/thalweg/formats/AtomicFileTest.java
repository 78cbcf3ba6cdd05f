package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void aFileIsWrittenAndReplaced() {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write('1'));
    assertThat(file).hasContent("1");
    AtomicFile.write(file, out -> out.write("22".getBytes(StandardCharsets.US_ASCII)));
    assertThat(file).hasContent("22");
    assertThat(folder).isDirectoryContaining("glob:**/a.txt");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void whenTheWriterFailsTheOldFileStaysAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + ": cannot be written: No space left on device");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IllegalStateException("a bug");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path missing = folder.resolve("none").resolve("a.txt");
    assertThatThrownBy(() -> AtomicFile.write(missing, out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing + ": cannot be written: its folder does not exist");
    Path directory = Files.createDirectory(folder.resolve("d"));
    assertThatThrownBy(() -> AtomicFile.write(directory, out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory + ": a directory, not a file to write");
    assertThat(folder.toFile().list()).containsExactly("d");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc, a folder that takes no files")
  void aFolderThatTakesNoFilesIsNotSaidToBeMissing() {
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/proc/a.txt"), out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageMatching(
            ".*: /proc/a.txt: cannot be written: (its folder takes no files|no permission)");
  }

  @Test
  void aLinkStaysAndWhatItPointsToIsWritten() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real/a.txt"));
    AtomicFile.write(link, out -> out.write('1'));
    AtomicFile.write(link, out -> out.write('2'));
    assertThat(link).isSymbolicLink();
    assertThat(real.resolve("a.txt")).hasContent("2");
    assertThat(real.toFile().list()).containsExactly("a.txt");
    Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
    assertThatThrownBy(() -> AtomicFile.write(round, out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(round + ": cannot be written: too many symbolic links");
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "needs a system that counts names")
  void aFileOfTwoNamesKeepsBoth() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "a long old text");
    Path other = Files.createLink(folder.resolve("b.txt"), file);
    AtomicFile.write(file, out -> out.write("new".getBytes(StandardCharsets.US_ASCII)));
    assertThat(other).hasContent("new");
    assertThat(Files.isSameFile(file, other)).isTrue();
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(other).hasContent("new");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.txt", "b.txt");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/null, /dev/full and mkfifo")
  void devicesAndPipesAreWrittenThrough() throws Exception {
    AtomicFile.write(Path.of("/dev/null"), out -> out.write('1'));
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/full"), out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/dev/full: cannot be written: No space left on device");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    AtomicFile.write(pipe, out -> out.write("through".getBytes(StandardCharsets.US_ASCII)));
    assertThat(reader.inputReader(StandardCharsets.US_ASCII).readAllAsString())
        .isEqualTo("through");
    assertThat(folder.toFile().list()).containsExactly("pipe");
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "needs permissions of POSIX")
  void whoMayReadTheFileStaysAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    var mine = java.nio.file.attribute.PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(file, mine);
    AtomicFile.write(file, out -> out.write('2'));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(mine);
  }

  @Test
  void onlyWhatDeadProcessesLeftIsCleared() throws IOException {
    Path file = folder.resolve("p.csv");
    Files.createFile(folder.resolve(DraftName.abandoned("p.csv", "part")));
    Path other = Files.createFile(folder.resolve(DraftName.abandoned("q.csv", "part")));
    Path living = Files.createFile(folder.resolve(DraftName.fresh("p.csv", "part")));
    // The process of this number began at another time.
    long pid = ProcessHandle.current().pid();
    String own = living.getFileName().toString();
    Path before =
        Files.createFile(
            folder.resolve(
                own.replaceFirst("\\.p\\.csv\\." + pid + "-[0-9a-z]+", ".p.csv." + pid + "-1")));
    Path mine = Files.createFile(folder.resolve(".p.csv.mine.part"));
    AtomicFile.clear(file);
    assertThat(before).doesNotExist();
    assertThat(folder.toFile().listFiles())
        .containsExactlyInAnyOrder(other.toFile(), living.toFile(), mine.toFile());
  }

  @Test
  void digestsAreThoseOfSha256sum() throws IOException {
    // FIPS 180-4, the example of three letters; and of a million letters a.
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Sha256.of(file)).isEqualTo(abc);
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(abc);
    Files.writeString(file, "a".repeat(1_000_000));
    assertThat(Sha256.of(file))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assertThatThrownBy(() -> Sha256.of(folder.resolve("none")))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith("none: no such file");
  }
}
