package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.optim.rule.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The calls of the libraries take their arguments in the places of the executed signatures
/// (`tools/golden/signatures.py`).
class SignaturesTest {

  private static Map<String, String> executed() throws IOException {
    try (InputStream in = SignaturesTest.class.getResourceAsStream("/golden/signatures.tsv")) {
      assertThat(in).isNotNull();
      var signatures = new LinkedHashMap<String, String>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(fields -> signatures.put(fields[0], fields[1]));
      GoldenCase.lines("signature")
          .forEach(fields -> signatures.put(fields[1], fields.length > 2 ? fields[2] : ""));
      return signatures;
    }
  }

  private static Map<String, String> ours() {
    var ours = new LinkedHashMap<String, String>();
    Methods.all().stream()
        .filter(method -> method.name().contains("."))
        .forEach(method -> ours.put(method.name(), signature(method)));
    for (TorchSchedule schedule : TorchSchedule.values()) {
      ours.put(schedule.text(), String.join(" ", schedule.arguments()));
    }
    for (KerasSchedule schedule : KerasSchedule.values()) {
      ours.put(schedule.text(), String.join(" ", schedule.arguments()));
    }
    for (OptaxSchedule schedule : OptaxSchedule.values()) {
      ours.put(schedule.text(), String.join(" ", schedule.arguments()));
    }
    return ours;
  }

  private static String signature(Method method) {
    var names = new ArrayList<>(Arguments.names(method.arguments()));
    if (method.positional() < names.size()) {
      names.add(method.positional(), "*");
    }
    return String.join(" ", names);
  }

  @Test
  void everyCallTakesItsArgumentsWhereTheLibraryDoes() throws IOException {
    assertThat(ours()).containsExactlyInAnyOrderEntriesOf(executed());
  }

  @Test
  void argumentsByPlaceAreThoseOfTheLibrary() {
    assertSame("keras.AdamW(0.1, 0.5)", "keras.AdamW(learning_rate=0.1, weight_decay=0.5)");
    assertSame(
        "torch.RMSprop(0.02, 0.93, 1e-4, 0.03, 0.8, True, False, None, True)",
        "torch.RMSprop(lr=0.02, alpha=0.93, eps=1e-4, weight_decay=0.03, momentum=0.8, "
            + "centered=true, maximize=true)");
    assertSame(
        "torch.Adagrad(0.02, 0.1, 0.03, 0.2, 1e-4, None)",
        "torch.Adagrad(lr=0.02, lr_decay=0.1, weight_decay=0.03, initial_accumulator_value=0.2, "
            + "eps=1e-4)");
    double[] weight = {1};
    OptimizerRun run = Optimizer.parse("keras.AdamW(0.1, 0.5)").attach(Parameter.of("w", weight));
    run.step(new double[] {1});
    assertThat(weight[0]).isCloseTo(0.85, org.assertj.core.api.Assertions.within(1e-6));
    run.step(new double[] {1});
    assertThat(weight[0]).isCloseTo(0.7075, org.assertj.core.api.Assertions.within(1e-6));
  }

  private static void assertSame(String byPlace, String byName) {
    assertThat(Optimizer.parse(byPlace)).isEqualTo(Optimizer.parse(byName));
  }

  @Test
  void whatGoesByNameOnlyIsRefusedByPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("torch.SGD(0.1, 0.9, 0, 0, True, True)"))
        .withMessageContaining("torch.SGD: maximize is given by its name only: maximize=true");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("optax.scale_by_learning_rate(0.1, False)"))
        .withMessageContaining("optax.scale_by_learning_rate: flip_sign is given by its name only");
  }

  @Test
  void kerasAdamwHasADecay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("keras.AdamW(weight_decay=None)"))
        .withMessageContaining("keras.AdamW: weight_decay must be a number or a schedule");
    assertThat(Optimizer.parse("keras.Adam(weight_decay=None)"))
        .isEqualTo(Optimizer.parse("keras.Adam()"));
  }
}
