package dev.thalweg.train;

import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.Task;
import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.formats.Sha256;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
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

/// `model.json` and `weights.safetensors`: what a model is, written and read.
///
/// The description is read strictly and completely before anything is made of it; every failure
/// names the file.
final class ModelFile {

  /// The number of this format; a reader refuses a later one. 2: `target` and `table`, which 1 has
  /// not. 3: `decision`, `target_scaling`, `fine` in `standardize`, and in `table` how files are
  /// written.
  private static final int FORMAT = 3;

  private static final String SHA256 = "weights_sha256";

  private ModelFile() {}

  // ---- writing

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  static String write(Path folder, FittedModel model) {
    Network network = model.network();
    Preprocessing preprocessing = model.preprocessing();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("thalweg", Version.TEXT);
    json.put("data", preprocessing.data());
    json.put("task", preprocessing.task().toString());
    json.put("model", network.model().name());
    json.put("input", Arrays.stream(network.input().dimensions()).boxed().toList());
    Map<String, Object> own = new LinkedHashMap<>();
    json.put("layers", layerTexts(network.model().layers(), own));
    json.put("loss", lossText(model.loss(), own));
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("target", preprocessing.encoding().target());
    if (!preprocessing.isPixels()) {
      json.put("features", preprocessing.featureNames());
    }
    preprocessing
        .image()
        .ifPresent(shape -> json.put("image", Arrays.stream(shape.dimensions()).boxed().toList()));
    json.put("classes", preprocessing.classNames());
    preprocessing
        .standardizer()
        .ifPresent(scaling -> json.put("standardize", ScalingJson.write(scaling)));
    preprocessing
        .targetStandardizer()
        .ifPresent(scaling -> json.put("target_scaling", ScalingJson.write(scaling)));
    if (!preprocessing.isPlain()) {
      json.put("table", EncodingJson.write(preprocessing.encoding()));
    }
    if (!model.decision().equals(Decision.standard())) {
      json.put("decision", DecisionJson.write(model.decision()));
    }
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : saved(network)) {
      arrays.put(
          parameter.name(),
          SafetensorsArray.of(parameter.values().floats(), parameter.dimensions()));
    }
    try {
      Path weights = folder.resolve(RunFolder.WEIGHTS);
      Safetensors.write(weights, arrays, Map.of("format", "thalweg"));
      String sha256 = Sha256.of(weights);
      json.put(SHA256, sha256);
      Files.writeString(folder.resolve(RunFolder.MODEL), lines(json));
      return sha256;
    } catch (IOException e) {
      throw new RunException(folder + ": can't be written: " + RunFolder.reason(e), e);
    } catch (UncheckedIOException e) {
      throw new RunException(folder + ": can't be written: " + RunFolder.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new RunException(folder + ": can't be written: " + e.getMessage(), e);
    }
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

  private static String lossText(Loss loss, Map<String, Object> own) {
    String text = loss.toString();
    if (isOwn("loss", loss, text, Losses::parse)) {
      own.put("loss", text);
    }
    return text;
  }

  /// Whether a text does not read back, and so is the name of something of somebody's own.
  ///
  /// @throws RunException if it is no name, or reads as something else
  private static boolean isOwn(
      String kind, Object part, String text, Function<String, Object> parse) {
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
  static FittedModel read(Path folder, Known known) {
    return WholeRun.read(folder, () -> once(folder, known));
  }

  /// Reads files that are in no folder.
  static FittedModel read(PackedModel packed, Known known) {
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
          known);
    } catch (IllegalArgumentException | FormatException e) {
      throw new RunException(packed.source() + ": " + e.getMessage(), e);
    }
  }

  private static WholeRun.Read<FittedModel> once(Path folder, Known known) {
    if (!Files.isDirectory(folder)) {
      throw new RunException(
          folder + ": no such run folder" + (Files.exists(folder) ? ", it is a file" : ""));
    }
    Path file = folder.resolve(RunFolder.MODEL);
    Path weights = folder.resolve(RunFolder.WEIGHTS);
    for (Path needed : List.of(file, weights)) {
      if (!Files.isRegularFile(needed)) {
        throw new RunException(
            folder + ": is no run folder, " + needed.getFileName() + " is missing");
      }
    }
    try {
      JsonFields fields = new JsonFields(Json.parse(Files.readAllBytes(file)));
      FittedModel model =
          read(fields, weights.toString(), sha256 -> weights(weights, sha256), known);
      return new WholeRun.Read<>(model, fields.has(SHA256));
    } catch (IllegalArgumentException | FormatException e) {
      throw new RunException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new RunException(file + ": can't be read: " + RunFolder.reason(e), e);
    }
  }

  /// @param weights how messages call the weights
  /// @param read reads them, whose SHA-256 may be known
  private static FittedModel read(
      JsonFields fields,
      String weights,
      Function<Optional<String>, Safetensors> read,
      Known known) {
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
    Optional<JsonFields> own =
        fields.has("own") ? Optional.of(fields.object("own")) : Optional.empty();
    List<String> ownLayers =
        own.filter(o -> o.has("layers")).map(o -> o.texts("layers")).orElse(List.of());
    List<Layer> layers = new ArrayList<>();
    for (String text : fields.texts("layers")) {
      layers.add(ownLayers.contains(text) ? known.layer(text) : Layers.parse(text));
    }
    int[] input = sizes(fields, "input");
    Optional<ImageShape> image =
        fields.has("image") ? Optional.of(image(sizes(fields, "image"))) : Optional.empty();
    Task task = task(fields.text("task"));
    List<String> features =
        image.isPresent() && !fields.has("features")
            ? image.get().pixelNames()
            : fields.texts("features");
    List<String> classes = fields.texts("classes");
    Optional<Standardizer> standardizer = ScalingJson.read(fields, "standardize");
    Sequential model = new Sequential(fields.text("model"), layers);
    Shape sample = Shape.of(input);
    checkSizes(sample, model.output(sample), task, features, classes, standardizer);
    boolean ownLoss = own.filter(o -> o.has("loss")).isPresent();
    Loss loss =
        ownLoss
            ? known.loss(fields.text("loss"))
            : loss(fields.text("loss"), known, task, classes.size(), model.output(sample).size());
    Safetensors arrays =
        read.apply(fields.has(SHA256) ? Optional.of(fields.text(SHA256)) : Optional.empty());
    checkCount(arrays, weights, model.savedCount(sample));
    Network network = model.build(sample, 0);
    load(network, arrays, weights);
    return new FittedModel(
            network,
            loss,
            new Preprocessing(
                fields.text("data"),
                task,
                features,
                image,
                classes,
                standardizer,
                ScalingJson.read(fields, "target_scaling"),
                encoding(fields, task, features, classes)),
            Engine.current(),
            new LinkedHashMap<>(),
            Optional.empty())
        .with(DecisionJson.read(fields));
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

  private static ImageShape image(int[] sizes) {
    if (sizes.length != 3) {
      throw new IllegalArgumentException(
          "image: expected height, width and channels, found " + sizes.length + " numbers");
    }
    return new ImageShape(sizes[0], sizes[1], sizes[2]);
  }

  private static TableEncoding encoding(
      JsonFields fields, Task task, List<String> features, List<String> classes) {
    String target =
        fields.has("target")
            ? fields.text("target")
            : task == Task.CLASSIFICATION ? "class" : "target";
    return fields.has("table")
        ? EncodingJson.read(fields.object("table"), target, task, classes)
        : TableEncoding.ofNumbers(features, target, task, classes);
  }

  /// An empty text is what was once written for a loss of somebody's own.
  private static Loss loss(String text, Known known, Task task, int classes, int outputs) {
    if (text.isEmpty()) {
      if (known.losses().size() == 1) {
        return known.losses().values().iterator().next();
      }
      throw new IllegalArgumentException(
          "loss: was code of somebody's own, whose name was not kept;"
              + " FittedModel.load(folder, Known.NOTHING.withLoss(…)) gives it back");
    }
    Loss loss = Losses.parse(text);
    boolean fits =
        switch (loss.targets()) {
          case ANY -> true;
          case NUMBERS -> task == Task.REGRESSION;
          case CLASSES -> task == Task.CLASSIFICATION && outputs == classes;
          case TWO_CLASSES -> task == Task.CLASSIFICATION && outputs == 1;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "loss: expected one for %s with %d outputs, found %s".formatted(task, outputs, loss));
    }
    return loss;
  }

  private static Task task(String text) {
    for (Task task : Task.values()) {
      if (task.toString().equals(text)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        "task: expected classification or regression, found " + text);
  }

  private static void checkSizes(
      Shape input,
      Shape output,
      Task task,
      List<String> features,
      List<String> classes,
      Optional<Standardizer> standardizer) {
    int inputs = input.size();
    int outputs = output.size();
    if (features.size() != inputs) {
      throw new IllegalArgumentException(
          "features: expected " + inputs + " names, found " + features.size());
    }
    int expected = task == Task.CLASSIFICATION ? classes.size() : 1;
    // One logit is enough for two classes.
    if (outputs != expected && !(expected == 2 && outputs == 1)) {
      throw new IllegalArgumentException(
          "layers: expected " + expected + " outputs, found " + outputs);
    }
    if (standardizer.isPresent() && standardizer.get().means().length != inputs) {
      throw new IllegalArgumentException(
          "standardize: expected " + inputs + " means, found " + standardizer.get().means().length);
    }
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
  private static List<Parameter> saved(Network network) {
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
