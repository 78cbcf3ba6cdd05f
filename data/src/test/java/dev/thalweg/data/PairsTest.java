package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsTest {

  @TempDir Path place;

  private Path file(String text) throws IOException {
    return Files.writeString(place.resolve("pairs.csv"), text);
  }

  @Test
  void theDictionaryIsWhatItsInfoSays() {
    Pairs all = Pairs.named("cmudict");
    PairInfo info = Pairs.all().getFirst();
    assertThat(all.size()).isEqualTo(info.pairs());
    assertThat(new HashSet<>(all.sources())).hasSize(info.sources());
    assertThat(all).hasToString("cmudict: 133,784 pairs of 125,005 different sources");
    int first = all.sources().indexOf("ABDOMEN");
    assertThat(all.sources().subList(first, first + 3))
        .containsExactly("ABDOMEN", "ABDOMEN", "ABDOMINAL");
    assertThat(all.targets().get(first + 1)).isEqualTo("AE1 B D AH0 M AH0 N");
    PairTokens tokens = PairTokens.spelled(all);
    assertThat(tokens.targets()).isEqualTo(70);
    assertThat(tokens.target().decode(tokens.target().encode("AE1 B  D"))).isEqualTo("AE1 B D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pairs.named("cmudct"))
        .withMessageContaining("did you mean 'cmudict'");
  }

  @Test
  void allVariantsOfASourceStayOnOneSide() {
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      sources.add("w" + i % 30);
      targets.add("t" + i);
    }
    Pairs all = Pairs.of("some", sources, targets);
    List<Pairs> parts = all.split(0.8, 5);
    assertThat(parts.getFirst().size()).isEqualTo(72);
    assertThat(parts.getLast().size()).isEqualTo(18);
    Set<String> both = new HashSet<>(parts.getFirst().sources());
    both.retainAll(new HashSet<>(parts.getLast().sources()));
    assertThat(both).isEmpty();
    assertThat(all.split(0.8, 5).getLast().targets()).isEqualTo(parts.getLast().targets());
    assertThat(all.split(0.8, 6).getLast().targets()).isNotEqualTo(parts.getLast().targets());
    assertThat(parts.getFirst().targets())
        .isSortedAccordingTo((a, b) -> targets.indexOf(a) - targets.indexOf(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "word,pronunciation\\ncat,K AE T\\nNA,N AH | NA | N AH",
        "target\\tsource\\nK AE T\\tcat\\nD AO G\\tdog | dog | D AO G",
        "a,b,c\\nx,y,z\\nu,v,w | u | v",
        "to;word\\nneun;nine\\nzehn;ten | ten | zehn"
      })
  void aFileHasThemInTwoColumns(String text, String source, String target) throws IOException {
    Pairs read =
        Pairs.read(file(text.replace("\\n", "\n").replace("\\t", "\t")), CsvFormat.found());
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.sources().getLast()).isEqualTo(source);
    assertThat(read.targets().getLast()).isEqualTo(target);
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path empty = file("source,target\ncat,K AE T\ndog,\n");
    assertThatThrownBy(() -> Pairs.read(empty, CsvFormat.found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("pairs.csv, line 3, column 2")
        .hasMessageEndingWith("expected a text, found an empty one");
    Path one = file("source\ncat\n");
    assertThatThrownBy(() -> Pairs.read(one, CsvFormat.found()))
        .hasMessageEndingWith("pairs.csv: expected the columns source and target, found source");
    Path bytes = place.resolve("latin.csv");
    Files.write(bytes, new byte[] {'a', ',', 'b', '\n', (byte) 0xe4, ',', 'c', '\n'});
    assertThatThrownBy(() -> Pairs.read(bytes, CsvFormat.found()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Pairs.of("none", List.of(), List.of()))
        .hasMessage("none: expected a target for each source, one pair or more, found 0 and 0");
    assertThatThrownBy(() -> Pairs.of("some", List.of("a", "b"), List.of("x", " ")))
        .hasMessage("some: expected two texts, found an empty one in pair 2");
  }

  @Test
  void wordsAreTokens() {
    Tokenizer words = Tokenizer.words("one two\none  three");
    assertThat(words.size()).isEqualTo(3);
    assertThat(words.encode(" two one\tthree")).containsExactly(2, 0, 1);
    assertThat(words.decode(2, 2, 0)).isEqualTo("two two one");
    assertThat(words).isEqualTo(new WordTokenizer(List.of("one", "three", "two")));
    assertThatThrownBy(() -> words.encode("one four"))
        .hasMessage("text: expected the 3 words that the model knows, found 'four' (word 2)");
    assertThatThrownBy(() -> Tokenizer.words(" \n"))
        .hasMessage("text: expected one word or more, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordTokenizer(List.of("b", "a")))
        .withMessage("words: expected each once, in their order, found 'a' behind 'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordTokenizer(List.of("a b")))
        .withMessage("words: expected words without blanks, found 'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordTokenizer(List.of()))
        .withMessage("words: expected one or more, found none");
  }

  @Test
  void batchesAreOfSimilarLengthAndAllSequencesOnce() {
    int[] lengths = IntStream.range(0, 1000).map(i -> 1 + i * 7919 % 37).toArray();
    var order = new BucketOrder(Sampling.SHUFFLE, 8, 3, lengths);
    int[][] first = order.epoch(0);
    assertThat(first.length).isEqualTo(order.batches()).isEqualTo(125);
    assertThat(Arrays.stream(first).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    int filled = 0;
    for (int[] batch : first) {
      int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
      filled += Arrays.stream(batch).map(i -> longest - lengths[i]).sum();
    }
    assertThat(filled).isLessThan(Arrays.stream(lengths).sum() / 20);
    assertThat(order.epoch(0)).isDeepEqualTo(first);
    assertThat(order.epoch(1)).isNotEqualTo(first);
    assertThat(new BucketOrder(Sampling.SHUFFLE, 8, 4, lengths).epoch(0)).isNotEqualTo(first);
    int[][] standing = new BucketOrder(Sampling.SEQUENTIAL, 300, 3, lengths).epoch(0);
    assertThat(standing[3]).isEqualTo(IntStream.range(900, 1000).toArray());
    assertThat(order).hasToString("125 batches of 8");
  }
}
