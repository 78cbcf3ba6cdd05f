package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import org.junit.jupiter.api.Test;

/// Rows that were encoded by themselves, shown to a model.
class ForeignDataTest {

  private static final Table TRAIN =
      table("a,k,b,y;1,u,5,yes;2,v,6,no;3,w,7,maybe;4,u,8,yes;5,v,9,no;6,w,1,maybe");

  /// Other columns first, a class and a category fewer, a column that is not used.
  private static final Table TEST = table("y,b,k,z,a;no,6,v,1,2;yes,5,u,2,1;yes,8,u,3,9");

  private static final Trainer TRAINER = Trainer.defaults().withEpochs(30);

  private static Table table(String text) {
    return Table.parse("t.csv", text.replace(';', '\n').getBytes(UTF_8), TableOptions.target("y"));
  }

  private static FittedModel fit(Trainer trainer) {
    return trainer.fit(
        Models.parse("mlp(8)", 3),
        Losses.softmaxCrossEntropy(),
        Optimizers.adam(0.01),
        TRAIN.dataset());
  }

  @Test
  void anEvaluationIsThatOfTheRowsAsTheCommandReadsThem() {
    FittedModel fitted = fit(TRAINER);
    Evaluation expected = fitted.evaluate(TableEncoding.fit(TRAIN).apply(TEST));
    assertThat(fitted.evaluate(TEST.dataset())).isEqualTo(expected);
    assertThat(fitted.evaluate(TEST.dataset().source(Sampling.SEQUENTIAL, 0))).isEqualTo(expected);
  }

  @Test
  void soIsTheValidationOfATraining() {
    Dataset train = TRAIN.dataset();
    Dataset aligned = TableEncoding.fit(TRAIN).apply(TEST);
    var model = Models.parse("mlp(8)", 3);
    var loss = Losses.softmaxCrossEntropy();
    var adam = Optimizers.adam(0.01);
    double expected = lastLoss(TRAINER.fit(model, loss, adam, train, aligned));
    assertThat(lastLoss(TRAINER.fit(model, loss, adam, train, TEST.dataset()))).isEqualTo(expected);
    assertThat(
            lastLoss(
                TRAINER.fit(
                    model,
                    loss,
                    adam,
                    train.source(Sampling.SHUFFLE, 0),
                    TEST.dataset().source(Sampling.SEQUENTIAL, 0))))
        .isEqualTo(expected);
  }

  private static double lastLoss(FittedModel fitted) {
    return fitted.history().orElseThrow().epochs().getLast().validationLoss().orElseThrow();
  }

  @Test
  void rowsThatAnotherEncodingHasOpenedAreRefused() {
    FittedModel fitted = fit(TRAINER.withEpochs(1));
    try (var rows =
        TableEncoding.fit(TEST)
            .open("t.csv", "a,k,b,z\n1,u,2,3\n".getBytes(UTF_8), CsvFormat.found())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fitted.evaluate(rows))
          .withMessageStartingWith("evaluate: expected rows opened by preprocessing().encoding()");
    }
  }
}
