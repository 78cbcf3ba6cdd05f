package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logits of executed PyTorch from its own weights; `tools/golden/torch_weights.py` made them.
class TorchWeightsTest {

  private static final Map<String, String> LENET =
      Map.of("1", "conv1", "3", "conv2", "6", "fc1", "7", "fc2", "8", "fc3");

  @TempDir Path place;

  private static byte[] resource(String name) {
    try (InputStream in = TorchWeightsTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path lenetFile() throws IOException {
    return Files.write(place.resolve("lenet.safetensors"), resource("lenet.safetensors"));
  }

  private static Network lenet() {
    return Models.parse("lenet", 10).build(Shape.of(28, 28, 1), 0);
  }

  private static double[] logits(String name) {
    return new String(resource("torch_weights.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields[0].equals(name))
        .mapToDouble(fields -> Double.parseDouble(fields[2]))
        .toArray();
  }

  /// The numbers of the script's value().
  private static float[] value(int seed, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      long h = ((i + 1) * 2654435761L + seed * 974711L) & 0xFFFFFFFFL;
      h ^= h >>> 15;
      h = (h * 2246822519L) & 0xFFFFFFFFL;
      h ^= h >>> 13;
      values[i] = ((h >>> 8) % 2001 - 1000) / 1024f;
    }
    return values;
  }

  private static void assertLogits(Network network, String name) {
    int[] shape = {2, 0, 0, 0};
    System.arraycopy(network.input().dimensions(), 0, shape, 1, 3);
    Tensor x = Tensor.ofFloats(Shape.of(shape), value(1000, 2 * network.input().size()));
    double[] expected = logits(name);
    float[] found = network.apply(x).floats();
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as("logit %d", i)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(2e-5));
    }
  }

  @Test
  void lenetOfPyTorchGivesItsLogits() throws IOException {
    Network network = lenet();
    TorchWeights.load(lenetFile(), network, LENET);
    assertLogits(network, "lenet");
  }

  private static void assertTokenLogits(Network network, String name) {
    int[] tokens = new int[12];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i * 5 % 9;
    }
    float[] found = network.apply(Tensor.ofInts(Shape.of(2, 6), tokens)).floats();
    double[] expected = logits(name);
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as("logit %d", i)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(2e-6));
    }
  }

  private Path file(String name) throws IOException {
    return Files.write(place.resolve(name), resource(name));
  }

  private static final String GPT2 =
      "gpt(layers=2, width=8, heads=2, context=6, tied=true, activation=gelu_tanh)";

  @Test
  void aGpt2OfHuggingFaceGivesItsLogits() throws IOException {
    Network network = Models.ofTokens(GPT2, 9).build(Shape.of(6), 0);
    TorchWeights.loadGpt2(file("gpt2.safetensors"), network);
    assertTokenLogits(network, "gpt2");
    // The same with the names of a model that has a head.
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    Safetensors.read(file("gpt2.safetensors"))
        .arrays()
        .forEach((name, array) -> arrays.put("transformer." + name, array));
    arrays.put("lm_head.weight", arrays.get("transformer.wte.weight"));
    Path whole = place.resolve("whole.safetensors");
    Safetensors.write(whole, arrays, Map.of());
    Network again = Models.ofTokens(GPT2, 9).build(Shape.of(6), 1);
    TorchWeights.loadGpt2(whole, again);
    assertThat(again.sameWeights(network)).isTrue();
    Network other = Models.ofTokens("lstm(4)", 9).build(Shape.of(6), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchWeights.loadGpt2(whole, other))
        .withMessageContaining("expected the layers of gpt(…, tied=true), found the parameter");
    Network larger = Models.ofTokens(GPT2.replace("width=8", "width=12"), 9).build(Shape.of(6), 1);
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.loadGpt2(whole, larger))
        .withMessageContaining(
            "transformer.wte.weight: expected the shape [9, 12], for 1.weight of [9, 12], found [9,"
                + " 8]");
  }

  @Test
  void anLstmOfPyTorchGivesItsLogits() throws IOException {
    Network network =
        Models.ofTokens("embedding(9, 3) | lstm(4, layers=2) | dense(9)", 9).build(Shape.of(6), 0);
    Map<String, String> names = new LinkedHashMap<>(Map.of("1", "tokens", "3", "out"));
    for (int i = 0; i < 2; i++) {
      String here = "2." + (i + 1) + ".";
      names.put(here + "weight", "lstm.weight_ih_l" + i);
      names.put(here + "recurrent_weight", "lstm.weight_hh_l" + i);
      names.put(here + "bias", "lstm.bias_ih_l%d + lstm.bias_hh_l%d".formatted(i, i));
    }
    TorchWeights.load(file("lstm.safetensors"), network, names);
    assertTokenLogits(network, "lstm");
  }

  @Test
  void resnet20OfPyTorchGivesItsLogits() {
    Network network = Models.parse("resnet(20)", 10).build(Shape.of(32, 32, 3), 0);
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    var file = new StateDict(arrays);
    file.convolution("stem", 16, 3, 3);
    file.norm("stem_norm", 16);
    names.put("1", "stem");
    names.put("2", "stem_norm");
    int before = 16;
    for (int i = 0; i < 9; i++) {
      int width = 16 << (i / 3);
      String block = "blocks." + i + ".";
      String here = 4 + 2 * i + ".";
      file.convolution(block + "first", width, before, 3);
      file.norm(block + "first_norm", width);
      file.convolution(block + "second", width, width, 3);
      file.norm(block + "second_norm", width);
      names.put(here + "1", block + "first");
      names.put(here + "2", block + "first_norm");
      names.put(here + "4", block + "second");
      names.put(here + "5", block + "second_norm");
      if (before != width) {
        file.convolution(block + "skip", width, before, 1);
        file.norm(block + "skip_norm", width);
        names.put(here + "shortcut.1", block + "skip");
        names.put(here + "shortcut.2", block + "skip_norm");
      }
      before = width;
    }
    file.add("out.weight", 8f, 10, 64);
    file.add("out.bias", 1f, 10);
    names.put("23", "out");
    Path written = place.resolve("resnet.safetensors");
    Safetensors.write(written, arrays, Map.of());
    TorchWeights.load(written, network, names);
    assertLogits(network, "resnet");
  }

  /// A state_dict as the script fills it.
  private static final class StateDict {
    private final Map<String, SafetensorsArray> arrays;
    private int next;

    StateDict(Map<String, SafetensorsArray> arrays) {
      this.arrays = arrays;
    }

    void add(String name, float divisor, int... shape) {
      float[] values = value(next++, Shape.of(shape).size());
      for (int i = 0; i < values.length; i++) {
        values[i] /= divisor;
      }
      arrays.put(name, SafetensorsArray.of(values, shape));
    }

    void convolution(String name, int out, int in, int kernel) {
      float inputs = in * kernel * kernel;
      add(name + ".weight", (float) Math.sqrt(inputs), out, in, kernel, kernel);
    }

    void norm(String name, int width) {
      for (String each : List.of("weight", "bias", "running_mean", "running_var")) {
        add(name + "." + each, 1, width);
        if (each.equals("weight") || each.equals("running_var")) {
          float[] values = Objects.requireNonNull(arrays.get(name + "." + each)).floats();
          for (int i = 0; i < values.length; i++) {
            values[i] = 1 + values[i] / 4;
          }
          arrays.put(name + "." + each, SafetensorsArray.of(values, width));
        }
      }
      next++; // num_batches_tracked
    }
  }

  @Test
  void whatDoesNotFitIsOneSentenceAndTheNetworkStaysAsItWas() throws IOException {
    Path file = lenetFile();
    Network network = lenet();
    Map<String, String> wrong = new LinkedHashMap<>(LENET);
    wrong.put("3", "conv3");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(file, network, wrong))
        .withMessageContaining("unknown array 'conv3.weight' (did you mean 'conv1.weight'?)")
        .withMessageContaining("for 3.weight");
    wrong.put("3", "fc1");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(file, network, wrong))
        .withMessageContaining(
            "fc1.weight: expected the shape [5, 5, 6, 16], for 3.weight of [5, 5, 6, 16], found"
                + " [120, 400]");
    wrong.put("3", "conv1");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(file, network, wrong))
        .withMessageContaining(
            "conv1.weight: expected the shape [16, 6, 5, 5], for 3.weight of [5, 5, 6, 16], found"
                + " [6, 1, 5, 5]");
    wrong.put("3", "conv2");
    wrong.put("9", "fc4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchWeights.load(file, network, wrong))
        .withMessageContaining("unknown layer with weights '9'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchWeights.load(file, network, Map.of("1", "conv1")))
        .withMessageContaining("expected what 3.weight is called in");
    Map<String, SafetensorsArray> more = new LinkedHashMap<>(Safetensors.read(file).arrays());
    more.put("fc4.weight", SafetensorsArray.of(new float[] {1}, 1));
    Path larger = place.resolve("larger.safetensors");
    Safetensors.write(larger, more, Map.of());
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(larger, network, LENET))
        .withMessageContaining("found fc4.weight, too");
    more.remove("fc4.weight");
    float[] spoilt = Objects.requireNonNull(more.get("fc3.bias")).floats();
    spoilt[7] = Float.NaN;
    more.put("fc3.bias", SafetensorsArray.of(spoilt, 10));
    Safetensors.write(larger, more, Map.of());
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(larger, network, LENET))
        .withMessageContaining("fc3.bias: expected finite numbers, found NaN at place 7");
    Files.writeString(larger, "no weights");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> TorchWeights.load(larger, network, LENET));
    assertThat(network.sameWeights(lenet())).isTrue();
    List<String> names = new ArrayList<>();
    network.parameters().forEach(parameter -> names.add(parameter.name()));
    assertThat(names).first().isEqualTo("1.weight");
  }
}
