package dev.thalweg.train;

import dev.thalweg.data.Fit;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a model with one answer a row; see [NetworkFile] for the rest.
final class ModelFile {

  private static final String SOUND = "sound";

  private ModelFile() {}

  // ---- writing

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, FittedModel model) throws IOException {
    Network network = model.network();
    Preprocessing preprocessing = model.preprocessing();
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json =
        NetworkFile.begin(preprocessing.data(), preprocessing.task().toString(), network, own);
    json.put("loss", lossText(model.loss(), own));
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("target", preprocessing.encoding().target());
    if (!preprocessing.isPixels() && !preprocessing.isNamedByTexts()) {
      json.put("features", preprocessing.featureNames());
    }
    preprocessing
        .image()
        .ifPresent(shape -> json.put("image", Arrays.stream(shape.dimensions()).boxed().toList()));
    if (preprocessing.fit() != Fit.CROP) {
      json.put("fit", preprocessing.fit().toString());
    }
    preprocessing.sound().ifPresent(how -> json.put(SOUND, written(how)));
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
    return NetworkFile.write(folder, json, network);
  }

  private static String lossText(Loss loss, Map<String, Object> own) {
    String text = loss.toString();
    if (NetworkFile.isOwn("loss", loss, text, Losses::parse)) {
      own.put("loss", text);
    }
    return text;
  }

  // ---- reading

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static FittedModel read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  /// Reads files that are in no folder.
  static FittedModel read(PackedModel packed, Known known) {
    return NetworkFile.read(packed, (fields, weights) -> read(fields, weights, known));
  }

  private static FittedModel read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    Shape sample = NetworkFile.input(fields);
    Optional<ImageShape> image = NetworkFile.image(fields);
    Task task = task(fields.text("task"));
    List<String> classes = fields.texts("classes");
    List<String> features =
        fields.has("features")
            ? fields.texts("features")
            : image.isPresent()
                ? image.get().pixelNames()
                : names(encoding(fields, task, List.of(), classes), sample.size());
    Optional<Standardizer> standardizer = ScalingJson.read(fields, "standardize");
    Sequential model = NetworkFile.model(fields, known);
    checkSizes(sample, model.output(sample), task, features, classes, standardizer);
    boolean ownLoss = fields.has("own") && fields.object("own").has("loss");
    Loss loss =
        ownLoss
            ? known.loss(fields.text("loss"))
            : loss(fields.text("loss"), known, task, classes.size(), model.output(sample).size());
    Network network = weights.into(model, sample);
    return new FittedModel(
            network,
            loss,
            new Preprocessing(
                fields.text("data"),
                task,
                features,
                image,
                fields.has("fit") ? Fit.parse(fields.text("fit")) : Fit.CROP,
                fields.has(SOUND) ? Optional.of(sound(fields.object(SOUND))) : Optional.empty(),
                classes,
                standardizer,
                ScalingJson.read(fields, "target_scaling"),
                encoding(fields, task, features, classes)),
            Engine.current(),
            new LinkedHashMap<>(),
            Optional.empty())
        .with(DecisionJson.read(fields));
  }

  /// The names of features, of which there may be said to be more than memory has room for.
  private static List<String> names(TableEncoding encoding, int inputs) {
    if (encoding.features() != inputs) {
      throw new IllegalArgumentException(
          "table: expected %d features, as input has, found %d"
              .formatted(inputs, encoding.features()));
    }
    return encoding.featureNames();
  }

  /// Rate and length, which are known of sounds that were read.
  private static Map<String, Object> written(SoundOptions how) {
    Map<String, Object> json = new LinkedHashMap<>();
    how.rate().ifPresent(rate -> json.put("rate", rate));
    how.seconds().ifPresent(seconds -> json.put("seconds", seconds));
    return json;
  }

  private static SoundOptions sound(JsonFields fields) {
    return SoundOptions.found()
        .withRate(fields.integer("rate"))
        .withSeconds(fields.number("seconds"));
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
        "task: expected classification or regression, found "
            + text
            + switch (text) {
              case DetectorFile.TASK -> "; Detector.load reads a model of boxes";
              case RecommenderFile.TASK -> "; Recommender.load reads a model of ratings";
              case TranslatorFile.TASK -> "; Translator.load reads a model of pairs of texts";
              case LanguageFile.TASK -> "; LanguageModel.load reads a model of texts";
              case TranscriberFile.TASK -> "; Transcriber.load reads a model of transcripts";
              default -> "";
            });
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
}
