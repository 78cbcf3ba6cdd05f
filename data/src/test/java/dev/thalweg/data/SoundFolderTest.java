package dev.thalweg.data;

import static dev.thalweg.data.WavFiles.put;
import static dev.thalweg.data.WavFiles.tone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFolderTest {

  @TempDir private Path temporary = Path.of("");

  private Path sounds() {
    return temporary.resolve("sounds");
  }

  private Path tones(String name, int rate, double hertz, double seconds) {
    return put(sounds(), name, tone(rate, hertz, seconds, 0.5));
  }

  private void assertRefused(String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.sounds(sounds(), SoundOptions.found()))
        .withMessage(sentence.replace("SOUNDS", sounds().toString()));
  }

  @Test
  void foldersAreClassesAndRateAndLengthAreTheFiles() {
    tones("high/1.wav", 16000, 2000, 0.1);
    tones("high/2.WAV", 44100, 2000, 0.253);
    tones("low/a/1.wav", 8000, 300, 0.2);
    Dataset data = Datasets.sounds(sounds(), SoundOptions.found());
    assertThat(Datasets.hasSounds(sounds())).isTrue();
    assertThat(data.classNames()).containsExactly("high", "low");
    assertThat(data.labels()).containsExactly(0, 0, 1);
    SoundOptions how = data.schema().sound().orElseThrow();
    assertThat(how).isEqualTo(SoundOptions.found().withRate(8000).withSeconds(0.26));
    assertThat(data.shape()).containsExactly(27, 40);
    assertThat(how.shape()).isEqualTo(new ImageShape(27, 40, 1));
    assertThat(data.images().orElseThrow().file(2)).contains(sounds().resolve("low/a/1.wav"));
    assertThat(data.subset(2, 0).images().orElseThrow().sound()).contains(how);
    assertThat(Standardizer.fit(data).apply(data)).as("in their scale").isSameAs(data);
    // Of both rates, cut to the longest and with silence around: the same band is the loudest.
    int[] loudest = new int[3];
    for (int row = 0; row < 3; row++) {
      float[] x = data.row(row);
      for (int band = 0; band < 40; band++) {
        loudest[row] = x[13 * 40 + band] > x[13 * 40 + loudest[row]] ? band : loudest[row];
      }
      assertThat(x[13 * 40 + loudest[row]]).isGreaterThan(0.98f);
    }
    assertThat(loudest[0]).isEqualTo(loudest[1]).isGreaterThan(loudest[2] + 10);
    assertThat(data.row(0)[0]).as("silence before it").isZero();
    assertThat(data.row(0)[26 * 40]).as("silence behind it").isZero();
  }

  @Test
  void howLoudASoundIsDoesNotMatter() {
    put(sounds(), "a/loud.wav", tone(8000, 500, 0.1, 0.9));
    put(sounds(), "a/soft.wav", tone(8000, 500, 0.1, 0.09));
    put(sounds(), "b/silent.wav", WavFiles.wav(8000, new int[800]));
    Dataset data = Datasets.sounds(sounds(), SoundOptions.found());
    float[] loud = data.row(0);
    float[] soft = data.row(1);
    for (int i = 0; i < loud.length; i++) {
      // What rounding to 16 bits makes is 60 dB below the soft one.
      if (loud[i] > 0.5f) {
        assertThat(soft[i]).isCloseTo(loud[i], org.assertj.core.api.Assertions.within(0.02f));
      }
    }
    assertThat(data.row(2)).containsOnly(0);
  }

  @Test
  void theOptionsSayRateAndLength() {
    tones("a/1.wav", 16000, 2000, 0.1);
    tones("b/1.wav", 16000, 300, 0.1);
    SoundOptions how = SoundOptions.found().withRate(4000).withSeconds(0.5);
    Dataset data = Datasets.sounds(sounds(), how);
    assertThat(data.shape()).containsExactly(51, 40);
    assertThat(data.schema().sound()).contains(how);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> how.withRate(999))
        .withMessage("sounds: expected 1,000 to 1,000,000 samples a second, found 999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> how.withSeconds(Double.NaN))
        .withMessage("sounds: expected 0.01 to 600 seconds, found NaN");
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    tones("a/1.wav", 16000, 2000, 0.1);
    put(sounds(), "b/2.wav", (byte) 'R');
    assertRefused("SOUNDS/b/2.wav is no sound; expected WAV");
    put(sounds(), "a/3.wav");
    assertRefused(
        "SOUNDS: 2 of 3 sounds cannot be read: SOUNDS/a/3.wav is empty; SOUNDS/b/2.wav is no sound;"
            + " expected WAV");
    SoundSurvey survey = SoundSurvey.of(sounds());
    assertThat(survey.sounds()).isEqualTo(3);
    assertThat(survey.broken())
        .containsExactly(
            sounds().resolve("a/3.wav") + " is empty",
            sounds().resolve("b/2.wav") + " is no sound; expected WAV");
    assertThat(survey.rates()).isEqualTo(Map.of(16000, 1));
    assertThat(survey.longest()).isEqualTo(0.1);
  }

  @Test
  void aFolderMayBeDividedIntoOthers() {
    tones("train/a/1.wav", 16000, 2000, 0.1);
    tones("train/b/1.wav", 8000, 300, 0.2);
    tones("test/b/1.wav", 44100, 300, 0.5);
    Split split = Datasets.published(sounds(), SoundOptions.found()).orElseThrow();
    assertThat(split.train().name()).isEqualTo("sounds");
    assertThat(split.train().shape()).containsExactly(21, 40);
    assertThat(split.test().shape()).containsExactly(21, 40);
    assertThat(split.test().schema().sound()).isEqualTo(split.train().schema().sound());
    assertThat(split.test().classNames()).containsExactly("a", "b");
    assertThat(split.test().labels()).containsExactly(1);
    assertThat(Datasets.parts(sounds()))
        .containsExactly(sounds().resolve("train"), sounds().resolve("test"));
    assertRefused(
        "SOUNDS: expected a folder for each class, found the parts test and train; name one of"
            + " them, as SOUNDS/test");
    tones("test/c/1.wav", 44100, 300, 0.5);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.published(sounds(), SoundOptions.found()))
        .withMessage(
            "SOUNDS/test: expected the classes of SOUNDS/train, found c, too"
                .replace("SOUNDS", sounds().toString()));
    tones("val/a/1.wav", 44100, 300, 0.5);
    assertThat(Datasets.published(sounds(), SoundOptions.found())).isEmpty();
    assertThat(Datasets.parts(sounds())).containsExactly(sounds());
  }

  @Test
  void imagesMayBeDividedSo() {
    var small = ImageFiles.png(ImageFiles.plain(2, 3, 1));
    put(sounds(), "train/a/1.png", small);
    put(sounds(), "train/b/1.png", small);
    put(sounds(), "test/b/1.png", ImageFiles.png(ImageFiles.plain(2, 3, 7)));
    Split split = Datasets.published(sounds(), ImageOptions.asTheyAre()).orElseThrow();
    assertThat(split.train().rows()).isEqualTo(2);
    assertThat(split.test().labels()).containsExactly(1);
    assertThat(split.test().row(0)).containsOnly(7 / 255f);
    put(sounds(), "test/b/1.png", ImageFiles.png(ImageFiles.plain(4, 3, 7)));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.published(sounds(), ImageOptions.asTheyAre()))
        .withMessage(
            "SOUNDS/test: expected images of 2×3, as those in SOUNDS/train are, found 4×3"
                .replace("SOUNDS", sounds().toString()));
  }
}
