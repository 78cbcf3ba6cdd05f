package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepExplanationTest {

  private static final Dataset IRIS = Datasets.named("iris");

  private static List<StepExplanation> explained(
      Sequential model, Loss loss, String optimizer, Dataset data, int batch, int epochs) {
    List<StepExplanation> all = new ArrayList<>();
    Trainer trainer =
        Trainer.defaults()
            .withEpochs(epochs)
            .withBatchSize(batch)
            .withStandardize(false)
            .withScaleTarget(false)
            .withInspector(Inspector.every(1, view -> all.add(StepExplanation.of(view))));
    trainer.fit(model, loss, Optimizer.parse(optimizer), data);
    return all;
  }

  private static StepExplanation first(String optimizer) {
    return explained(
            Models.parse("mlp(5)", 3), Losses.softmaxCrossEntropy(), optimizer, IRIS, 150, 2)
        .getLast();
  }

  /// Eigenvalues are known of Q Λ Qᵀ, Q = I − 2 u uᵀ.
  @Test
  void lanczosFindsTheLargestEigenvalue() {
    var random = new Random(5);
    int n = 200;
    double[] u = random.doubles(n, -1, 1).toArray();
    double squares = 0;
    for (double each : u) {
      squares += each * each;
    }
    double norm = squares;
    double found =
        Lanczos.largest(
            n,
            v -> {
              double[] w = reflected(v, u, norm);
              for (int i = 0; i < n; i++) {
                w[i] *= i == 7 ? 12.5 : -30.0 * i / n;
              }
              return reflected(w, u, norm);
            },
            40,
            1e-9,
            1);
    assertThat(found).isCloseTo(12.5, within(1e-6));
    assertThat(Lanczos.largest(1, v -> new double[] {-3 * v[0]}, 5, 1e-9, 1))
        .isCloseTo(-3, within(1e-12));
  }

  private static double[] reflected(double[] v, double[] u, double squares) {
    double along = 0;
    for (int i = 0; i < v.length; i++) {
      along += v[i] * u[i];
    }
    double[] w = v.clone();
    for (int i = 0; i < v.length; i++) {
      w[i] -= 2 * along / squares * u[i];
    }
    return w;
  }

  /// y = w x + b with the mean squared error: H = 2/n Σ (x, 1)(x, 1)ᵀ.
  private static final double[][] X = {{1}, {2}, {3}, {6}};

  private static Dataset line() {
    return Dataset.regression(X, new double[] {1, 3, 2, 7});
  }

  private static double curvatureOfLine() {
    double a = 2 * (1 + 4 + 9 + 36) / 4.0;
    double b = 2 * (1 + 2 + 3 + 6) / 4.0;
    double d = 2;
    return (a + d) / 2 + Math.sqrt((a - d) * (a - d) / 4 + b * b);
  }

  @Test
  void theCurvatureOfLeastSquaresIsThatOfItsMatrix() {
    var step = explained(Models.parse("linear", 1), Losses.mse(), "sgd(0.001)", line(), 4, 1);
    assertThat(step.getFirst().curvature().orElseThrow())
        .isCloseTo(curvatureOfLine(), within(1e-3));
    assertThat(step.getFirst().edge().orElseThrow()).isEqualTo(2000);
    assertThat(step.getFirst().warning()).isEmpty();
    assertThat(step.getFirst().descent()).isCloseTo(1, within(1e-5));
    assertThat(step.getFirst().alignment()).isEmpty();
    for (var each : step.getFirst().weights()) {
      assertThat(each.effectiveRate()).isCloseTo(0.001, within(1e-6));
    }
  }

  /// The warning is right: above the edge the loss grows, just below it falls.
  @ParameterizedTest
  @CsvSource({"0.95, false", "1.05, true"})
  void theWarningComesBeforeTheLossGrows(double share, boolean grows) {
    double rate = share * 2 / curvatureOfLine();
    var steps =
        explained(Models.parse("linear", 1), Losses.mse(), "sgd(" + rate + ")", line(), 4, 40);
    assertThat(steps.getFirst().warning().orElseThrow())
        .contains(grows ? "1.05 times what the rate bears" : "0.95 of what the rate bears");
    assertThat(steps.getLast().loss() > steps.get(20).loss()).isEqualTo(grows);
  }

  @Test
  void stagesAreTakenApart() {
    var step = first("clip_norm(0.25) | clip_value(0.01) | sgd(0.1)");
    assertThat(step.stages()).hasSize(2);
    assertThat(step.stages().getFirst().stage()).startsWith("clip_norm");
    assertThat(step.stages().getFirst().before()).isCloseTo(step.gradientNorm(), within(1e-4));
    assertThat(step.stages().getFirst().after()).isCloseTo(0.25, within(1e-4));
    assertThat(step.stages().getFirst().factor())
        .isCloseTo(0.25 / step.gradientNorm(), within(1e-4));
    assertThat(step.stages().getFirst().alignment()).isCloseTo(1, within(1e-6));
    assertThat(step.stages().getLast().before()).isCloseTo(0.25, within(1e-4));
    assertThat(step.stages().getLast().after()).isLessThan(0.06);
    assertThat(step.stages().getLast().alignment()).isLessThan(0.999);
    assertThat(step.toString()).contains("clip_norm(limit=0.25): ").contains(", × 0.");
  }

  @Test
  void stagesTellWhatTheirFormulaHas() {
    var step = first("cautious | lamb(0.01)");
    assertThat(step.notes())
        .extracting(note -> note.what())
        .containsExactly("share that moves", "trust ratio");
    assertThat(step.notes().getFirst().values()).hasSameSizeAs(step.weights());
    assertThat(step.notes().getFirst().values().values())
        .allMatch(share -> share > 0 && share <= 1);
    assertThat(step.edge()).isEmpty();
    assertThat(step.toString()).contains("  cautious: share that moves ").contains("trust ratio ");
  }

  /// Who does not read them is told none.
  @Test
  void notesAreMadeForThoseWhoReadThem() {
    List<Integer> counts = new ArrayList<>();
    var quiet =
        new Inspector() {
          @Override
          public boolean wants(long step) {
            return true;
          }

          @Override
          public boolean readsNotes() {
            return false;
          }

          @Override
          public void inspect(StepView view) {
            counts.add(view.notes().size());
          }
        };
    Trainer.defaults()
        .withEpochs(1)
        .withBatchSize(150)
        .withInspector(quiet)
        .fit(
            Models.parse("logistic", 3),
            Losses.softmaxCrossEntropy(),
            Optimizer.parse("lamb(0.01)"),
            IRIS);
    assertThat(counts).containsExactly(0);
  }

  /// Of each method what its row in the table says.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd(0.5); 4",
        "momentum(0.5, momentum=0.9); 7.6",
        "torch.SGD(lr=0.5, momentum=0.9); 7.6",
        "nesterov(0.5, momentum=0.9); 2.7142857142857144",
        "adam(0.01); 3800",
        "clip_norm(1) | adamw(0.01); 3800",
      })
  void edgesAreKnown(String optimizer, double edge) {
    assertThat(first(optimizer).edge().orElseThrow()).isCloseTo(edge, within(1e-9 * edge));
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    assertThat(first("lion(1e-4)").edge()).isEmpty();
    assertThat(first("lookahead | sgd(0.5)").edge()).isEmpty();
    assertThat(first("adam(0.01) for rank<2: lr=0.1").edge()).isEmpty();
    assertThat(first("sgd(0.5)").toString())
        .contains("gradient norm")
        .contains("the edge of stability is 4");
  }

  @Test
  void explainingChangesNothing() {
    Trainer trainer = Trainer.defaults().withEpochs(2);
    Sequential model =
        Models.parse("conv2d(4, 3) | batch_norm | relu | flatten | dropout(0.2) | dense(10)", 10);
    Dataset digits = Datasets.named("digits").split(0.05, 1).train();
    var optimizer = Optimizer.parse("adamw(1e-3)");
    List<StepExplanation> all = new ArrayList<>();
    var plain = trainer.fit(model, Losses.softmaxCrossEntropy(), optimizer, digits);
    var explained =
        trainer
            .withInspector(Inspector.every(2, view -> all.add(StepExplanation.of(view))))
            .fit(model, Losses.softmaxCrossEntropy(), optimizer, digits);
    assertThat(all).isNotEmpty();
    assertThat(all).anyMatch(each -> each.noiseScale().orElse(-1) > 0);
    assertThat(all.getLast().curvature().orElseThrow()).isPositive();
    assertThat(all.getLast().alignment().orElseThrow()).isBetween(-1.0, 1.0);
    assertThat(explained.network().sameWeights(plain.network())).isTrue();
  }
}
