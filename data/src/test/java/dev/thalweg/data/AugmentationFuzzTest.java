package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.thalweg.formula.SyntaxException;

/// Whatever text comes in, only [SyntaxException] comes out, or an augmentation that prints as a
/// text of the same, and changes images without failing.
class AugmentationFuzzTest {

  private static final Images IMAGES =
      Images.of(
          new ImageShape(3, 5, 1), new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3, 4, 5});

  @FuzzTest(maxDuration = "4s")
  void augmentation(FuzzedDataProvider input) {
    String text = input.consumeRemainingAsString();
    Augmentation read;
    try {
      read = Augmentation.parse(text);
    } catch (SyntaxException documented) {
      return;
    }
    assertThat(Augmentation.parse(read.toString())).isEqualTo(read).hasToString(read.toString());
    try {
      assertThat(read.pixels(IMAGES, 0, 1, 2)).hasSize(15);
    } catch (IllegalArgumentException tooSmall) {
      assertThat(tooSmall).hasMessageContaining("expected a padding smaller than the images");
    }
  }
}
