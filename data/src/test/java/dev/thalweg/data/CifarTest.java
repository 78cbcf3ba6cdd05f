package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.data.Download.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {

  @TempDir private Path folder = Path.of("");

  private static Cifar small(int labels) {
    return new Cifar(
        "small",
        "small-bin",
        new Published("small-binary.tar.gz", 1, ""),
        List.of("a.bin", "b.bin"),
        "test.bin",
        3,
        2,
        "names.txt",
        labels,
        4,
        "");
  }

  private static final Cifar SMALL = small(1);

  /// Image i of a file has i + 10 file as red, one more as green and two more as blue, but for its
  /// last pixel, which is black.
  private static byte[] records(int file, int count, int labels) {
    var bytes = new byte[count * (labels + 3072)];
    for (int i = 0; i < count; i++) {
      int at = i * (labels + 3072);
      bytes[at + labels - 1] = (byte) ((file + i) % 4);
      for (int plane = 0; plane < 3; plane++) {
        int first = at + labels + 1024 * plane;
        Arrays.fill(bytes, first, first + 1023, (byte) (i + 10 * file + plane));
      }
    }
    return bytes;
  }

  private static Map<String, byte[]> content(int labels) {
    var content = new LinkedHashMap<String, byte[]>();
    content.put("names.txt", "ship\ntruck\n\nfrog\r\nbird\n\n".getBytes(StandardCharsets.UTF_8));
    content.put("test.bin", records(3, 2, labels));
    content.put("b.bin", records(2, 3, labels));
    content.put("a.bin", records(1, 3, labels));
    return content;
  }

  private static byte[] archive(Map<String, byte[]> content) {
    var tar = new TarFiles().with('5', "small-bin/", new byte[0]);
    tar.with('x', "pax", "30 mtime=1\n".getBytes(StandardCharsets.UTF_8));
    tar.with('0', "small-bin/._a.bin", new byte[9]);
    content.forEach((name, bytes) -> tar.with('0', "small-bin/" + name, bytes));
    return tar.closed();
  }

  private DataPlaces places() {
    return new DataPlaces(List.of(folder), Optional.empty(), false, _ -> {});
  }

  private Path put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private void putAll(String in, Map<String, byte[]> content) throws IOException {
    for (var entry : content.entrySet()) {
      put(in + entry.getKey(), entry.getValue());
    }
  }

  private void assertIsWhole(Cifar set) {
    assertThat(set.info(places()).present()).isTrue();
    Dataset all = set.all(places());
    assertThat(all).hasToString("small: 8 rows, 3,072 features, 4 classes");
    assertThat(all.classNames()).containsExactly("ship", "truck", "frog", "bird");
    assertThat(all.labels()).containsExactly(1, 2, 3, 2, 3, 0, 3, 0);
    assertThat(all.shape()).containsExactly(32, 32, 3);
    byte[] fourth = all.images().orElseThrow().pixels(3);
    assertThat(fourth).startsWith(20, 21, 22, 20, 21, 22).endsWith(20, 21, 22, 0, 0, 0);
    Split parts = set.published(places());
    assertThat(parts.train().rows()).isEqualTo(6);
    assertThat(parts.test().labels()).containsExactly(3, 0);
    assertThat(parts.test().images().orElseThrow().pixels(1)).startsWith(31, 32, 33);
  }

  @Test
  void theFilesAreReadFromTheArchiveInWhateverOrder() throws IOException {
    assertThat(SMALL.info(places()).present()).isFalse();
    put("small-binary.tar.gz", IdxArrayTest.packed(archive(content(1))));
    assertIsWhole(SMALL);
  }

  @Test
  void theFilesAreReadWhereTheyWereUnpacked() throws IOException {
    putAll("small/small-bin/", content(1));
    assertIsWhole(SMALL);
    assertThat(SMALL.info(places()).folder()).contains(folder.resolve("small"));
  }

  @Test
  void ofTwoLabelsTheSecondIsTheClass() throws IOException {
    putAll("", content(2));
    assertIsWhole(small(2));
  }

  private void assertRefused(String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> SMALL.all(places()))
        .withMessage(sentence.replace("FOLDER", folder.toString()));
  }

  @Test
  void damageIsNamed() throws IOException {
    putAll("", content(1));
    put("b.bin", Arrays.copyOf(records(2, 3, 1), 2 * 3073 + 5));
    assertRefused("FOLDER/b.bin: expected 3 images of 3073 bytes, found 2: it is truncated");
    put("b.bin", Arrays.copyOf(records(2, 3, 1), 3 * 3073 + 1));
    assertRefused("FOLDER/b.bin: expected 3 images of 3073 bytes, found more");
    byte[] five = records(2, 3, 1);
    five[3073] = 5;
    put("b.bin", five);
    assertRefused("FOLDER/b.bin: expected a class from 0 to 3, found 5 (image 1)");
    put("b.bin", records(2, 3, 1));
    put("names.txt", "ship\nship\nfrog\nbird\n".getBytes(StandardCharsets.UTF_8));
    assertRefused("FOLDER/names.txt: expected the names of 4 classes, found 3");
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    String file = "FOLDER/small-binary.tar.gz: ";
    byte[] whole = archive(content(1));
    put("small-binary.tar.gz", IdxArrayTest.packed(Arrays.copyOf(whole, 9000)));
    assertRefused(file + "it is truncated");
    put("small-binary.tar.gz", Arrays.copyOf(IdxArrayTest.packed(whole), 100));
    assertRefused(file + "it is truncated");
    put("small-binary.tar.gz", "<html>gone</html>".getBytes(StandardCharsets.UTF_8));
    assertRefused(file + "expected a tar archive, found 17 bytes");
    byte[] text = new byte[600];
    Arrays.fill(text, (byte) 'x');
    put("small-binary.tar.gz", IdxArrayTest.packed(text));
    assertRefused(file + "expected a tar archive, found a number that is not octal");
    byte[] changed = whole.clone();
    changed[3] ^= 1;
    put("small-binary.tar.gz", IdxArrayTest.packed(changed));
    assertRefused(file + "expected a tar archive, found a header with another checksum");
    put(
        "small-binary.tar.gz",
        IdxArrayTest.packed(new TarFiles().with('2', "link", new byte[0]).closed()));
    assertRefused(file + "expected a tar archive of files and folders, found type 50 of link");
    var less = new LinkedHashMap<>(content(1));
    less.remove("b.bin");
    put("small-binary.tar.gz", IdxArrayTest.packed(archive(less)));
    assertRefused(file + "expected the file b.bin in it, found none of that name");
    var shorter = new LinkedHashMap<>(content(1));
    shorter.put("a.bin", new byte[3073]);
    put("small-binary.tar.gz", IdxArrayTest.packed(archive(shorter)));
    assertRefused(
        file + "small-bin/a.bin: expected 3 images of 3073 bytes, found 1: it is truncated");
  }

  @Test
  void whatGzipSaysOfAllBytesIsCompared() throws IOException {
    byte[] packed = IdxArrayTest.packed(archive(content(1)));
    packed[packed.length - 8] ^= 1;
    put("small-binary.tar.gz", packed);
    assertRefused("FOLDER/small-binary.tar.gz: damaged gzip: Corrupt GZIP trailer");
  }

  @Test
  void itsFilesAreKnownByTheirNames() throws IOException {
    assertThat(SMALL.isAt(folder)).isFalse();
    assertThat(SMALL.isAt(folder.resolve("small-binary.tar.gz"))).isFalse();
    assertThat(SMALL.isAt(put("small-binary.tar.gz", new byte[9]))).isTrue();
    assertThat(SMALL.isAt(folder)).isTrue();
    Files.delete(folder.resolve("small-binary.tar.gz"));
    assertThat(SMALL.isAt(put("other.tar.gz", new byte[9]))).isFalse();
    assertThat(SMALL.isAt(folder)).isFalse();
    putAll("small-bin/", content(1));
    assertThat(SMALL.isAt(folder)).isTrue();
    assertThat(SMALL.isAt(folder.resolve("small-bin"))).isTrue();
    Path archive = put("cifar-100-binary.tar.gz", new byte[9]);
    assertThat(Datasets.namesAt(archive)).containsExactly("cifar-100");
    Files.delete(archive);
    assertThat(Datasets.namesAt(folder)).isEmpty();
  }

  @Test
  void whatIsNowhereIsOneSentenceThatSaysWhatToDo() {
    assertRefused(
        "small: its file small-binary.tar.gz, or the folder small-bin of it, is in none of the"
            + " folders FOLDER, FOLDER/small; put it into FOLDER/small");
  }

  @Test
  void serversAreAskedByHttpsForWhatHasAChecksum() {
    assertThat(Cifar.ALL).extracting(Cifar::title).containsExactly("cifar-10", "cifar-100");
    for (Cifar set : Cifar.ALL) {
      assertThat(set.archive().sha256()).matches("[0-9a-f]{64}");
      assertThat(set.origin().servers())
          .allSatisfy(server -> assertThat(server).hasScheme("https"));
    }
  }

  /// Runs where the archives are in the cache.
  @Test
  void theRealOneIsWhole() {
    DataPlaces here = DataPlaces.standard().withDownload(false);
    for (Cifar set : Cifar.ALL) {
      org.junit.jupiter.api.Assumptions.assumeTrue(
          set.info(here).present(), set.title() + " is not here");
      Split parts = set.published(here);
      for (Dataset part : List.of(parts.train(), parts.test())) {
        var counts = new int[set.classes()];
        for (int label : part.labels()) {
          counts[label]++;
        }
        assertThat(counts).containsOnly(part.rows() / set.classes());
      }
    }
  }
}
