package dev.thalweg.data;

import static dev.thalweg.data.ImageFiles.decoded;
import static dev.thalweg.data.ImageFiles.image;
import static dev.thalweg.data.ImageFiles.indexed;
import static dev.thalweg.data.ImageFiles.jpeg;
import static dev.thalweg.data.ImageFiles.png;
import static dev.thalweg.data.PixelChangesTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static ImageHeader header(byte[] file) throws IOException {
    return ImageHeader.read(new ByteArrayInputStream(file));
  }

  @Test
  void greyIsTheNumbersInTheFileAndNotWhatAScreenShows() throws IOException {
    byte[] file = png(image(BufferedImage.TYPE_BYTE_GRAY, 2, 3, (r, c, _) -> 40 + 50 * r + c));
    assertThat(header(file)).isEqualTo(new ImageHeader(true, 2, 3, 1, 1));
    assertThat(decoded(file, 1)).isEqualTo(bytes(40, 41, 42, 90, 91, 92));
    assertThat(decoded(file, 3)).startsWith(40, 40, 40, 41, 41, 41);
  }

  @Test
  void colourIsRedGreenBlueAndItsGreyTheWeightedMean() throws IOException {
    byte[] file =
        png(image(BufferedImage.TYPE_INT_RGB, 1, 2, (_, c, b) -> new int[] {200, 100, 50}[b] + c));
    assertThat(header(file).channels()).isEqualTo(3);
    assertThat(decoded(file, 3)).isEqualTo(bytes(200, 100, 50, 201, 101, 51));
    // 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
    assertThat(decoded(file, 1)).isEqualTo(bytes(124, 125));
  }

  @Test
  void sixteenBitsBecomeTheNearestOfEight() throws IOException {
    int[] values = {0, 128, 129, 257 * 40, 65_407, 65_535};
    byte[] file = png(image(BufferedImage.TYPE_USHORT_GRAY, 1, 6, (_, c, _) -> values[c]));
    assertThat(decoded(file, 1)).isEqualTo(bytes(0, 0, 1, 40, 255, 255));
  }

  @Test
  void aPaletteIsItsColoursAndGreyIfTheyAre() throws IOException {
    byte[] colour =
        png(indexed(1, 3, (_, c, _) -> c, 0xff0a141e, 0xff286496, 0x00ffffff & 0x00112233));
    assertThat(header(colour).channels()).isEqualTo(3);
    assertThat(decoded(colour, 3)).isEqualTo(bytes(10, 20, 30, 40, 100, 150, 255, 255, 255));
    byte[] grey = png(indexed(1, 2, (_, c, _) -> c, 0xff0a0a0a, 0xffc8c8c8));
    assertThat(header(grey).channels()).isEqualTo(1);
    assertThat(decoded(grey, 1)).isEqualTo(bytes(10, 200));
    byte[] bits = png(image(BufferedImage.TYPE_BYTE_BINARY, 1, 9, (_, c, _) -> c & 1));
    assertThat(header(bits).channels()).isEqualTo(1);
    assertThat(decoded(bits, 1)).isEqualTo(bytes(0, 255, 0, 255, 0, 255, 0, 255, 0));
  }

  @Test
  void whatShowsThroughLiesOnWhite() throws IOException {
    int[][] pixels = {{10, 20, 30, 255}, {10, 20, 30, 0}, {100, 0, 200, 51}};
    byte[] file = png(image(BufferedImage.TYPE_4BYTE_ABGR, 1, 3, (_, c, b) -> pixels[c][b]));
    // A fifth of the colour and four fifths of white.
    assertThat(decoded(file, 3)).isEqualTo(bytes(10, 20, 30, 255, 255, 255, 224, 204, 244));
  }

  @Test
  void greyThatShowsThroughIsGreyOnWhite() throws IOException {
    int[][] pixels = {{10, 255}, {10, 0}, {100, 51}};
    byte[] file = png(ImageFiles.greyAlpha(1, 3, (_, c, b) -> pixels[c][b]));
    assertThat(header(file).channels()).isEqualTo(1);
    assertThat(decoded(file, 1)).isEqualTo(bytes(10, 255, 224));
  }

  @Test
  void aColourThatIsSaidToBeNoneIsWhite() throws IOException {
    byte[] grey = png(image(BufferedImage.TYPE_BYTE_GRAY, 1, 3, (_, c, _) -> 10 * c));
    assertThat(decoded(ImageFiles.withChunk(grey, "tRNS", bytes(0, 10)), 1))
        .isEqualTo(bytes(0, 255, 20));
    byte[] colour = png(image(BufferedImage.TYPE_INT_RGB, 1, 2, (_, c, b) -> 10 * c + b));
    assertThat(decoded(ImageFiles.withChunk(colour, "tRNS", bytes(0, 10, 0, 11, 0, 12)), 3))
        .isEqualTo(bytes(0, 1, 2, 255, 255, 255));
  }

  @Test
  void linesMayComeInTheOrderOfAPreview() throws IOException {
    ImageFiles.Numbers numbers = (r, c, b) -> 3 * r + 5 * c + 40 * b;
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_4BYTE_ABGR}) {
      BufferedImage plain = image(type, 13, 11, numbers);
      byte[] file = ImageFiles.interlaced(plain);
      assertThat(file[28]).as("the byte of IHDR that says so").isEqualTo((byte) 1);
      assertThat(header(file)).isEqualTo(header(png(plain)));
      assertThat(decoded(file, 3)).isEqualTo(decoded(png(plain), 3));
    }
  }

  @Test
  void aJpegIsNearTheNumbersThatItWasMadeOf() throws IOException {
    ImageFiles.Numbers smooth = (r, c, b) -> 60 + 3 * r + 4 * c + 20 * b;
    for (byte[] file :
        new byte[][] {
          jpeg(image(BufferedImage.TYPE_3BYTE_BGR, 20, 17, smooth)),
          ImageFiles.progressive(image(BufferedImage.TYPE_3BYTE_BGR, 20, 17, smooth))
        }) {
      assertThat(header(file)).isEqualTo(new ImageHeader(false, 20, 17, 3, 1));
      byte[] pixels = decoded(file, 3);
      for (int i = 0; i < pixels.length; i++) {
        int expected = smooth.at(i / 51, i / 3 % 17, i % 3);
        assertThat((pixels[i] & 0xff) - expected).isBetween(-4, 4);
      }
    }
    byte[] grey = jpeg(image(BufferedImage.TYPE_BYTE_GRAY, 9, 9, smooth));
    assertThat(header(grey).channels()).isEqualTo(1);
    assertThat(decoded(grey, 1)[40] & 0xff).isBetween(87, 89);
  }

  @Test
  void inkIsTakenFromWhite() throws IOException {
    int[] ink = {200, 100, 0, 51};
    byte[] file =
        ImageFiles.cmyk(8, 8, (_, _, band) -> 255 - ink[band]); // as Adobe's programs write it
    assertThat(header(file).channels()).isEqualTo(3);
    byte[] pixels = decoded(file, 3);
    // (255 - ink) · 204 / 255: 44, 124, 204
    assertThat(pixels[0] & 0xff).isBetween(42, 46);
    assertThat(pixels[1] & 0xff).isBetween(122, 126);
    assertThat(pixels[2] & 0xff).isBetween(202, 206);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrientationIsFoundWhereverItStands(int orientation) throws IOException {
    BufferedImage plain = ImageFiles.plain(2, 3, 9);
    for (boolean little : new boolean[] {true, false}) {
      byte[] exif = ImageFiles.exif(little, orientation);
      ImageHeader turned = header(ImageFiles.turned(jpeg(plain), exif));
      assertThat(turned.orientation()).isEqualTo(orientation);
      assertThat(turned.shape())
          .isEqualTo(orientation < 5 ? new ImageShape(2, 3, 1) : new ImageShape(3, 2, 1));
      assertThat(header(ImageFiles.withChunk(png(plain), "eXIf", exif)).orientation())
          .isEqualTo(orientation);
    }
  }

  @Test
  void whatCannotBeMadeOutOfExifIsUpright() {
    byte[] exif = ImageFiles.exif(true, 6);
    assertThat(Exif.orientation(exif)).isEqualTo(6);
    assertThat(Exif.orientation(ImageFiles.exif(true, 9))).isEqualTo(1);
    assertThat(Exif.orientation(ImageFiles.exif(false, 0))).isEqualTo(1);
    for (int length = 0; length < 34; length++) {
      assertThat(Exif.orientation(Arrays.copyOf(exif, length))).isEqualTo(1);
    }
    for (int at = 0; at < exif.length; at++) {
      byte[] damaged = exif.clone();
      damaged[at] = -1;
      assertThat(Exif.orientation(damaged)).isBetween(1, 8);
    }
  }

  private static void assertUnreadable(byte[] file, String reason) {
    assertThatExceptionOfType(UnreadableFile.class)
        .isThrownBy(() -> decoded(file, 3))
        .withMessage(reason);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsNoPngOrJpegIsNamed() {
    assertUnreadable(new byte[0], "is empty");
    assertUnreadable(text("hello"), "is no image; expected PNG or JPEG");
    assertUnreadable(text("GIF89a......"), "is a file of GIF; expected PNG or JPEG");
    assertUnreadable(text("BM.........."), "is a file of BMP; expected PNG or JPEG");
    assertUnreadable(text("RIFF....WEBPVP8 "), "is a file of WebP; expected PNG or JPEG");
    assertUnreadable(text("II*\0........"), "is a file of TIFF; expected PNG or JPEG");
    assertUnreadable(text("....ftypheic"), "is a file of HEIF or AVIF; expected PNG or JPEG");
    assertUnreadable(text("\u00ff\u00d8"), "is no image; expected PNG or JPEG");
    assertUnreadable(
        text("\u0089PNG\r\n\u001a\n\0\0\0\rIDAT"),
        "is no PNG file: it does not begin with its header");
  }

  @Test
  void aPngThatWasCutOrChangedIsRefused() {
    byte[] file = png(image(BufferedImage.TYPE_INT_RGB, 40, 30, (r, c, b) -> r * c + b));
    assertUnreadable(Arrays.copyOf(file, 10), "is truncated");
    assertUnreadable(Arrays.copyOf(file, 30), "is truncated");
    assertUnreadable(Arrays.copyOf(file, file.length / 2), "is truncated");
    assertUnreadable(Arrays.copyOf(file, file.length - 12), "is truncated");
    byte[] changed = file.clone();
    changed[changed.length / 2] ^= 1;
    assertUnreadable(changed, "is damaged: the checksum of its chunk IDAT is another");
  }

  @Test
  void aJpegThatWasCutOrChangedIsRefused() throws IOException {
    byte[] file =
        jpeg(image(BufferedImage.TYPE_3BYTE_BGR, 60, 50, (r, c, b) -> r * c + 90 * b & 255));
    assertUnreadable(Arrays.copyOf(file, 4), "is truncated");
    assertUnreadable(Arrays.copyOf(file, file.length * 2 / 3), "is truncated");
    // Many programs leave out the end, and many add something.
    assertThat(decoded(Arrays.copyOf(file, file.length - 2), 3)).isEqualTo(decoded(file, 3));
    assertThat(decoded(Arrays.copyOf(file, file.length + 9), 3)).isEqualTo(decoded(file, 3));
    byte[] changed = file.clone();
    Arrays.fill(changed, file.length / 2, file.length / 2 + 60, (byte) 0x55);
    try {
      assertThat(decoded(changed, 3)).hasSize(9000); // damage that cannot be told from a picture
    } catch (UnreadableFile e) {
      assertThat(e).hasMessageStartingWith("is damaged: ");
    }
    assertUnreadable(
        text("\u00ff\u00d8\u00ff\u00d9"), "is a damaged JPEG file: its size is missing");
    assertUnreadable(
        text("\u00ff\u00d8\u00ff\u00e0\0\u0001"),
        "is a damaged JPEG file: a segment has no length");
    assertUnreadable(
        text("\u00ff\u00d8\u00ff\u00e0\0\u0002hello"),
        "is a damaged JPEG file: a marker is missing");
  }

  @Test
  void anImageThatIsAnAttackOnTheMemoryIsRefusedBeforeItIsRead() throws IOException {
    byte[] file = png(ImageFiles.plain(1, 1, 0));
    for (int at = 16; at < 24; at++) {
      file[at] = 0x7f;
    }
    assertUnreadable(file, "has 2139062143×2139062143 pixels; expected at most 268435456");
    file[16] = 0;
    file[17] = 0;
    file[18] = 0;
    file[19] = 0;
    assertUnreadable(file, "has a size of 2139062143×0");
    byte[] twelve = jpeg(ImageFiles.plain(8, 8, 0));
    int frame = 0;
    while ((twelve[frame] & 0xff) != 0xff || (twelve[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    twelve[frame + 4] = 12;
    assertUnreadable(twelve, "is a JPEG file of 12 bits; expected 8");
  }
}
