package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
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
            "iris: expected the 64 features of digits, where the weights come from, found 4");
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
            "iris: expected the 4 features of iris, where the weights come from, found others");
    assertThat(again.fit(model, Losses.softmaxCrossEntropy(), ADAM, iris).history()).isPresent();
  }
}
