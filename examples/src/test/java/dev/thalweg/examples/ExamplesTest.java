package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  @Test
  void digitsByHandLearnsToRead() {
    List<String> lines = new ArrayList<>();
    double accuracy = DigitsByHand.train(5, lines::add);
    assertThat(accuracy).isGreaterThan(0.93);
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst()).matches("epoch  1  loss \\d\\.\\d{4}");
  }

  @Test
  void irisInMemoryPredictsFromWhatItSaved(@TempDir Path place) {
    Path folder = place.resolve("model");
    IrisInMemory.Result result = IrisInMemory.run(folder);
    assertThat(result.evaluation().accuracy()).isGreaterThanOrEqualTo(0.9);
    assertThat(result.species()).isEqualTo("setosa");
    assertThat(result.probability()).isBetween(0.9, 1.0);
    assertThat(folder.resolve("weights.safetensors")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(0.02)", "momentum(0.01)", "adam(0.05)"})
  void yourOwnArraysFindsTheLine(String text) {
    double[] line = YourOwnArrays.fit(Optimizer.parse(text), 2000);
    assertThat(line[0]).as("slope").isCloseTo(3, within(1e-3));
    assertThat(line[1]).as("intercept").isCloseTo(-2, within(1e-2));
  }
}
