package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.List;

/// Models of tokens by name, as language models are: for each step a number for each token.
///
/// | name | layers |
/// |---|---|
/// | `lstm(256, layers=2)`, `gru(256)`, `rnn(256)` | an embedding, recurrent layers, a dense layer |
/// | `gpt(layers=4, width=128, heads=4, context=128)` | embeddings of tokens and places, decoder blocks, a normalisation (not behind blocks of order *post*) and a dense layer: Radford et al. 2019 |
///
/// `tied` has the weights of the embedding in the last layer, too; that of `gpt` then has no bias,
/// as GPT-2 has none.
final class TokenModels {

  static final Argument<Integer> UNITS =
      Argument.of("units", Kind.whole(1), 256, "numbers of the state");

  private static final Argument<Integer> LAYERS =
      Argument.of("layers", Kind.whole(1), 1, "how many, one on the results of the other");

  private static final Argument<Double> DROPOUT =
      Argument.of(
          "dropout",
          Kind.number(Range.FRACTION),
          0.0,
          "behind the embedding, between layers and behind them");

  private static final Argument<Boolean> TIED =
      Argument.of(
          "tied", Kind.flag(), false, "whether the last layer has the weights of the embedding");

  private static final Argument<Integer> BLOCKS =
      Argument.of("layers", Kind.whole(1), 4, "how many blocks");

  static final Argument<Integer> WIDTH =
      Argument.of("width", Kind.whole(1), 128, "numbers for each token");

  static final Argument<Integer> HEADS =
      Argument.of("heads", Kind.whole(1), 4, "of attention, which divide the width");

  private static final Argument<Integer> CONTEXT =
      Argument.of("context", Kind.whole(1), 128, "how many tokens are seen");

  private static final Signature LSTM = recurrent("lstm", "a state with cells that last");
  private static final Signature GRU = recurrent("gru", "a gated state");
  private static final Signature RNN = recurrent("rnn", "a state");

  private static final Signature GPT =
      Signature.of(
          "gpt",
          "a language model: embeddings of tokens and places, decoder blocks, and a dense layer",
          0,
          BLOCKS,
          WIDTH,
          HEADS,
          CONTEXT,
          TransformerBlock.HIDDEN,
          TransformerBlock.ACTIVATION,
          TransformerBlock.GATED,
          TransformerBlock.NORM,
          TransformerBlock.ORDER,
          TransformerBlock.DROPOUT,
          SelfAttention.KEY_HEADS,
          TIED);

  /// All there are; a new one is a line here.
  static final List<ModelKind> KINDS =
      List.of(
          new ModelKind(LSTM, (arguments, size) -> recurrent(Cell.LSTM, arguments, size)),
          new ModelKind(GRU, (arguments, size) -> recurrent(Cell.GRU, arguments, size)),
          new ModelKind(RNN, (arguments, size) -> recurrent(Cell.TANH, arguments, size)),
          new ModelKind(GPT, TokenModels::gpt));

  /// As in GPT-2: a small beginning, so that all tokens are about as probable.
  static final Initializer SMALL = Initializer.normal(0, 0.02);

  private TokenModels() {}

  private static Signature recurrent(String name, String state) {
    return Signature.of(
        name,
        "a language model: an embedding, " + state + ", and a dense layer",
        1,
        UNITS,
        LAYERS,
        DROPOUT,
        TIED);
  }

  private static Sequential recurrent(Cell cell, Arguments arguments, int size) {
    int units = arguments.get(UNITS);
    double dropout = arguments.get(DROPOUT);
    List<Layer> layers = new ArrayList<>(List.of(Layers.embedding(size, units)));
    dropped(layers, dropout);
    layers.add(
        RecurrentLayer.of(cell, units).withLayers(arguments.get(LAYERS)).withDropout(dropout));
    dropped(layers, dropout);
    layers.add(arguments.get(TIED) ? Layers.tied(size) : Layers.dense(size));
    return new Sequential(arguments.signature().name(), layers);
  }

  static void dropped(List<Layer> layers, double rate) {
    if (rate > 0) {
      layers.add(Layers.dropout(rate));
    }
  }

  private static Sequential gpt(Arguments arguments, int size) {
    Embedding embedding = Embedding.of(size, arguments.get(WIDTH));
    List<Layer> layers =
        TransformerBlock.of(true, arguments.get(HEADS), arguments)
            .onTokens(embedding, arguments.get(CONTEXT), arguments.get(BLOCKS));
    layers.add(
        arguments.get(TIED)
            ? Layers.tied(size).withoutBias()
            : Layers.dense(size).withInitializer(SMALL));
    return new Sequential("gpt", layers);
  }
}
