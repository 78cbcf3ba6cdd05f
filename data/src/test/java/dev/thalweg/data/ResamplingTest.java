package dev.thalweg.data;

import static dev.thalweg.data.PixelChangesTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResamplingTest {

  private static byte[] resized(byte[] from, ImageShape shape, int height, int width, Fit fit) {
    return Resampling.resized(from, shape, height, width, fit);
  }

  @Test
  void whatShrinksIsTheMeanOfTheAreaItCovers() {
    var shape = new ImageShape(2, 4, 1);
    byte[] image = bytes(0, 10, 100, 200, 20, 30, 0, 255);
    assertThat(resized(image, shape, 1, 2, Fit.STRETCH)).isEqualTo(bytes(15, 139));
    assertThat(resized(image, shape, 2, 2, Fit.STRETCH)).isEqualTo(bytes(5, 150, 25, 128));
    // Three of four: each covers a pixel and a third of the next.
    assertThat(resized(bytes(0, 30, 90, 255), new ImageShape(1, 4, 1), 1, 3, Fit.STRETCH))
        .isEqualTo(bytes(8, 60, 214));
  }

  @Test
  void whatGrowsIsBilinearAndTheNearestAtTheEdges() {
    assertThat(resized(bytes(0, 100), new ImageShape(1, 2, 1), 1, 4, Fit.STRETCH))
        .isEqualTo(bytes(0, 25, 75, 100));
    assertThat(resized(bytes(7), new ImageShape(1, 1, 1), 2, 3, Fit.STRETCH))
        .isEqualTo(bytes(7, 7, 7, 7, 7, 7));
    // Grows along one axis and shrinks along the other.
    assertThat(resized(bytes(0, 100, 50, 250), new ImageShape(2, 2, 1), 4, 1, Fit.STRETCH))
        .isEqualTo(bytes(50, 75, 125, 150));
  }

  @Test
  void cropTakesTheMiddleOfTheLongerSide() {
    byte[] wide = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(resized(wide, new ImageShape(2, 5, 1), 2, 1, Fit.CROP)).isEqualTo(bytes(3, 8));
    assertThat(resized(wide, new ImageShape(2, 5, 1), 1, 1, Fit.CROP)).isEqualTo(bytes(6));
    assertThat(resized(wide, new ImageShape(5, 2, 1), 1, 2, Fit.CROP)).isEqualTo(bytes(5, 6));
    // Half pixels at both ends.
    assertThat(resized(bytes(0, 100, 200, 40), new ImageShape(1, 4, 1), 1, 1, Fit.CROP))
        .isEqualTo(bytes(150));
  }

  @Test
  void channelsStayApart() {
    assertThat(
            resized(bytes(0, 100, 200, 10, 120, 250), new ImageShape(1, 2, 3), 1, 1, Fit.STRETCH))
        .isEqualTo(bytes(5, 110, 225));
  }

  @Test
  void aPlainImageStaysPlainAtAnySize() {
    byte[] white = new byte[7 * 11];
    java.util.Arrays.fill(white, (byte) 255);
    for (Fit fit : Fit.values()) {
      for (int height = 1; height < 25; height++) {
        for (int width = 1; width < 25; width += 3) {
          assertThat(resized(white, new ImageShape(7, 11, 1), height, width, fit))
              .hasSize(height * width)
              .containsOnly(255);
        }
      }
    }
  }

  @Test
  void theSameSizeIsTheSameImage() {
    byte[] image = bytes(1, 250, 3, 4, 99, 6);
    for (Fit fit : Fit.values()) {
      assertThat(resized(image, new ImageShape(2, 3, 1), 2, 3, fit)).isEqualTo(image);
    }
  }

  @Test
  void everyOrientationIsTurnedUpright() {
    // As it is seen; what lies in the file for each orientation, CIPA DC-008, 4.6.4.
    byte[] seen = bytes(1, 2, 3, 4, 5, 6);
    byte[][] lying = {
      {1, 2, 3, 4, 5, 6}, // 1: row 0 at the top, column 0 at the left
      {3, 2, 1, 6, 5, 4}, // 2: top, right
      {6, 5, 4, 3, 2, 1}, // 3: bottom, right
      {4, 5, 6, 1, 2, 3}, // 4: bottom, left
      {1, 4, 2, 5, 3, 6}, // 5: left, top
      {3, 6, 2, 5, 1, 4}, // 6: right, top
      {6, 3, 5, 2, 4, 1}, // 7: right, bottom
      {4, 1, 5, 2, 6, 3}, // 8: left, bottom
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      var shape = orientation < 5 ? new ImageShape(2, 3, 1) : new ImageShape(3, 2, 1);
      assertThat(Resampling.upright(lying[orientation - 1], shape, orientation))
          .as("orientation %d", orientation)
          .isEqualTo(seen);
    }
    assertThat(Resampling.upright(bytes(1, 2, 3, 4, 5, 6), new ImageShape(1, 2, 3), 2))
        .isEqualTo(bytes(4, 5, 6, 1, 2, 3));
  }
}
