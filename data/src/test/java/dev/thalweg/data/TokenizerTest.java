package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

  private static List<String[]> golden() throws IOException {
    try (InputStream in = TokenizerTest.class.getResourceAsStream("/golden/bpe.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).toList();
    }
  }

  /// `tools/golden/bpe.py` made the file, and says how.
  @Test
  void bytePairsOfMobyDickAreThoseOfHuggingFace() throws IOException {
    String text = Texts.named("moby-dick");
    var tokenizer = (BytePairTokenizer) Tokenizer.bytePairs(text, 1000);
    List<String> merges =
        tokenizer.merges().stream()
            .map(pair -> bytes(tokenizer, pair.getFirst()) + " " + bytes(tokenizer, pair.getLast()))
            .toList();
    List<String> expected =
        golden().stream()
            .filter(line -> line[0].equals("merge"))
            .map(line -> line[1] + " " + line[2])
            .toList();
    assertThat(expected).hasSize(744);
    assertThat(merges).isEqualTo(expected);
    int[] tokens = tokenizer.encode(text);
    long sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      sum = (sum + (i + 1L) * tokens[i]) % 1_000_003;
    }
    String[] last = golden().getLast();
    assertThat(tokens).hasSize(Integer.parseInt(last[1]));
    assertThat(sum).isEqualTo(Long.parseLong(last[2]));
    assertThat(tokenizer.decode(tokens)).isEqualTo(text);
    assertThat(tokenizer)
        .hasToString("bpe(1000)")
        .isEqualTo(Tokenizer.bytePairs(tokenizer.merges()));
  }

  /// Bytes that are parts of characters only, too.
  private static String bytes(BytePairTokenizer tokenizer, int token) {
    if (token < 256) {
      return HexFormat.of().toHexDigits((byte) token);
    }
    List<Integer> pair = tokenizer.merges().get(token - 256);
    return bytes(tokenizer, pair.getFirst()) + bytes(tokenizer, pair.getLast());
  }

  @Test
  void anyTextGoesThereAndBack() {
    Tokenizer pairs = Tokenizer.bytePairs("the theatre there, the 𝄞 then the", 262);
    Random random = new Random(5);
    for (int n = 0; n < 300; n++) {
      var text = new StringBuilder();
      for (int i = 0; i < n % 50; i++) {
        int kind = random.nextInt(4);
        int c =
            random.nextInt(kind == 0 ? 0x80 : kind == 1 ? 0x800 : kind == 2 ? 0xd800 : 0x10ffff);
        text.appendCodePoint(Character.isSurrogate((char) c) && c < 0x10000 ? 'a' : c);
      }
      String one = text.toString();
      for (Tokenizer tokenizer : List.of(Tokenizer.bytes(), pairs)) {
        assertThat(tokenizer.decode(tokenizer.encode(one))).isEqualTo(one);
      }
      if (!one.isEmpty()) {
        Tokenizer characters = Tokenizer.characters(one);
        assertThat(characters.decode(characters.encode(one))).isEqualTo(one);
        assertThat(characters.encode(one)).hasSize(one.codePointCount(0, one.length()));
      }
    }
  }

  @Test
  void charactersAreInTheirOrder() {
    Tokenizer tokenizer = Tokenizer.characters("𝄞babc\n");
    assertThat(tokenizer).isEqualTo(new CharacterTokenizer("\nabc𝄞")).hasToString("characters");
    assertThat(tokenizer.size()).isEqualTo(5);
    assertThat(tokenizer.encode("cab𝄞")).containsExactly(3, 1, 2, 4);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> tokenizer.encode("abx"))
        .withMessage(
            "text: expected the 5 characters that the model knows, found U+0078 'x' at character"
                + " 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.decode(1, 5))
        .withMessage("decode: expected tokens of 0 to 4, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CharacterTokenizer("ba"))
        .withMessage(
            "characters: expected each once, in their order, found U+0061 'a' behind U+0062 'b'");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Tokenizer.characters(""))
        .withMessage("text: expected one character or more, found none");
  }

  @Test
  void mergesThatMakeNoSenseAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tokenizer.bytePairs(List.of(List.of(97, 256))))
        .withMessage("merge 1: expected tokens of 0 to 255, found 97 and 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tokenizer.bytePairs(List.of(List.of(97, 98), List.of(97, 98))))
        .withMessage("merge 2: expected another pair than before, found 97 and 98 again");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tokenizer.bytePairs("abc", 255))
        .withMessage("byte pairs: expected 256 tokens or more, found 255");
  }

  @Test
  void textsAreReadFromFiles(@TempDir Path folder) throws IOException {
    Path plain = Files.writeString(folder.resolve("a.txt"), "\ufeffgrün\n");
    assertThat(Texts.read(plain)).isEqualTo("grün\n");
    Path packed = folder.resolve("a.txt.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("grün".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Texts.read(packed)).isEqualTo("grün");
    Path latin = Files.write(folder.resolve("b.txt"), "grün".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Texts.read(latin))
        .withMessage(latin + ": expected text in UTF-8, found something else at byte 2");
    Path empty = Files.createFile(folder.resolve("c.txt"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Texts.read(empty))
        .withMessage(empty + ": expected a text, found an empty file");
  }

  @Test
  void mobyDickIsThere() {
    TextInfo info = Texts.all().getFirst();
    String text = Texts.named(info.name());
    assertThat(text)
        .hasSize(info.characters())
        .startsWith("CHAPTER 1. Loomings.\n\nCall me Ishmael.");
    assertThat(Tokenizer.characters(text).size()).isEqualTo(81);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Texts.named("moby-dik"))
        .withMessageContaining("did you mean 'moby-dick'?");
  }
}
