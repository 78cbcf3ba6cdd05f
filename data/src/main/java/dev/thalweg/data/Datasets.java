package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The data sets that are found by name.
///
/// | name | rows | features | to predict |
/// |---|---|---|---|
/// | `auto-mpg` | 392 cars | 6 measures, and the origin in 3 columns | miles per gallon |
/// | `breast-cancer` | 569 tumours | 30 measures of cell nuclei | `benign` or `malignant` |
/// | `cifar-10`, `cifar-100` | 60,000 images of things | 32×32 of red, green and blue from 0 to 1 | 10 or 100 classes |
/// | `digits` | 1,797 images of handwritten digits | 8×8 grey values from 0 to 16 | `0` to `9` |
/// | `fashion-mnist` | 70,000 images of clothes | 28×28 grey values from 0 to 1 | 10 kinds of clothes |
/// | `iris` | 150 flowers | 4 lengths in cm | `setosa`, `versicolor`, `virginica` |
/// | `mnist` | 70,000 images of handwritten digits | 28×28 grey values from 0 to 1 | `0` to `9` |
/// | `wine` | 178 wines | 13 chemical measures | 3 cultivars |
///
/// `cifar-10`, `cifar-100`, `fashion-mnist` and `mnist` are looked for in [DataPlaces], the others
/// are embedded. Bytes are divided by 255, as Keras' and torchvision's users do; a row is flat,
/// image row after image row, and [Dataset#shape] is `[28, 28]` or `[32, 32, 3]`. They come from
/// their publishers in two parts: see [#published(String)]; as one, the rows to train on come
/// first. Of the two of CIFAR it is the binary version, in its `.tar.gz` or unpacked.
public final class Datasets {

  private Datasets() {}

  /// What there is, sorted by name, looked for in the standard places.
  public static List<DatasetInfo> all() {
    return all(DataPlaces.standard());
  }

  /// What there is, sorted by name.
  public static List<DatasetInfo> all(DataPlaces places) {
    NotNull.check(places, "places");
    return Stream.concat(
            Arrays.stream(EmbeddedTable.values()).map(EmbeddedTable::info),
            PublishedSet.every().map(set -> set.info(places)))
        .sorted(Comparator.comparing(DatasetInfo::name))
        .toList();
  }

  /// A data set by its name, looked for in the standard places, downloaded where it is in none.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  /// @throws DataException if its files can't be had or are damaged
  public static Dataset named(String name) {
    NotNull.check(name, "name");
    return named(name, DataPlaces.standard());
  }

  /// A data set by its name.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  /// @throws DataException if its files can't be had or are damaged
  public static Dataset named(String name, DataPlaces places) {
    NotNull.check(name, "name");
    NotNull.check(places, "places");
    return image(name).map(set -> set.all(places)).orElseGet(() -> embedded(name).read());
  }

  /// The rows of a data set of texts before they are features, to be divided first: what n-grams
  /// are worth follows from the rows to train on ([TableEncoding#fit]). Empty for all others.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  public static Optional<Table> texts(String name) {
    return texts(name, Ngrams.standard());
  }

  /// The same of texts that become features so.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  public static Optional<Table> texts(String name, TextForm form) {
    NotNull.check(name, "name");
    NotNull.check(form, "form");
    return image(name).isPresent() ? Optional.empty() : embedded(name).texts(form);
  }

  /// The text files of a folder that has a folder for each class, `mails/spam/1.txt`, as a table of
  /// the columns `text` and `class`.
  ///
  /// Which files there are and how classes are called is as of images: see [#images(Path,
  /// ImageOptions)].
  ///
  /// @param form how texts become features
  /// @throws DataException if there is no such folder, a class has no file, or one can't be read,
  ///   is empty or something else than UTF-8
  public static Table texts(Path folder, TextForm form) {
    NotNull.check(folder, "folder");
    NotNull.check(form, "form");
    return TextFolder.read(folder, form);
  }

  /// Whether a folder has text files, `.txt`, in it or below: the first file that is found is one.
  public static boolean hasTexts(Path folder) {
    NotNull.check(folder, "folder");
    return TextFolder.isMeant(folder);
  }

  /// The parts of a data set as its publisher divided it, so that results can be compared; empty
  /// for one that was published whole. From the standard places, as [#named(String)].
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  /// @throws DataException if its files can't be had or are damaged
  public static Optional<Split> published(String name) {
    NotNull.check(name, "name");
    return published(name, DataPlaces.standard());
  }

  /// The parts of a data set as its publisher divided it; empty for one that was published whole.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  /// @throws DataException if its files can't be had or are damaged
  public static Optional<Split> published(String name, DataPlaces places) {
    NotNull.check(name, "name");
    NotNull.check(places, "places");
    Optional<PublishedSet> set = image(name);
    if (set.isEmpty()) {
      embedded(name);
    }
    return set.map(found -> found.published(places));
  }

  /// The names of the data sets whose published files are at a place: a folder that has them, or
  /// the archive that they came in. Of `fashion-mnist` and `mnist` the files are called alike.
  public static List<String> namesAt(Path place) {
    NotNull.check(place, "place");
    return PublishedSet.every()
        .filter(set -> set.isAt(place))
        .map(PublishedSet::title)
        .sorted()
        .toList();
  }

  /// Two IDX files as a data set for classification: images, or other rows of numbers, and a label
  /// for each; see [IdxArray]. Bytes are divided by 255, other numbers stay as they are; a row is
  /// flat and remembers its shape; classes are called `0`, `1`, … up to the largest label.
  ///
  /// @param images `rows × …`
  /// @param labels `rows`
  /// @throws DataException if the files can't be read, are damaged or don't fit together
  public static Dataset idx(Path images, Path labels) {
    NotNull.check(images, "images");
    NotNull.check(labels, "labels");
    return IdxImages.read(images, labels);
  }

  /// The PNG and JPEG files of a folder that has a folder for each class: `photos/cats/1.jpg`.
  ///
  /// Classes are called as their folders, sorted by the bytes of the names; images come class after
  /// class, sorted by the bytes of their paths. A file may lie in folders of its class's. What is
  /// hidden (`.DS_Store`, `._1.jpg`), `Thumbs.db` and `desktop.ini` are not looked at. What a file
  /// is says its beginning, not its name. A JPEG or PNG file is turned as its camera was held
  /// (Exif); pixels are the numbers in the file, without regard to colour profiles; what shows
  /// through lies on white; 16 bits become 8.
  ///
  /// Images of several sizes are brought to the one that the options say: scaled so that they fill
  /// it, the rest cut off at both ends ([Fit#CROP]), or pressed into it ([Fit#STRETCH]); the mean
  /// of the area where they shrink, bilinear where they grow. They are colour unless all are grey.
  ///
  /// @throws DataException if there is no such folder, a class has no image, files can't be read
  ///   (up to ten are named), sizes differ and the options have none, or this JVM was started
  ///   without the module `java.desktop`
  /// @throws ReadInterruptedException if the thread is interrupted meanwhile
  public static Dataset images(Path folder, ImageOptions options) {
    NotNull.check(folder, "folder");
    NotNull.check(options, "options");
    return ImageFolder.of(folder).read(options);
  }

  /// The WAV files of a folder that has a folder for each class, `sounds/yes/1.wav`, as their
  /// spectrograms: [SoundOptions] says how they become so, and of one length; [Sound] which files
  /// are read. Which files there are and how classes are called is as of images: see [#images(Path,
  /// ImageOptions)].
  ///
  /// A row is an image of 40 bands a hundredth of a second, also a sequence of such steps: for a
  /// `cnn`, and for `gru(128) | last | dense(10)`.
  ///
  /// @throws DataException if there is no such folder, a class has no sound, or files can't be read
  ///   (up to ten are named)
  /// @throws ReadInterruptedException if the thread is interrupted meanwhile
  public static Dataset sounds(Path folder, SoundOptions options) {
    NotNull.check(folder, "folder");
    NotNull.check(options, "options");
    return ImageFolder.ofSounds(folder).read(options);
  }

  /// Whether a folder has WAV files, `.wav`, in it or below: the first file that is found is one.
  public static boolean hasSounds(Path folder) {
    NotNull.check(folder, "folder");
    return ImageFolder.isFirst(folder, ImageFolder::isNamedAsSound);
  }

  /// The folders `train` and `test` of a folder that has no other, see [#published(Path,
  /// SoundOptions)]; of any other the folder itself.
  ///
  /// @throws DataException if it can't be read
  public static List<Path> parts(Path folder) {
    NotNull.check(folder, "folder");
    return ImageFolder.parts(folder)
        .map(parts -> List.of(parts.train(), parts.test()))
        .orElseGet(() -> List.of(folder));
  }

  /// The sounds of a folder that is divided already: it has nothing but the folders `train` (or
  /// `training`) and `test` (or `testing`), and these one for each class, as where the voices to
  /// test with are others than those to train on. Empty of any other folder. Rate and length that
  /// the options leave open are those of the sounds to train on.
  ///
  /// @throws DataException as [#sounds(Path, SoundOptions)], or if there is a class to test that is
  ///   not among those to train on
  public static Optional<Split> published(Path folder, SoundOptions options) {
    NotNull.check(folder, "folder");
    NotNull.check(options, "options");
    return ImageFolder.parts(folder)
        .map(parts -> {
          ImageFolder known = ImageFolder.ofSounds(parts.train());
          ImageFolder other = ImageFolder.ofSounds(parts.test()).like(known);
          String name = ImageFolder.title(folder);
          Dataset train = known.read(options).withName(name);
          SoundOptions same = train.schema().sound().orElseThrow();
          return new Split(train, other.read(same).withName(name));
        });
  }

  /// The images of a folder that is divided already into `train` and `test`: see [#published(Path,
  /// SoundOptions)].
  ///
  /// @throws DataException as [#images(Path, ImageOptions)], or if there is a class to test that is
  ///   not among those to train on, or images to test have another size and none is asked for
  public static Optional<Split> published(Path folder, ImageOptions options) {
    NotNull.check(folder, "folder");
    NotNull.check(options, "options");
    return ImageFolder.parts(folder)
        .map(parts -> {
          ImageFolder known = ImageFolder.of(parts.train());
          ImageFolder other = ImageFolder.of(parts.test()).like(known);
          String name = ImageFolder.title(folder);
          Dataset train = known.read(options).withName(name);
          ImageShape shape = train.schema().image().orElseThrow();
          Dataset test = other.read(options.withChannels(shape.channels())).withName(name);
          ImageShape found = test.schema().image().orElseThrow();
          if (!found.equals(shape)) {
            throw new DataException(
                "%s: expected images of %s, as those in %s are, found %s"
                    .formatted(parts.test(), shape, parts.train(), found));
          }
          return new Split(train, test);
        });
  }

  /// The PNG and JPEG files that a table names, with the class of each. Classes are sorted: numbers
  /// by what they are, then texts.
  ///
  /// @param fileColumn has the paths of the files
  /// @param labelColumn has the classes, and is what there is to predict
  /// @param base where paths begin that are not absolute
  /// @throws DataException as [#images(Path, ImageOptions)], or if there is no such column, a field
  ///   is empty, or a file is not there
  public static Dataset images(
      CsvTable table, String fileColumn, String labelColumn, Path base, ImageOptions options) {
    NotNull.check(table, "table");
    NotNull.check(fileColumn, "fileColumn");
    NotNull.check(labelColumn, "labelColumn");
    NotNull.check(base, "base");
    NotNull.check(options, "options");
    return ImageColumn.read(table, fileColumn, labelColumn, base, options);
  }

  private static Optional<PublishedSet> image(String name) {
    return PublishedSet.every().filter(set -> set.title().equals(name)).findFirst();
  }

  private static EmbeddedTable embedded(String name) {
    return Arrays.stream(EmbeddedTable.values())
        .filter(table -> table.title().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.sentence("data set", name, names())));
  }

  /// All names, sorted.
  public static List<String> names() {
    return Stream.concat(
            Arrays.stream(EmbeddedTable.values()).map(EmbeddedTable::title),
            PublishedSet.every().map(PublishedSet::title))
        .sorted()
        .toList();
  }
}
