package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import java.util.List;
import java.util.function.Function;

/// A kind of layer, declared once in the layer's own file: how it is written, what it makes of
/// shapes, what weights and state it has.
public final class LayerKind {
  private final Signature signature;
  private final String shapes;
  private final List<String> weights;
  private final Function<Arguments, Layer> make;

  private LayerKind(
      Signature signature, String shapes, List<String> weights, Function<Arguments, Layer> make) {
    this.signature = signature;
    this.shapes = shapes;
    this.weights = List.copyOf(weights);
    this.make = make;
  }

  /// @param shapes of a sample before and after: `[i] → [units]`
  static LayerKind of(Signature signature, String shapes, Function<Arguments, Layer> make) {
    return new LayerKind(signature, shapes, List.of(), make);
  }

  /// @param each as `weight [i, units]`; the order of the dimensions is that in memory
  LayerKind withWeights(String... each) {
    return new LayerKind(signature, shapes, List.of(each), make);
  }

  /// How it is written.
  public Signature signature() {
    return signature;
  }

  /// The shape of a sample before and after: `[i] → [units]`.
  public String shapes() {
    return shapes;
  }

  /// Its weights and state, in order, each with the names of its dimensions: `weight [i, units]`.
  public List<String> weights() {
    return weights;
  }

  Layer make(Arguments arguments) {
    return make.apply(arguments);
  }

  /// How it is called.
  @Override
  public String toString() {
    return signature.toString();
  }
}
