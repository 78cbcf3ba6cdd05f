package dev.thalweg.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whatever bytes come in, only [FormatException] comes out; what is accepted survives a round
/// trip.
///
/// As a test it runs the inputs kept beside it. To look for new ones: `tools/fuzz 60 Parser`.
class ParserFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void json(byte[] bytes) {
    try {
      Object value = Json.parse(bytes);
      assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    } catch (FormatException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }

  /// Read piece by piece it says what it says as a whole, but for numbers that aren't finite.
  @FuzzTest(maxDuration = "4s")
  void elements(byte[] bytes) throws IOException {
    List<@Nullable Object> found = new ArrayList<>();
    try {
      var elements = new JsonElements(new ByteArrayInputStream(bytes));
      while (elements.next()) {
        found.add(elements.value());
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (!text.contains("NaN") && !text.contains("Infinity") && !text.isBlank()) {
        assertThat(Json.parse(bytes)).isEqualTo(elements.isList() ? found : found.getFirst());
      }
    } catch (FormatException documented) {
      assertThat(documented.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "4s")
  void safetensors(byte[] bytes) throws IOException {
    try {
      Safetensors file = Safetensors.parse(bytes);
      var again = new ByteArrayOutputStream();
      new SafetensorsWriter(file.arrays(), file.metadata()).writeTo(again);
      assertThat(Safetensors.parse(again.toByteArray()).arrays()).isEqualTo(file.arrays());
    } catch (FormatException documented) {
      assertThat(documented.getMessage()).startsWith("safetensors: ");
    }
  }

  @FuzzTest(maxDuration = "4s")
  void npy(byte[] bytes) throws IOException {
    try {
      NpyArray array = Npy.parse(bytes);
      var again = new ByteArrayOutputStream();
      Npy.writeTo(again, array);
      assertThat(Npy.parse(again.toByteArray()).doubles()).isEqualTo(array.doubles());
    } catch (FormatException documented) {
      assertThat(documented.getMessage()).startsWith("npy: ");
    }
  }
}
