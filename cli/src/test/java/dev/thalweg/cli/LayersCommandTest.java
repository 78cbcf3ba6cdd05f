package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Models;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LayersCommandTest {

  @Test
  void theListHasEveryLayerAndModel() {
    var list = Outcome.of("layers").out();
    for (var kind : Layers.kinds()) {
      assertThat(list).containsPattern("(?m)^  " + kind.signature().name() + "  +\\S");
    }
    for (var model : Models.NAMES) {
      assertThat(list).containsPattern("(?m)^  " + model + "  +\\S");
    }
    for (var model : Models.TOKEN_NAMES) {
      assertThat(list.substring(list.indexOf("models of texts")))
          .containsPattern("(?m)^  " + model + "  +\\S");
    }
    for (var model : Models.RATING_NAMES) {
      assertThat(list.substring(list.indexOf("models of ratings")))
          .containsPattern("(?m)^  " + model + "  +\\S");
    }
    for (var model : Models.PAIR_NAMES) {
      assertThat(list.substring(list.indexOf("models of pairs")))
          .containsPattern("(?m)^  " + model + "  +\\S");
    }
    for (var model : Models.STEP_NAMES) {
      assertThat(list.substring(list.indexOf("models of transcripts")))
          .containsPattern("(?m)^  " + model + "  +\\S");
    }
    assertThat(list.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void oneIsToldWithArgumentsDefaultsShapesAndWeights() {
    assertThat(Outcome.of("layers", "dense").out())
        .startsWith("dense(units, activation=linear, ")
        .contains("shapes   [i] → [units]")
        .contains("weights  weight [i, units]\n         bias [units]")
        .contains("  activation   what is applied to the result; an activation; by default linear");
  }

  @Test
  void aLayerAndAModelOfOneNameAreBothTold() {
    assertThat(Outcome.of("layers", "lstm").out())
        .startsWith("lstm(units, layers=1, ")
        .contains("\nlstm(units=256, layers=1, dropout=0, tied=false)\na language model: ");
  }

  @Test
  void everyArgumentIsInTheJson() {
    var json =
        (List<?>)
            Objects.requireNonNull(
                Json.parse(Outcome.of("layers", "--format", "json").out().strip()));
    assertThat(json)
        .hasSize(
            Layers.kinds().size()
                + Models.NAMES.size()
                + Models.TOKEN_NAMES.size()
                + Models.TEXT_NAMES.size()
                + Models.RATING_NAMES.size()
                + Models.PAIR_NAMES.size()
                + Models.STEP_NAMES.size());
    var dense = (Map<?, ?>) json.getFirst();
    assertThat(dense.get("name")).isEqualTo("dense");
    assertThat((List<?>) dense.get("arguments"))
        .first()
        .hasToString(
            "{name=units, values=a whole number, at least 1, default=null, required=true,"
                + " help=outputs}");
    assertThat(dense.get("parameters")).hasToString("[weight [i, units], bias [units]]");
  }

  @Test
  void anUnknownNameIsOneSentence() {
    var outcome = Outcome.of("layers", "dens");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("unknown layer 'dens' (did you mean 'dense'?)");
    assertThat(Outcome.of("layers", "relu").err())
        .contains("relu is an activation, y = relu(x); as a layer it stands alone");
  }
}
