package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private static final String TEXT = "the whale the whale the sea";
  private static final Corpus CORPUS = Corpus.of("sea", TEXT, Tokenizer.characters(TEXT));

  @Test
  void aTextBecomesTokensThatStandForIt() {
    int[] tokens = new int[CORPUS.size()];
    Arrays.setAll(tokens, CORPUS::token);
    assertThat(CORPUS.tokenizer().decode(tokens)).isEqualTo(TEXT);
    assertThat(CORPUS.characters()).isEqualTo(27);
    assertThat(CORPUS.name()).isEqualTo("sea");
    assertThat(CORPUS).hasToString("sea: 27 characters, 27 tokens (characters, 8 different)");
    var whale = Corpus.of("emoji", "a🐋b", Tokenizer.bytes());
    assertThat(whale.size()).isEqualTo(6);
    assertThat(whale.characters()).isEqualTo(3);
  }

  @Test
  void documentsArePackedWithASeparatorBetween() {
    List<String> documents = List.of("the sea", "a whale", "end");
    String whole = String.join(Corpus.SEPARATOR, documents);
    for (Tokenizer tokenizer :
        List.of(
            Tokenizer.bytes(),
            Tokenizer.characters(whole),
            Tokenizer.bytePairs(String.join("\n", documents), 260))) {
      Corpus packed = Corpus.ofDocuments("some", documents, tokenizer);
      int[] tokens = new int[packed.size()];
      Arrays.setAll(tokens, packed::token);
      assertThat(tokenizer.decode(tokens)).isEqualTo(whole);
      assertThat(packed.characters()).isEqualTo(whole.length());
      // Tokens are of one document each: the separator is one by itself.
      int separator = tokenizer.encode(Corpus.SEPARATOR)[0];
      assertThat(Arrays.stream(tokens).filter(token -> token == separator)).hasSize(2);
      // A document begins with its separator.
      assertThat(packed.documents()).isEqualTo(3);
      int begin = 0;
      for (int i = 0; i < tokens.length; i++) {
        begin = tokens[i] == separator ? i : begin;
        assertThat(packed.begin(i)).isEqualTo(begin);
      }
      assertThat(packed.joined().documents()).isZero();
      assertThat(packed.joined().begin(tokens.length - 1)).isZero();
      assertThat(packed.joined().size()).isEqualTo(packed.size());
    }
    assertThat(CORPUS.documents()).isZero();
    assertThat(CORPUS.joined()).isSameAs(CORPUS);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Corpus.ofDocuments("some", documents, Tokenizer.characters("the sea")))
        .withMessageStartingWith("some, document 2: text: expected the 6 characters");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Corpus.ofDocuments("some", List.of("a"), Tokenizer.bytes()))
        .withMessage("some: expected documents of two tokens or more, found 1");
  }

  @Test
  void windowsOfAnEpochFollowEachOtherFromAPlaceThatIsDrawn() {
    assertThat(CORPUS.windows(5)).isEqualTo(4);
    Set<Integer> firsts = new TreeSet<>();
    Set<List<Integer>> orders = new java.util.HashSet<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      int[] starts = CORPUS.starts(5, Sampling.SHUFFLE, 3, epoch);
      int[] sorted = starts.clone();
      Arrays.sort(sorted);
      firsts.add(sorted[0]);
      orders.add(Arrays.stream(starts).map(s -> (s - sorted[0]) / 5).boxed().toList());
      for (int i = 0; i < 4; i++) {
        assertThat(sorted[i]).isEqualTo(sorted[0] + 5 * i);
      }
      // Each token of a window has one that follows it.
      assertThat(sorted[3] + 5).isLessThanOrEqualTo(26);
      assertThat(CORPUS.starts(5, Sampling.SHUFFLE, 3, epoch)).isEqualTo(starts);
    }
    assertThat(firsts).containsExactly(0, 1, 2, 3, 4);
    assertThat(orders).hasSizeGreaterThan(15);
    assertThat(CORPUS.starts(5, Sampling.SEQUENTIAL, 3, 7)).containsExactly(0, 5, 10, 15);
    assertThat(CORPUS.starts(5, Sampling.REPLACEMENT, 3, 7)).hasSize(4);
    assertThat(CORPUS.starts(26, Sampling.SHUFFLE, 3, 0)).containsExactly(0);
  }

  @Test
  void aTextThatIsTooShortIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CORPUS.windows(27))
        .withMessage("sea: expected more tokens than the context of 27, found 27");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Corpus.of("a.txt", "a", Tokenizer.bytes()))
        .withMessage("a.txt: expected a text of two tokens or more, found 1");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Corpus.of("a.txt", "sEa", CORPUS.tokenizer()))
        .withMessageStartingWith("a.txt: ")
        .withMessageContaining("found U+0045 'E' at character 2");
  }

  @Test
  void partsOfATextFollowEachOtherBetweenCharacters() {
    assertThat(Texts.parts("ab🐋🐋cd", 0.5, 0, 0.5)).containsExactly("ab🐋", "", "🐋cd");
    assertThat(String.join("", Texts.parts(TEXT, 0.8, 0.1, 0.1))).isEqualTo(TEXT);
    assertThat(Texts.parts(TEXT, 0.8, 0.2).getLast()).isEqualTo("e sea");
    for (double[] wrong : new double[][] {{0.5}, {0.7, 0.7}, {1.5, -0.5}, {Double.NaN}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Texts.parts(TEXT, wrong))
          .withMessageStartingWith("parts: expected shares of at least 0 that make 1, found [");
    }
  }
}
