package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `train` does with rows before it learns from them: which are kept for the end, and in what
/// order the others come.
class DivisionAndOrderTest {

  @TempDir Path folder;

  private Map<?, ?> train(String... arguments) {
    var all = new ArrayList<>(List.of("train", "wine", "--epochs", "2", "--quiet"));
    all.addAll(List.of("--out", folder + "/run", "--format", "json"));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  @Test
  void eachClassHasItsShareOfTheTestPart() {
    // 59, 71 and 48 wines: a fifth of them is 11.8, 14.2 and 9.6, and of all 35.6.
    var classes = (List<?>) Objects.requireNonNull(train("--seed", "8").get("test_classes"));
    var rows = classes.stream().map(one -> (Object) ((Map<?, ?>) one).get("rows")).toList();
    assertThat(rows).containsExactly(12L, 14L, 10L);
  }

  @Test
  void rowsAreShuffledOrDrawnAndEitherIsRepeatedToTheBit() {
    var shuffled = train().get("weights_sha256");
    var drawn = train("--sampling", "replacement").get("weights_sha256");
    assertThat(drawn).isNotEqualTo(shuffled);
    assertThat(train("--sampling", "replacement", "--threads", "1").get("weights_sha256"))
        .isEqualTo(drawn);
    assertThat(train("--sampling", "shuffle", "--threads", "1").get("weights_sha256"))
        .isEqualTo(shuffled);
  }
}
