package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Recurrence.Cell;
import dev.thalweg.tensor.Recurred;
import dev.thalweg.tensor.RecurrentWeights;
import dev.thalweg.tensor.Sequences;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A recurrent layer, `lstm`, `gru` or `rnn`: the state after each step; `last` behind it takes the
/// last one.
///
/// Weights have gates side by side, in PyTorch's order: i, f, g, o of an LSTM (Keras' i, f, c, o),
/// r, z, n of a GRU (Keras has z, r, n). They are the transposes of PyTorch's, and its two biases
/// are added in one, but of a GRU, whose recurrent product has one of its own. A GRU's reset gate
/// stands behind the recurrent product, as in PyTorch, and in Keras by `reset_after=True`.
///
/// As Keras has it: weights are drawn by Glorot's uniform, those of the state orthogonal, biases 0
/// but for an LSTM's forget gate, which begins at 1. (PyTorch draws all from ±1/√units.)
///
/// Sequences that go on in the next batch ([Pass#withCarry]) keep their states.
public final class RecurrentLayer extends BuiltInLayer {

  /// What a simple recurrent layer applies.
  public enum Squash {
    /// The hyperbolic tangent.
    TANH,
    /// max(x, 0)
    RELU;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Argument<Integer> UNITS =
      Argument.required("units", Kind.whole(1), "numbers of the state");

  private static final Argument<Integer> LAYERS =
      Argument.of("layers", Kind.whole(1), 1, "how many, one on the results of the other");

  private static final Argument<Squash> SQUASH =
      Argument.of("activation", Kind.choice(Squash.class), Squash.TANH, "what makes the state");

  private static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "between the layers");

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer",
          Kinds.INITIALIZER,
          Initializer.GLOROT_UNIFORM,
          "how the weights are drawn");

  private static final Argument<Initializer> RECURRENT =
      Argument.of(
          "recurrent_initializer",
          Kinds.INITIALIZER,
          Initializer.ORTHOGONAL,
          "how the weights of the state are drawn");

  private static final Argument<Initializer> BIAS = Weights.BIAS;

  private static final Argument<Double> FORGET =
      Argument.of("forget_bias", Kind.number(Range.ANY), 1.0, "what is added to that of the gate");

  private static final Signature SIMPLE =
      Signature.of(
          "rnn",
          "a state that each step changes",
          1,
          UNITS,
          LAYERS,
          SQUASH,
          DROPOUT,
          INITIALIZER,
          RECURRENT,
          BIAS);

  private static final Signature LONG =
      Signature.of(
          "lstm",
          "a state that each step changes, and cells that last",
          1,
          UNITS,
          LAYERS,
          DROPOUT,
          INITIALIZER,
          RECURRENT,
          BIAS,
          FORGET);

  private static final Signature GATED =
      Signature.of(
          "gru",
          "a state that each step changes as far as gates let it",
          1,
          UNITS,
          LAYERS,
          DROPOUT,
          INITIALIZER,
          RECURRENT,
          BIAS);

  private static final String SHAPES = "[t, i] → [t, units]";

  static final LayerKind RNN =
      LayerKind.of(SIMPLE, SHAPES, RecurrentLayer::new)
          .withWeights(
              "weight [i, units]",
              "recurrent_weight [units, units]",
              "bias [units]",
              "of several layers 1.weight, …");

  static final LayerKind LSTM =
      LayerKind.of(LONG, SHAPES, RecurrentLayer::new)
          .withWeights(
              "weight [i, 4·units]: gates i, f, g, o",
              "recurrent_weight [units, 4·units]",
              "bias [4·units]",
              "of several layers 1.weight, …");

  static final LayerKind GRU =
      LayerKind.of(GATED, SHAPES, RecurrentLayer::new)
          .withWeights(
              "weight [i, 3·units]: gates r, z, n",
              "recurrent_weight [units, 3·units]",
              "bias [3·units]",
              "recurrent_bias [3·units]",
              "of several layers 1.weight, …");

  private RecurrentLayer(Arguments arguments) {
    super(arguments);
  }

  static RecurrentLayer of(Cell cell, int units) {
    Signature form = cell == Cell.LSTM ? LONG : cell == Cell.GRU ? GATED : SIMPLE;
    return new RecurrentLayer(form.with(UNITS, units));
  }

  @Override
  RecurrentLayer with(Arguments other) {
    return new RecurrentLayer(other);
  }

  /// This layer so many times, one on the results of the other.
  ///
  /// @throws IllegalArgumentException if it is not at least once
  public RecurrentLayer withLayers(int layers) {
    return with(arguments.with(LAYERS, layers));
  }

  /// This layer with dropout between several of it.
  ///
  /// @throws IllegalArgumentException if the rate is not in [0, 1)
  public RecurrentLayer withDropout(double rate) {
    return with(arguments.with(DROPOUT, rate));
  }

  @Override
  public RecurrentLayer withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(INITIALIZER, other));
  }

  private Cell cell() {
    Signature form = arguments.signature();
    return form == LONG
        ? Cell.LSTM
        : form == GATED ? Cell.GRU : arguments.get(SQUASH) == Squash.TANH ? Cell.TANH : Cell.RELU;
  }

  @Override
  public Shape output(Shape input) {
    Steps.check(arguments.signature().name(), input);
    return Shape.of(input.dimension(0), arguments.get(UNITS));
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int layers = arguments.get(LAYERS);
    List<Block> blocks = new ArrayList<>();
    Shape shape = input;
    for (int i = 1; i <= layers; i++) {
      Builder each = layers == 1 ? builder : builder.in(String.valueOf(i));
      blocks.add(one(shape, each));
      shape = output(input);
      if (i < layers && arguments.get(DROPOUT) > 0) {
        blocks.add(Layers.dropout(arguments.get(DROPOUT)).build(shape, each));
      }
    }
    return (x, pass) -> {
      Tensor y = x;
      for (int i = 0; i < blocks.size(); i++) {
        y = blocks.get(i).apply(y, pass);
      }
      return y;
    };
  }

  private Block one(Shape input, Builder builder) {
    Cell cell = cell();
    int inputs = input.dimension(1);
    int units = arguments.get(UNITS);
    int columns = cell.gates() * units;
    builder.multiplyAdds((long) input.dimension(0) * (inputs + units) * columns);
    Tensor w =
        builder.parameter(
            "weight", Shape.of(inputs, columns), arguments.get(INITIALIZER), inputs, columns);
    Tensor u =
        builder.parameter(
            "recurrent_weight", Shape.of(units, columns), arguments.get(RECURRENT), units, columns);
    Tensor b = builder.parameter("bias", Shape.of(columns), bias(cell, units), inputs, columns);
    Optional<Tensor> d =
        cell == Cell.GRU
            ? Optional.of(
                builder.parameter(
                    "recurrent_bias", Shape.of(columns), arguments.get(BIAS), units, columns))
            : Optional.empty();
    if (builder.counting()) {
      return (x, pass) -> x;
    }
    RecurrentWeights weights = new RecurrentWeights(cell, w, u, Optional.of(b), d);
    String path = builder.path();
    return (x, pass) ->
        pass.carry()
            .map(carry -> carried(x, weights, pass, carry, path))
            .orElseGet(() -> Sequences.recurrent(x, weights, pass.lengths()));
  }

  private static Tensor carried(
      Tensor x, RecurrentWeights weights, Pass pass, Carry carry, String path) {
    List<Tensor> before = carry.of(path);
    Optional<Tensor> state = before.isEmpty() ? Optional.empty() : Optional.of(before.getFirst());
    Optional<Tensor> cells = before.size() < 2 ? Optional.empty() : Optional.of(before.get(1));
    Recurred all = Sequences.recurrent(x, weights, pass.lengths(), state, cells);
    carry.remember(
        path,
        all.cells()
            .map(c -> new Tensor[] {all.state(), c})
            .orElseGet(() -> new Tensor[] {all.state()}));
    return all.outputs();
  }

  /// The bias, an LSTM's with more for its forget gate.
  private Initializer bias(Cell cell, int units) {
    Initializer plain = arguments.get(BIAS);
    double more = cell == Cell.LSTM ? arguments.get(FORGET) : 0;
    if (more == 0) {
      return plain;
    }
    return (shape, fanIn, fanOut, random) -> {
      float[] values = plain.draw(shape, fanIn, fanOut, random);
      for (int j = units; j < 2 * units; j++) {
        values[j] += (float) more;
      }
      return values;
    };
  }
}
