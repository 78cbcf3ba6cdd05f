package dev.thalweg.data;

import dev.thalweg.data.Download.Published;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// CIFAR-10 and CIFAR-100 in their binary version: colour images of 32×32 in files of records, each
/// of a label or two, and of 1,024 bytes of red, 1,024 of green and 1,024 of blue, row by row.
///
/// @param title what it is found by
/// @param folder in the archive
/// @param archive that all is in, packed by tar and gzip
/// @param trainFiles the files to train on
/// @param testFile the one to test
/// @param perFile how many images a file to train on has
/// @param tests how many the one to test has
/// @param namesFile the names of the classes, one a line
/// @param labels how many bytes are before the pixels; the last one is the class
/// @param classes how many there are
/// @param source who made it, and where it is published
record Cifar(
    String title,
    String folder,
    Published archive,
    List<String> trainFiles,
    String testFile,
    int perFile,
    int tests,
    String namesFile,
    int labels,
    int classes,
    String source)
    implements PublishedSet {

  private static final ImageShape SHAPE = new ImageShape(32, 32, 3);
  private static final int PLANE = 32 * 32;
  private static final int LONGEST_NAMES = 1 << 16;

  static final List<URI> SERVERS = List.of(URI.create("https://www.cs.toronto.edu/~kriz/"));

  private static final String AUTHOR =
      ", A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009),"
          + " https://www.cs.toronto.edu/~kriz/cifar.html";

  /// Checksums: as `tensorflow_datasets/url_checksums/cifar10.txt` and `cifar100.txt` of TensorFlow
  /// Datasets have them.
  static final List<Cifar> ALL =
      List.of(
          new Cifar(
              "cifar-10",
              "cifar-10-batches-bin",
              new Published(
                  "cifar-10-binary.tar.gz",
                  170_052_171,
                  "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
              List.of(
                  "data_batch_1.bin",
                  "data_batch_2.bin",
                  "data_batch_3.bin",
                  "data_batch_4.bin",
                  "data_batch_5.bin"),
              "test_batch.bin",
              10_000,
              10_000,
              "batches.meta.txt",
              1,
              10,
              "CIFAR-10" + AUTHOR),
          new Cifar(
              "cifar-100",
              "cifar-100-binary",
              new Published(
                  "cifar-100-binary.tar.gz",
                  168_513_733,
                  "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
              List.of("train.bin"),
              "test.bin",
              50_000,
              10_000,
              "fine_label_names.txt",
              2,
              100,
              "CIFAR-100" + AUTHOR));

  @Override
  public DatasetInfo info(DataPlaces places) {
    Optional<Path> found = origin().folder(places, this::isComplete);
    return new DatasetInfo(
        title,
        train() + tests,
        SHAPE.size(),
        Task.CLASSIFICATION,
        classes,
        "not stated",
        source,
        found.isPresent(),
        found);
  }

  private int train() {
    return perFile * trainFiles.size();
  }

  Origin origin() {
    return new Origin(
        title,
        "its file %s, or the folder %s of it, is".formatted(archive.name(), folder),
        "",
        SERVERS,
        List.of(archive));
  }

  private boolean isComplete(Path place) {
    return Files.isRegularFile(place.resolve(archive.name())) || unpacked(place).isPresent();
  }

  @Override
  public boolean isAt(Path place) {
    Path name = place.getFileName();
    return Files.isRegularFile(place)
        ? name != null && name.toString().equals(archive.name())
        : isComplete(place);
  }

  /// The folder with the files themselves.
  private Optional<Path> unpacked(Path place) {
    return List.of(place, place.resolve(folder)).stream()
        .filter(here ->
            files().keySet().stream().allMatch(name -> Files.isRegularFile(here.resolve(name))))
        .findFirst();
  }

  /// The first image of each file, and -1 for the names of classes.
  private SequencedMap<String, Integer> files() {
    var files = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < trainFiles.size(); i++) {
      files.put(trainFiles.get(i), i * perFile);
    }
    files.put(testFile, train());
    files.put(namesFile, -1);
    return files;
  }

  @Override
  public Dataset all(DataPlaces places) {
    Content content = read(places);
    return content.data(content.train, content.test);
  }

  @Override
  public Split published(DataPlaces places) {
    Content content = read(places);
    return new Split(content.data(content.train), content.data(content.test));
  }

  private Content read(DataPlaces places) {
    Path place =
        origin()
            .folder(
                places,
                this::isComplete,
                (in, file) -> Files.isRegularFile(in.resolve(file.name())));
    var content = new Content();
    Optional<Path> files = unpacked(place);
    if (files.isPresent()) {
      for (String name : files().keySet()) {
        Path file = files.get().resolve(name);
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
          content.take(name, file.toString(), to -> in.readNBytes(to, 0, to.length));
        } catch (IOException e) {
          throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
      }
    } else {
      unpack(place.resolve(archive.name()), content);
    }
    return content;
  }

  private void unpack(Path file, Content content) {
    Set<String> missing = new HashSet<>(files().keySet());
    try (var packed = Packed.open(file)) {
      try {
        InputStream in = new BufferedInputStream(packed.in(), 1 << 16);
        var entries = new TarEntries(file.toString(), in);
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
          String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
          if (missing.remove(name)) {
            content.take(name, file + ": " + entry.name(), entries::read);
          }
        }
        // What gzip says of all bytes stands behind the last.
        in.transferTo(OutputStream.nullOutputStream());
      } catch (EOFException e) {
        throw new DataException(file + ": it is truncated", e);
      } catch (IOException e) {
        throw packed.failed(e);
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: expected the file %s in it, found none of that name"
              .formatted(file, missing.stream().sorted().findFirst().orElse("")));
    }
  }

  /// What fills an array as far as there is something.
  private interface Bytes {
    int read(byte[] to) throws IOException;
  }

  /// Images with their classes.
  private static final class Part {

    private final byte[] pixels;
    private final int[] labels;

    Part(int images) {
      this.pixels = new byte[images * SHAPE.size()];
      this.labels = new int[images];
    }
  }

  /// What has been read so far.
  private final class Content {

    private final Part train = new Part(train());
    private final Part test = new Part(tests);
    private List<String> names = List.of();

    /// @param where for messages
    void take(String name, String where, Bytes from) throws IOException {
      int first = files().getOrDefault(name, -1);
      if (first < 0) {
        names(where, from);
      } else if (first < train()) {
        images(train, first, perFile, where, from);
      } else {
        images(test, 0, tests, where, from);
      }
    }

    private void names(String where, Bytes from) throws IOException {
      var bytes = new byte[LONGEST_NAMES];
      int count = from.read(bytes);
      names =
          new String(bytes, 0, count, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      long different = names.stream().distinct().count();
      if (names.size() != classes || different != classes) {
        throw new DataException(
            "%s: expected the names of %d classes, found %d".formatted(where, classes, different));
      }
    }

    private void images(Part part, int first, int count, String where, Bytes from)
        throws IOException {
      var image = new byte[labels + SHAPE.size()];
      for (int i = 0; i < count; i++) {
        int read = from.read(image);
        if (read < image.length) {
          throw new DataException(
              "%s: expected %d images of %d bytes, found %d: it is truncated"
                  .formatted(where, count, image.length, i));
        }
        int label = image[labels - 1] & 0xff;
        if (label >= classes) {
          throw new DataException(
              "%s: expected a class from 0 to %d, found %d (image %d)"
                  .formatted(where, classes - 1, label, i));
        }
        part.labels[first + i] = label;
        int to = (first + i) * SHAPE.size();
        for (int pixel = labels; pixel < labels + PLANE; pixel++) {
          part.pixels[to++] = image[pixel];
          part.pixels[to++] = image[pixel + PLANE];
          part.pixels[to++] = image[pixel + 2 * PLANE];
        }
      }
      if (from.read(new byte[1]) > 0) {
        throw new DataException(
            "%s: expected %d images of %d bytes, found more".formatted(where, count, image.length));
      }
    }

    Dataset data(Part... parts) {
      return Dataset.of(
          title,
          Images.own(SHAPE, Arrays.stream(parts).map(part -> part.pixels).toArray(byte[][]::new)),
          Features.image(SHAPE).allReady(),
          new Answers.Labels(
              Arrays.stream(parts).flatMapToInt(part -> Arrays.stream(part.labels)).toArray(),
              names,
              "class"));
    }
  }
}
