package dev.thalweg.data;

import dev.thalweg.data.Download.Published;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A data set of grey 28×28 images in four IDX files, some to train on and some to test.
///
/// @param title what it is found by
/// @param train how many images there are to train on
/// @param test how many there are to test
/// @param licence under which it may be used
/// @param source who made it, and where it is published
/// @param target what the labels are called
/// @param classNames what each label stands for
/// @param advice what else to do where a download fails
/// @param servers folders that have the files
/// @param files images and labels to train on, images and labels to test
record ImageSet(
    String title,
    int train,
    int test,
    String licence,
    String source,
    String target,
    List<String> classNames,
    String advice,
    List<URI> servers,
    List<Published> files)
    implements PublishedSet {

  /// Checksums: those of the labels are of the files in the publisher's repository; those of the
  /// images as `tensorflow_datasets/url_checksums/fashion_mnist.txt` of TensorFlow Datasets has
  /// them, which has the same for the labels.
  private static final ImageSet FASHION_MNIST =
      new ImageSet(
          "fashion-mnist",
          60_000,
          10_000,
          "MIT",
          "Fashion-MNIST, H. Xiao, K. Rasul, R. Vollgraf (Zalando Research, 2017),"
              + " https://github.com/zalandoresearch/fashion-mnist",
          "article",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          "install Debian's package dataset-fashion-mnist, or ",
          List.of(
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")),
          List.of(
              new Published(
                  "train-images-idx3-ubyte.gz",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
              new Published(
                  "train-labels-idx1-ubyte.gz",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
              new Published(
                  "t10k-images-idx3-ubyte.gz",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
              new Published(
                  "t10k-labels-idx1-ubyte.gz",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")));

  /// Checksums: as `tensorflow_datasets/url_checksums/mnist.txt` of TensorFlow Datasets has them;
  /// the second server is the one that torchvision asks.
  private static final ImageSet MNIST =
      new ImageSet(
          "mnist",
          60_000,
          10_000,
          "CC BY-SA 3.0",
          "MNIST, Y. LeCun, C. Cortes, C. J. C. Burges (1998), http://yann.lecun.com/exdb/mnist/",
          "digit",
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          "",
          List.of(
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
          List.of(
              new Published(
                  "train-images-idx3-ubyte.gz",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
              new Published(
                  "train-labels-idx1-ubyte.gz",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
              new Published(
                  "t10k-images-idx3-ubyte.gz",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
              new Published(
                  "t10k-labels-idx1-ubyte.gz",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));

  private static final int SIDE = 28;
  private static final ImageShape SHAPE = new ImageShape(SIDE, SIDE, 1);

  /// Those there are.
  static final List<ImageSet> ALL = List.of(FASHION_MNIST, MNIST);

  @Override
  public DatasetInfo info(DataPlaces places) {
    Optional<Path> folder = origin().folder(places, this::isComplete);
    return new DatasetInfo(
        title,
        train + test,
        SIDE * SIDE,
        Task.CLASSIFICATION,
        classNames.size(),
        licence,
        source,
        folder.isPresent(),
        folder);
  }

  @Override
  public Dataset all(DataPlaces places) {
    return read(place(places), true, true);
  }

  @Override
  public Split published(DataPlaces places) {
    Path folder = place(places);
    return new Split(read(folder, true, false), read(folder, false, true));
  }

  private Origin origin() {
    return new Origin(
        title,
        "its four files (%s, …) are".formatted(files.getFirst().name()),
        advice,
        servers,
        files);
  }

  private Path place(DataPlaces places) {
    return origin()
        .folder(places, this::isComplete, (folder, file) -> file(folder, file.name()).isPresent());
  }

  @Override
  public boolean isAt(Path place) {
    return isComplete(place);
  }

  private boolean isComplete(Path folder) {
    return files.stream().allMatch(file -> file(folder, file.name()).isPresent());
  }

  /// A file, packed or not, with a point in its name where an unpacker put one.
  private static Optional<Path> file(Path folder, String packed) {
    String plain = packed.substring(0, packed.length() - ".gz".length());
    List<UnaryOperator<String>> spellings =
        List.of(name -> packed, name -> name, name -> name.replace("-idx", ".idx"));
    return spellings.stream()
        .map(spelling -> folder.resolve(spelling.apply(plain)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Dataset read(Path folder, boolean training, boolean testing) {
    var labels = new int[(training ? train : 0) + (testing ? test : 0)];
    var parts = new ArrayList<byte[]>();
    if (training) {
      parts.add(read(folder, 0, train, labels, 0));
    }
    if (testing) {
      parts.add(read(folder, 2, test, labels, labels.length - test));
    }
    return Dataset.of(
        title,
        Images.own(SHAPE, parts.toArray(byte[][]::new)),
        Features.image(SHAPE).allReady(),
        new Answers.Labels(labels, classNames, target));
  }

  /// Reads the images and the labels after them in the list of files.
  private byte[] read(Path folder, int images, int count, int[] labels, int row) {
    IdxArray pixels = open(folder, images, count, SIDE, SIDE);
    if (pixels.type() != IdxArray.Type.UNSIGNED_BYTE) {
      throw new DataException(
          "%s: expected unsigned bytes, found type %s".formatted(pixels.source(), pixels.type()));
    }
    IdxImages.labels(open(folder, images + 1, count), labels, row, classNames.size());
    return pixels.bytes();
  }

  private IdxArray open(Path folder, int file, int... shape) {
    Path path =
        file(folder, files.get(file).name())
            .orElseThrow(
                () -> new DataException(folder.resolve(files.get(file).name()) + ": no such file"));
    return IdxImages.expect(IdxArray.read(path), shape);
  }
}
