package dev.thalweg.cli;

import dev.thalweg.cli.picture.Pixels;
import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.Tiles.Line;
import dev.thalweg.cli.picture.Tiles.Tile;
import dev.thalweg.data.Images;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.Outcomes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a model of images said of some of them, where it was most wrong, and what its first layer
/// looks for.
final class ImageTiles {

  private static final int SIDE = 117;

  /// Two lines of twelve.
  private static final int SHOWN = 24;

  private static final int SIDE_OF_FILTER = 84;
  private static final int SHOWN_FILTERS = 64;

  private final Images images;
  private final Outcomes outcomes;

  private ImageTiles(Images images, Outcomes outcomes) {
    this.images = images;
    this.outcomes = outcomes;
  }

  /// The first of the rows that a model was tested on, and the worst of its mistakes, if it made
  /// any.
  ///
  /// @param images the rows
  /// @param outcomes what was said of them
  static List<Tiles> of(Images images, Outcomes outcomes) {
    if (images.rows() != outcomes.rows()) {
      throw new IllegalArgumentException(
          "expected %d images, found %d".formatted(outcomes.rows(), images.rows()));
    }
    var tiles = new ImageTiles(images, outcomes);
    var sheets = new ArrayList<Tiles>();
    sheets.add(
        tiles.sheet(
            "predictions for the first of the %s test rows"
                .formatted(Numbers.count(outcomes.rows())),
            IntStream.range(0, Math.min(SHOWN, outcomes.rows())).boxed().toList()));
    var mistakes = mistakes(outcomes);
    if (!mistakes.isEmpty()) {
      sheets.add(
          tiles.sheet(
              outcomes.task() == Task.CLASSIFICATION
                  ? "the worst of the %s mistakes: those whose true class got the smallest probability"
                      .formatted(Numbers.count(mistakes.size()))
                  : "the largest errors",
              mistakes.stream().limit(SHOWN).toList()));
    }
    return sheets;
  }

  private Tiles sheet(String title, List<Integer> rows) {
    return new Tiles(
        title,
        SIDE,
        rows.stream().map(row -> new Tile(Pixels.of(images, row), List.of(), lines(row))).toList());
  }

  /// The rows with errors, the worst first.
  static List<Integer> mistakes(Outcomes outcomes) {
    var rows = IntStream.range(0, outcomes.rows()).boxed();
    return outcomes.task() == Task.CLASSIFICATION
        ? rows.filter(row -> outcomes.predictedLabel(row) != outcomes.label(row))
            .sorted(
                Comparator.comparingDouble(
                    (Integer row) -> outcomes.logProbability(row, outcomes.label(row))))
            .toList()
        : rows.filter(row -> error(outcomes, row) > 0)
            .sorted(Comparator.comparingDouble((Integer row) -> -error(outcomes, row)))
            .toList();
  }

  private static double error(Outcomes outcomes, int row) {
    return Math.abs(outcomes.prediction(row) - outcomes.target(row));
  }

  /// What is true, and what was predicted.
  private List<Line> lines(int row) {
    if (outcomes.task() == Task.REGRESSION) {
      return List.of(
          new Line("is " + Numbers.text(outcomes.target(row), 4), false),
          new Line("said " + Numbers.text(outcomes.prediction(row), 4), false));
    }
    var label = outcomes.label(row);
    var predicted = outcomes.predictedLabel(row);
    var names = outcomes.classNames();
    return List.of(
        new Line("is " + names.get(label), false),
        new Line(
            String.format(
                Locale.ROOT, "%.2f %s", outcomes.probability(row, predicted), names.get(predicted)),
            label != predicted));
  }

  /// The filters of the first layer, where it is a convolution of grey or colour.
  static Optional<Tiles> filters(Network network) {
    return network.parameters().stream()
        .filter(parameter -> parameter.dimensions().length == 4)
        .findFirst()
        .filter(weights -> isConvolution(network, weights.name()))
        .filter(weights -> weights.dimensions()[2] == 1 || weights.dimensions()[2] == 3)
        .map(ImageTiles::filters);
  }

  /// Whether a layer that looks at the image has these weights: no layer before it has any.
  private static boolean isConvolution(Network network, String name) {
    var layer = network.model().layers().get(Integer.parseInt(name.replaceFirst("\\..*", "")) - 1);
    return network.parameters().getFirst().name().equals(name)
        && layer.toString().matches("(?s)(conv2d|depthwise_conv2d)\\(.*");
  }

  private static Tiles filters(Parameter weights) {
    var sizes = weights.dimensions();
    var shown = Math.min(SHOWN_FILTERS, sizes[3]);
    return new Tiles(
        "%s%d filters of the first layer, %d×%d: grey is 0, white its largest weight, black as much below"
            .formatted(
                shown < sizes[3] ? "the first " + shown + " of " : "the ",
                sizes[3],
                sizes[0],
                sizes[1]),
        SIDE_OF_FILTER,
        IntStream.range(0, shown)
            .mapToObj(filter -> new Tile(filter(weights, filter), List.of(), List.of()))
            .toList());
  }

  private static Pixels filter(Parameter weights, int filter) {
    var sizes = weights.dimensions();
    var values = weights.values().floats();
    var depth = sizes[2];
    var most = 0f;
    for (var i = filter; i < weights.size(); i += sizes[3]) {
      most = Math.max(most, Math.abs(values[i]));
    }
    var colours = new int[sizes[0] * sizes[1]];
    for (var i = 0; i < colours.length; i++) {
      for (var channel = 0; channel < 3; channel++) {
        var value = values[(i * depth + Math.min(channel, depth - 1)) * sizes[3] + filter];
        var level = most > 0 ? Math.clamp(Math.round(127.5 + 127.5 * value / most), 0, 255) : 128;
        colours[i] = colours[i] << 8 | level;
      }
    }
    return new Pixels(sizes[0], sizes[1], colours);
  }
}
