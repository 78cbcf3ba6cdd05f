package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Whatever bytes come in, only [UnreadableFile] comes out of reading an image file, or an image of
/// the size that its header says.
class ImageFuzzTest {

  private static final long LARGE = 1 << 20;

  @FuzzTest(maxDuration = "4s")
  void image(byte[] bytes) throws IOException {
    try {
      ImageHeader header = ImageHeader.read(new ByteArrayInputStream(bytes));
      assertThat(header.orientation()).isBetween(1, 8);
      if ((long) header.height() * header.width() <= LARGE) {
        byte[] pixels = ImageDecoder.decoded(bytes, header, header.channels());
        assertThat(pixels).hasSize(header.height() * header.width() * header.channels());
      }
    } catch (UnreadableFile documented) {
      assertThat(documented.getMessage()).isNotEmpty().doesNotContain("\n");
    }
    assertThat(Exif.orientation(bytes)).isBetween(1, 8);
  }
}
