package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// An autoencoder: 64 pixels go through two numbers and come back. What it loses on digits that it
/// has not seen, beside what the two principal components lose, which are the best that two linear
/// numbers can do. Draws the codes, and digits with what is left of them.
///
/// The objective is a lambda: there are no answers, the images are their own targets.
///
/// Run it with `examples/run DigitsAutoencoder [FILE.svg]`.
public final class DigitsAutoencoder {

  private static final int PIXELS = 64;
  private static final int CODE = 2;
  private static final long SEED = 7;

  /// Layers that end in the code; those after it restore the pixels.
  private static final int ENCODER = 4;

  private static final String MODEL =
      "dense(128, relu) | dense(64, relu) | dense(32, relu) | dense(2)"
          + " | dense(32, relu) | dense(64, relu) | dense(128, relu) | dense(64)";

  private DigitsAutoencoder() {}

  /// What the autoencoder came to, on the digits to test.
  ///
  /// @param loss mean square of what is lost, pixels counting from 0 to 1
  /// @param pca the same of the principal components, as many as the code has numbers
  /// @param codes the code of each digit
  /// @param restored the pixels of each digit after the code
  /// @param test the digits
  record Outcome(double loss, double pca, Tensor codes, Tensor restored, Dataset test) {}

  /// Trains it, prints both losses, and writes the picture to autoencoder.svg, or where the first
  /// argument says.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "autoencoder.svg");
    Outcome outcome = train(150, IO::println);
    IO.println(
        "lost of unseen digits: %.4f by the autoencoder, %.4f by %d principal components"
            .formatted(outcome.loss, outcome.pca, CODE));
    Files.writeString(file, picture(outcome));
    IO.println("drawn: " + file);
  }

  /// Trains on four fifths of the digits.
  static Outcome train(int epochs, Consumer<String> report) {
    Split digits = Datasets.named("digits").split(0.8, SEED);
    Network network = Models.parse(MODEL, PIXELS).build(Shape.of(PIXELS), SEED);
    Objective restore =
        (batch, pass, scores) -> {
          Tensor pixels = batch.x().div(16);
          return network.apply(pixels, pass).minus(pixels).square().mean();
        };
    History history =
        Trainer.defaults()
            .withEpochs(epochs)
            .withSeed(SEED)
            .withCallback(event -> {
              if (event instanceof TrainingEvent.EpochEnded(var epoch) && epoch.epoch() % 25 == 0) {
                report.accept(epoch.toString());
              }
            })
            .fit(
                network,
                restore,
                Optimizer.parse("adamw(lr=cosine(2e-3), weight_decay=1e-4)"),
                BatchSource.of(digits.train().source(Sampling.SHUFFLE, SEED), Shape.of(PIXELS), 32),
                BatchSource.of(
                    digits.test().source(Sampling.SEQUENTIAL, 0), Shape.of(PIXELS), 360));
    Tensor unseen = Tensor.ofFloats(Shape.of(digits.test().rows(), PIXELS), digits.test().x());
    List<Tensor> layers = Gradients.off(() -> network.trace(unseen.div(16), Pass.inference()));
    return new Outcome(
        history.epochs().getLast().validationLoss().orElseThrow(),
        principalLoss(digits.train(), digits.test()),
        layers.get(ENCODER - 1),
        layers.getLast(),
        digits.test());
  }

  /// What of the test rows the first principal components of the training rows leave out, mean
  /// square.
  private static double principalLoss(Dataset train, Dataset test) {
    double[] mean = new double[PIXELS];
    float[] x = train.x();
    for (int i = 0; i < x.length; i++) {
      mean[i % PIXELS] += x[i] / 16.0 / train.rows();
    }
    double[][] covariance = new double[PIXELS][PIXELS];
    for (int row = 0; row < train.rows(); row++) {
      for (int i = 0; i < PIXELS; i++) {
        for (int j = 0; j < PIXELS; j++) {
          covariance[i][j] +=
              (x[row * PIXELS + i] / 16.0 - mean[i]) * (x[row * PIXELS + j] / 16.0 - mean[j]);
        }
      }
    }
    double[][] axes = principal(covariance);
    float[] unseen = test.x();
    double lost = 0;
    for (int row = 0; row < test.rows(); row++) {
      double[] d = new double[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        d[i] = unseen[row * PIXELS + i] / 16.0 - mean[i];
      }
      lost += dot(d, d);
      for (double[] axis : axes) {
        lost -= dot(d, axis) * dot(d, axis);
      }
    }
    return lost / unseen.length;
  }

  /// The first eigenvectors of a symmetric matrix, by iteration on all of them at once.
  private static double[][] principal(double[][] matrix) {
    double[][] axes = new double[CODE][PIXELS];
    for (int k = 0; k < CODE; k++) {
      for (int i = 0; i < PIXELS; i++) {
        axes[k][i] = Math.cos((k + 1) * i + 1); // anything
      }
    }
    for (int round = 0; round < 1000; round++) {
      for (int k = 0; k < CODE; k++) {
        double[] next = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
          next[i] = dot(matrix[i], axes[k]);
        }
        for (int other = 0; other < k; other++) {
          double part = dot(next, axes[other]);
          for (int i = 0; i < PIXELS; i++) {
            next[i] -= part * axes[other][i];
          }
        }
        double norm = Math.sqrt(dot(next, next));
        for (int i = 0; i < PIXELS; i++) {
          axes[k][i] = next[i] / norm;
        }
      }
    }
    return axes;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static final List<String> COLOURS =
      List.of(
          "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
          "#bcbd22", "#17becf");

  /// The codes as coloured digits, and below them the first digit of each class over what is left
  /// of it.
  static String picture(Outcome outcome) {
    var svg = new StringBuilder();
    svg.append("<svg xmlns='http://www.w3.org/2000/svg' width='640' height='640' ")
        .append("font-family='sans-serif' font-size='13'>\n")
        .append("<rect width='640' height='640' fill='white'/>\n")
        .append("<text x='20' y='24' font-size='15'>Unseen digits by their code of two numbers; ")
        .append("below, some over what it restores</text>\n");
    float[] codes = outcome.codes.floats();
    float[] low = {Float.MAX_VALUE, Float.MAX_VALUE};
    float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int i = 0; i < codes.length; i++) {
      low[i % 2] = Math.min(low[i % 2], codes[i]);
      high[i % 2] = Math.max(high[i % 2], codes[i]);
    }
    int[] labels = outcome.test.labels();
    for (int row = 0; row < labels.length; row++) {
      double x = 30 + 570 * (codes[2 * row] - low[0]) / (high[0] - low[0]);
      double y = 50 + 410 * (codes[2 * row + 1] - low[1]) / (high[1] - low[1]);
      svg.append(
          "<text x='%.1f' y='%.1f' fill='%s'>%d</text>\n"
              .formatted(x, y, COLOURS.get(labels[row]), labels[row]));
    }
    for (int label = 0; label < 10; label++) {
      int row = first(labels, label);
      digit(svg, 20 + 61 * label, 490, outcome.test.x(), row, 16);
      digit(svg, 20 + 61 * label, 562, outcome.restored.floats(), row, 1);
    }
    return svg.append("</svg>\n").toString();
  }

  private static int first(int[] labels, int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).findFirst().orElse(0);
  }

  private static void digit(StringBuilder svg, int left, int top, float[] x, int row, int white) {
    for (int i = 0; i < PIXELS; i++) {
      int level = Math.round(255 * (1 - Math.clamp(x[row * PIXELS + i] / white, 0, 1)));
      svg.append(
          "<rect x='%d' y='%d' width='7' height='7' fill='rgb(%d,%d,%d)'/>\n"
              .formatted(left + 7 * (i % 8), top + 7 * (i / 8), level, level, level));
    }
  }
}
