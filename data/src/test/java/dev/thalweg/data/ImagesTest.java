package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesTest {

  private static final ImageShape SHAPE = new ImageShape(2, 3, 1);

  /// Image i has the bytes i, i + 40, …, each modulo 256.
  private static byte[] bytes(int from, int to) {
    var bytes = new byte[(to - from) * 6];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i / 6 + 40 * (i % 6));
    }
    return bytes;
  }

  private static Images images() {
    return Images.of(SHAPE, bytes(0, 3), new byte[0], bytes(3, 4), bytes(4, 9));
  }

  private static Dataset data() {
    return Dataset.classification(
        "marks", images(), new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0}, List.of("o", "x"));
  }

  @Test
  void bytesBecomeFractionsOf255WhenTheyAreRead() {
    var read = new float[8];
    for (int row = 0; row < 9; row++) {
      assertThat(images().pixels(row)).isEqualTo(bytes(row, row + 1));
      images().read(row, read, 1);
      for (int i = 0; i < 6; i++) {
        assertThat(read[1 + i]).isEqualTo((row + 40 * i) / 255f);
      }
    }
    assertThat(images().rows()).isEqualTo(9);
    assertThat(images().white()).isEqualTo(255);
    assertThat(images()).hasToString("9 images of 2×3");
  }

  @Test
  void aDataSetOfImagesGivesTheSameNumbersAsOneOfFloats() {
    var floats = new float[54];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (i / 6 + 40 * (i % 6)) / 255f;
    }
    Dataset data = data();
    Dataset same = Dataset.classification("marks", floats, 6, data.labels(), data.classNames());
    assertThat(data.x()).isEqualTo(floats);
    assertThat(data.row(5)).isEqualTo(same.row(5));
    assertThat(data.shape()).containsExactly(2, 3);
    assertThat(data.schema().image()).contains(SHAPE);
    assertThat(data.featureNames())
        .containsExactly(
            "pixel_0_0", "pixel_0_1", "pixel_0_2", "pixel_1_0", "pixel_1_1", "pixel_1_2")
        .isEqualTo(new PixelNames(SHAPE))
        .isNotEqualTo(new PixelNames(new ImageShape(3, 2, 1)));
    for (Sampling sampling : Sampling.values()) {
      assertThat(passes(data.source(sampling, 7))).isEqualTo(passes(same.source(sampling, 7)));
      assertThat(passes(data.split(0.5, 3).test().source(sampling, 7)))
          .isEqualTo(passes(same.split(0.5, 3).test().source(sampling, 7)));
    }
    assertThat(Standardizer.fit(data).apply(data)).isSameAs(data);
  }

  /// What two epochs give, as floats and as doubles.
  private static String passes(RowSource source) {
    var text = new StringBuilder();
    for (int epoch = 0; epoch < 2; epoch++) {
      try (var floats = source.pass(epoch);
          var doubles = source.pass(epoch)) {
        var x = new float[24];
        var exact = new double[24];
        for (int rows = floats.read(x, new float[4]);
            rows > 0;
            rows = floats.read(x, new float[4])) {
          text.append(Arrays.toString(Arrays.copyOf(x, rows * 6)));
          int again = doubles.read(exact, new double[4], new float[4]);
          text.append(Arrays.toString(Arrays.copyOf(exact, again * 6)));
        }
      }
    }
    return text.toString();
  }

  @Test
  void partsOfADataSetShareItsBytes() {
    Dataset part = data().subset(8, 3, 3).subset(2, 0);
    assertThat(part.images().orElseThrow().pixels(0)).isEqualTo(bytes(3, 4));
    assertThat(part.images().orElseThrow().pixels(1)).isEqualTo(bytes(8, 9));
    assertThat(part.labels()).containsExactly(1, 0);
    assertThat(part.withName("other").withTargetName("mark").images()).isPresent();
    assertThat(part.withX(new float[12]).images()).isEmpty();
  }

  @Test
  void imagesMayHaveANumberToPredict() {
    Dataset ages = Dataset.regression("faces", images(), new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1});
    assertThat(ages.targets()).startsWith(9, 8);
    assertThat(ages).hasToString("faces: 9 rows, 6 features, regression of target");
  }

  @Test
  void colourHasThreeNumbersAPixel() {
    var shape = new ImageShape(1, 2, 3);
    Dataset data =
        Dataset.classification(
            "colours",
            Images.of(shape, new byte[] {1, 2, 3, 4, 5, (byte) 255}),
            new int[] {0},
            List.of("a", "b"));
    assertThat(data.shape()).containsExactly(1, 2, 3);
    assertThat(data.featureNames())
        .startsWith("pixel_0_0_0", "pixel_0_0_1")
        .endsWith("pixel_0_1_2");
    assertThat(data.row(0)).containsExactly(1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f, 1);
    assertThat(shape).hasToString("1×2×3");
    assertThat(shape.dimensions()).containsExactly(1, 2, 3);
  }

  @Test
  void digitsAreBytesThatAreTakenAsTheyAre() {
    Dataset digits = Datasets.named("digits");
    Images images = digits.images().orElseThrow();
    assertThat(images).hasToString("1,797 images of 8×8");
    assertThat(images.white()).isEqualTo(16);
    assertThat(images.pixels(0)).startsWith(0, 0, 5, 13, 9, 1);
    assertThat(Standardizer.fit(digits).means()[2]).isBetween(5.2, 5.21);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Images.of(SHAPE, new byte[7]))
        .withMessage("images: expected whole images of 2×3, 6 bytes each, found 7 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Images.of(SHAPE))
        .withMessage("images: expected at least 1, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> images().subset())
        .withMessage("images: expected at least 1, found none");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> images().pixels(9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.classification("marks", images(), new int[2], List.of("o", "x")))
        .withMessage("marks: expected labels for each of 9 images, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(0, 1, 1))
        .withMessage("image: expected a height, a width and channels of at least 1, found 0×1×1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(1 << 15, 1 << 15, 3))
        .withMessage("image: expected at most 2,147,483,639 numbers, found 32768×32768×3");
  }
}
