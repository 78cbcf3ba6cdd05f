package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Sounds as executed soundfile reads, torchaudio resamples and torchaudio and librosa turn them
/// into spectrograms; `tools/golden/sounds.py` made the file, and says how.
class SoundGoldenTest {

  private static List<String[]> lines(String kind) throws IOException {
    try (InputStream in = SoundGoldenTest.class.getResourceAsStream("/golden/sounds.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> line.startsWith(kind + "\t"))
          .map(line -> line.split("\t"))
          .toList();
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Map<String, Sound> signals() throws IOException {
    var signals = new HashMap<String, Sound>();
    for (String[] line : lines("signal")) {
      signals.put(line[1], Sound.of(Integer.parseInt(line[2]), Checks.rounded(numbers(line[3]))));
    }
    return signals;
  }

  private static void assertNear(String name, float[] found, double[] expected, double most) {
    assertThat(found).as(name).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).as("%s at %d", name, i).isCloseTo(expected[i], within(most));
    }
  }

  @Test
  void filesOfSoundfileAreReadAsItReadsThem() throws IOException {
    List<String[]> files = lines("file");
    assertThat(files).hasSize(10);
    for (String[] line : files) {
      Sound sound = WavFile.of(Base64.getDecoder().decode(line[2])).sound();
      assertThat(sound.rate()).as(line[1]).isEqualTo(Integer.parseInt(line[3]));
      assertNear(line[1], sound.samples(), numbers(line[4]), 3e-8);
    }
  }

  @Test
  void otherRatesAreThoseOfTorchaudio() throws IOException {
    List<String[]> cases = lines("resampled");
    assertThat(cases).hasSize(6);
    for (String[] line : cases) {
      Sound from = Objects.requireNonNull(signals().get(line[1]));
      float[] x = from.samples();
      var wide = new double[x.length];
      Arrays.setAll(wide, i -> x[i]);
      int rate = Integer.parseInt(line[2]);
      double[] found = SincResampling.of(wide, from.rate(), rate);
      double[] expected = numbers(line[3]);
      assertThat(found).as(line[1] + " at " + rate).hasSize(expected.length);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).as("%s at %d", line[1], i).isCloseTo(expected[i], within(1e-12));
      }
      assertNear(line[1], from.resampled(rate).samples(), expected, 6e-8);
    }
  }

  @Test
  void spectrogramsAreThoseOfTorchaudioAndLibrosa() throws IOException {
    List<String[]> cases = lines("mel");
    assertThat(cases).hasSize(4);
    for (String[] line : cases) {
      Sound from = Objects.requireNonNull(signals().get(line[1]));
      var mel =
          new LogMel(
              from.rate(),
              Integer.parseInt(line[2]),
              Integer.parseInt(line[3]),
              Integer.parseInt(line[4]),
              Double.parseDouble(line[5]),
              Double.parseDouble(line[6]),
              MelScale.valueOf(line[7].toUpperCase(Locale.ROOT)));
      assertNear(line[1] + " " + line[7], mel.of(from), numbers(line[8]), 1e-4);
    }
  }
}
