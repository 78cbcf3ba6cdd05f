package dev.thalweg.train;

import dev.thalweg.data.ImageShape;
import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.formats.Sha256;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `model.json` and `weights.safetensors`, as far as all kinds of models have them alike: layers,
/// shapes, weights, and that both files belong together.
///
/// The description is read strictly and completely before anything is made of it; every failure
/// names the file.
final class NetworkFile {

  /// The number of this format; a reader refuses a later one. 2: `target` and `table`, which 1 has
  /// not. 3: `decision`, `target_scaling`, `fine` in `standardize`, and in `table` how files are
  /// written. 4: columns of texts in `table`, `places` in `standardize`.
  private static final int FORMAT = 4;

  private static final String SHA256 = "weights_sha256";

  private NetworkFile() {}

  /// What a kind of model makes of its description.
  ///
  /// @param <T> the kind
  interface Reading<T> {

    /// Reads all of it.
    ///
    /// @throws IllegalArgumentException if something in it is wrong
    T of(JsonFields fields, Weights weights);
  }

  /// The weights that go with a description.
  interface Weights {

    /// A network of the model that has them.
    ///
    /// @throws RunException if they are another model's
    Network into(Sequential model, Shape sample);
  }

  // ---- writing

  /// The first fields of a description.
  ///
  /// @param own takes the names of layers of somebody's own
  static Map<String, Object> begin(
      String data, String task, Network network, Map<String, Object> own) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("thalweg", Version.TEXT);
    json.put("data", data);
    json.put("task", task);
    json.put("model", network.model().name());
    json.put("input", Arrays.stream(network.input().dimensions()).boxed().toList());
    json.put("layers", layerTexts(network.model().layers(), own));
    return json;
  }

  /// Writes the weights, and the description, which gets their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  /// @throws IllegalArgumentException if a name or a number can't be written
  static String write(Path folder, Map<String, Object> json, Network network) throws IOException {
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : saved(network)) {
      arrays.put(
          parameter.name(),
          SafetensorsArray.of(parameter.values().floats(), parameter.dimensions()));
    }
    Path weights = folder.resolve(RunFolder.WEIGHTS);
    Safetensors.write(weights, arrays, Map.of("format", "thalweg"));
    String sha256 = Sha256.of(weights);
    json.put(SHA256, sha256);
    Files.writeString(folder.resolve(RunFolder.MODEL), lines(json));
    return sha256;
  }

  /// A field a line.
  private static String lines(Map<String, Object> json) {
    return json.entrySet().stream()
        .map(field -> "  " + Json.write(field.getKey()) + ": " + Json.write(field.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  /// The texts of layers; the names of those of somebody's own are added to `own`.
  private static List<String> layerTexts(List<Layer> layers, Map<String, Object> own) {
    List<String> texts = new ArrayList<>();
    Map<String, Layer> owned = new LinkedHashMap<>();
    for (Layer layer : layers) {
      String text = layer.toString();
      if (isOwn("layer", layer, text, Layers::parse)) {
        Layer before = owned.putIfAbsent(text, layer);
        if (before != null && !before.equals(layer)) {
          throw new RunException("layer '" + text + "': expected one of this name, found two");
        }
      }
      texts.add(text);
    }
    if (!owned.isEmpty()) {
      own.put("layers", List.copyOf(owned.keySet()));
    }
    return texts;
  }

  /// Whether a text does not read back, and so is the name of something of somebody's own.
  ///
  /// @throws RunException if it is no name, or reads as something else
  static boolean isOwn(String kind, Object part, String text, Function<String, Object> parse) {
    Object read;
    try {
      read = parse.apply(text);
    } catch (IllegalArgumentException none) {
      try {
        Known.checkNamed(kind, part);
      } catch (IllegalArgumentException e) {
        throw new RunException(String.valueOf(e.getMessage()), e);
      }
      return true;
    }
    if (!read.equals(part)) {
      throw new RunException(
          "%s '%s': expected a name of its own, found that of another %s; it would be read as this"
              .formatted(kind, text, kind));
    }
    return false;
  }

  // ---- reading

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static <T> T read(Path folder, Reading<T> reading) {
    return WholeRun.read(folder, () -> once(folder, reading));
  }

  /// Reads files that are in no folder.
  static <T> T read(PackedModel packed, Reading<T> reading) {
    String weights = packed.source() + ": " + RunFolder.WEIGHTS;
    try {
      JsonFields fields = new JsonFields(Json.parse(packed.description()));
      return read(
          fields,
          weights,
          sha256 -> {
            String found = Sha256.of(packed.weights());
            if (sha256.isPresent() && !sha256.get().equals(found)) {
              throw new RunException(
                  "%s: expected the SHA-256 %s, found %s; it belongs to another model"
                      .formatted(weights, sha256.get(), found));
            }
            return Safetensors.parse(packed.weights());
          },
          reading);
    } catch (IllegalArgumentException | FormatException e) {
      throw new RunException(packed.source() + ": " + e.getMessage(), e);
    }
  }

  /// What there is to predict, by what a run folder says.
  static String task(Path folder) {
    return WholeRun.read(
        folder,
        () -> {
          Path file = folder.resolve(RunFolder.MODEL);
          RunFolder.checkWhole(folder);
          try {
            String task = new JsonFields(Json.parse(Files.readAllBytes(file))).text("task");
            return new WholeRun.Read<>(task, true);
          } catch (IllegalArgumentException | FormatException e) {
            throw new RunException(file + ": " + e.getMessage(), e);
          } catch (IOException e) {
            throw new RunException(file + ": can't be read: " + RunFolder.reason(e), e);
          }
        });
  }

  private static <T> WholeRun.Read<T> once(Path folder, Reading<T> reading) {
    Path file = folder.resolve(RunFolder.MODEL);
    Path weights = folder.resolve(RunFolder.WEIGHTS);
    RunFolder.checkWhole(folder);
    try {
      JsonFields fields = new JsonFields(Json.parse(Files.readAllBytes(file)));
      T model = read(fields, weights.toString(), sha256 -> weights(weights, sha256), reading);
      return new WholeRun.Read<>(model, fields.has(SHA256));
    } catch (IllegalArgumentException | FormatException e) {
      throw new RunException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new RunException(file + ": can't be read: " + RunFolder.reason(e), e);
    }
  }

  /// @param weights how messages call the weights
  /// @param read reads them, whose SHA-256 may be known
  private static <T> T read(
      JsonFields fields,
      String weights,
      Function<Optional<String>, Safetensors> read,
      Reading<T> reading) {
    int format = fields.integer("format");
    if (format > FORMAT || format < 1) {
      throw new IllegalArgumentException(
          "expected format 1 to "
              + FORMAT
              + ", found "
              + format
              + "; it was written by Thalweg "
              + fields.text("thalweg"));
    }
    return reading.of(
        fields,
        (model, sample) -> {
          Safetensors arrays =
              read.apply(fields.has(SHA256) ? Optional.of(fields.text(SHA256)) : Optional.empty());
          checkCount(arrays, weights, model.savedCount(sample));
          Network network = model.build(sample, 0);
          load(network, arrays, weights);
          return network;
        });
  }

  /// The layers of a description.
  static Sequential model(JsonFields fields, Known known) {
    List<String> own =
        fields.has("own") && fields.object("own").has("layers")
            ? fields.object("own").texts("layers")
            : List.of();
    List<Layer> layers = new ArrayList<>();
    for (String text : fields.texts("layers")) {
      layers.add(own.contains(text) ? known.layer(text) : Layers.parse(text));
    }
    return new Sequential(fields.text("model"), layers);
  }

  /// The shape of a sample.
  static Shape input(JsonFields fields) {
    return Shape.of(sizes(fields, "input"));
  }

  /// The size of the images that the model takes; empty where it takes none.
  static Optional<ImageShape> image(JsonFields fields) {
    return fields.has("image") ? Optional.of(image(sizes(fields, "image"))) : Optional.empty();
  }

  private static int[] sizes(JsonFields fields, String name) {
    double[] numbers = fields.numbers(name);
    int[] sizes = new int[numbers.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) numbers[i];
      if (sizes[i] != numbers[i] || sizes[i] < 1) {
        throw new IllegalArgumentException(
            name + ": expected sizes of at least 1, found " + numbers[i]);
      }
    }
    return sizes;
  }

  private static ImageShape image(int... sizes) {
    if (sizes.length != 3) {
      throw new IllegalArgumentException(
          "image: expected height, width and channels, found " + sizes.length + " numbers");
    }
    return new ImageShape(sizes[0], sizes[1], sizes[2]);
  }

  private static Safetensors weights(Path weights, Optional<String> sha256) {
    try {
      return sha256
          .map(digest -> Safetensors.read(weights, digest))
          .orElseGet(() -> Safetensors.read(weights));
    } catch (FormatException e) {
      String message = String.valueOf(e.getMessage());
      throw new RunException(
          message.contains(weights.toString()) ? message : weights + ": " + message, e);
    } catch (UncheckedIOException e) {
      throw new RunException(weights + ": can't be read: " + RunFolder.reason(e), e);
    }
  }

  /// That there are as many numbers as the description asks for: one that asks for more than memory
  /// has must not get as far as asking for it.
  private static void checkCount(Safetensors arrays, String weights, long expected) {
    long found = 0;
    for (SafetensorsArray array : arrays.arrays().values()) {
      found += array.size();
    }
    if (found != expected) {
      throw new RunException(
          "%s: expected %,d weights, found %,d; it belongs to another model"
              .formatted(weights, expected, found));
    }
  }

  /// The weights, and the state of layers.
  static List<Parameter> saved(Network network) {
    List<Parameter> saved = new ArrayList<>(network.parameters());
    saved.addAll(network.states());
    return saved;
  }

  private static void load(Network network, Safetensors arrays, String weights) {
    List<Parameter> saved = saved(network);
    for (Parameter parameter : saved) {
      if (!arrays.names().contains(parameter.name())) {
        throw new RunException(
            weights
                + ": holds no "
                + parameter.name()
                + ", which "
                + RunFolder.MODEL
                + " asks for; it belongs to another model");
      }
    }
    if (arrays.names().size() != saved.size()) {
      throw new RunException(
          weights
              + ": expected "
              + saved.size()
              + " arrays, found "
              + arrays.names().size()
              + "; it belongs to another model");
    }
    for (Parameter parameter : saved) {
      SafetensorsArray array = arrays.array(parameter.name());
      Shape expected = Shape.of(parameter.dimensions());
      if (!array.dtype().equals("F32") || !Shape.of(array.shape()).equals(expected)) {
        throw new RunException(
            String.format(
                Locale.ROOT,
                "%s: %s: expected F32%s, found %s%s; it belongs to another model",
                weights,
                parameter.name(),
                expected,
                array.dtype(),
                Shape.of(array.shape())));
      }
      float[] numbers = array.floats();
      for (int i = 0; i < numbers.length; i++) {
        if (!Float.isFinite(numbers[i])) {
          throw new RunException(
              "%s: %s: expected finite numbers, found %s at place %d"
                  .formatted(weights, parameter.name(), numbers[i], i));
        }
      }
      System.arraycopy(numbers, 0, parameter.values().floats(), 0, parameter.size());
    }
  }
}
