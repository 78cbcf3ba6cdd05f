package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Columns of texts: what their n-grams are worth, how they are found, and that all ways from a row
/// to its features agree.
class TextColumnsTest {

  private static final List<String> TEXTS =
      List.of(
          "You won a prize, you won!",
          "See you at the meeting at ten",
          "a meeting about the Prize");

  /// Executed scikit-learn (`tools/golden/ngrams.py`): how many, smallest, largest, sum, sum of
  /// cubes.
  private static final double[][] WORTH = {
    {53, 0.07482436534186168, 0.21450255293267317, 7.001775326071513, 0.1545823906249061},
    {69, 0.0760460119754266, 0.21800470521266951, 8.01082087683177, 0.1367779070384345},
    {73, 0.08263499641881963, 0.1801637337641111, 8.454345122195758, 0.12110134231232511}
  };

  /// So many that no two of these n-grams share one.
  private static final Ngrams WIDE = new Ngrams(2, 5, false, 1_000_003);

  @TempDir Path folder;

  /// What `Table.ofRecords` looks into.
  public record Mail(String text, double size, String label) {}

  private static List<Mail> mails() {
    return List.of(
        new Mail(TEXTS.get(0), 1, "spam"),
        new Mail(TEXTS.get(1), 2, "ham"),
        new Mail(TEXTS.get(2), 4, "ham"));
  }

  private static TableOptions options(Ngrams ngrams) {
    return TableOptions.target("label").withTexts("text").withForm(ngrams);
  }

  @Test
  void ngramsAreWorthWhatScikitLearnSays() {
    var data = Table.ofRecords(mails(), options(WIDE)).dataset();
    assertThat(data.features()).isEqualTo(1_000_004);
    for (int row = 0; row < WORTH.length; row++) {
      float[] x = data.row(row);
      assertThat(x[x.length - 1]).isEqualTo((float) mails().get(row).size());
      double[] worth =
          java.util.stream.IntStream.range(0, x.length - 1)
              .mapToDouble(i -> x[i])
              .filter(value -> value != 0)
              .sorted()
              .toArray();
      double[] found = {
        worth.length,
        worth[0],
        worth[worth.length - 1],
        Arrays.stream(worth).sum(),
        Arrays.stream(worth).map(w -> w * w * w).sum()
      };
      assertThat(found).containsExactly(WORTH[row], within(1e-5));
    }
  }

  @Test
  void allWaysToFeaturesAgree() throws IOException {
    var small = new Ngrams(2, 3, true, 50);
    var table = Table.ofRecords(mails(), options(small));
    var encoding = TableEncoding.fit(table);
    var data = encoding.apply(table);
    var scaled = Standardizer.fit(data).apply(data);
    float[] dense = data.x();
    Standardizer.fit(data).apply(dense, 0, 3);
    assertThat(scaled.x()).containsExactly(dense);
    double[] ofRecords = encoding.features(mails());
    Path file = folder.resolve("mails.csv");
    Files.writeString(
        file,
        "text,size,label\n\"%s\",1,spam\n\"%s\",2,ham\n\"%s\",4,ham\n".formatted(TEXTS.toArray()));
    var ofFile = new double[3 * encoding.features()];
    try (var reader = encoding.open(file, CsvFormat.found())) {
      assertThat(reader.read(ofFile)).isEqualTo(3);
    }
    var stream = CsvStream.open(file, options(small));
    assertThat(stream.encoding().columns()).isEqualTo(encoding.columns());
    for (int row = 0; row < 3; row++) {
      float[] x = data.row(row);
      var ofMap = new double[encoding.features()];
      new RowEncoder(encoding)
          .encode(Map.of("text", TEXTS.get(row), "size", mails().get(row).size()), ofMap);
      for (int i = 0; i < x.length; i++) {
        assertThat(ofRecords[row * x.length + i]).isEqualTo(x[i]);
        assertThat(ofFile[row * x.length + i]).isEqualTo(x[i]);
        assertThat(ofMap[i]).isEqualTo(x[i]);
      }
    }
    assertThat(data.subset(2, 0).row(1)).containsExactly(data.row(0));
  }

  private static String sentences(int rows) {
    var text = new StringBuilder("kind,said,size\n");
    for (int i = 0; i < rows; i++) {
      text.append(i % 2 == 0 ? "a" : "b")
          .append(",the ")
          .append(i)
          .append("th of some long sentences,")
          .append(i * 0.5)
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void sentencesAreFoundToBeTextsAndNamesAreNot() {
    byte[] long1 = sentences(40).getBytes(StandardCharsets.UTF_8);
    var table = Table.parse("t.csv", long1, TableOptions.target("kind"));
    assertThat(table.textNames()).containsExactly("said");
    assertThat(table.notes()).isEmpty();
    byte[] few =
        sentences(40).replace("of some long sentences", "").getBytes(StandardCharsets.UTF_8);
    var names = Table.parse("t.csv", few, TableOptions.target("kind"));
    assertThat(names.textNames()).isEmpty();
    assertThat(names.notes()).containsExactly("said: left out, nearly every value is another text");
  }

  @Test
  void aFolderOfTextsHasTheClassesOfItsFolders() throws IOException {
    for (String name : List.of("ham/1.txt", "ham/2.txt", "spam/1.txt")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, TEXTS.get(name.contains("spam") ? 0 : name.contains("1") ? 1 : 2));
    }
    assertThat(Datasets.hasTexts(folder)).isTrue();
    var table = Datasets.texts(folder, WIDE);
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.classNames()).containsExactly("ham", "spam");
    var data = table.dataset();
    float[] same = Table.ofRecords(mails(), options(WIDE)).dataset().row(0);
    assertThat(Arrays.equals(data.row(2), Arrays.copyOf(same, WIDE.buckets()))).isTrue();
    Files.write(folder.resolve("ham/3.txt"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> Datasets.texts(folder, WIDE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3.txt")
        .hasMessageContaining("UTF-8");
    Files.writeString(folder.resolve("ham/3.txt"), "");
    assertThatThrownBy(() -> Datasets.texts(folder, WIDE))
        .hasMessageEndingWith("3.txt: expected a text, found an empty file");
  }

  @Test
  void theEmbeddedMailsAreTexts() {
    var table = Datasets.texts("spam").orElseThrow();
    assertThat(table.rows()).isEqualTo(6046);
    assertThat(table.classNames()).containsExactly("ham", "spam");
    assertThat(Datasets.texts("iris")).isEqualTo(Optional.empty());
  }

  @Test
  void textsThatWereWeighedByOthersAreRefused() {
    var first = Table.ofRecords(mails(), options(WIDE)).dataset();
    var second =
        Table.ofRecords(
            mails().subList(1, 3),
            TableOptions.target("size").withIgnored("label").withTexts("text").withForm(WIDE));
    assertThat(second.textNames()).containsExactly("text");
    var other =
        Table.ofRecords(
                List.of(
                    new Mail("some other text", 1, "ham"), new Mail("yet another one", 2, "spam")),
                options(WIDE))
            .dataset();
    assertThatThrownBy(() -> Alignment.of(other.schema(), first.schema()))
        .hasMessageContaining("became features by other texts than those of the training");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ngrams(5, 2)         | ngrams: expected runs of 1 to 16 characters, the longest not shorter than the shortest, found 5 to 2
          ngrams(buckets=0)    | ngrams: buckets must lie between 1 and 1048576, found 0
          ngrams(2, 5, bucket=9) | unknown argument of ngrams 'bucket'
          """)
  void wrongNgramsAreRefused(String text, String sentence) {
    assertThatThrownBy(() -> Ngrams.parse(text)).hasMessageContaining(sentence);
  }

  @Test
  void ngramsAreTheirText() {
    assertThat(Ngrams.standard()).hasToString("ngrams(2, 5, words=true, buckets=65536)");
    var own = new Ngrams(1, 3, false, 99);
    assertThat(Ngrams.parse("ngrams(1, 3, buckets=99, words=false)")).isEqualTo(own);
    assertThat(Ngrams.parse(own.toString())).isEqualTo(own);
    var pairs = new Ngrams(2, 2, false, 1 << 20);
    assertThat(pairs.places("a  B\n")).hasSize(4).isEqualTo(pairs.places("A b"));
    // And four words: a letter and a sign, twice.
    var words = new Ngrams(2, 2, true, 1 << 20);
    assertThat(words.places("a! B!")).hasSize(6 + 4).isNotEqualTo(words.places("A! b!"));
  }

  /// ␣a, ab, b␣: the space that is put around a word is its neighbour's.
  @Test
  void whatIsKnownOfBucketsIsLaidOverTheText() {
    var pairs = new Ngrams(2, 2, false, 1 << 16);
    double[] ones = new double[1 << 16];
    Arrays.fill(ones, 1);
    assertThat(pairs.spread("ab", ones)).containsExactly(1.5, 1.5);
    // Two words of one bucket each share it.
    assertThat(pairs.spread("ab ab", ones)).containsExactly(0.75, 0.75, 0, 0.75, 0.75);
    assertThat(new Ngrams(1, 1, true, 1 << 16).spread("a", ones)).containsExactly(3);
    // İ is two characters in lower case.
    assertThat(Arrays.stream(pairs.spread("İb", ones)).sum()).isCloseTo(4, within(1e-12));
    assertThat(pairs.spread("", ones)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pairs.spread("ab", 1, 2))
        .withMessage("spread: expected 65536 numbers, one a bucket, found 2");
  }

  /// The sum is that of the buckets that the text has.
  @Test
  void nothingIsLostOverTheText() {
    var random = new Random(9);
    double[] values = random.doubles(512, -1, 1).toArray();
    for (int i = 0; i < 50; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, 12)
              .mapToObj(k -> "ab İß😀.\nAB".codePoints().skip(k % 9).findFirst().orElseThrow())
              .map(Character::toString)
              .collect(Collectors.joining());
      var ngrams = new Ngrams(1 + i % 3, 4, i % 2 == 0, 512);
      double expected =
          Arrays.stream(ngrams.places(text)).distinct().mapToDouble(k -> values[k]).sum();
      assertThat(Arrays.stream(ngrams.spread(text, values)).sum())
          .as(text)
          .isCloseTo(expected, within(1e-9));
    }
  }
}
