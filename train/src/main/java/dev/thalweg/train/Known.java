package dev.thalweg.train;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Loss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Losses and layers of one's own, which are code, by the names that a saved model has of them:
/// what they print. Whoever loads the model gives them back.
///
/// ```java
/// Loss quartic = Loss.of("quartic", (p, y) -> p.minus(y).pow(4));
/// fitted.save(folder);
/// FittedModel.load(folder, Known.NOTHING.withLoss(quartic));
/// ```
///
/// A loss or activation that is a formula needs none of this: its text is all of it.
///
/// @param layers by name
/// @param losses by name
public record Known(Map<String, Layer> layers, Map<String, Loss> losses) {

  /// For models that have nothing of one's own.
  public static final Known NOTHING = new Known(Map.of(), Map.of());

  /// Copies the maps.
  public Known {
    layers = Map.copyOf(layers);
    losses = Map.copyOf(losses);
  }

  /// These, and a layer.
  ///
  /// @throws IllegalArgumentException if it has no name
  public Known withLayer(Layer layer) {
    NotNull.check(layer, "layer");
    checkNamed("layer", layer);
    Map<String, Layer> more = new LinkedHashMap<>(layers);
    more.put(layer.toString(), layer);
    return new Known(Collections.unmodifiableMap(more), losses);
  }

  /// These, and a loss.
  ///
  /// @throws IllegalArgumentException if it has no name
  public Known withLoss(Loss loss) {
    NotNull.check(loss, "loss");
    checkNamed("loss", loss);
    Map<String, Loss> more = new LinkedHashMap<>(losses);
    more.put(loss.toString(), loss);
    return new Known(layers, Collections.unmodifiableMap(more));
  }

  /// The layer of a name that a file has.
  ///
  /// @throws IllegalArgumentException if it was not given back
  Layer layer(String name) {
    Layer layer = layers.get(name);
    if (layer == null) {
      throw notGiven("layer", name, "withLayer");
    }
    return layer;
  }

  /// The loss of a name that a file has.
  ///
  /// @throws IllegalArgumentException if it was not given back
  Loss loss(String name) {
    Loss loss = losses.get(name);
    if (loss == null) {
      throw notGiven("loss", name, "withLoss");
    }
    return loss;
  }

  private static IllegalArgumentException notGiven(String kind, String name, String call) {
    return new IllegalArgumentException(
        "%s '%s' is code of somebody's own, which no file has; FittedModel.load(folder, Known.NOTHING.%s(…)) gives it back"
            .formatted(kind, name, call));
  }

  /// That something prints a name, and not where it is in memory, as a lambda does.
  ///
  /// @throws IllegalArgumentException if not
  static void checkNamed(String kind, Object own) {
    boolean named;
    try {
      named = own.getClass().getMethod("toString").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      named = false;
    }
    if (!named) {
      throw new IllegalArgumentException(
          "%s: a lambda has no name that a model could be saved with; %s gives it one"
              .formatted(
                  kind, kind.equals("loss") ? "Loss.of(name, terms)" : "Layer.of(name, function)"));
    }
  }
}
