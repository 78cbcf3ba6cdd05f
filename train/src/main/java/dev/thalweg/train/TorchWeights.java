package dev.thalweg.train;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.Embedding;
import dev.thalweg.nn.Flatten;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Positions;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Weights that PyTorch has written (`safetensors.torch.save_file(model.state_dict(), file)`), for
/// a network of the same layers.
///
/// ```java
/// var network = Models.parse("lenet", 10).build(Shape.of(28, 28, 1), 0);
/// TorchWeights.load(Path.of("lenet.safetensors"), network, Map.of(
///     "1", "conv1", "3", "conv2", "6", "fc1", "7", "fc2", "8", "fc3"));
/// ```
///
/// Keys are the paths of layers here, as [Network#parameters] begin with, values the names of
/// modules there. Within a module `weight` and `bias` are found under these names; of a
/// normalisation `scale` is its `weight`, `shift` its `bias`, `mean` its `running_mean` and
/// `variance` its `running_var`; `num_batches_tracked` is not needed. A key may also be the whole
/// name of a parameter, and its value that of an array, or of several that are added: PyTorch's
/// recurrent layers have two biases, `"2.bias", "lstm.bias_ih_l0 + lstm.bias_hh_l0"`.
///
/// Layouts are brought into line:
///
/// | | there | here |
/// |---|---|---|
/// | dense, recurrent, attention | outputs × inputs | inputs × outputs |
/// | embedding, positions | tokens × width | the same |
/// | convolution | out × in/groups × rows × columns | rows × columns × in/groups × out |
/// | transposed convolution | in × out/groups × rows × columns | rows × columns × out/groups × in |
/// | 1-dimensional | out × in/groups × taps | taps × in/groups × out |
/// | dense layer after `flatten` of an image | inputs by channel, row, column | inputs by row, column, channel |
public final class TorchWeights {

  private static final Map<String, String> NAMES =
      Map.of(
          "scale", "weight",
          "shift", "bias",
          "mean", "running_mean",
          "variance", "running_var");

  private final Network network;
  private final String source;
  private final Safetensors file;
  private final Map<String, String> layers;

  /// Whether an array of two dimensions is laid out as here.
  private final Predicate<Parameter> asHere;

  /// Names of arrays that no layer needs.
  private final Pattern spare;

  private TorchWeights(
      Network network,
      Path file,
      Map<String, String> layers,
      Predicate<Parameter> asHere,
      Pattern spare) {
    this.network = network;
    this.source = file.toString();
    this.layers = new LinkedHashMap<>(layers);
    this.asHere = asHere;
    this.spare = spare;
    try {
      this.file = Safetensors.read(file);
    } catch (FormatException | UncheckedIOException e) {
      throw new RunException(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  /// Replaces all weights and state of the network, or none.
  ///
  /// @param layers names there by paths here
  /// @throws RunException if the file can't be read, an array is missing, of another shape or not
  ///   finite, or one is left that no layer took: the network is as it was
  /// @throws IllegalArgumentException if a path is none of the network's, or weights are not F32
  public static void load(Path file, Network network, Map<String, String> layers) {
    NotNull.check(file, "file");
    NotNull.check(network, "network");
    NotNull.check(layers, "layers");
    new TorchWeights(
            network,
            file,
            layers,
            parameter -> isOfTokens(network, layer(parameter.name())),
            Pattern.compile(".*num_batches_tracked"))
        .load();
  }

  /// Replaces all weights of a network of `gpt(…, tied=true, activation=gelu_tanh)`, or none, by
  /// those of a GPT-2, or of another size of it, as Hugging Face writes them: `wte.weight`,
  /// `h.0.attn.c_attn.weight`, …, with or without `transformer.` before them. What they multiply by
  /// is inputs × outputs, as here.
  ///
  /// @throws RunException if the file can't be read, an array is missing, of another shape or not
  ///   finite, or one is left that no layer took: the network is as it was
  /// @throws IllegalArgumentException if the network is another, or weights are not F32
  public static void loadGpt2(Path file, Network network) {
    NotNull.check(file, "file");
    NotNull.check(network, "network");
    var read =
        new TorchWeights(
            network,
            file,
            new LinkedHashMap<>(),
            parameter -> true,
            Pattern.compile("(.*\\.)?(attn\\.(masked_)?bias|lm_head\\.weight)"));
    boolean whole = read.file.names().stream().anyMatch(name -> name.startsWith("transformer."));
    for (Parameter parameter : network.parameters()) {
      read.layers.put(
          parameter.name(), (whole ? "transformer." : "") + nameInGpt2(parameter.name()));
    }
    read.load();
  }

  /// Layer 1 are the tokens, 2 the places, then come the blocks, and at last a normalisation.
  private static String nameInGpt2(String name) {
    Matcher found = Pattern.compile("(\\d+)\\.(.*)").matcher(name);
    if (!found.matches()) {
      throw new IllegalArgumentException("gpt: expected layers that are numbered, found " + name);
    }
    int layer = Integer.parseInt(found.group(1));
    String own = found.group(2);
    return switch (own) {
      case "weight" -> layer == 1 ? "wte.weight" : "wpe.weight";
      case "scale" -> "ln_f.weight";
      case "shift" -> "ln_f.bias";
      default -> "h." + (layer - 3) + "." + inBlock(own);
    };
  }

  private static String inBlock(String name) {
    return switch (name) {
      case "norm1.scale" -> "ln_1.weight";
      case "norm1.shift" -> "ln_1.bias";
      case "attention.weight" -> "attn.c_attn.weight";
      case "attention.bias" -> "attn.c_attn.bias";
      case "attention.out_weight" -> "attn.c_proj.weight";
      case "attention.out_bias" -> "attn.c_proj.bias";
      case "norm2.scale" -> "ln_2.weight";
      case "norm2.shift" -> "ln_2.bias";
      case "feed.1.weight" -> "mlp.c_fc.weight";
      case "feed.1.bias" -> "mlp.c_fc.bias";
      case "feed.2.weight" -> "mlp.c_proj.weight";
      case "feed.2.bias" -> "mlp.c_proj.bias";
      default ->
          throw new IllegalArgumentException(
              "gpt: expected the layers of gpt(…, tied=true), found the parameter " + name);
    };
  }

  /// Whether a layer of the model has a row for each token, or place.
  private static boolean isOfTokens(Network network, String path) {
    List<Layer> all = network.model().layers();
    return path.matches("\\d+")
        && (all.get(Integer.parseInt(path) - 1) instanceof Embedding
            || all.get(Integer.parseInt(path) - 1) instanceof Positions);
  }

  private void load() {
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(network.states());
    Set<String> used = new HashSet<>();
    Set<String> asked = new HashSet<>();
    List<float[]> found = new ArrayList<>();
    for (Parameter parameter : all) {
      if (parameter.dtype() != DType.F32) {
        throw new IllegalArgumentException(
            "network: expected weights of F32, found F64 in " + parameter.name());
      }
      List<String> names = List.of(theirs(parameter.name(), asked).split(" \\+ ", -1));
      used.addAll(names);
      float[] sum = converted(parameter, names.getFirst());
      for (String name : names.subList(1, names.size())) {
        float[] more = converted(parameter, name);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += more[i];
        }
      }
      found.add(sum);
    }
    for (String path : layers.keySet()) {
      if (!asked.contains(path)) {
        throw new IllegalArgumentException(
            Nearest.sentence(
                "layer with weights", path, all.stream().map(p -> layer(p.name())).toList()));
      }
    }
    for (String name : file.names()) {
      if (!used.contains(name) && !spare.matcher(name).matches()) {
        throw new RunException(
            "%s: expected arrays that a layer takes, found %s, too".formatted(source, name));
      }
    }
    for (int i = 0; i < found.size(); i++) {
      float[] to = all.get(i).values().floats();
      System.arraycopy(found.get(i), 0, to, 0, to.length);
    }
  }

  private static String layer(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /// The name there of a parameter here.
  private String theirs(String name, Set<String> asked) {
    String whole = layers.get(name);
    if (whole != null) {
      asked.add(name);
      return whole;
    }
    String path = layer(name);
    String module = layers.get(path);
    if (module == null) {
      throw new IllegalArgumentException(
          "layers: expected what %s is called in %s, found nothing for %s"
              .formatted(name, source, path));
    }
    asked.add(path);
    String own = name.substring(name.lastIndexOf('.') + 1);
    return module + "." + NAMES.getOrDefault(own, own);
  }

  private float[] converted(Parameter parameter, String name) {
    if (!file.names().contains(name)) {
      throw new RunException(
          "%s: %s, for %s"
              .formatted(source, Nearest.sentence("array", name, file.names()), parameter.name()));
    }
    SafetensorsArray array = file.array(name);
    int[] shape = array.shape();
    int[] ours = parameter.dimensions();
    int[] order =
        shape.length == 2 && asHere.test(parameter) ? new int[] {0, 1} : order(shape.length);
    int[] expected = new int[ours.length];
    for (int i = 0; i < ours.length && ours.length == shape.length; i++) {
      expected[order[i]] = ours[i];
    }
    if (ours.length != shape.length || !Arrays.equals(shape, expected)) {
      throw new RunException(
          "%s: %s: expected the shape %s, for %s of %s, found %s"
              .formatted(
                  source,
                  name,
                  ours.length == shape.length ? Shape.of(expected) : Shape.of(ours),
                  parameter.name(),
                  Shape.of(ours),
                  Shape.of(shape)));
    }
    float[] values = array.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new RunException(
            "%s: %s: expected finite numbers, found %s at place %d"
                .formatted(source, name, values[i], i));
      }
    }
    float[] moved = moved(values, shape, order);
    return parameter.name().endsWith(".weight") && ours.length == 2
        ? unflattened(moved, ours, layer(parameter.name()))
        : moved;
  }

  /// For each dimension here which one it is there.
  private static int[] order(int rank) {
    return switch (rank) {
      case 2 -> new int[] {1, 0};
      case 3 -> new int[] {2, 1, 0};
      case 4 -> new int[] {2, 3, 1, 0};
      default -> new int[] {0};
    };
  }

  /// The same numbers with dimensions in another order.
  private static float[] moved(float[] from, int[] shape, int[] order) {
    int rank = shape.length;
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    float[] to = new float[from.length];
    int[] at = new int[rank];
    for (int i = 0; i < to.length; i++) {
      int place = 0;
      for (int k = 0; k < rank; k++) {
        place += at[k] * strides[order[k]];
      }
      to[i] = from[place];
      for (int k = rank - 1; k >= 0 && ++at[k] == shape[order[k]]; k--) {
        at[k] = 0;
      }
    }
    return to;
  }

  /// The rows of a dense layer's weights in the order in which an image is flattened here; as they
  /// are where none was.
  private float[] unflattened(float[] weights, int[] shape, String path) {
    int[] image = flattened(path);
    if (image.length == 0) {
      return weights;
    }
    int pixels = image[0] * image[1];
    int channels = image[2];
    int units = shape[1];
    float[] to = new float[weights.length];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        System.arraycopy(
            weights,
            (channel * pixels + pixel) * units,
            to,
            (pixel * channels + channel) * units,
            units);
      }
    }
    return to;
  }

  /// The shape of the image that is flattened before a layer of the model; empty where none is.
  private int[] flattened(String path) {
    List<Layer> all = network.model().layers();
    int[] image = {};
    Shape shape = network.input();
    for (int i = 0; i < all.size(); i++) {
      Layer layer = all.get(i);
      if (layer instanceof Dense && path.equals(String.valueOf(i + 1))) {
        return image;
      }
      if (layer instanceof Flatten && shape.rank() == 3) {
        image = shape.dimensions();
      } else if (layer instanceof Dense) {
        image = new int[0];
      }
      shape = Sequential.of(layer).output(shape);
    }
    return new int[0];
  }
}
