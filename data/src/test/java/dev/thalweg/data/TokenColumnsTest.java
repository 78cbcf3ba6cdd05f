package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Columns of texts as sequences of tokens.
class TokenColumnsTest {

  private static final String ROWS =
      """
      body,label
      "Not good, NOT good!",no
      good film,yes
      "Good, good film",yes
      a rare bore,no
      """;

  private record Review(String body) {}

  private static TableOptions options(String form) {
    return TableOptions.target("label").withTexts("body").withForm(TextForm.parse(form));
  }

  private static Table table(String form) {
    return Table.parse("t.csv", ROWS.getBytes(UTF_8), options(form));
  }

  private static ColumnEncoding.Tokens column(TableEncoding encoding) {
    return (ColumnEncoding.Tokens) encoding.columns().getFirst();
  }

  @Test
  void wordsAreTheMostFrequentInTheirOrderAndThoseThatComeOnceAreNotKnown() {
    TableEncoding encoding = TableEncoding.fit(table("words"));
    assertThat(((WordTokenizer) column(encoding).tokenizer()).words())
        .containsExactly(",", "film", "good", "not");
    assertThat(column(encoding).length()).isEqualTo(6);
    assertThat(column(encoding).tokens()).isEqualTo(6);
    assertThat(encoding.featureNames()).startsWith("body#1", "body#2").hasSize(6);
    Dataset data = encoding.apply(table("words"));
    assertThat(data.row(0)).containsExactly(5, 4, 2, 5, 4, 1);
    assertThat(data.row(1)).containsExactly(4, 3, 0, 0, 0, 0);
    assertThat(data.row(2)).containsExactly(4, 2, 4, 3, 0, 0);
    assertThat(data.row(3)).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(Standardizer.fit(data).apply(data).row(0)).isEqualTo(data.row(0));
    assertThat(((WordTokenizer) column(TableEncoding.fit(table("words(2)"))).tokenizer()).words())
        .containsExactly(",", "good");
  }

  @Test
  void charactersBytesAndBytePairsAreThoseOfTheTokenizers() {
    for (String form : List.of("characters", "bytes", "bpe(260)")) {
      TableEncoding encoding = TableEncoding.fit(table(form));
      float[] row = encoding.apply(table(form)).row(1);
      int[] tokens = column(encoding).tokenizer().encode("good film");
      for (int i = 0; i < tokens.length; i++) {
        assertThat(row[i]).as(form).isEqualTo(tokens[i] + 2);
      }
      assertThat(Arrays.copyOfRange(row, tokens.length, row.length)).containsOnly(0);
    }
  }

  /// `É` has two bytes, the whale four, and the İ of Turkish becomes two letters in lower case.
  @Test
  void numbersOfTokensAreLaidOverTheText() {
    String text = "GOOD É🐋, İİ";
    for (String form : List.of("words", "characters", "bytes", "bpe(258)")) {
      String whole = ROWS + text + ",no\n" + text + ",no\n";
      var column =
          column(
              TableEncoding.fit(
                  Table.parse(
                      "t.csv",
                      whole.replace(text, '"' + text + '"').getBytes(UTF_8),
                      options(form))));
      double[] values = new double[column.length()];
      Arrays.setAll(values, i -> i + 1);
      double[] over = column.spread(text, values);
      assertThat(over).hasSize(text.length());
      int tokens =
          form.equals("words")
              ? TokenText.words(text).size()
              : column.tokenizer().encode(text).length;
      int real = Math.min(tokens, column.length());
      assertThat(Arrays.stream(over).sum())
          .as(form)
          .isCloseTo(real * (real + 1) / 2.0, within(1e-9));
      if (form.equals("words")) {
        assertThat(over).startsWith(0.25, 0.25, 0.25, 0.25, 0, 2, 1.5, 1.5, 4, 0);
      }
      if (form.equals("bytes")) {
        assertThat(over).startsWith(1, 2, 3, 4, 5, 6 + 7, 8 + 9, 10 + 11, 12);
      }
      if (form.equals("characters")) {
        assertThat(over).startsWith(1, 2, 3, 4, 5, 6, 3.5, 3.5, 8);
      }
      assertThatThrownBy(() -> column.spread(text, 1))
          .hasMessageContaining("numbers, one a token, found 1");
    }
  }

  @Test
  void longTextsAreCutAndThatIsSaid() {
    TableEncoding encoding = TableEncoding.fit(table("words(length=3)"));
    TableEncoding.Encoded encoded = encoding.encode(table("words(length=3)"));
    assertThat(encoded.data().row(0)).containsExactly(5, 4, 2);
    assertThat(encoded.report().cut()).containsExactly(new EncodingReport.Cut("body", 2, 4, 3));
    assertThat(encoded.report().notes())
        .containsExactly("body: 2 texts longer than 3 tokens, 4 tokens of the end left out");
    assertThat(column(TableEncoding.fit(ofWords(700))).length()).isEqualTo(TokenSequence.LONGEST);
  }

  private static Table ofWords(int words) {
    String rows = "body,label\n" + "so ".repeat(words) + ",yes\nso not,no\n";
    return Table.parse("t.csv", rows.getBytes(UTF_8), options("words"));
  }

  @Test
  void allWaysToFeaturesAgree(@TempDir Path folder) throws Exception {
    for (String form : List.of("words(length=4)", "characters", "bytes", "bpe(258, length=7)")) {
      Table table = table(form);
      TableEncoding encoding = TableEncoding.fit(table);
      Path file = Files.writeString(folder.resolve("t.csv"), ROWS);
      float[] x = encoding.apply(table).x();
      assertThat(encoding.read(file, CsvFormat.found()).data().x()).isEqualTo(x);
      CsvStream stream = CsvStream.open(file, options(form));
      assertThat(stream.encoding().columns()).isEqualTo(encoding.columns());
      float[] streamed = new float[x.length];
      try (BatchReader pass = stream.pass(0)) {
        assertThat(pass.read(streamed, new float[4])).isEqualTo(4);
      }
      assertThat(streamed).isEqualTo(x);
      double[] row = new double[encoding.features()];
      new RowEncoder(encoding).encode(new Review("good film"), row);
      for (int i = 0; i < row.length; i++) {
        assertThat(row[i]).isEqualTo(x[row.length + i]);
      }
      new RowEncoder(encoding).encode(Map.of("body", ""), row);
      assertThat(row).containsOnly(0);
    }
  }

  @Test
  void batchesAreOfSimilarLengthAndEveryRowComesOnce() {
    StringBuilder rows = new StringBuilder("body,label\n");
    for (int i = 0; i < 500; i++) {
      rows.append("so ".repeat(1 + i * 7919 % 40)).append(i).append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    Table table = Table.parse("t.csv", rows.toString().getBytes(UTF_8), options("bytes"));
    Dataset data = TableEncoding.fit(table).apply(table);
    int width = data.features();
    int longest = 0;
    List<Integer> all = new ArrayList<>();
    float[] x = new float[32 * width];
    try (BatchReader pass = data.source(Sampling.SHUFFLE, 3, 32).pass(1)) {
      for (int count = pass.read(x, new float[32]);
          count > 0;
          count = pass.read(x, new float[32])) {
        int most = 0;
        for (int row = 0; row < count; row++) {
          int length = 0;
          while (length < width && x[row * width + length] > 0) {
            length++;
          }
          most = Math.max(most, length);
          all.add(length);
        }
        longest += most * count;
        assertThat(count).isEqualTo(all.size() <= 480 ? 32 : 20);
      }
    }
    int real = all.stream().mapToInt(Integer::intValue).sum();
    assertThat(all).hasSize(500);
    // In the order of the rows a batch is nearly twice as long as its texts.
    assertThat((double) longest / real).isBetween(1.0, 1.15);
    int[] stand = new int[500];
    Arrays.setAll(stand, row -> row);
    float[] first = new float[32 * width];
    float[] plain = new float[32 * width];
    data.gather(stand, 0, 32, plain, 0);
    data.source(Sampling.SEQUENTIAL, 3, 32).pass(0).read(first, new float[32]);
    assertThat(first).isEqualTo(plain);
  }

  @Test
  void aSequenceStandsAlone() {
    String rows = "body,size,label\ngood film,3,yes\nbad film,4,no\n";
    Table table = Table.parse("t.csv", rows.getBytes(UTF_8), options("words"));
    assertThatThrownBy(() -> TableEncoding.fit(table))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv: expected no column beside 'body', which is a sequence of tokens (words), found"
                + " size; TableOptions.withIgnored(\"size\") leaves out what is not to be learned"
                + " from");
  }

  @Test
  void textsWithNothingInThemAreRefused() {
    String rows = "body,label\n\"!\",yes\n\" ! \",no\n";
    Table some = Table.parse("t.csv", rows.getBytes(UTF_8), options("words"));
    assertThat(((WordTokenizer) column(TableEncoding.fit(some)).tokenizer()).words())
        .containsExactly("!");
    String blank = "body,label\n\"\",yes\n\"\",no\n";
    assertThatThrownBy(
            () -> TableEncoding.fit(Table.parse("t.csv", blank.getBytes(UTF_8), options("words"))))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          words                   | words(20000, length=0)
          words(100, length=7)    | words(100, length=7)
          characters(length=9)    | characters(length=9)
          bytes                   | bytes(length=0)
          bpe(300)                | bpe(300, length=0)
          ngrams(2, 3, buckets=9) | ngrams(2, 3, words=true, buckets=9)
          """)
  void aFormIsItsText(String text, String full) {
    assertThat(TextForm.parse(text)).hasToString(full);
    assertThat(TextForm.parse(full)).isEqualTo(TextForm.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wrods          | unknown form of texts 'wrods' (did you mean 'words'?); known: ngrams, words, characters, bytes, bpe
          bpe(7)         | 256
          words(0)       | 1
          bytes(-1)      | length
          words(length=-1) | length
          """)
  void wrongFormsAreRefused(String text, String part) {
    assertThatThrownBy(() -> TextForm.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void tokensOfAnotherEncodingAreTaken() {
    TableEncoding one = TableEncoding.fit(table("words"));
    String rows = "label,body\nyes,\"good new words, new words\"\nno,bad\n";
    TableEncoding two =
        TableEncoding.fit(Table.parse("u.csv", rows.getBytes(UTF_8), options("words")));
    assertThat(column(two).tokenizer()).isNotEqualTo(column(one).tokenizer());
    TableEncoding taken = two.withTokensOf(one);
    assertThat(column(taken).tokenizer()).isEqualTo(column(one).tokenizer());
    assertThat(column(taken).length()).isEqualTo(6);
    assertThat(column(taken).place()).isEqualTo(1);
    assertThat(taken.classNames()).isEqualTo(two.classNames());
  }
}
