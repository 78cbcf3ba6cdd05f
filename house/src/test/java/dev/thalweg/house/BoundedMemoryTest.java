package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images stay bytes: a heap that has room for these, and not for their floats, is enough to train,
/// evaluate and predict.
class BoundedMemoryTest {

  @Test
  void imagesAreLargerAsFloatsThanTheHeap(@TempDir Path place) {
    Jvm.Outcome outcome =
        Jvm.java(
            place,
            List.of(
                "-Xmx160m",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                LargeImages.class.getName()));
    assertThat(outcome.lines())
        .as(outcome.errors())
        .containsExactly("evaluated 600", "predicted 100");
  }
}
