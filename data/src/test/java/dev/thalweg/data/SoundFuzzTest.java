package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes come in, only [UnreadableFile] comes out of reading a WAV file, or finite
/// samples, not more of them than the file has bytes.
class SoundFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void wav(byte[] bytes) {
    read(bytes);
    // Behind a right beginning, so that a search gets on.
    if (bytes.length > 36) {
      byte[] begun = bytes.clone();
      byte[] right = WavFiles.wav(8000, 1, 2);
      System.arraycopy(right, 0, begun, 0, 20);
      read(begun);
      System.arraycopy(right, 0, begun, 0, 36);
      read(begun);
    }
  }

  private static void read(byte[] bytes) {
    try {
      Sound sound = WavFile.of(bytes).sound();
      assertThat(sound.length()).isBetween(1, bytes.length);
      for (float sample : sound.samples()) {
        assertThat(sample).isFinite();
      }
    } catch (UnreadableFile documented) {
      assertThat(documented.getMessage()).isNotEmpty().doesNotContain("\n");
    }
  }
}
