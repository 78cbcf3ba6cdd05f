package dev.thalweg.data;

import dev.thalweg.kernels.Philox;
import java.util.ArrayList;
import java.util.List;

/// Pastes images of a data set on black canvases; see [Scenes#pasted].
final class Pasting {

  private static final int SIDE = 64;
  private static final int SMALLEST = 14;
  private static final int LARGEST = 32;
  private static final int MOST = 3;

  /// How often a place is drawn before a scene makes do with fewer images. Three numbers are drawn
  /// each time, of the 64 that [Draws] has.
  private static final int TRIES = 20;

  /// Fainter pixels are beyond the edge of what is pasted.
  private static final int SEEN = 64;

  private final Images images;
  private final int[] labels;
  private final List<String> classNames;
  private final Philox random;

  Pasting(Dataset data, long seed) {
    this.images = data.images().orElseThrow();
    this.labels = data.labels();
    this.classNames = data.classNames();
    this.random = RandomStreams.scenes(seed);
  }

  Scenes scenes(String name, int first, int rows) {
    var shape = new ImageShape(SIDE, SIDE, 1);
    var pixels = new byte[Math.multiplyExact(rows, shape.size())];
    List<List<Box>> boxes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      boxes.add(paste(first + row, pixels, row * shape.size()));
    }
    return Scenes.of(name, Images.own(shape, pixels), boxes, classNames);
  }

  private List<Box> paste(int number, byte[] canvas, int start) {
    int count = 1 + new Draws(random, number, 0).below(MOST);
    List<Box> boxes = new ArrayList<>();
    List<Box> taken = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      var draws = new Draws(random, number, i);
      int image = draws.below(images.rows());
      for (int tries = 0; tries < TRIES; tries++) {
        int side = SMALLEST + draws.below(LARGEST - SMALLEST + 1);
        int left = draws.below(SIDE - side + 1);
        int top = draws.below(SIDE - side + 1);
        var place = new Box(left, top, left + side, top + side, labels[image]);
        if (taken.stream().noneMatch(other -> other.iou(place) > 0)) {
          taken.add(place);
          boxes.add(paste(image, place, side, canvas, start));
          break;
        }
      }
    }
    return boxes;
  }

  /// The rectangle of what is to be seen.
  private Box paste(int image, Box place, int side, byte[] canvas, int start) {
    byte[] pixels = images.pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.min(255, (pixels[i] & 0xff) * 255 / images.white());
    }
    byte[] sized = Resampling.resized(pixels, images.shape(), side, side, Fit.STRETCH);
    int x = (int) place.left();
    int y = (int) place.top();
    int left = side;
    int right = -1;
    int top = side;
    int bottom = -1;
    for (int row = 0; row < side; row++) {
      System.arraycopy(sized, row * side, canvas, start + (y + row) * SIDE + x, side);
      for (int column = 0; column < side; column++) {
        if ((sized[row * side + column] & 0xff) >= SEEN) {
          left = Math.min(left, column);
          right = Math.max(right, column);
          top = Math.min(top, row);
          bottom = Math.max(bottom, row);
        }
      }
    }
    return right < 0
        ? place
        : new Box(x + left, y + top, x + right + 1, y + bottom + 1, place.label());
  }
}
