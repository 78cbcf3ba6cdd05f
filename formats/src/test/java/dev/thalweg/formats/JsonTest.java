package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

  static Stream<Arguments> good() {
    return Stream.of(
        arguments("{}", Map.of()),
        arguments(" [ ] ", List.of()),
        arguments("[1,2 ,\t3\r\n]", List.of(1L, 2L, 3L)),
        arguments("{\"a\":{\"b\":[true,false]}}", Map.of("a", Map.of("b", List.of(true, false)))),
        arguments("0", 0L),
        arguments("-1", -1L),
        arguments("-0", -0.0),
        arguments("1.0", 1.0),
        arguments("1e2", 100.0),
        arguments("-2.5E-3", -0.0025),
        arguments("9223372036854775807", Long.MAX_VALUE),
        arguments("-9223372036854775808", Long.MIN_VALUE),
        arguments("9223372036854775808", 0x1p63),
        arguments("100000000000000000000000", 1e23),
        arguments("\"\"", ""),
        arguments("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "\"\\/\b\f\n\r\té😀"),
        arguments("\"é😀\u007f\"", "é😀\u007f"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void parsesWhatTheStandardAllows(String text, Object value) {
    assertThat(Json.parse(text)).isEqualTo(value);
    assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
  }

  @Test
  void nullIsNull() {
    assertThat(Json.parse("null")).isNull();
    assertThat(Json.parse("[null]")).isEqualTo(Arrays.asList((Object) null));
  }

  @Test
  void anObjectKeepsTheOrderOfTheText() {
    assertThat((Map<?, ?>) Json.parse("{\"z\":1,\"a\":2,\"m\":3}"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsExactly(Map.entry("z", 1L), Map.entry("a", 2L), Map.entry("m", 3L));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments("", 0, "expected a value, found the end"),
        arguments("  ", 2, "expected a value, found the end"),
        arguments("{", 1, "expected a name in quotes, found the end"),
        arguments("{a:1}", 1, "expected a name in quotes, found 'a'"),
        arguments("{\"a\"}", 4, "expected ':', found '}'"),
        arguments("{\"a\":1,}", 7, "expected a name in quotes, found '}'"),
        arguments("{\"a\":1 \"b\":2}", 7, "expected ',' or '}', found '\"'"),
        arguments("{\"a\":1,\"a\":2}", 7, "the name 'a' occurs twice in one object"),
        arguments("{\"a\":1,\"\\u0061\":2}", 7, "the name 'a' occurs twice in one object"),
        arguments("[1,]", 3, "expected a value, found ']'"),
        arguments("[1 2]", 3, "expected ',' or ']', found '2'"),
        arguments("[1", 2, "expected ',' or ']', found the end"),
        arguments("1 2", 2, "expected the end, found '2'"),
        arguments("tru", 0, "expected a value, found 't'"),
        arguments("nulls", 4, "expected the end, found 's'"),
        arguments("NaN", 0, "expected a value, found 'N'"),
        arguments("+1", 0, "expected a value, found '+'"),
        arguments("01", 1, "expected the end, found '1'"),
        arguments("-", 1, "expected a digit, found the end"),
        arguments(".5", 0, "expected a value, found '.'"),
        arguments("1.", 2, "expected a digit, found the end"),
        arguments("1e", 2, "expected a digit, found the end"),
        arguments("1e+", 3, "expected a digit, found the end"),
        arguments("1e+-1", 3, "expected a digit, found '-'"),
        arguments("1e999", 0, "beyond the range of double"),
        arguments("\"", 0, "has no end"),
        arguments("\"a\\\"", 0, "has no end"),
        arguments("\"\\x\"", 1, "unknown escape"),
        arguments("\"\\", 1, "unknown escape"),
        arguments("\"\\u12", 1, "four hexadecimal digits"),
        arguments("\"\\u123g\"", 1, "four hexadecimal digits"),
        arguments("\"\\u\uff11\uff11\uff11\uff11\"", 1, "four hexadecimal digits"),
        arguments("\"\n\"", 1, "U+000A stands unescaped"),
        arguments("\"\\ud800\"", 0, "half a surrogate pair"),
        arguments("\"\\ude00\\ud83d\"", 0, "half a surrogate pair"),
        arguments("/**/1", 0, "expected a value, found '/'"),
        arguments("\ufeff1", 0, "expected a value, found '\\ufeff'"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesEverythingElseAndSaysWhere(String text, int offset, String sentence) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(sentence)
        .extracting(e -> ((FormatException) e).offset())
        .isEqualTo((long) offset);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}))
        .isInstanceOf(FormatException.class)
        .hasMessage("not UTF-8 at byte 1");
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3}))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void depthHasALimitBothWays() {
    String deepest = "[".repeat(Json.MAXIMUM_DEPTH) + "]".repeat(Json.MAXIMUM_DEPTH);
    Object value = Json.parse(deepest);
    assertThat(Json.write(value)).isEqualTo(deepest);
    assertThatThrownBy(() -> Json.parse("[" + deepest + "]"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("at most 64 nested values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(Arrays.asList(value)))
        .withMessageContaining("at most 64 nested values");
    // Side by side is not nested.
    assertThat((List<?>) Json.parse("[" + "[],".repeat(100) + "{}]")).hasSize(101);
  }

  @Test
  void writesTheShortestText() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("b", List.of(1, 2L, 0.5, 1.5f, true));
    map.put("a\"\\\b\f\n\r\t\u0001é😀\u007f/", null);
    assertThat(Json.write(map))
        .isEqualTo("{\"b\":[1,2,0.5,1.5,true],\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001é😀\u007f/\":null}");
  }

  static Stream<Arguments> unwritable() {
    return Stream.of(
        arguments(Double.NaN, "finite"),
        arguments(Float.POSITIVE_INFINITY, "finite"),
        arguments(List.of(new Object()), "java.lang.Object"),
        arguments(Map.of(1, 2), "names that are strings"),
        arguments("\ud800", "half a surrogate pair"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void refusesToWriteWhatJsonHasNoFormFor(Object value, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(value))
        .withMessageContaining(sentence);
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    for (long seed = 0; seed < 300; seed++) {
      Object value = random(new Random(seed), 0);
      assertThat(Json.parse(Json.write(value))).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(Json.writeUtf8(value))).as("seed %d", seed).isEqualTo(value);
    }
  }

  private static @Nullable Object random(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> {
        double bits = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(bits) ? bits : 0.1;
      }
      case 4 -> text(random);
      case 5 -> {
        var list = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(random(random, depth + 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(text(random), random(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(8), 0, 0x1_0100)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
