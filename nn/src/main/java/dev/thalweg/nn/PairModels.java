package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.List;

/// Models of pairs of sequences by name: for each step of the target a number for each of its
/// tokens, from the source and what is before.
///
/// | name | layers |
/// |---|---|
/// | `transformer(layers=3, width=128, heads=4, context=64)` | on either side embeddings of tokens and places, encoder or decoder blocks, and a normalisation (not behind blocks of order *post*), and at the end a dense layer: Vaswani et al. 2017, with normalisation *pre* unless something else is said |
/// | `seq2seq(256, layers=2)` | an embedding and bidirectional LSTMs; an embedding, LSTMs, behind each of them attention to what the others have made, which is added, and a dense layer: Wu et al. 2016, arXiv 1609.08144, have the first of these attentions |
///
/// Decoders begin with a state of 0: attention alone tells them of the source.
final class PairModels {

  private static final Argument<Integer> BLOCKS =
      Argument.of("layers", Kind.whole(1), 3, "how many blocks on either side");

  private static final Argument<Integer> CONTEXT =
      Argument.of("context", Kind.whole(1), 64, "the longest source and target, in tokens");

  private static final Argument<Integer> LAYERS =
      Argument.of("layers", Kind.whole(1), 2, "how many on either side");

  private static final Argument<Integer> HEADS =
      Argument.of("heads", Kind.whole(1), 4, "of attention, which divide the units");

  private static final Signature TRANSFORMER =
      Signature.of(
          "transformer",
          "an encoder and a decoder of transformer blocks",
          0,
          BLOCKS,
          TokenModels.WIDTH,
          TokenModels.HEADS,
          CONTEXT,
          TransformerBlock.HIDDEN,
          TransformerBlock.ACTIVATION,
          TransformerBlock.GATED,
          TransformerBlock.NORM,
          TransformerBlock.ORDER,
          TransformerBlock.DROPOUT,
          SelfAttention.KEY_HEADS);

  private static final Signature SEQ2SEQ =
      Signature.of(
          "seq2seq",
          "an encoder and a decoder of LSTMs, with attention",
          1,
          TokenModels.UNITS,
          LAYERS,
          HEADS,
          TransformerBlock.DROPOUT);

  private PairModels() {}

  /// All there are, of sources of so many tokens; a new one is a line here.
  static List<ModelKind> kinds(int sources) {
    return List.of(
        new ModelKind(TRANSFORMER, (arguments, size) -> transformer(arguments, sources, size)),
        new ModelKind(SEQ2SEQ, (arguments, size) -> seq2seq(arguments, sources, size)));
  }

  private static Sequential transformer(Arguments arguments, int sources, int targets) {
    List<Layer> target = side(arguments, true, targets);
    target.add(Layers.dense(targets).withInitializer(TokenModels.SMALL));
    return new Sequential(
        "transformer",
        List.of(
            EncoderDecoder.of(
                Sequential.of(side(arguments, false, sources)), Sequential.of(target))));
  }

  private static List<Layer> side(Arguments arguments, boolean decoder, int size) {
    TransformerBlock block =
        TransformerBlock.of(decoder, arguments.get(TokenModels.HEADS), arguments);
    return (decoder ? block.withCross(true) : block)
        .onTokens(
            Embedding.of(size, arguments.get(TokenModels.WIDTH)),
            arguments.get(CONTEXT),
            arguments.get(BLOCKS));
  }

  private static Sequential seq2seq(Arguments arguments, int sources, int targets) {
    int units = arguments.get(TokenModels.UNITS);
    if (units % 2 != 0) {
      throw new IllegalArgumentException(
          "seq2seq: expected an even number of units, half of them for either direction, found "
              + units);
    }
    double dropout = arguments.get(TransformerBlock.DROPOUT);
    List<Layer> source = new ArrayList<>(List.of(Layers.embedding(sources, units)));
    List<Layer> target = new ArrayList<>(List.of(Layers.embedding(targets, units)));
    TokenModels.dropped(source, dropout);
    TokenModels.dropped(target, dropout);
    for (int i = 0; i < arguments.get(LAYERS); i++) {
      source.add(Layers.bidirectional(RecurrentLayer.of(Cell.LSTM, units / 2)));
      target.add(RecurrentLayer.of(Cell.LSTM, units));
      target.add(Residual.of(CrossAttention.of(arguments.get(HEADS))));
      TokenModels.dropped(source, dropout);
      TokenModels.dropped(target, dropout);
    }
    target.add(Layers.dense(targets));
    return new Sequential(
        "seq2seq", List.of(EncoderDecoder.of(Sequential.of(source), Sequential.of(target))));
  }
}
