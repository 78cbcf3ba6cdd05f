package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/// Whatever text comes in, a model, layer, loss or initializer, or an [IllegalArgumentException]
/// comes out.
class ModelTextFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void models(@NotNull String text) {
    try {
      assertThat(Models.parse(text, 3).layers()).isNotEmpty();
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "4s")
  void layers(@NotNull String text) {
    try {
      Layer layer = Layers.parse(text);
      assertThat(Layers.parse(layer.toString())).isEqualTo(layer);
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "4s")
  void losses(@NotNull String text) {
    try {
      Loss loss = Losses.parse(text);
      assertThat(Losses.parse(loss.toString())).isEqualTo(loss);
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "4s")
  void initializers(@NotNull String text) {
    try {
      Initializer initializer = Initializer.parse(text);
      assertThat(Initializer.parse(initializer.toString())).isEqualTo(initializer);
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }
}
