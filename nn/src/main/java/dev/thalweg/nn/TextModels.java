package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Models of texts by name, which take a sequence of tokens that zeros fill up and give what is to
/// be predicted of it.
///
/// | name | layers |
/// |---|---|
/// | `lstm(64)`, `gru(64)`, `rnn(64)` | an embedding, so many recurrent layers, each over the steps from both ends, what is gathered of all steps, and a dense layer |
/// | `transformer(layers=2, width=64, heads=4)` | embeddings of tokens and places, encoder blocks, a normalisation (not behind blocks of order *post*), what is gathered of all steps, and a dense layer |
///
/// Gathered is the largest number of each channel over all real steps, their mean, or that of the
/// last step.
final class TextModels {

  /// What is gathered of all steps.
  enum Gathered {
    MAX,
    MEAN,
    LAST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Layer layer() {
      return switch (this) {
        case MAX -> Layers.globalMaxPool();
        case MEAN -> Layers.globalAveragePool();
        case LAST -> Layers.last();
      };
    }
  }

  private static final Argument<Integer> UNITS =
      Argument.of("units", Kind.whole(1), 64, "numbers of the state, in each direction");

  private static final Argument<Integer> LAYERS =
      Argument.of("layers", Kind.whole(1), 1, "how many, one on the results of the other");

  private static final Argument<Integer> WIDTH =
      Argument.of("width", Kind.whole(1), 64, "numbers for each token");

  private static final Argument<Double> DROPOUT =
      Argument.of(
          "dropout",
          Kind.number(Range.FRACTION),
          0.5,
          "behind the embedding, and before the last layer");

  private static final Argument<Boolean> BOTH =
      Argument.of("bidirectional", Kind.flag(), true, "whether layers go from both ends");

  private static final Argument<Gathered> MOST =
      Argument.of("pool", Kind.choice(Gathered.class), Gathered.MAX, "what is gathered of steps");

  private static final Argument<Integer> BLOCKS =
      Argument.of("layers", Kind.whole(1), 2, "how many blocks");

  private static final Argument<Integer> HEADS =
      Argument.of("heads", Kind.whole(1), 4, "of attention, which divide the width");

  private static final Argument<Gathered> MEAN =
      Argument.of("pool", Kind.choice(Gathered.class), Gathered.MEAN, "what is gathered of steps");

  private static final Argument<Double> LITTLE =
      Argument.of(
          "dropout",
          Kind.number(Range.FRACTION),
          0.1,
          "behind the embedding, in blocks, and before the last layer");

  private static final Signature TRANSFORMER =
      Signature.of(
          "transformer",
          "of texts: embeddings of tokens and places, encoder blocks, and a dense layer",
          0,
          BLOCKS,
          WIDTH,
          HEADS,
          MEAN,
          TransformerBlock.HIDDEN,
          TransformerBlock.ACTIVATION,
          TransformerBlock.GATED,
          TransformerBlock.NORM,
          TransformerBlock.ORDER,
          LITTLE,
          SelfAttention.KEY_HEADS);

  private TextModels() {}

  /// All there are, of so many tokens and sequences of so many steps; a new one is a line here.
  static List<ModelKind> kinds(int tokens, int steps) {
    return List.of(
        recurrent("lstm", Cell.LSTM, tokens),
        recurrent("gru", Cell.GRU, tokens),
        recurrent("rnn", Cell.TANH, tokens),
        new ModelKind(
            TRANSFORMER, (arguments, outputs) -> transformer(arguments, tokens, steps, outputs)));
  }

  private static ModelKind recurrent(String name, Cell cell, int tokens) {
    Signature signature =
        Signature.of(
            name,
            "of texts: an embedding, recurrent layers from both ends, and a dense layer",
            1,
            UNITS,
            LAYERS,
            WIDTH,
            DROPOUT,
            BOTH,
            MOST);
    return new ModelKind(
        signature, (arguments, outputs) -> recurrent(name, cell, arguments, tokens, outputs));
  }

  private static Sequential recurrent(
      String name, Cell cell, Arguments arguments, int tokens, int outputs) {
    Layer one = RecurrentLayer.of(cell, arguments.get(UNITS));
    List<Layer> layers = new ArrayList<>();
    layers.add(Embedding.of(tokens, arguments.get(WIDTH)).withPadding());
    TokenModels.dropped(layers, arguments.get(DROPOUT));
    for (int i = 0; i < arguments.get(LAYERS); i++) {
      layers.add(arguments.get(BOTH) ? Bidirectional.of(one) : one);
    }
    layers.add(arguments.get(MOST).layer());
    TokenModels.dropped(layers, arguments.get(DROPOUT));
    layers.add(Layers.dense(outputs));
    return new Sequential(name, layers);
  }

  private static Sequential transformer(Arguments arguments, int tokens, int steps, int outputs) {
    Embedding embedding = Embedding.of(tokens, arguments.get(WIDTH)).withPadding();
    List<Layer> layers =
        TransformerBlock.of(false, arguments.get(HEADS), arguments)
            .withDropout(arguments.get(LITTLE))
            .onTokens(embedding, steps, arguments.get(BLOCKS));
    layers.add(arguments.get(MEAN).layer());
    TokenModels.dropped(layers, arguments.get(LITTLE));
    layers.add(Layers.dense(outputs));
    return new Sequential("transformer", layers);
  }
}
