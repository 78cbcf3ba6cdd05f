package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {

  @TempDir private Path folder = Path.of("");

  private static final ImageSet SMALL =
      new ImageSet(
          "small",
          60,
          10,
          "",
          "",
          "digit",
          ImageSet.ALL.getLast().classNames(),
          "",
          List.of(),
          ImageSet.ALL.getLast().files());

  @Test
  void serversAreAskedByHttps() {
    assertThat(ImageSet.ALL)
        .allSatisfy(set ->
            assertThat(set.servers())
                .isNotEmpty()
                .allSatisfy(server -> assertThat(server).hasScheme("https")));
    assertThat(Cifar.SERVERS).allSatisfy(server -> assertThat(server).hasScheme("https"));
  }

  @Test
  void whoNamesAFolderIsToldWhatItLacks() {
    assertThat(DataPlaces.standard().withDownload(true).withFolder(folder).download()).isFalse();
  }

  @Test
  void whoNamesAFolderThatLacksAFileGetsNoneFromElsewhere() throws IOException {
    Path named = folder.resolve("named");
    write(named, true);
    write(folder.resolve("cache/small"), true);
    write(folder.resolve("other"), true);
    DataPlaces places =
        new DataPlaces(
                List.of(folder.resolve("other")),
                Optional.of(folder.resolve("cache")),
                false,
                _ -> {})
            .withFolder(named);
    assertThat(SMALL.info(places).folder()).contains(named);
    Files.delete(named.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(SMALL.info(places).present()).isFalse();
    assertThatThrownBy(() -> SMALL.all(places))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "in none of the folders %s, %s, %s lacks t10k-labels-idx1-ubyte.gz; "
                .formatted(named, named.resolve("small"), named));
  }

  private DataPlaces places() {
    return new DataPlaces(List.of(), Optional.of(folder.resolve("cache")), false, _ -> {});
  }

  /// Four files of the right sizes; the pixels of image i are 4 i, its label is i mod 10.
  private static void write(Path to, boolean packed) throws IOException {
    Files.createDirectories(to);
    for (var part : Map.of("train", 60, "t10k", 10).entrySet()) {
      int rows = part.getValue();
      byte[] images = IdxArrayTest.idx(8, new int[] {rows, 28, 28});
      var buffer = ByteBuffer.allocate(images.length + rows * 784).put(images);
      byte[] labels = IdxArrayTest.idx(8, new int[] {rows}, new int[rows]);
      for (int i = 0; i < rows; i++) {
        for (int p = 0; p < 784; p++) {
          buffer.put((byte) (4 * i));
        }
        labels[8 + i] = (byte) (i % 10);
      }
      put(to, part.getKey() + "-images-idx3-ubyte", buffer.array(), packed);
      put(to, part.getKey() + "-labels-idx1-ubyte", labels, packed);
    }
  }

  private static void put(Path to, String name, byte[] bytes, boolean packed) throws IOException {
    Files.write(
        to.resolve(packed ? name + ".gz" : name), packed ? IdxArrayTest.packed(bytes) : bytes);
  }

  @Test
  void theFilesAreFoundInAGivenFolderAndReadInTheirOrder() throws IOException {
    write(folder.resolve("mine"), false);
    Files.move(
        folder.resolve("mine/train-images-idx3-ubyte"),
        folder.resolve("mine/train-images.idx3-ubyte"));
    DataPlaces places = places().withFolder(folder.resolve("mine"));
    Dataset all = SMALL.all(places);
    assertThat(all).hasToString("small: 70 rows, 784 features, 10 classes");
    assertThat(all.shape()).containsExactly(28, 28);
    assertThat(all.targetName()).isEqualTo("digit");
    assertThat(all.row(30)).containsOnly(120 / 255f);
    assertThat(all.row(67)).containsOnly(28 / 255f);
    assertThat(Arrays.copyOf(all.labels(), 12)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
    Split published = SMALL.published(places);
    assertThat(published.train().rows()).isEqualTo(60);
    assertThat(published.test().rows()).isEqualTo(10);
    assertThat(published.train().row(59)).isEqualTo(all.row(59));
    assertThat(published.test().row(5)).isEqualTo(all.row(65));
    assertThat(published.test().labels()[9]).isEqualTo(9);
  }

  @Test
  void theFilesAreFoundInTheCacheAndDamageIsNamed() throws IOException {
    Path cached = folder.resolve("cache/small");
    assertThat(SMALL.info(places()).present()).isFalse();
    write(cached, true);
    DatasetInfo info = SMALL.info(places());
    assertThat(info.present()).isTrue();
    assertThat(info.folder()).contains(cached);
    var damages = new HashMap<String, String>();
    damages.put("t10k-images-idx3-ubyte.gz", ": damaged gzip: ");
    damages.put("train-labels-idx1-ubyte.gz", ": damaged gzip: ");
    for (var damage : damages.entrySet()) {
      Path file = cached.resolve(damage.getKey());
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(() -> SMALL.all(places()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + damage.getValue());
      Files.write(file, whole);
    }
    Path labels = cached.resolve("t10k-labels-idx1-ubyte.gz");
    Files.write(labels, IdxArrayTest.idx(8, new int[] {3}, 0, 1, 2));
    assertThatThrownBy(() -> SMALL.all(places()))
        .hasMessage(labels + ": expected an array of 10, found 3");
    var eleven = new int[10];
    eleven[9] = 10;
    Files.write(labels, IdxArrayTest.idx(8, new int[] {10}, eleven));
    assertThatThrownBy(() -> SMALL.all(places()))
        .hasMessage(labels + ": expected a class from 0 to 9, found 10.0 (element 9)");
  }

  @Test
  void whatIsNowhereIsOneSentenceThatSaysWhatToDo() {
    Path cached = folder.resolve("cache/fashion-mnist");
    assertThatThrownBy(() -> Datasets.named("fashion-mnist", places()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "fashion-mnist: its four files (train-images-idx3-ubyte.gz, …) are in none of the"
                + " folders "
                + cached
                + "; install Debian's package dataset-fashion-mnist, or put them into "
                + cached);
    assertThat(cached).doesNotExist();
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> places().withFolder(none)).hasMessage(none + ": no such folder");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.published("fashon-mnist", places()))
        .withMessageContaining("did you mean 'fashion-mnist'?");
  }

  /// Runs where Debian's package `dataset-fashion-mnist` is installed.
  @Test
  void debiansFashionMnistIsWhole() {
    Path debian = Path.of("/usr/share/datasets/fashion-mnist");
    assumeTrue(Files.isDirectory(debian), "dataset-fashion-mnist is not installed");
    Dataset all = Datasets.named("fashion-mnist");
    assertThat(
            IntStream.range(0, 10)
                .mapToLong(c -> Arrays.stream(all.labels()).filter(l -> l == c).count()))
        .containsOnly(7000L);
    assertThat(all.classNames().get(all.labels()[0])).isEqualTo("Ankle boot");
    assertThat(all.row(0)).doesNotContain(2f).contains(1f);
  }

  @Test
  void theCacheIsWhereTheSystemHasCaches() {
    assertThat(DataPlaces.cache(Map.of("XDG_CACHE_HOME", "/x")::get, "/home/me", "Linux"))
        .contains(Path.of("/x/thalweg"));
    assertThat(DataPlaces.cache(Map.of("XDG_CACHE_HOME", "x")::get, "/home/me", "Linux"))
        .contains(Path.of("/home/me/.cache/thalweg"));
    assertThat(DataPlaces.cache(Map.of("LOCALAPPDATA", "/l")::get, "/home/me", "Windows 11"))
        .contains(Path.of("/l/thalweg"));
    assertThat(DataPlaces.cache(Map.of("LOCALAPPDATA", "/l")::get, "/home/me", "Mac OS X"))
        .contains(Path.of("/home/me/.cache/thalweg"));
    assertThat(DataPlaces.cache(Map.<String, String>of()::get, "", "Linux")).isEmpty();
    assertThat(DataPlaces.standard().download()).isTrue();
  }
}
