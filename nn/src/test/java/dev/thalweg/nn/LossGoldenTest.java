package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Losses against executed PyTorch and Keras; `tools/golden/losses.py` made the file.
class LossGoldenTest {

  /// One line of the file.
  record Case(
      int line,
      String source,
      String loss,
      Tensor prediction,
      Tensor target,
      List<Tensor> weights,
      double value,
      Tensor gradient) {

    @Override
    public String toString() {
      return line + " " + source + " " + loss;
    }

    /// How far the loss of a text is from value and gradient, relative to the larger of 1 and them.
    double error(String text, DType dtype) {
      Loss of = Losses.parse(text);
      Tensor x = prediction.to(dtype).detach();
      Tensor y = target.to(dtype);
      Tensor found = weights.isEmpty() ? of.of(x, y) : of.of(x, y, weights.getFirst().to(dtype));
      double worst = Math.abs(found.item() - value) / Math.max(1, Math.abs(value));
      double[] derived = found.gradient(x).toDoubles();
      for (int i = 0; i < derived.length; i++) {
        double error =
            Math.abs(derived[i] - gradient.element(i)) / Math.max(1, Math.abs(gradient.element(i)));
        worst = error <= worst ? worst : error;
      }
      return worst;
    }
  }

  static List<Case> cases() throws IOException {
    List<String[]> lines = lines();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .filter(i -> lines.get(i)[0].equals("case"))
        .map(i -> read(i + 1, lines.get(i)))
        .toList();
  }

  private static List<String[]> lines() throws IOException {
    try (InputStream in = LossGoldenTest.class.getResourceAsStream("/golden/losses.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).toList();
    }
  }

  private static Case read(int line, String[] fields) {
    return new Case(
        line,
        fields[1],
        fields[2],
        tensor(fields[3]),
        tensor(fields[4]),
        fields[5].equals("-") ? List.of() : List.of(Tensor.of(numbers(fields[5]))),
        Double.parseDouble(fields[6]),
        Tensor.of(numbers(fields[7])));
  }

  private static Tensor tensor(String text) {
    String[] parts = text.split(" : ", -1);
    int[] sizes = Arrays.stream(parts[0].split(" ")).mapToInt(Integer::parseInt).toArray();
    return Tensor.of(Shape.of(sizes), numbers(parts[1]));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndGradientAreThoseOfTheReference(Case c) {
    assertThat(c.error(c.loss, DType.F64)).isLessThan(2e-13);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inF32TheyAreTheSameToItsPrecision(Case c) {
    assertThat(c.error(c.loss, DType.F32)).isLessThan(3e-6);
  }

  /// Sequences of their own lengths, one of which has none.
  @Test
  void sequencesHaveTheirLengths() throws IOException {
    int count = 0;
    for (String[] fields : lines()) {
      if (fields[0].equals("ctc")) {
        count++;
        Tensor lengths =
            Tensor.ofInts(
                Arrays.stream(fields[1].split(" ")).mapToInt(Integer::parseInt).toArray());
        Tensor logits = tensor(fields[2]);
        Tensor loss = Losses.ctc().of(logits, tensor(fields[3]), Optional.of(lengths));
        assertThat(loss.item()).isCloseTo(Double.parseDouble(fields[4]), within(1e-13));
        assertThat(loss.gradient(logits).toDoubles())
            .containsExactly(numbers(fields[5]), within(1e-13));
      }
    }
    assertThat(count).isEqualTo(2);
  }

  @Test
  void everyLossIsThere() throws IOException {
    List<String> texts = cases().stream().map(Case::loss).toList();
    assertThat(Losses.NAMES).allMatch(name -> texts.stream().anyMatch(t -> t.startsWith(name)));
  }

  /// What the comparison must notice.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mse | mae",
        "mse_sum | mse",
        "mae | huber",
        "huber | huber(delta=1.01)",
        "huber(delta=0.3) | huber(delta=0.3, reduction=sum)",
        "softmax_cross_entropy | softmax_cross_entropy(label_smoothing=0.001)",
        "softmax_cross_entropy | softmax_cross_entropy(reduction=sum)",
        "softmax_cross_entropy(label_smoothing=0.1) | softmax_cross_entropy(label_smoothing=0.101)",
        "softmax_cross_entropy(class_weights=(0.5, 2, 1, 3)) | softmax_cross_entropy",
        "kl | softmax_cross_entropy",
        "kl | categorical_hinge",
        "bce | bce(label_smoothing=0.001)",
        "bce(class_weights=(1, 3), reduction=sum) | bce(class_weights=(3, 1), reduction=sum)",
        "hinge | bce",
        "hinge(reduction=sum) | hinge",
        "categorical_hinge(reduction=sum) | categorical_hinge",
        "cosine(reduction=sum) | cosine",
        "triplet | triplet(margin=1.01)",
        "triplet(margin=4) | triplet",
        "info_nce | info_nce(temperature=0.071)",
        "poisson | mse",
        "quantile(0.9) | quantile(0.1)",
        "quantile(0.1, 0.3, 0.5, 0.9) | quantile(0.9, 0.5, 0.3, 0.1)",
        "dice | bce",
        "focal | focal(gamma=2.01)",
        "focal(gamma=1.5, alpha=0.25) | focal(gamma=1.5)",
        "ctc | ctc(reduction=sum)",
        "ctc(reduction=sum) | ctc",
        "ctc(zero_infinity=true) | ctc(zero_infinity=true, reduction=sum)"
      })
  void anotherLossIsNoticed(String loss, String mutant) throws IOException {
    assertThat(cases().stream().filter(c -> c.loss.equals(loss)).toList())
        .isNotEmpty()
        .anyMatch(c -> c.error(mutant, DType.F64) > 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "mae", "huber(delta=0.3)", "bce", "hinge", "categorical_hinge"})
  void ignoredWeightsAreNoticed(String loss) throws IOException {
    assertThat(cases().stream().filter(c -> c.loss.equals(loss) && !c.weights.isEmpty()).toList())
        .isNotEmpty()
        .anyMatch(c -> {
          Loss of = Losses.parse(loss);
          return Math.abs(of.of(c.prediction, c.target).item() - c.value) > 1e-6;
        });
  }

  @Test
  void penaltiesAreThoseOfKeras() throws IOException {
    int count = 0;
    for (String[] fields : lines()) {
      if (fields[0].equals("penalty")) {
        count++;
        Tensor w = tensor(fields[3]);
        Tensor found =
            Penalty.elastic(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]))
                .of(w)
                .orElseThrow();
        assertThat(found.item()).isCloseTo(Double.parseDouble(fields[4]), within(1e-14));
        assertThat(found.gradient(w).toDoubles())
            .containsExactly(numbers(fields[5]), within(1e-14));
      }
    }
    assertThat(count).isEqualTo(3);
  }

  /// Keras divides by the norm and 1e-7, and does so even where nothing is too long.
  @Test
  void largestNormsAreThoseOfKerasButForItsEpsilon() throws IOException {
    int count = 0;
    for (String[] fields : lines()) {
      if (fields[0].equals("norm")) {
        count++;
        Tensor w = tensor(fields[2]).keep();
        Penalty.maxNorm(Double.parseDouble(fields[1])).shorten(w);
        assertThat(w.toDoubles()).containsExactly(numbers(fields[3]), within(2e-7));
      }
    }
    assertThat(count).isEqualTo(3);
  }
}
