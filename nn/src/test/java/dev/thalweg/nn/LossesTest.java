package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.GradientCheck;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {

  private final Tensor prediction = Tensor.of(Shape.of(2, 2), 1, 2, 3, 5);
  private final Tensor target = Tensor.of(Shape.of(2, 2), 0, 2, 5, 1);

  private static Tensor random(Shape shape, double scale, long seed) {
    double[] values = new double[shape.size()];
    Philox random = Philox.of(seed, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * random.normal(i);
    }
    return Tensor.of(shape, values);
  }

  /// Targets that a loss can take for six predictions of four numbers, or of one.
  private static Tensor targetsFor(Loss loss) {
    return switch (loss.targets()) {
      case ANY, NUMBERS -> random(Shape.of(6, 4), 2, 5);
      case CLASSES -> random(Shape.of(6, 4), 1, 5).softmax().detach();
      case TWO_CLASSES -> Tensor.of(Shape.of(6, 1), 0, 1, 1, 0, 1, 0);
    };
  }

  private static Tensor predictionsFor(Loss loss) {
    return random(Shape.of(6, loss.targets().outputs(4)), 2, 6);
  }

  @Test
  void aLossHasOneNameInTextsAndInJava() throws ReflectiveOperationException {
    for (String name : Losses.NAMES) {
      String method =
          Pattern.compile("_(.)")
              .matcher(name)
              .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
      Object loss =
          switch (method) {
            case "huber", "triplet" ->
                Losses.class.getMethod(method, double.class).invoke(null, 1.0);
            case "infoNce" -> Losses.infoNce(0.07);
            case "quantile" -> Losses.quantile(0.5);
            default -> Losses.class.getMethod(method).invoke(null);
          };
      assertThat(loss).isEqualTo(Losses.parse(name));
    }
  }

  @Test
  void meanSquaredErrorIsTheMeanOverAllElements() {
    assertThat(Losses.mse().of(prediction, target).item()).isEqualTo(21.0 / 4);
    assertThat(Losses.mseSum().of(prediction, target).item()).isEqualTo(21);
    assertThat(Losses.mseSum().reduction()).isEqualTo(Loss.Reduction.SUM);
  }

  @Test
  void crossEntropyOfClassesIsThatOfTheirOneHotDistributions() {
    double byHand = (Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(2))) / 2;
    assertThat(Losses.softmaxCrossEntropy().of(prediction, Tensor.of(1, 0)).item())
        .isCloseTo(byHand, within(1e-15));
    for (String text :
        new String[] {
          "cross_entropy",
          "cross_entropy(label_smoothing=0.2, class_weights=(1, 3))",
          "cross_entropy(class_weights=(2, 0.5), reduction=sum)",
          "kl",
          "categorical_hinge"
        }) {
      Loss loss = Losses.parse(text);
      double ofClasses = loss.of(prediction, Tensor.of(1, 0)).item();
      double ofDistributions = loss.of(prediction, Tensor.of(Shape.of(2, 2), 0, 1, 1, 0)).item();
      assertThat(ofClasses).as(text).isCloseTo(ofDistributions, within(1e-15));
    }
  }

  @Test
  void binaryCrossEntropyIsTheSoftmaxCrossEntropyOfZeroAndTheLogit() {
    double[] logits = {-3, -0.5, 0, 2, 8};
    Tensor classes = Tensor.of(1, 0, 0, 1, 1);
    double[] both = new double[10];
    for (int i = 0; i < 5; i++) {
      both[2 * i + 1] = logits[i];
    }
    for (String arguments :
        new String[] {"()", "(label_smoothing=0.3)", "(class_weights=(0.5, 4))"}) {
      double binary =
          Losses.parse("bce" + arguments).of(Tensor.of(Shape.of(5, 1), logits), classes).item();
      double softmax =
          Losses.parse("cross_entropy" + arguments)
              .of(Tensor.of(Shape.of(5, 2), both), classes)
              .item();
      assertThat(binary).as(arguments).isCloseTo(softmax, within(1e-15));
    }
  }

  @Test
  void theDivergenceIsTheCrossEntropyLessTheEntropyOfTheTargets() {
    Tensor logits = random(Shape.of(6, 4), 2, 1);
    Tensor t = random(Shape.of(6, 4), 1, 2).softmax();
    double entropy = -t.times(t.log()).sum().item() / 6;
    assertThat(Losses.kl().of(logits, t).item())
        .isCloseTo(Losses.softmaxCrossEntropy().of(logits, t).item() - entropy, within(1e-14));
    assertThat(Losses.kl().of(t.log(), t).item()).isCloseTo(0, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mse",
        "mse_sum",
        "mae",
        "huber(delta=0.7)",
        "bce",
        "bce(label_smoothing=0.1, class_weights=(1, 3))",
        "hinge",
        "categorical_hinge",
        "kl",
        "softmax_cross_entropy",
        "softmax_cross_entropy(label_smoothing=0.1, class_weights=(1, 3, 2, 0))",
        "softmax_cross_entropy(label_smoothing=0.1, reduction=sum)"
      })
  void gradientsAgreeWithDifferencesWithAndWithoutWeights(String text) {
    Loss loss = Losses.parse(text);
    Tensor t = targetsFor(loss);
    Tensor weights = Tensor.of(0.5, 2, 0, 1, 3, 1.5);
    Tensor x = predictionsFor(loss);
    GradientCheck plain = Gradients.check(p -> loss.of(p, t), x);
    assertThat(plain.within(1e-8)).as(plain.toString()).isTrue();
    GradientCheck weighted = Gradients.check(p -> loss.of(p, t, weights), x);
    assertThat(weighted.within(1e-8)).as(weighted.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mse",
        "mae(reduction=sum)",
        "huber",
        "bce(class_weights=(1, 3))",
        "hinge",
        "categorical_hinge",
        "kl",
        "softmax_cross_entropy",
        "softmax_cross_entropy(reduction=sum)",
        "softmax_cross_entropy(label_smoothing=0.1, class_weights=(1, 3, 2, 0))"
      })
  void aSampleCountsAsItsWeightSaysWhateverElseIsInItsBatch(String text) {
    Loss loss = Losses.parse(text);
    Tensor x = predictionsFor(loss);
    Tensor t = targetsFor(loss);
    double weighted = loss.of(x, t, Tensor.of(1, 2, 0, 1, 3, 0)).item();
    // The sum is that of the sample so many times, and what it is divided by knows no weights.
    Loss sum = Losses.parse(summed(text));
    int[] rows = {0, 1, 1, 3, 4, 4, 4};
    double expected = sum.of(taken(x, rows), taken(t, rows)).item();
    double divisor = sum.of(x, t).item() / loss.of(x, t).item();
    assertThat(weighted).isCloseTo(expected / divisor, within(1e-14));
    assertThat(loss.of(x, t, Tensor.zeros(DType.F64, Shape.of(6))).item()).isZero();
    assertThat(loss.of(x, t, Tensor.full(DType.F64, Shape.of(6), 7)).item())
        .isCloseTo(7 * loss.of(x, t).item(), within(1e-13));
  }

  private static String summed(String text) {
    return text.contains("sum")
        ? text
        : text.endsWith(")")
            ? text.substring(0, text.length() - 1) + ", reduction=sum)"
            : text + "(reduction=sum)";
  }

  private static Tensor taken(Tensor x, int[] rows) {
    int width = x.shape().dimension(1);
    double[] values = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x.doubles(), rows[i] * width, values, i * width, width);
    }
    return Tensor.of(Shape.of(rows.length, width), values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mse",
        "mae",
        "huber",
        "bce",
        "bce(label_smoothing=0.1)",
        "hinge",
        "categorical_hinge",
        "kl",
        "softmax_cross_entropy",
        "softmax_cross_entropy(label_smoothing=0.1, class_weights=(1, 3))"
      })
  void extremeLogitsHaveFiniteLossAndGradientInEitherPrecision(String text) {
    Loss loss = Losses.parse(text);
    double[] extremes = {1e4, -1e4, 0, 1e4};
    int outputs = loss.targets().outputs(2);
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          Tensor x =
              outputs == 1
                  ? Tensor.of(Shape.of(2, 1), extremes[i], extremes[j]).to(dtype).detach()
                  : Tensor.of(Shape.of(1, 2), extremes[i], extremes[j]).to(dtype).detach();
          Tensor t =
              outputs == 1 ? Tensor.of(0, 1).to(dtype) : Tensor.of(Shape.of(1, 2), 0, 1).to(dtype);
          Tensor value = loss.of(x, t);
          assertThat(value.item()).isFinite();
          assertThat(Arrays.stream(value.gradient(x).toDoubles())).allMatch(Double::isFinite);
        }
      }
    }
  }

  @Test
  void aSureAndRightLogitKeepsItsDigitsInF32() {
    Tensor x = Tensor.ofFloats(Shape.of(1, 1), 30);
    Tensor loss = Losses.bce(x, Tensor.ofFloats(1));
    assertThat(loss.item()).isCloseTo(Math.exp(-30), within(1e-18));
    assertThat(loss.gradient(x).item()).isCloseTo(-Math.exp(-30), within(1e-18));
  }

  @Test
  void balancedWeightsMakeEachClassCountAlike() {
    CrossEntropy loss =
        Losses.softmaxCrossEntropy().withClassWeights(ClassWeights.BALANCED).forClasses(6, 2, 0);
    assertThat(loss.classWeights()).isEqualTo(ClassWeights.of(8 / 18.0, 8 / 6.0, 0));
    assertThat(Losses.parse("bce(class_weights=balanced)").forClasses(1, 3))
        .isEqualTo(Losses.bce().withClassWeights(2, 4 / 6.0));
    assertThat(Losses.mse().forClasses(1, 2)).isEqualTo(Losses.mse());
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Losses.parse("cross_entropy(class_weights=balanced)").of(prediction, Tensor.of(1, 0)))
        .withMessageContaining("balanced class weights must be made of the data first");
  }

  @Test
  void aLossOfYourOwnIsAFunctionOrItsTerms() {
    Loss lambda = (p, t) -> p.minus(t).pow(4).mean();
    Loss quartic = Loss.of("quartic", (p, t) -> p.minus(t).pow(4));
    assertThat(quartic.of(prediction, target).item())
        .isEqualTo(lambda.of(prediction, target).item());
    assertThat(quartic).hasToString("quartic");
    assertThat(quartic.of(prediction, target, Tensor.of(1, 0)).item()).isEqualTo(0.25);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lambda.of(prediction, target, Tensor.of(1, 0)))
        .withMessageContaining("make it of its terms by Loss.of(name, terms)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mse | 2,1 | 2 | mse: expected targets of the predictions' shape [2, 1], found [2]",
        "mae | 2,2 | 2,1 | mae: expected targets of the predictions' shape [2, 2], found [2, 1]",
        "huber | 2,2 | 2 | huber: expected targets of the predictions' shape [2, 2], found [2]",
        "bce | 2,2 | 2 | bce: expected targets of the predictions' shape [2, 2], found [2]",
        "kl | 2,2 | 3 | kl: expected a class for each of 2 rows of predictions, found 3",
        "kl | 2 | 2 | kl: expected predictions of rows and classes, found shape [2]"
      })
  void targetsOfAnotherShapeAreRefusedInsteadOfBroadcast(
      String loss, String predictions, String targets, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Losses.parse(loss)
                .of(
                    Tensor.zeros(DType.F64, shape(predictions)),
                    Tensor.zeros(DType.F64, shape(targets))))
        .withMessage(sentence);
  }

  private static Shape shape(String sizes) {
    return Shape.of(Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void targetsAndWeightsOutOfRangeAreNamed() {
    Tensor x = Tensor.of(Shape.of(2, 1), 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.bce().of(x, Tensor.of(1, 2)))
        .withMessage("bce: expected targets in [0, 1], found 2.0 at number 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.hinge().of(x, Tensor.of(1, 0.5)))
        .withMessage("hinge: expected targets of -1, 0 or 1, found 0.5 at number 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.categoricalHinge().of(prediction, Tensor.of(1, 2)))
        .withMessage("categorical_hinge: expected a class of 0 to 1, found 2.0 in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.kl().of(prediction, target.negate()))
        .withMessage("kl: expected targets of at least 0, found -2.0 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.mse().of(prediction, target, Tensor.of(1, -2)))
        .withMessage("weights: expected finite numbers of at least 0, found -2.0 at sample 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.mse().of(prediction, target, Tensor.of(1)))
        .withMessage("weights: expected one for each of 2 samples, found 1");
  }

  /// Every loss of single numbers, and its formula.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mse | (p - y)^2",
        "mae | abs(p - y)",
        "huber(0.75) | where(abs(p - y) <= 0.75, (p - y)^2 / 2, 0.75 * (abs(p - y) - 0.375))",
        "hinge | relu(1 - p * (2 * y - 1))",
        "bce | y * softplus(-p) + (1 - y) * softplus(p)"
      })
  void anElementwiseLossIsItsFormulaWithTheDerivedDerivatives(String name, String formula) {
    Loss loss = Losses.parse(name);
    Loss own = Loss.of(formula);
    Tensor target = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
    Tensor prediction = Tensor.of(Shape.of(4, 1), -1.5, 0.25, 3, 0.5);
    Tensor weights = Tensor.of(1, 2, 0, 0.5);
    assertThat(own.of(prediction, target).item())
        .isCloseTo(loss.of(prediction, target).item(), within(1e-15));
    assertThat(own.of(prediction, target, weights).item())
        .isCloseTo(loss.of(prediction, target, weights).item(), within(1e-15));
    Tensor expected = loss.of(prediction, target).gradient(prediction);
    Tensor found = own.of(prediction, target).gradient(prediction);
    assertThat(found.toDoubles()).containsExactly(expected.toDoubles(), within(1e-15));
    assertThat(found.square().sum().gradient(prediction).toDoubles())
        .containsExactly(expected.square().sum().gradient(prediction).toDoubles(), within(1e-15));
  }

  @Test
  void aNameReadsBackAndAnUnknownOneHasANeighbour() {
    for (String name : Losses.NAMES) {
      assertThat(Losses.parse(name)).hasToString(name);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.parse("mee"))
        .withMessageContaining("mse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huber(1.0) | huber",
        "huber(0.5) | huber(delta=0.5)",
        "mse(reduction=sum) | mse_sum",
        "mse(mean) | mse",
        "cross_entropy(label_smoothing=0.1) | softmax_cross_entropy(label_smoothing=0.1)",
        "sparse_categorical_crossentropy | softmax_cross_entropy",
        "bce(0.2, (1, 2.5), sum) | bce(label_smoothing=0.2, class_weights=(1, 2.5), reduction=sum)",
        "cross_entropy(class_weights=balanced) | softmax_cross_entropy(class_weights=balanced)",
        "bce(label_smoothing=-0) | bce",
        "kl(reduction=sum) | kl(reduction=sum)",
        "formula(\"(p-y)^4\") | formula(\"(p - y)^4\")",
        "formula(\"(p-y)^4\", sum) | formula(\"(p - y)^4\", reduction=sum)"
      })
  void aTextReadsBackInItsCanonicalForm(String text, String canonical) {
    Loss loss = Losses.parse(text);
    assertThat(loss).hasToString(canonical);
    assertThat(Losses.parse(loss.toString())).isEqualTo(loss);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huber(0) | huber: delta must lie in (0, ∞), found 0",
        "huber(dleta=1) | did you mean 'delta'",
        "mse(reduction=men) | did you mean 'mean'",
        "mse_sum(mean) | mse_sum: expected at most 0 arguments, found 1",
        "cross_entropy(label_smoothing=1.5) | label_smoothing must lie in [0, 1], found 1.5",
        "cross_entropy(class_weights=1) | expected balanced, or a number for each class as in (1,"
            + " 2)",
        "cross_entropy(class_weights=(1, -1)) | expected finite numbers of at least 0, found -1.0",
        "cross_entropy(class_weights=(0, 0)) | expected one above 0, found only zeros",
        "bce(class_weights=(1, 2, 3)) | bce: expected two class weights, found 3",
        "binary_crosentropy | did you mean 'binary_crossentropy'",
        "formula | formula: formula is missing",
        "formula(\"(p - z)^2\") | unknown name 'z'",
        "formula(\"p - \") | expected a number, a name or '(', found the end"
      })
  void aWrongTextIsOneSentenceWithACaret(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.parse(text))
        .withMessageContaining(sentence)
        .withMessageContaining("^");
  }

  @Test
  void whatCanNotBeSaidInItsStepsIsRefusedOrCountsNothing() {
    Tensor logits = random(Shape.of(2, 3, 4), 2, 7);
    // Two alike have a blank between them: three steps are just enough, for four labels not.
    Tensor enough = Tensor.ofInts(Shape.of(2, 2), 1, 1, 2, -1);
    assertThat(Losses.ctc().of(logits, enough).item()).isPositive().isLessThan(50);
    Tensor tooMany = Tensor.ofInts(Shape.of(2, 3), 1, 1, 2, 2, -1, -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.ctc().of(logits, tooMany))
        .withMessage(
            "ctc: expected targets that can be said in their steps, found one of 3 labels that"
                + " takes 4 of 3 in row 0");
    Loss zero = Losses.ctc().withZeroInfinity().withReduction(Loss.Reduction.SUM);
    Tensor second = Tensor.ofInts(Shape.of(1, 1), 2);
    assertThat(zero.of(logits, tooMany).item())
        .isCloseTo(zero.of(logits.rows(1, 2), second).item(), within(1e-12));
    Tensor slopes = zero.of(logits, tooMany).gradient(logits);
    assertThat(Arrays.copyOf(slopes.toDoubles(), 12)).containsOnly(0);
    // Nothing is said by blanks alone, and by no step at all.
    Tensor nothing = Tensor.ofInts(Shape.of(2, 1), -1, -1);
    double blanks = 0;
    for (int step = 0; step < 3; step++) {
      blanks -= logits.logSoftmax().element(4 * step);
    }
    assertThat(zero.of(logits.rows(0, 1), nothing.rows(0, 1)).item())
        .isCloseTo(blanks, within(1e-12));
    assertThat(Losses.ctc().of(logits, nothing, Optional.of(Tensor.ofInts(0, 0))).item()).isZero();
  }

  @Test
  void slopesOfSlopesOfSequences() {
    Tensor target = Tensor.ofInts(Shape.of(2, 2), 1, 1, 2, -1);
    Tensor x = random(Shape.of(24), 1, 8);
    GradientCheck check =
        Gradients.check(
            y ->
                Losses.ctc()
                    .of(y.reshape(2, 4, 3), target, Optional.of(Tensor.ofInts(4, 2)))
                    .gradient(y)
                    .times(random(Shape.of(24), 1, 9))
                    .sum(),
            x);
    assertThat(check.error()).isLessThan(1e-7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "focal(gamma=0.5); focal: gamma must be 0 or at least 1, where the slope is finite",
        "focal(alpha=0); focal: alpha must lie in (0, ∞), found 0",
        "triplet(margin=-1); triplet: margin must lie in (0, ∞), found -1",
        "info_nce(temperature=0); info_nce: temperature must lie in (0, ∞), found 0",
        "quantile(1); quantile",
        "ctc(blank=-1); ctc: blank must be at least 0, found -1"
      })
  void anArgumentOutOfItsRangeIsRefused(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.parse(text))
        .withMessageContaining(sentence);
  }

  @Test
  void shapesAndTargetsThatDoNotFitAreRefused() {
    Tensor rows = random(Shape.of(3, 4), 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.triplet(1).of(rows, rows))
        .withMessage(
            "triplet: expected predictions of rows×c and targets of rows×2×c, found [3, 4] and [3,"
                + " 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.quantile(0.1, 0.9).of(rows, rows))
        .withMessage(
            "quantile: expected predictions of rows×2, a number for each quantile, found [3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.poisson().of(rows, rows.abs().negate()))
        .withMessageStartingWith("poisson: expected counts of at least 0, found -");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.infoNce(1).of(random(Shape.of(4), 1, 1), rows))
        .withMessage("info_nce: expected predictions of rows×c, found [4]");
    Tensor steps = random(Shape.of(1, 2, 3), 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.ctc().of(rows, rows))
        .withMessageStartingWith("ctc: expected logits of rows×steps×classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.ctc().of(steps, Tensor.ofInts(Shape.of(1, 1), 0)))
        .withMessage("ctc: expected labels of 0 to 2 but for the blank, 0, found 0.0 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.ctc().withBlank(3).of(steps, Tensor.ofInts(Shape.of(1, 1), 1)))
        .withMessage("ctc: expected a blank of 0 to 2, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Losses.ctc().of(steps, Tensor.ofInts(Shape.of(1, 1), 1), Optional.of(Tensor.ofInts(3))))
        .withMessage("ctc: expected lengths of 0 to 2 steps, found 3 in row 0");
  }
}
