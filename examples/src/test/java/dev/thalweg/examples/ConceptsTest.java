package dev.thalweg.examples;

import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Losses.softmaxCrossEntropy;
import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module dev.thalweg;

import dev.thalweg.optim.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The Java of `docs/concepts.md`; see [DocumentedSnippetsTest].
class ConceptsTest {

  @Test
  void values() {
    // snippet: values
    Optimizer optimizer = adamw(1e-3);
    Optimizer decayed = optimizer.withWeightDecay(0.1); // optimizer is as it was
    String text = decayed.toString(); // adamw(lr=0.001, weight_decay=0.1)
    boolean same = Optimizer.parse(text).equals(decayed);
    // end
    assertThat(text).isEqualTo("adamw(lr=0.001, weight_decay=0.1)");
    assertThat(optimizer).hasToString("adamw(lr=0.001)");
    assertThat(same).isTrue();
  }

  @Test
  void gradients() {
    // snippet: gradients
    Tensor x = Tensor.of(1, 2, 3);
    Tensor loss = x.square().sum();
    Tensor slope = loss.gradient(x); // 2, 4, 6
    Tensor curvature = slope.sum().gradient(x); // 2, 2, 2
    // end
    assertThat(slope.toDoubles()).containsExactly(2, 4, 6);
    assertThat(curvature.toDoubles()).containsExactly(2, 2, 2);
  }

  @Test
  void seeds() {
    var iris = Datasets.named("iris");
    var model = Sequential.of(dense(3));
    var optimizer = adam(0.01);
    // snippet: seeds
    var split = iris.split(0.8, 3); // by the seed 3
    var trainer = Trainer.defaults().withSeed(7);
    var first = trainer.fit(model, softmaxCrossEntropy(), optimizer, split.train());
    var second = trainer.fit(model, softmaxCrossEntropy(), optimizer, split.train());
    boolean equal = first.network().sameWeights(second.network());
    // end
    assertThat(equal).isTrue();
    var other = trainer.withSeed(8).fit(model, softmaxCrossEntropy(), optimizer, split.train());
    assertThat(other.network().sameWeights(first.network())).isFalse();
  }

  @Test
  void conventions() {
    // snippet: conventions
    Optimizer velocity = momentum(0.01, 0.9, MomentumForm.VELOCITY);
    Optimizer inside = adam(1e-3).withEpsilon(1e-8, EpsilonPlace.INSIDE);
    Optimizer theirs = Optimizer.parse("keras.RMSprop(learning_rate=0.01, rho=0.9)");
    // end
    assertThat(velocity.toString()).contains("form=velocity");
    assertThat(inside.toString()).contains("epsilon_place=inside");
    assertThat(theirs.formula().text()).contains("sqrt(");
  }

  @Test
  void formula() {
    float[] weights = {1, -2};
    float[] gradient = {0.5f, -3};
    // snippet: formula
    Optimizer lion =
        rule("p -= lr * (sign(lerp(g, m, beta1)) + decay * p); m = lerp(g, m, beta2)")
            .with("lr", 1e-4)
            .with("beta1", 0.9)
            .with("beta2", 0.99)
            .with("decay", 0.01);
    OptimizerRun run = lion.attach(Parameter.of("weights", weights));
    run.step(gradient);
    List<String> state = run.slots(); // m
    // end
    assertThat(state).containsExactly("m");
    assertThat(weights[0]).isCloseTo(1 - 1e-4f - 1e-6f, within(1e-7f));
    assertThat(weights[1]).isCloseTo(-2 + 1e-4f + 2e-6f, within(3e-7f));
  }
}
