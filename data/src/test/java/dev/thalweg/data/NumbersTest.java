package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

  private static void same(String text, long seed) {
    Double expected = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    assertThat(Numbers.parse("#" + text + "#", 1, 1 + text.length(), '.'))
        .as("seed %d: %s", seed, text)
        .isEqualTo(expected);
    String comma = text.replace('.', ',');
    assertThat(Numbers.parse(comma, 0, comma.length(), ','))
        .as("seed %d: %s", seed, comma)
        .isEqualTo(expected);
  }

  @Test
  void everyTextIsTheNumberThatTheJdkMakesOfItOrNone() {
    String signs = "0123456789.e-+5 xE";
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      for (int i = 0; i < 500; i++) {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        for (int j = 0; j < length; j++) {
          text.append(signs.charAt(random.nextInt(signs.length())));
        }
        same(text.toString(), seed);
        same(Double.toString(Double.longBitsToDouble(random.nextLong())), seed);
        same(Float.toString((float) random.nextGaussian() * 1000), seed);
        same(
            random.nextLong() + "." + random.nextInt(1000) + "e" + (random.nextInt(80) - 40), seed);
      }
    }
  }

  @Test
  void theEndsOfTheRangeAreKept() {
    for (String text :
        new String[] {
          "9007199254740991",
          "9007199254740993",
          "90071992547409930",
          "1e22",
          "1e23",
          "1e-22",
          "1e-23",
          "4.9e-324",
          "1e400",
          "-1e400",
          "1e-400",
          "-0",
          "-0.0",
          "0e99999999999",
          "00000000000000000000000000000001",
          "0.00000000000000000000000000000001",
          "1.7976931348623157e308"
        }) {
      same(text, 0);
    }
    assertThat(1 / Numbers.parse("-0", 0, 2, '.')).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
