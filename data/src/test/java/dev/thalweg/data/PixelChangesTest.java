package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class PixelChangesTest {

  private static final ImageShape GREY = new ImageShape(2, 3, 1);
  private static final byte[] SIX = bytes(1, 2, 3, 4, 5, 6);

  static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /// What a change makes of an image, in an array that is full of rubbish before.
  private static byte[] changed(byte[] image, BiConsumer<byte[], byte[]> change) {
    var to = new byte[image.length];
    java.util.Arrays.fill(to, (byte) 99);
    change.accept(image, to);
    return to;
  }

  @Test
  void flipMirrorsPixelsAndKeepsTheirChannels() {
    assertThat(changed(SIX, (from, to) -> PixelChanges.flip(GREY, from, to)))
        .isEqualTo(bytes(3, 2, 1, 6, 5, 4));
    var colour = new ImageShape(1, 2, 3);
    assertThat(changed(SIX, (from, to) -> PixelChanges.flip(colour, from, to)))
        .isEqualTo(bytes(4, 5, 6, 1, 2, 3));
    assertThat(changed(SIX, (from, to) -> PixelChanges.flipVertical(GREY, from, to)))
        .isEqualTo(bytes(4, 5, 6, 1, 2, 3));
  }

  @Test
  void whatMovesInFromOutsideIsBlack() {
    assertThat(changed(SIX, (from, to) -> PixelChanges.move(GREY, from, to, 1, 1)))
        .isEqualTo(bytes(0, 0, 0, 0, 1, 2));
    assertThat(changed(SIX, (from, to) -> PixelChanges.move(GREY, from, to, -1, -2)))
        .isEqualTo(bytes(6, 0, 0, 0, 0, 0));
    assertThat(changed(SIX, (from, to) -> PixelChanges.move(GREY, from, to, 0, 0))).isEqualTo(SIX);
    assertThat(changed(SIX, (from, to) -> PixelChanges.move(GREY, from, to, 0, 3)))
        .isEqualTo(new byte[6]);
    assertThat(changed(SIX, (from, to) -> PixelChanges.move(GREY, from, to, -2, 0)))
        .isEqualTo(new byte[6]);
  }

  @Test
  void aShiftByPartsOfPixelsIsBilinear() {
    byte[] image = bytes(100, 200, 40, 0, 255, 8);
    assertThat(changed(image, (from, to) -> PixelChanges.shift(GREY, from, to, 0, 0.5)))
        .isEqualTo(bytes(50, 150, 120, 0, 128, 132));
    assertThat(changed(image, (from, to) -> PixelChanges.shift(GREY, from, to, -0.25, 0)))
        .isEqualTo(bytes(75, 214, 32, 0, 191, 6));
    assertThat(changed(image, (from, to) -> PixelChanges.shift(GREY, from, to, 1, 1)))
        .isEqualTo(bytes(0, 0, 0, 0, 100, 200));
  }

  @Test
  void rotationIsCounterClockwiseAroundTheCentre() {
    var square = new ImageShape(2, 2, 1);
    byte[] image = bytes(10, 20, 30, 255);
    assertThat(changed(image, (from, to) -> PixelChanges.rotate(square, from, to, 90)))
        .isEqualTo(bytes(20, 255, 10, 30));
    assertThat(changed(image, (from, to) -> PixelChanges.rotate(square, from, to, -90)))
        .isEqualTo(bytes(30, 10, 255, 20));
    assertThat(changed(image, (from, to) -> PixelChanges.rotate(square, from, to, 180)))
        .isEqualTo(bytes(255, 30, 20, 10));
    var three = new ImageShape(3, 3, 1);
    byte[] cross = bytes(0, 200, 0, 0, 100, 0, 0, 0, 0);
    // 45 degrees: a corner lies √2 from the centre, between the pixels and the black around.
    assertThat(changed(cross, (from, to) -> PixelChanges.rotate(three, from, to, 45)))
        .isEqualTo(bytes(117, 50, 0, 50, 100, 9, 0, 9, 0));
  }

  @Test
  void brightnessEndsAtWhite() {
    byte[] image = bytes(0, 1, 100, 200, 255, 3);
    assertThat(changed(image, (from, to) -> PixelChanges.brightness(GREY, from, to, 1.5, 255)))
        .isEqualTo(bytes(0, 2, 150, 255, 255, 5));
    assertThat(changed(image, (from, to) -> PixelChanges.brightness(GREY, from, to, 0.5, 255)))
        .isEqualTo(bytes(0, 1, 50, 100, 128, 2));
    assertThat(
            changed(
                bytes(8, 12, 16, 0, 1, 2),
                (from, to) -> PixelChanges.brightness(GREY, from, to, 1.5, 16)))
        .isEqualTo(bytes(12, 16, 16, 0, 2, 3));
  }

  @Test
  void rectanglesAreCutOffAtTheEdges() {
    byte[] image = SIX.clone();
    PixelChanges.blacken(GREY, image, Mixture.Box.around(GREY, 0, 2, 2, 2));
    assertThat(image).isEqualTo(bytes(1, 0, 0, 4, 5, 6));
    assertThat(Mixture.Box.around(GREY, 0, 2, 2, 2)).isEqualTo(new Mixture.Box(0, 1, 1, 3));
    assertThat(Mixture.Box.around(GREY, 1, 0, 9, 1).area()).isEqualTo(2);
    byte[] other = bytes(11, 12, 13, 14, 15, 16);
    PixelChanges.paste(GREY, other, image, new Mixture.Box(0, 0, 2, 1));
    assertThat(image).isEqualTo(bytes(11, 0, 0, 14, 5, 6));
  }
}
