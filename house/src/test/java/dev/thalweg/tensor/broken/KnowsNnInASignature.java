package dev.thalweg.tensor.broken;

import dev.thalweg.nn.Layer;
import java.util.List;

/// A tensor that knows layers, in a type argument only.
public interface KnowsNnInASignature {
  /// Layers.
  List<Layer> layers();
}
