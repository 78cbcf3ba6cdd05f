package dev.thalweg.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonElementsTest {

  /// The elements, or the sentence and place of what is wrong.
  private static Object elements(InputStream in) throws IOException {
    List<@Nullable Object> found = new ArrayList<>();
    try {
      var elements = new JsonElements(in);
      while (elements.next()) {
        found.add(elements.value());
      }
      return elements.isList() ? found : "not a list: " + found;
    } catch (FormatException e) {
      return e.getMessage() + " / " + e.offset();
    }
  }

  private static Object whole(byte[] text) {
    try {
      Object value = Json.parse(text);
      return value instanceof List<?> list ? list : "not a list: [" + value + "]";
    } catch (FormatException e) {
      return e.getMessage() + " / " + e.offset();
    }
  }

  private static String list(Random random, int depth) {
    String[] blanks = {"", "", "", " ", "\n\t "};
    var text = new StringBuilder("[");
    for (int i = 0, n = random.nextInt(5); i < n; i++) {
      String[] values = {
        "1",
        "-0",
        "2.5e3",
        "null",
        "true",
        "\"a,]\\\"\\\\\"",
        "\"é\\u00e9𝔸\"",
        "{\"b\":[1,{}]}",
        "[]"
      };
      text.append(i == 0 ? "" : ",").append(blanks[random.nextInt(5)]);
      text.append(
          depth < 2 && random.nextInt(3) == 0
              ? list(random, depth + 1)
              : values[random.nextInt(values.length)]);
      text.append(blanks[random.nextInt(5)]);
    }
    return text.append(']').append(blanks[random.nextInt(5)]).toString();
  }

  /// Whole lists, and lists with up to two bytes changed, left out or put in. Of two faults the
  /// first is met first, also where one of them is in the bytes, which the whole looks at first.
  @Test
  void theyAreThoseOfTheWholeAndSoIsWhatIsWrong() throws IOException {
    var right = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      var random = new Random(seed);
      byte[] text = list(random, 0).getBytes(UTF_8);
      for (int i = 0, n = random.nextInt(3); i < n; i++) {
        String latin = new String(text, ISO_8859_1);
        int at = random.nextInt(latin.length() + 1);
        int to = Math.min(latin.length(), at + random.nextInt(2));
        String some = "[]{},:\"\\ 1x.";
        int place = random.nextInt(some.length() + 1);
        latin =
            latin.substring(0, at)
                + (place == some.length() ? "" : some.charAt(place))
                + latin.substring(to);
        text = latin.getBytes(ISO_8859_1);
      }
      Object expected = whole(text);
      if (expected.toString().startsWith("not UTF-8")) {
        continue;
      }
      if (!new String(text, UTF_8).isBlank()) {
        right += expected instanceof List ? 1 : 0;
        assertThat(elements(new ByteArrayInputStream(text)))
            .as("seed %d: %s", seed, new String(text, UTF_8))
            .isEqualTo(expected);
      }
    }
    assertThat(right).isBetween(2_500, 7_500);
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirPlace() throws IOException {
    byte[] text = "[\"é\", 2, \"?\"]".getBytes(UTF_8);
    text[text.length - 3] = (byte) 0xff;
    assertThat(elements(new ByteArrayInputStream(text))).isEqualTo("not UTF-8 at byte 11 / 11");
    assertThat(whole(text)).isEqualTo("not UTF-8 at byte 11 / 11");
  }

  @Test
  void anElementIsThereBeforeTheNextIsRead() throws IOException {
    var gives =
        new InputStream() {
          private final byte[] text = "[1, [2], x".getBytes(UTF_8);
          private int at;

          @Override
          public int read() {
            return at < text.length ? text[at++] : -1;
          }

          @Override
          public int read(byte[] to, int from, int length) {
            int next = read();
            to[from] = (byte) next;
            return next < 0 ? -1 : 1;
          }
        };
    var elements = new JsonElements(gives);
    assertThatIllegalStateException().isThrownBy(elements::value);
    assertThat(elements.next()).isTrue();
    assertThat(elements.value()).isEqualTo(1L);
    assertThat(gives.at).isEqualTo(3);
    assertThat(elements.next()).isTrue();
    assertThat(elements.value()).isEqualTo(List.of(2L));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(elements::next)
        .withMessage("JSON: expected a value, found 'x' at character 9");
  }

  @Test
  void whatIsNotFiniteIsANumber() throws IOException {
    assertThat(
            elements(
                new ByteArrayInputStream("[NaN,[-Infinity], Infinity,\"NaN\"]".getBytes(UTF_8))))
        .isEqualTo(
            List.of(
                Double.NaN, List.of(Double.NEGATIVE_INFINITY), Double.POSITIVE_INFINITY, "NaN"));
    assertThat(elements(new ByteArrayInputStream("[Nan]".getBytes(UTF_8))))
        .isEqualTo("JSON: expected a value, found 'N' at character 1 / 1");
    assertThat(elements(new ByteArrayInputStream(" \n".getBytes(UTF_8))))
        .isEqualTo("not a list: []");
  }
}
