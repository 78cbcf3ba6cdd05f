package dev.thalweg.cli;

import dev.thalweg.cli.picture.Pixels;
import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.Tiles.Frame;
import dev.thalweg.cli.picture.Tiles.Kind;
import dev.thalweg.cli.picture.Tiles.Tile;
import dev.thalweg.data.Box;
import dev.thalweg.data.Scenes;
import dev.thalweg.train.Detection;
import dev.thalweg.train.Detector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Scenes with their boxes: those that are true, and those that a model has found.
final class SceneTiles {

  private static final int SIDE = 240;
  private static final int SHOWN = 12;

  /// What a box that counts as found has to share.
  private static final double HALF = 0.5;

  private SceneTiles() {}

  /// The first scenes, and those on which the model does worst.
  static List<Tiles> of(Detector detector, Scenes scenes) {
    var found = detector.predict(scenes.images());
    var first = IntStream.range(0, Math.min(SHOWN, scenes.rows())).boxed().toList();
    var worst = worst(scenes, found, SHOWN);
    return List.of(
        tiles(
            "predictions for the first test scenes: dashed what is true, solid what was predicted,"
                + " orange what is wrong",
            scenes,
            found,
            first),
        tiles("the worst of the %,d test scenes".formatted(scenes.rows()), scenes, found, worst));
  }

  /// The scenes on which a model does worst, the worst first.
  ///
  /// @param found by scene
  /// @param most how many
  static List<Integer> worst(Scenes scenes, List<List<Detection>> found, int most) {
    return IntStream.range(0, scenes.rows())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                (Integer row) -> goodness(scenes.boxes(row), found.get(row))))
        .limit(most)
        .toList();
  }

  /// Whether there is something of the class where it was found.
  static boolean isRight(Scenes scenes, int row, Detection detection) {
    return scenes.boxes(row).stream()
        .anyMatch(
            box -> box.label() == detection.box().label() && box.iou(detection.box()) >= HALF);
  }

  private static Tiles tiles(
      String title, Scenes scenes, List<List<Detection>> found, List<Integer> rows) {
    return new Tiles(
        title, SIDE, rows.stream().map(row -> tile(scenes, row, found.get(row))).toList());
  }

  private static Tile tile(Scenes scenes, int row, List<Detection> found) {
    var frames = new ArrayList<Frame>();
    for (var box : scenes.boxes(row)) {
      frames.add(frame(box, Kind.TRUTH, ""));
    }
    for (var detection : found) {
      var right = isRight(scenes, row, detection);
      frames.add(
          frame(
              detection.box(),
              right ? Kind.RIGHT : Kind.WRONG,
              String.format(
                  Locale.ROOT,
                  "%s %.2f",
                  scenes.classNames().get(detection.box().label()),
                  detection.probability())));
    }
    return new Tile(Pixels.of(scenes.images(), row), frames, List.of());
  }

  private static Frame frame(Box box, Kind kind, String text) {
    return new Frame(box.left(), box.top(), box.right(), box.bottom(), kind, text);
  }

  /// Samples of scenes with their true boxes.
  static Tiles samples(Scenes scenes) {
    var tiles =
        IntStream.range(0, scenes.rows())
            .mapToObj(row ->
                new Tile(
                    Pixels.of(scenes.images(), row),
                    scenes.boxes(row).stream()
                        .map(box -> frame(box, Kind.RIGHT, scenes.classNames().get(box.label())))
                        .toList(),
                    List.of()))
            .toList();
    return new Tiles(scenes.name() + ": the first scenes", SIDE, tiles);
  }

  /// What the true boxes share with those found of their class, less what was found that is not
  /// there.
  private static double goodness(List<Box> truth, List<Detection> found) {
    var sum = 0.0;
    for (var box : truth) {
      sum +=
          found.stream()
              .filter(detection -> detection.box().label() == box.label())
              .mapToDouble(detection -> detection.box().iou(box))
              .max()
              .orElse(0);
    }
    var extra = Math.max(0, found.size() - truth.size());
    return (sum - extra) / Math.max(1, truth.size());
  }
}
