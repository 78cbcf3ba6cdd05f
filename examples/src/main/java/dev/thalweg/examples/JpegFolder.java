package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;

/// A data set of grey images as a folder of JPEG files, one folder for each class, as `train
/// photos` takes it; and a training on the files beside one on the arrays that they were made of.
/// What JPEG loses is nothing to the model.
///
/// Run it with `examples/run JpegFolder [DATA [FOLDER]]`: 200 images of fashion-mnist, in
/// fashion-mnist-jpeg.
public final class JpegFolder {

  private static final int EACH = 20;

  private JpegFolder() {}

  /// Accuracies on the images to test.
  ///
  /// @param files after a training on the files
  /// @param arrays after one on the arrays
  record Outcome(double files, double arrays) {}

  /// Writes the folder, trains with three seeds, and prints the accuracies.
  public static void main(String[] arguments) throws IOException {
    String name = arguments.length > 0 ? arguments[0] : "fashion-mnist";
    Path folder = Path.of(arguments.length > 1 ? arguments[1] : name + "-jpeg");
    Split parts = Datasets.published(name).orElseGet(() -> Datasets.named(name).split(0.8, 0));
    Dataset train = some(parts.train(), EACH);
    Dataset test = some(parts.test(), Integer.MAX_VALUE);
    write(train, folder);
    IO.println("%d files in %s".formatted(train.rows(), folder));
    for (int seed = 0; seed < 3; seed++) {
      Outcome outcome = train(folder, train, test, 30, seed);
      IO.println(
          "seed %d: test accuracy %.4f from the files, %.4f from the arrays"
              .formatted(seed, outcome.files, outcome.arrays));
    }
  }

  /// The first images of each class, at most so many, with white as 255 and names of classes that
  /// folders can have.
  static Dataset some(Dataset data, int each) {
    Images images = data.images().orElseThrow();
    int[] labels = data.labels();
    int[] seen = new int[data.classes()];
    int[] chosen =
        IntStream.range(0, data.rows()).filter(row -> seen[labels[row]]++ < each).toArray();
    byte[] pixels = new byte[chosen.length * images.shape().size()];
    for (int i = 0; i < chosen.length; i++) {
      images.copy(chosen[i], pixels, i * images.shape().size());
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (pixels[i] * 255 / images.white());
    }
    return Dataset.classification(
        data.name(),
        Images.of(images.shape(), pixels),
        IntStream.of(chosen).map(row -> labels[row]).toArray(),
        data.classNames().stream().map(name -> name.replace('/', '-')).toList());
  }

  /// Writes an image a file.
  static void write(Dataset data, Path folder) throws IOException {
    Images images = data.images().orElseThrow();
    ImageShape shape = images.shape();
    for (int row = 0; row < data.rows(); row++) {
      var image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, shape.width(), shape.height(), images.pixels(row));
      Path of = folder.resolve(data.classNames().get(data.labels()[row]));
      Files.createDirectories(of);
      ImageIO.write(image, "jpg", of.resolve("%05d.jpg".formatted(row)).toFile());
    }
  }

  /// The same training on both.
  static Outcome train(Path folder, Dataset arrays, Dataset test, int epochs, long seed) {
    Dataset files = Datasets.images(folder, ImageOptions.asTheyAre());
    return new Outcome(accuracy(files, test, epochs, seed), accuracy(arrays, test, epochs, seed));
  }

  private static double accuracy(Dataset train, Dataset test, int epochs, long seed) {
    return Trainer.defaults()
        .withEpochs(epochs)
        .withBatchSize(16)
        .withSeed(seed)
        .fit(
            Models.parse("cnn(8, 16, units=32, dropout=0)", train.classes()),
            Losses.softmaxCrossEntropy(),
            Optimizer.parse("adamw(lr=cosine(3e-3))"),
            train)
        .evaluate(test)
        .accuracy();
  }
}
