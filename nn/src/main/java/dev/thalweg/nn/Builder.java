package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a layer asks for while it is built: weights, state, a stream of random numbers, and
/// builders for the layers within it. Names are paths: the weight of the first layer in the third
/// one is `3.1.weight`.
public final class Builder {

  private final Inventory inventory;
  private final String path;
  private final int stream;
  private final @Nullable Shape source;

  private Builder(Inventory inventory, String path, int stream, @Nullable Shape source) {
    this.inventory = inventory;
    this.path = path;
    this.stream = stream;
    this.source = source;
  }

  /// The builder of a whole model.
  static Builder of(Inventory inventory) {
    return new Builder(inventory, "", 0, null);
  }

  /// The builder of a layer within this one.
  ///
  /// @param name how it is called here: a number, or a word such as `attention`
  public Builder in(String name) {
    NotNull.check(name, "name");
    return new Builder(inventory, named(name), inventory.nextStream(), source);
  }

  /// The builder of a layer of a model, whose random numbers are its place's.
  Builder at(int place) {
    return path.isEmpty()
        ? new Builder(inventory, String.valueOf(place), place, source)
        : in(String.valueOf(place));
  }

  /// This builder for layers that look at sources of this shape.
  ///
  /// @param sample of one of them, without the batch dimension
  Builder withSource(Shape sample) {
    return new Builder(inventory, path, stream, sample);
  }

  /// The shape of what [Pass#source] will have here, of one sample; none where layers have no other
  /// sequence to look at.
  public Optional<Shape> source() {
    return Optional.ofNullable(source);
  }

  /// Where the layer stands: `3`, `3.1`.
  public String path() {
    return path;
  }

  /// Whether weights are only counted, so that what it gives has no numbers.
  boolean counting() {
    return inventory.counting();
  }

  /// The number of this layer's random numbers in [Pass#random].
  public int stream() {
    return stream;
  }

  /// A parameter named `<path>.<name>`, drawn from a stream of its own.
  ///
  /// @param fanIn how many inputs each output depends on
  /// @param fanOut how many outputs each input goes to
  /// @return the parameter's values, to be used in the layer's function
  /// @throws IllegalArgumentException if the initializer gives another number of values
  public Tensor parameter(
      String name, Shape shape, Initializer initializer, int fanIn, int fanOut) {
    return parameter(name, shape, initializer, fanIn, fanOut, Penalty.NONE);
  }

  /// A parameter that is kept small.
  ///
  /// @param fanIn how many inputs each output depends on
  /// @param fanOut how many outputs each input goes to
  /// @return the parameter's values, to be used in the layer's function
  /// @throws IllegalArgumentException if the initializer gives another number of values
  public Tensor parameter(
      String name, Shape shape, Initializer initializer, int fanIn, int fanOut, Penalty penalty) {
    NotNull.check(initializer, "initializer");
    NotNull.check(penalty, "penalty");
    String full = named(name);
    Philox random = inventory.nextWeights();
    if (inventory.counting()) {
      inventory.count(full, shape);
      return inventory.nothing();
    }
    float[] drawn = initializer.draw(shape, fanIn, fanOut, random);
    if (drawn.length != shape.size()) {
      throw new IllegalArgumentException(
          "initializer %s: expected %d values for %s, found %d"
              .formatted(initializer, shape.size(), full, drawn.length));
    }
    Tensor values = inventory.parameter(full, shape, drawn);
    if (!penalty.equals(Penalty.NONE)) {
      inventory.penalize(values, penalty);
    }
    return values;
  }

  /// State named `<path>.<name>`: saved with the weights, and not moved by the optimizer, such as
  /// running statistics. [Pass#update] says what it is after a step.
  ///
  /// @param first what all its elements begin with
  /// @return its values, to be used in the layer's function
  public Tensor state(String name, Shape shape, double first) {
    String full = named(name);
    if (inventory.counting()) {
      inventory.countState(full, shape);
      return inventory.nothing();
    }
    return inventory.state(full, Tensor.full(DType.F32, shape, first).keep());
  }

  /// A parameter that a layer before has made: tied weights, which are one in memory, in the file
  /// and for the optimizer.
  ///
  /// @param name the whole path: `1.weight`
  /// @throws IllegalArgumentException if no layer before has made it
  public Tensor shared(String name) {
    NotNull.check(name, "name");
    return inventory.shared(name);
  }

  /// Tells how much a sample costs here, for the summary.
  ///
  /// @param number of multiplications and additions in pairs, of the forward pass
  public void multiplyAdds(long number) {
    inventory.cost(path, number);
  }

  /// Tells of which kind the layer here is.
  void kind(String kind) {
    inventory.kind(path, kind);
  }

  /// Tells how many numbers a layer takes and gives for a sample.
  void passes(long numbers) {
    inventory.passes(numbers);
  }

  private String named(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
