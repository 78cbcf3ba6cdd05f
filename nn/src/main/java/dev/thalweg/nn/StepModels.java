package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.List;

/// Models of sequences of numbers by name, as sounds are: for each step a number for each token.
///
/// | name | layers |
/// |---|---|
/// | `gru(128, layers=2)`, `lstm(128)`, `rnn(128)` | so many recurrent layers, each over the steps from both ends, and a dense layer: Graves et al. 2013, arXiv 1303.5778 |
final class StepModels {

  private static final Argument<Integer> UNITS =
      Argument.of("units", Kind.whole(1), 128, "numbers of the state, in each direction");

  private static final Argument<Integer> LAYERS =
      Argument.of("layers", Kind.whole(1), 1, "how many, one on the results of the other");

  private static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "behind each layer");

  private static final Argument<Boolean> BOTH =
      Argument.of("bidirectional", Kind.flag(), true, "whether layers go from both ends");

  /// All there are; a new one is a line here.
  static final List<ModelKind> KINDS =
      List.of(kind("gru", Cell.GRU), kind("lstm", Cell.LSTM), kind("rnn", Cell.TANH));

  private StepModels() {}

  private static ModelKind kind(String name, Cell cell) {
    Signature signature =
        Signature.of(
            name,
            "of sounds with transcripts: recurrent layers from both ends, and a dense layer",
            1,
            UNITS,
            LAYERS,
            DROPOUT,
            BOTH);
    return new ModelKind(
        signature, (arguments, outputs) -> recurrent(name, cell, arguments, outputs));
  }

  private static Sequential recurrent(String name, Cell cell, Arguments arguments, int outputs) {
    Layer one = RecurrentLayer.of(cell, arguments.get(UNITS));
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < arguments.get(LAYERS); i++) {
      layers.add(arguments.get(BOTH) ? Bidirectional.of(one) : one);
      if (arguments.get(DROPOUT) > 0) {
        layers.add(Layers.dropout(arguments.get(DROPOUT)));
      }
    }
    layers.add(Layers.dense(outputs));
    return new Sequential(name, layers);
  }
}
