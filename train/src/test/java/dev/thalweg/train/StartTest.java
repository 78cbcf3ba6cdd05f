package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.TokenSequence;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.ParameterSelector;
import dev.thalweg.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that starts from the weights of another model.
class StartTest {

  private static final Dataset DIGITS = Datasets.named("digits").split(0.1, 1).train();

  private static final Sequential MODEL =
      Models.parse(
          "conv2d(4, 3) | batch_norm | relu | residual(conv2d(4, 3, padding=same) | batch_norm)"
              + " | flatten | dense(10)",
          10);

  private static final Optimizer ADAM = Optimizer.parse("adamw(lr=1e-2, weight_decay=0.1)");
  private static final Trainer TRAINER = Trainer.defaults().withEpochs(2).withSeed(3);

  private static final FittedModel FIRST =
      TRAINER.fit(MODEL, Losses.softmaxCrossEntropy(), ADAM, DIGITS);

  @TempDir Path folder;

  /// The digits, of which there are two classes: below 5, and others.
  private static Dataset halves() {
    int[] labels = Arrays.stream(DIGITS.labels()).map(label -> label < 5 ? 0 : 1).toArray();
    return Dataset.classification(
        "halves", DIGITS.images().orElseThrow(), labels, List.of("low", "high"));
  }

  private static FittedModel trained(Trainer trainer, Sequential model) {
    return trainer.fit(model, Losses.softmaxCrossEntropy(), ADAM, DIGITS);
  }

  /// The names of weights and states that two networks have alike to the bit.
  private static List<String> same(Network one, Network other) {
    List<Parameter> some = new ArrayList<>(one.parameters());
    some.addAll(one.states());
    List<Parameter> others = new ArrayList<>(other.parameters());
    others.addAll(other.states());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      if (Arrays.equals(some.get(i).values().floats(), others.get(i).values().floats())) {
        names.add(some.get(i).name());
      }
    }
    return names;
  }

  @Test
  void whatIsFrozenStaysToTheBitWithTheStateOfItsLayersAndAllElseMoves() {
    Network frozen =
        trained(TRAINER.withStart(Start.from(FIRST).freezing("1", "2", "4.1.weight")), MODEL)
            .network();
    assertThat(same(frozen, FIRST.network()))
        .containsExactly(
            "1.weight", "1.bias", "2.scale", "2.shift", "4.1.weight", "2.mean", "2.variance");
    Network free = trained(TRAINER.withStart(Start.from(FIRST)), MODEL).network();
    assertThat(same(free, FIRST.network())).isEmpty();
  }

  @Test
  void layersAreFrozenByTheirKindsWhereverTheyAre() {
    Network network = FIRST.network();
    assertThat(network.parameters(ParameterSelector.name("conv*")))
        .extracting(Parameter::name)
        .containsExactly("1.weight", "1.bias", "4.1.weight", "4.1.bias");
    assertThat(network.parameters(ParameterSelector.name("residual")))
        .extracting(Parameter::name)
        .containsExactly("4.1.weight", "4.1.bias", "4.2.scale", "4.2.shift");
    assertThat(network.parameters(ParameterSelector.name("4.2")))
        .extracting(Parameter::name)
        .containsExactly("4.2.scale", "4.2.shift");
    assertThat(network.frozen(network.parameters(ParameterSelector.name("batch_norm"))))
        .containsExactlyInAnyOrder("2", "4.2");
    assertThat(network.frozen(network.parameters(ParameterSelector.name("*.weight")))).isEmpty();
  }

  /// The first step's loss is that of the weights that were taken, with the scaling that goes with
  /// them, and batch normalisation by its running moments.
  @Test
  void itStartsWhereTheOtherModelEnded() {
    List<Double> losses = new ArrayList<>();
    trained(
        TRAINER
            .withEpochs(1)
            .withBatchSize(DIGITS.rows())
            .withStart(Start.from(FIRST).freezing("batch_norm"))
            .withCallback(event -> {
              if (event instanceof TrainingEvent.StepEnded step) {
                losses.add(step.loss());
              }
            }),
        MODEL);
    assertThat(losses).hasSize(1);
    assertThat(losses.getFirst()).isCloseTo(FIRST.evaluate(DIGITS).loss(), within(1e-5));
  }

  @Test
  void anotherNumberOfClassesGetsANewHeadAndThatIsSaid() {
    List<TrainingEvent> events = new ArrayList<>();
    FittedModel fitted =
        TRAINER
            .withStart(Start.from(FIRST.network()).freezing("conv*", "batch_norm"))
            .withCallback(events::add)
            .fit(MODEL.withOutputs(2), Losses.softmaxCrossEntropy(), ADAM, halves());
    assertThat(fitted.network().output()).isEqualTo(Shape.of(2));
    assertThat(events)
        .anyMatch(event ->
            event instanceof TrainingEvent.StartedFrom from
                && from.fresh().equals(List.of("6.weight", "6.bias"))
                && from.frozen().size() == 8);
  }

  @Test
  void namesSayWhatIsNew() {
    Network other = MODEL.withOutputs(3).build(FIRST.network().input(), 1);
    assertThat(other.takeFrom(FIRST.network())).containsExactly("6.weight", "6.bias");
    assertThat(same(other, FIRST.network())).hasSize(12).doesNotContain("6.weight");
    assertThat(new TrainingEvent.StartedFrom(List.of("6.weight"), List.of()))
        .hasToString("starts from the weights of another model; new: 6.weight; frozen: none");
  }

  @Test
  void itIsResumedWithTheSameBits() {
    Trainer tuned = TRAINER.withStart(Start.from(FIRST).freezing("conv*", "batch_norm"));
    FittedModel whole = trained(tuned, MODEL);
    Trainer saved = tuned.withCheckpoints(Checkpoints.in(folder));
    trained(
        saved.withStopWhen(
            event -> event instanceof TrainingEvent.StepEnded step && step.step() == 5),
        MODEL);
    assertThat(trained(saved.resume(folder), MODEL).network().sameWeights(whole.network()))
        .isTrue();
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(
            () -> trained(TRAINER.withCheckpoints(Checkpoints.in(folder)).resume(folder), MODEL));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    Start start = Start.from(FIRST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trained(TRAINER.withStart(start.freezing("lstm")), MODEL))
        .withMessage(
            "freeze: no weight or layer is 'lstm'; expected a name such as 1.weight or the kind of"
                + " a layer, such as conv2d");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trained(TRAINER.withStart(start.freezing("*")), MODEL))
        .withMessage("freeze: '*' is every weight, so there is nothing to train");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trained(TRAINER.withStart(start), Models.parse("mlp(7)", 10)))
        .withMessageStartingWith("weights: expected some of the same name and shape in ");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            TRAINER
                .withStart(start)
                .fit(
                    Models.parse("mlp(7)", 3),
                    Losses.softmaxCrossEntropy(),
                    ADAM,
                    Datasets.named("iris")))
        .withMessage(
            "iris: expected the 64 features of digits, where the weights come from, found 4, among"
                + " them sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.parse("conv2d(3, 3) | relu", 3).withOutputs(2))
        .withMessage(
            "sequential: expected a dense layer at the end, to give it 2 outputs, found relu()");
    assertThatIllegalArgumentException().isThrownBy(start::freezing);
  }

  /// As many columns of other names are other features.
  @Test
  void columnsOfOtherNamesAreNotTakenForThose() {
    Dataset iris = Datasets.named("iris");
    Sequential model = Models.parse("mlp(4)", 3);
    Trainer once = Trainer.defaults().withEpochs(1);
    FittedModel first = once.fit(model, Losses.softmaxCrossEntropy(), ADAM, iris);
    Trainer again = once.withStart(Start.from(first));
    Dataset renamed = iris.withFeatureNames(List.of("a", "b", "c", "d"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> again.fit(model, Losses.softmaxCrossEntropy(), ADAM, renamed))
        .withMessage(
            "iris: expected the 4 features of iris, where the weights come from, found others,"
                + " among them a, b, c, d");
    Dataset swapped = iris.withFeatureNames(iris.featureNames().reversed());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> again.fit(model, Losses.softmaxCrossEntropy(), ADAM, swapped))
        .withMessageEndingWith("found others, in another order");
    Dataset less = Dataset.classification(new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            again.fit(
                Models.parse("mlp(4)", 2),
                Losses.softmaxCrossEntropy(),
                ADAM,
                less.withFeatureNames(iris.featureNames().subList(0, 2))))
        .withMessageEndingWith("found 2, without petal_length_cm, petal_width_cm");
    assertThat(again.fit(model, Losses.softmaxCrossEntropy(), ADAM, iris).history()).isPresent();
  }

  /// An image may be called otherwise, a table may not, and neither is taken for the other.
  @Test
  void aTableIsNotTakenForAnImageOfAsManyPixels() {
    float[] x = DIGITS.x();
    Dataset table = Dataset.classification("table", x, 64, DIGITS.labels(), DIGITS.classNames());
    Sequential model = Models.parse("mlp(4)", 10);
    Trainer once = TRAINER.withEpochs(1);
    FittedModel ofTable = once.fit(model, Losses.softmaxCrossEntropy(), ADAM, table);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            once.withStart(Start.from(FIRST)).fit(model, Losses.softmaxCrossEntropy(), ADAM, table))
        .withMessage(
            "table: expected the 64 features of digits, where the weights come from, found others,"
                + " among them x0, x1, x2, x3 and 60 more");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            once.withStart(Start.from(ofTable))
                .fit(model, Losses.softmaxCrossEntropy(), ADAM, DIGITS))
        .withMessage(
            "digits: expected the 64 features of table, where the weights come from, found others,"
                + " among them pixel_0_0, pixel_0_1, pixel_0_2, pixel_0_3 and 60 more");
  }

  /// Of a regression the scaling of targets is taken over by another regression, and by nothing
  /// else; a regression that starts from classes scales its own.
  @Test
  void theScalingOfTargetsGoesWithTheWeightsOfARegression() {
    double[][] x = {{0}, {1}, {2}, {3}};
    Dataset near = Dataset.regression(x, new double[] {10, 12, 14, 16});
    Dataset far = Dataset.regression(x, new double[] {1000, 1200, 1400, 1601});
    Dataset classes = Dataset.classification(x, new int[] {0, 0, 1, 1});
    Sequential line = Models.parse("linear", 1);
    Sequential two = Models.parse("logistic", 2);
    Trainer once = TRAINER.withEpochs(1);
    FittedModel first = once.fit(line, Losses.mse(), ADAM, near);
    FittedModel ofClasses = once.fit(two, Losses.softmaxCrossEntropy(), ADAM, classes);
    Trainer tuned = once.withStart(Start.from(first.network()));
    assertThat(tuned.fit(line, Losses.mse(), ADAM, far).preprocessing().targetStandardizer())
        .isNotEqualTo(first.preprocessing().targetStandardizer());
    Trainer scaled =
        once.withStart(
            new Start(first.network(), Optional.of(first.preprocessing()), Optional.empty()));
    FittedModel again = scaled.fit(line, Losses.mse(), ADAM, far);
    assertThat(again.preprocessing().targetStandardizer())
        .isPresent()
        .isEqualTo(first.preprocessing().targetStandardizer());
    assertThat(again.preprocessing().standardizer())
        .isPresent()
        .isEqualTo(first.preprocessing().standardizer());
    Start fromLine = new Start(ofClasses.network(), scaledOf(first), Optional.empty());
    assertThat(
            once.withStart(fromLine)
                .fit(two, Losses.softmaxCrossEntropy(), ADAM, classes)
                .preprocessing()
                .targetStandardizer())
        .isEmpty();
    Start fromClasses = new Start(first.network(), scaledOf(ofClasses), Optional.empty());
    assertThat(
            once.withStart(fromClasses)
                .fit(line, Losses.mse(), ADAM, near)
                .preprocessing()
                .targetStandardizer())
        .isPresent();
  }

  private static Optional<Preprocessing> scaledOf(FittedModel model) {
    return Optional.of(model.preprocessing());
  }

  @Test
  void textsAreOfTheTokensThatTheWeightsKnow() {
    Dataset some = texts("one two three", "four five six");
    Dataset others = texts("red green blue", "black white grey");
    Sequential model = Models.parse("embedding(20, 4, padded=true) | last | dense(2)", 2);
    Trainer once = TRAINER.withEpochs(1);
    FittedModel first = once.fit(model, Losses.softmaxCrossEntropy(), ADAM, some);
    Trainer tuned = once.withStart(Start.from(first));
    assertThat(tuned.fit(model, Losses.softmaxCrossEntropy(), ADAM, some).history()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tuned.fit(model, Losses.softmaxCrossEntropy(), ADAM, others))
        .withMessage(
            "texts: expected the tokens of texts in column 'text', where the weights come from,"
                + " found others; TableEncoding.withTokensOf takes these");
  }

  /// Rows of two texts in turns, as sequences of words.
  private static Dataset texts(String first, String second) {
    var rows = new StringBuilder("text,y\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i % 2 == 0 ? first + ",a\n" : second + ",b\n");
    }
    return Table.parse(
            "texts",
            rows.toString().getBytes(UTF_8),
            TableOptions.target("y")
                .withTexts("text")
                .withForm(TokenSequence.parse("words(20, length=4)")))
        .dataset();
  }
}
