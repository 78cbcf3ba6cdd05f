package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenesTest {

  private static final Dataset DIGITS = Datasets.named("digits");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 4, 4,  0, 0, 4, 4,  1",
    "0, 0, 4, 4,  2, 0, 6, 4,  0.3333333333333333",
    "0, 0, 4, 4,  1, 1, 3, 3,  0.25",
    "0, 0, 4, 4,  4, 0, 8, 4,  0",
    "0, 0, 4, 4,  0, 5, 4, 8,  0",
    "0, 0, 1, 2,  0.5, 0.5, 1.5, 2.5,  0.23076923076923078"
  })
  void iouIsTheSharedAreaOverAllThatIsCovered(
      double left,
      double top,
      double right,
      double bottom,
      double left2,
      double top2,
      double right2,
      double bottom2,
      double iou) {
    var one = new Box(left, top, right, bottom, 1);
    var other = new Box(left2, top2, right2, bottom2, 2);
    assertThat(one.iou(other)).isEqualTo(iou, within(1e-15));
    assertThat(other.iou(one)).isEqualTo(one.iou(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 0; 1; 2; 0; box: expected right above left and bottom above top, found left 1.0, top"
            + " 0.0, right 1.0, bottom 2.0",
        "0; 3; 1; 2; 0; box: expected right above left and bottom above top, found left 0.0, top"
            + " 3.0, right 1.0, bottom 2.0",
        "0; 0; NaN; 2; 0; box: expected right above left and bottom above top, found left 0.0, top"
            + " 0.0, right NaN, bottom 2.0",
        "0; 0; Infinity; 2; 0; box: expected right above left and bottom above top, found left 0.0,"
            + " top 0.0, right Infinity, bottom 2.0",
        "0; 0; 1; 1; -1; box: expected a label of at least 0, found -1"
      })
  void aBoxWithoutAreaIsRefused(
      double left, double top, double right, double bottom, int label, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(left, top, right, bottom, label))
        .withMessage(sentence);
  }

  @Test
  void whatDoesNotFitTheImagesIsRefused() {
    var images = Images.of(new ImageShape(2, 3, 1), new byte[6]);
    var names = List.of("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.of("s", images, List.of(), names))
        .withMessage("s: expected boxes for each of 1 images, found those of 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.of("s", images, List.of(List.of(new Box(0, 0, 1, 1, 1))), names))
        .withMessage("s: expected a label below 1, the number of classes, found 1 in image 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.of("s", images, List.of(List.of(new Box(0, 0, 2, 3, 0))), names))
        .withMessageStartingWith("s: expected boxes within 2×3, found Box[");
    assertThat(Scenes.of("s", images, List.of(List.of(new Box(0, 0, 3, 2, 0))), names))
        .hasToString("s: 1 images of 2×3, 1 boxes of 1 classes");
  }

  @Test
  void onlyImagesOfOneChannelWithClassesArePasted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.pasted("s", Datasets.named("iris"), 0, 1, 0))
        .withMessage(
            "iris: expected images with classes and one channel, to be pasted on a canvas");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.pasted("s", DIGITS.withClassesAsNumbers(), 0, 1, 0))
        .withMessageStartingWith("digits: expected images with classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.pasted("s", DIGITS, 0, 0, 0))
        .withMessage("rows must be at least 1, found 0");
  }

  @Test
  void aSceneIsAFunctionOfSeedAndRow() {
    var few = Scenes.pasted("s", DIGITS, 0, 5, 7);
    var many = Scenes.pasted("s", DIGITS, 0, 50, 7);
    var others = Scenes.pasted("s", DIGITS, 0, 5, 8);
    for (int row = 0; row < 5; row++) {
      assertThat(many.images().pixels(row)).isEqualTo(few.images().pixels(row));
      assertThat(many.boxes(row)).isEqualTo(few.boxes(row));
      assertThat(others.images().pixels(row)).isNotEqualTo(few.images().pixels(row));
    }
  }

  @Test
  void scenesOfOtherNumbersAreTheOnesThatFollow() {
    var many = Scenes.pasted("s", DIGITS, 0, 8, 7);
    var last = Scenes.pasted("s", DIGITS, 5, 3, 7);
    assertThat(last.boxes(0)).isEqualTo(many.boxes(5)).isNotEqualTo(many.boxes(0));
    assertThat(last.images().pixels(2)).isEqualTo(many.images().pixels(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenes.pasted("s", DIGITS, -1, 3, 7))
        .withMessage("first must lie from 0 to 2147483644, found -1");
  }

  @Test
  void eachBoxHasWhatIsToBeSeenOfOneImageAndNothingElseIs() {
    var scenes = Scenes.pasted("digits-scene", DIGITS, 0, 400, 3);
    var counts = new int[4];
    var labels = new int[10];
    for (int row = 0; row < scenes.rows(); row++) {
      var boxes = scenes.boxes(row);
      counts[boxes.size()]++;
      byte[] pixels = scenes.images().pixels(row);
      for (Box box : boxes) {
        labels[box.label()]++;
        assertThat(boxes.stream().filter(other -> other.iou(box) > 0)).containsExactly(box);
        // Each side of the box has a pixel that is seen.
        assertThat(seen(pixels, box.left(), box.top(), box.left() + 1, box.bottom())).isPositive();
        assertThat(seen(pixels, box.right() - 1, box.top(), box.right(), box.bottom()))
            .isPositive();
        assertThat(seen(pixels, box.left(), box.top(), box.right(), box.top() + 1)).isPositive();
        assertThat(seen(pixels, box.left(), box.bottom() - 1, box.right(), box.bottom()))
            .isPositive();
      }
      assertThat(boxes.stream().mapToInt(box -> seen(pixels, box)).sum())
          .isEqualTo(seen(pixels, 0, 0, 64, 64));
    }
    assertThat(counts[0]).isZero();
    assertThat(counts[1]).isBetween(90, 180);
    assertThat(counts[3]).isBetween(60, 160);
    assertThat(IntStream.of(labels)).allMatch(n -> n > 40);
    assertThat(scenes.classNames()).isEqualTo(DIGITS.classNames());
  }

  private static int seen(byte[] pixels, Box box) {
    return seen(pixels, box.left(), box.top(), box.right(), box.bottom());
  }

  private static int seen(byte[] pixels, double left, double top, double right, double bottom) {
    int count = 0;
    for (int y = (int) top; y < bottom; y++) {
      for (int x = (int) left; x < right; x++) {
        count += (pixels[y * 64 + x] & 0xff) >= 64 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void whatIsGivenIsCopied() {
    var images = Images.of(new ImageShape(2, 2, 1), new byte[4]);
    var boxes = new ArrayList<>(List.of(new Box(0, 0, 1, 1, 0)));
    var scenes = Scenes.of("s", images, List.of(boxes), List.of("a"));
    boxes.clear();
    assertThat(scenes.boxes(0)).hasSize(1);
  }
}
