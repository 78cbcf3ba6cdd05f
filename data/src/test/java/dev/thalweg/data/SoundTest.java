package dev.thalweg.data;

import static dev.thalweg.data.WavFiles.chunk;
import static dev.thalweg.data.WavFiles.file;
import static dev.thalweg.data.WavFiles.format;
import static dev.thalweg.data.WavFiles.put;
import static dev.thalweg.data.WavFiles.samples;
import static dev.thalweg.data.WavFiles.wav;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// WAV files as they should be and as they are; what other programs write is in SoundGoldenTest.
class SoundTest {

  @TempDir private Path place = Path.of("");

  private static final byte[] FORMAT = chunk("fmt ", format(1, 1, 8000, 16));
  private static final byte[] DATA = chunk("data", samples(16384, -32768, 8192));
  private static final float[] READ = {0.5f, -1, 0.25f};

  private Sound read(byte... bytes) {
    return Sound.read(put(place, "a.wav", bytes));
  }

  private void assertRefused(String sentence, byte... bytes) {
    Path file = put(place, "a.wav", bytes);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Sound.read(file))
        .withMessage(file + " " + sentence);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void samplesAreNumbersOverAPowerOfTwo() {
    Sound sound = read(file(FORMAT, DATA));
    assertThat(sound.samples()).containsExactly(READ);
    assertThat(sound).hasToString("3 samples at 8,000 Hz, 0.000 s");
    byte[] bytes = {0, (byte) 128, (byte) 192};
    assertThat(read(file(chunk("fmt ", format(1, 1, 8000, 8)), chunk("data", bytes))).samples())
        .containsExactly(-1, 0, 0.5f);
    byte[] three = {0, 0, 0x40, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};
    assertThat(read(file(chunk("fmt ", format(1, 1, 8000, 24)), chunk("data", three))).samples())
        .containsExactly(0.5f, -1 / 8388608f, 0x030201 / 8388608f);
    byte[] four = {0, 0, 0, (byte) 0xc0};
    assertThat(read(file(chunk("fmt ", format(1, 1, 8000, 32)), chunk("data", four))).samples())
        .containsExactly(-0.5f);
    byte[] floats =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.3f).putFloat(-2).array();
    assertThat(read(file(chunk("fmt ", format(3, 1, 8000, 32)), chunk("data", floats))).samples())
        .containsExactly(0.3f, -2);
  }

  @Test
  void channelsBecomeTheirMean() {
    byte[] stereo = chunk("fmt ", format(1, 2, 8000, 16));
    Sound sound = read(file(stereo, chunk("data", samples(16384, 8192, -16384, 16384))));
    assertThat(sound.samples()).containsExactly(0.375f, 0);
  }

  @Test
  void otherChunksArePassedOverWhereverTheyStand() {
    byte[] list = chunk("LIST", "INFOabc".getBytes(StandardCharsets.US_ASCII));
    assertThat(list).hasSize(8 + 8);
    assertThat(read(file(list, FORMAT, list, chunk("fact", new byte[4]), DATA, list)).samples())
        .containsExactly(READ);
    // Without the padding byte behind an odd size.
    byte[] unpadded = Arrays.copyOf(list, list.length - 1);
    assertThat(read(file(FORMAT, unpadded, DATA)).samples()).containsExactly(READ);
    // A rest that is no chunk.
    assertThat(read(join(file(FORMAT, DATA), new byte[] {1, 2, 3})).samples())
        .containsExactly(READ);
    assertThat(read(file(FORMAT, chunk("data", 5, samples(16384, -32768, 8192)))).samples())
        .as("half a sample more")
        .containsExactly(0.5f, -1);
  }

  @Test
  void sizesThatNobodyKnewMeanTheRestOfTheFile() {
    byte[] three = samples(16384, -32768, 8192);
    for (long size : new long[] {0, 0xffff_ffffL, 0x7fff_ffffL, 0x7fff_f000L}) {
      assertThat(read(file(FORMAT, chunk("data", size, three))).samples())
          .as("%x", size)
          .containsExactly(READ);
    }
    assertRefused("has no samples", file(FORMAT, chunk("data"), chunk("LIST", new byte[40])));
    assertRefused("has no samples", file(FORMAT, chunk("data", 0xffff_ffffL)));
  }

  @Test
  void whatIsNoWavOrDamagedIsSaidInOneSentence() {
    byte[] whole = file(FORMAT, DATA);
    assertRefused("is empty");
    assertRefused("is no sound; expected WAV", "hello".getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        "is a file of FLAC; expected WAV", "fLaC1234".getBytes(StandardCharsets.US_ASCII));
    assertRefused("is a file of MP3; expected WAV", (byte) 0xff, (byte) 0xfb, (byte) 0x90);
    assertRefused(
        "is a file of WAV of the other byte order (RIFX); expected WAV",
        "RIFX....WAVE".getBytes(StandardCharsets.US_ASCII));
    assertRefused("is truncated before its format", Arrays.copyOf(whole, 12));
    assertRefused("is truncated within its chunk 'fmt '", Arrays.copyOf(whole, 30));
    assertRefused("has no samples", Arrays.copyOf(whole, 36));
    assertRefused(
        "is truncated: it says that it has 6 bytes of samples, and 4 are there",
        Arrays.copyOf(whole, whole.length - 2));
    assertRefused(
        "is damaged: it has samples before it says of which format they are", file(DATA, FORMAT));
    assertRefused(
        "is damaged: its format has 14 bytes, less than 16",
        file(chunk("fmt ", new byte[14]), DATA));
    assertRefused(
        "has samples of µ-law; expected PCM or floats",
        file(chunk("fmt ", format(7, 1, 8000, 8)), DATA));
    assertRefused(
        "has samples of format 9; expected PCM or floats",
        file(chunk("fmt ", format(9, 1, 8000, 8)), DATA));
    assertRefused(
        "has 0 channels; expected 1 to 64", file(chunk("fmt ", format(1, 0, 8000, 16)), DATA));
    assertRefused(
        "has 0 samples a second; expected 1 to 1,000,000",
        file(chunk("fmt ", format(1, 1, 0, 16)), DATA));
    assertRefused(
        "has samples of 64 bits; expected 8, 16, 24 or 32",
        file(chunk("fmt ", format(1, 1, 8000, 64)), DATA));
    assertRefused(
        "has samples of 16 bits; expected floats of 32 or 64",
        file(chunk("fmt ", format(3, 1, 8000, 16)), DATA));
    byte[] odd = format(1, 1, 8000, 16);
    odd[12] = 3;
    assertRefused(
        "is damaged: expected blocks of 2 bytes for 1 channel of 16 bits, found 3",
        file(chunk("fmt ", odd), DATA));
    byte[] nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN).array();
    assertRefused(
        "is damaged: expected finite samples, found NaN at place 0",
        file(chunk("fmt ", format(3, 1, 8000, 32)), chunk("data", nan)));
    Path none = place.resolve("none.wav");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Sound.read(none))
        .withMessage(none + ": no such file");
  }

  @Test
  void aFileIsASoundByItsBeginning() {
    assertThat(Sound.isFile(put(place, "a", wav(8000, 1)))).isTrue();
    assertThat(Sound.isFile(put(place, "a.wav", (byte) 1))).isFalse();
    assertThat(Sound.isFile(place)).isFalse();
  }

  @Test
  void lengthsAreMadeEqualAtBothEnds() {
    Sound sound = Sound.of(8000, 1, 2, 3, 4, 5);
    assertThat(sound.fitted(5)).isSameAs(sound);
    assertThat(sound.fitted(8).samples()).containsExactly(0, 1, 2, 3, 4, 5, 0, 0);
    assertThat(sound.fitted(2).samples()).containsExactly(2, 3);
    assertThat(sound.fitted(3).samples()).containsExactly(2, 3, 4);
    assertThat(sound.fitted(1).samples()).containsExactly(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sound.fitted(0))
        .withMessage("fitted: expected a length of at least 1 sample, found 0");
  }

  @Test
  void anotherRateKeepsATone() {
    var tone = new float[4410];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 440 * i / 44100.0);
    }
    Sound slow = Sound.of(44100, tone).resampled(16000);
    assertThat(slow.rate()).isEqualTo(16000);
    assertThat(slow.length()).isEqualTo(1600);
    for (int i = 100; i < 1500; i++) {
      assertThat(slow.samples()[i])
          .isCloseTo(
              (float) Math.sin(2 * Math.PI * 440 * i / 16000.0),
              org.assertj.core.api.Assertions.within(2e-3f));
    }
    assertThat(slow.resampled(16000)).isSameAs(slow);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slow.resampled(0))
        .withMessage("resampled: expected 1 to 1,000,000 samples a second, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sound.of(8000))
        .withMessage("sound: expected at least 1 sample, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sound.of(8000, 0, Float.NaN))
        .withMessage("sound: expected finite samples, found NaN at place 1");
  }

  @Test
  void aToneIsLoudInItsBandOnly() {
    Sound tone = Sound.read(put(place, "t.wav", WavFiles.tone(16000, 1000, 0.5, 0.5)));
    LogMel mel = LogMel.ofSpeech(16000);
    float[] x = mel.of(tone);
    assertThat(x).hasSize(51 * 40);
    int loudest = 0;
    for (int band = 1; band < 40; band++) {
      loudest = x[25 * 40 + band] > x[25 * 40 + loudest] ? band : loudest;
    }
    // 1000 is mel(1000 Hz) nearly; bands are 68.5 mel apart from 32 on.
    assertThat(loudest).isEqualTo((int) Math.round((1000 - 31.75) / 68.5) - 1);
    assertThat(mel)
        .hasToString("40 bands of 20 to 8000 Hz (htk), 400 samples every 160 at 16,000 Hz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mel.of(Sound.of(8000, 1)))
        .withMessage(
            "log-mel: expected a sound at 16,000 Hz, found one at 8,000 Hz; Sound.resampled brings"
                + " it there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogMel(16000, 400, 160, 40, 20, 9000, MelScale.HTK))
        .withMessage("log-mel: expected 0 ≤ low < high ≤ 8000.0 Hz, found 20.0 and 9000.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogMel(16000, 400, 0, 40, 20, 8000, MelScale.HTK))
        .withMessage("log-mel: hop: expected 1 to 1,048,576, found 0");
  }
}
