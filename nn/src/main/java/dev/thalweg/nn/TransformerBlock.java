package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A block of a transformer: attention and a feed-forward layer, each added to what it was given.
/// `encoder` sees all steps, `decoder` those before. With n for normalisation, a for attention and
/// f for the feed-forward layer,
///
/// * order *pre*: y = x + a(n(x)), z = y + f(n(y)), as in GPT-2 and what followed;
/// * order *post*: y = n(x + a(x)), z = n(y + f(y)): Vaswani et al. 2017, arXiv 1706.03762,
///   PyTorch's default.
///
/// f is dense(hidden, activation) | dense(c), or gated, `swiglu(hidden)`. Dropout is of what is
/// added (PyTorch also has it within attention and f).
///
/// With `cross` a decoder also looks at a source ([CrossAttention]), between the two and in the
/// same way, with a normalisation of its own: PyTorch's `TransformerDecoderLayer`.
public final class TransformerBlock extends BuiltInLayer {

  /// Where normalisation stands.
  public enum Order {
    /// Before attention and feed-forward layer.
    PRE,
    /// Behind the sums.
    POST;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Which normalisation it is.
  public enum Normalizer {
    /// `layer_norm`
    LAYER,
    /// `rms_norm`
    RMS;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    Layer layer() {
      return this == LAYER ? Layers.layerNorm() : Layers.rmsNorm();
    }
  }

  static final Argument<Optional<Integer>> HIDDEN =
      Argument.of(
          "hidden",
          Kind.optional(Kind.whole(1)),
          Optional.empty(),
          "numbers within the feed-forward layer; none: 4 times the features");

  static final Argument<Activation> ACTIVATION =
      Argument.of("activation", Kinds.ACTIVATION, Activation.GELU, "of the feed-forward layer");

  static final Argument<Boolean> GATED =
      Argument.of("gated", Kind.flag(), false, "whether that is swiglu");

  static final Argument<Normalizer> NORM =
      Argument.of("norm", Kind.choice(Normalizer.class), Normalizer.LAYER, "which normalisation");

  static final Argument<Order> ORDER =
      Argument.of("order", Kind.choice(Order.class), Order.PRE, "where it stands");

  static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "of what is added");

  private static final Argument<Boolean> CROSS =
      Argument.of("cross", Kind.flag(), false, "whether steps look at those of a source, too");

  private static final Argument<Optional<Initializer>> INITIALIZER = Weights.INITIALIZER;

  private static final Signature ENCODER =
      Signature.of(
          "encoder",
          "a block of a transformer, steps that look at all others",
          1,
          SelfAttention.HEADS,
          HIDDEN,
          ACTIVATION,
          GATED,
          NORM,
          ORDER,
          DROPOUT,
          SelfAttention.KEY_HEADS,
          SelfAttention.WINDOW,
          SelfAttention.PLACES,
          INITIALIZER);

  private static final Signature DECODER =
      Signature.of(
          "decoder",
          "a block of a transformer, steps that look at those before",
          1,
          SelfAttention.HEADS,
          HIDDEN,
          ACTIVATION,
          GATED,
          NORM,
          ORDER,
          DROPOUT,
          SelfAttention.KEY_HEADS,
          SelfAttention.WINDOW,
          SelfAttention.PLACES,
          INITIALIZER,
          CROSS);

  private static final String NORM1 = "norm1.…";
  private static final String ATTENTION = "attention.…";
  private static final String NORM2 = "norm2.…";
  private static final String FEED =
      "feed.1.…, feed.2.…: those of the dense layers; feed.1.… of swiglu";

  static final LayerKind SEEING_ALL =
      LayerKind.of(ENCODER, "[t, c], kept", TransformerBlock::new)
          .withWeights(NORM1, ATTENTION, NORM2, FEED);

  static final LayerKind CAUSAL =
      LayerKind.of(DECODER, "[t, c], kept", TransformerBlock::new)
          .withWeights(
              NORM1,
              ATTENTION,
              "cross_norm.…, cross.…: with cross, those of cross_attention",
              NORM2,
              FEED);

  private TransformerBlock(Arguments arguments) {
    super(arguments);
  }

  static TransformerBlock of(boolean causal, int heads) {
    return new TransformerBlock((causal ? DECODER : ENCODER).with(SelfAttention.HEADS, heads));
  }

  /// A block that takes from the arguments of a model those that it has, too.
  static TransformerBlock of(boolean causal, int heads, Arguments model) {
    Signature form = causal ? DECODER : ENCODER;
    Arguments own = form.with(SelfAttention.HEADS, heads);
    for (Argument<?> argument : form.arguments()) {
      own = model.knows(argument) ? taken(own, model, argument) : own;
    }
    return new TransformerBlock(own);
  }

  private static <T> Arguments taken(Arguments own, Arguments model, Argument<T> argument) {
    return own.with(argument, model.get(argument));
  }

  @Override
  TransformerBlock with(Arguments other) {
    return new TransformerBlock(other);
  }

  /// This block with so many numbers within its feed-forward layer.
  ///
  /// @throws IllegalArgumentException if it is not at least one
  public TransformerBlock withHidden(int hidden) {
    return with(arguments.with(HIDDEN, Optional.of(hidden)));
  }

  /// This block with dropout of what is added.
  ///
  /// @throws IllegalArgumentException if the rate is not in [0, 1)
  public TransformerBlock withDropout(double rate) {
    return with(arguments.with(DROPOUT, rate));
  }

  /// This decoder with sight of a source, too, or without.
  ///
  /// @throws IllegalArgumentException if it is an encoder, which has none
  public TransformerBlock withCross(boolean cross) {
    if (arguments.signature() != DECODER) {
      throw new IllegalArgumentException(
          "encoder: expected a decoder to look at a source, found an encoder");
    }
    return with(arguments.with(CROSS, cross));
  }

  /// This block with normalisation in that order.
  public TransformerBlock withOrder(Order order) {
    NotNull.check(order, "order");
    return with(arguments.with(ORDER, order));
  }

  /// What models of tokens have of these blocks: embeddings of tokens and places, dropout behind
  /// them, so many blocks, and behind blocks of order *pre* a normalisation.
  ///
  /// @param steps the longest sequence
  /// @return a fresh list, to which a model adds its head
  List<Layer> onTokens(Embedding tokens, int steps, int blocks) {
    List<Layer> layers = new ArrayList<>();
    layers.add(tokens.withInitializer(TokenModels.SMALL));
    layers.add(Layers.positions(steps));
    TokenModels.dropped(layers, arguments.get(DROPOUT));
    for (int i = 0; i < blocks; i++) {
      layers.add(this);
    }
    if (arguments.get(ORDER) == Order.PRE) {
      layers.add(arguments.get(NORM).layer());
    }
    return layers;
  }

  private SelfAttention attention() {
    SelfAttention attention =
        SelfAttention.of(arguments.get(SelfAttention.HEADS))
            .withCausal(arguments.signature() == DECODER)
            .withPlaces(arguments.get(SelfAttention.PLACES));
    attention =
        arguments.get(SelfAttention.KEY_HEADS).map(attention::withKeyHeads).orElse(attention);
    attention = arguments.get(SelfAttention.WINDOW).map(attention::withWindow).orElse(attention);
    return arguments.get(INITIALIZER).map(attention::withInitializer).orElse(attention);
  }

  private Sequential feed(int features) {
    int hidden = arguments.get(HIDDEN).orElse(4 * features);
    Sequential feed =
        arguments.get(GATED)
            ? Sequential.of(SwiGlu.of(hidden))
            : Sequential.of(
                Layers.dense(hidden, arguments.get(ACTIVATION)), Layers.dense(features));
    return arguments.get(INITIALIZER).map(feed::withInitializer).orElse(feed);
  }

  @Override
  public Shape output(Shape input) {
    Steps.check(arguments.signature().name(), input);
    return attention().output(input);
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int features = input.dimension(1);
    Layer norm = arguments.get(NORM).layer();
    Block norm1 = norm.build(input, builder.in("norm1"));
    Block attention = dropping(attention(), input, builder.in("attention"));
    Optional<Block> crossNorm = Optional.empty();
    Optional<Block> cross = Optional.empty();
    if (arguments.signature() == DECODER && arguments.get(CROSS)) {
      crossNorm = Optional.of(norm.build(input, builder.in("cross_norm")));
      cross = Optional.of(dropping(cross(), input, builder.in("cross")));
    }
    Block norm2 = norm.build(input, builder.in("norm2"));
    Block feed = dropping(feed(features), input, builder.in("feed"));
    Block own = added(norm1, attention);
    Block fed = added(norm2, feed);
    if (cross.isEmpty()) {
      return (x, pass) -> fed.apply(own.apply(x, pass), pass);
    }
    Block seeing = added(crossNorm.orElseThrow(), cross.get());
    return (x, pass) -> fed.apply(seeing.apply(own.apply(x, pass), pass), pass);
  }

  /// What a block makes, added to what it is given.
  private Block added(Block norm, Block block) {
    return arguments.get(ORDER) == Order.PRE
        ? (x, pass) -> x.plus(block.apply(norm.apply(x, pass), pass))
        : (x, pass) -> norm.apply(x.plus(block.apply(x, pass)), pass);
  }

  private CrossAttention cross() {
    CrossAttention cross = CrossAttention.of(arguments.get(SelfAttention.HEADS));
    cross = arguments.get(SelfAttention.KEY_HEADS).map(cross::withKeyHeads).orElse(cross);
    return arguments.get(INITIALIZER).map(cross::withInitializer).orElse(cross);
  }

  private Block dropping(Layer layer, Shape input, Builder builder) {
    Block block = layer.build(input, builder);
    double rate = arguments.get(DROPOUT);
    if (rate == 0) {
      return block;
    }
    Block dropout = Layers.dropout(rate).build(input, builder);
    return (x, pass) -> dropout.apply(block.apply(x, pass), pass);
  }
}
