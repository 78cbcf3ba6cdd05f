package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.AttentionForm;
import dev.thalweg.tensor.Sequences;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Multi-head self-attention: Vaswani et al. 2017, arXiv 1706.03762. Each step asks all others (of
/// those that it sees), head by head, and the answers are mixed by a product:
///
/// y = attention(x W + b) V + d
///
/// where the columns of W are queries, keys and values side by side, in each of them head by head,
/// as PyTorch's `MultiheadAttention` has the rows of its `in_proj_weight`. Heads may share keys and
/// values (`key_heads`, grouped queries: Ainslie et al. 2023, arXiv 2305.13245). Padding is not
/// seen where the pass knows lengths, nor other documents in the same sequence where it knows where
/// each begins ([Pass#withFirsts]). It takes memory in proportion to the steps
/// ([Sequences#attention]).
///
/// Places are told by layers before it, or here: *rotary* (Su et al. 2021, arXiv 2104.09864) turns
/// queries and keys, *alibi* (Press et al. 2022, arXiv 2108.12409) lowers scores with distance.
///
/// Sequences that go on in the next batch ([Pass#withCarry]) keep their keys and values: a step of
/// generation costs a step.
public final class SelfAttention extends BuiltInLayer {

  /// How places are told.
  public enum Places {
    /// Not here.
    NONE,
    /// By turning queries and keys.
    ROTARY,
    /// By scores that fall with distance.
    ALIBI;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final Argument<Integer> HEADS =
      Argument.required("heads", Kind.whole(1), "which divide the features");

  static final Argument<Boolean> CAUSAL =
      Argument.of("causal", Kind.flag(), false, "whether only steps before are seen");

  static final Argument<Optional<Integer>> KEY_HEADS =
      Argument.of(
          "key_heads",
          Kind.optional(Kind.whole(1)),
          Optional.empty(),
          "of keys and values, which heads share; none: as many as heads");

  static final Argument<Optional<Integer>> WINDOW =
      Argument.of(
          "window",
          Kind.optional(Kind.whole(1)),
          Optional.empty(),
          "how many steps are seen; none: all");

  static final Argument<Places> PLACES =
      Argument.of("places", Kind.choice(Places.class), Places.NONE, "how places are told");

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer",
          Kinds.INITIALIZER,
          Initializer.GLOROT_UNIFORM,
          "how the weights are drawn");

  private static final Signature SIGNATURE =
      Signature.of(
          "attention",
          "steps that look at each other",
          1,
          HEADS,
          CAUSAL,
          KEY_HEADS,
          WINDOW,
          PLACES,
          INITIALIZER);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[t, c], kept", SelfAttention::new)
          .withWeights(
              "weight [c, c + 2·key_heads·c/heads]: queries, keys, values",
              "bias [c + 2·key_heads·c/heads]",
              "out_weight [c, c]",
              "out_bias [c]");

  private SelfAttention(Arguments arguments) {
    super(arguments);
  }

  static SelfAttention of(int heads) {
    return new SelfAttention(SIGNATURE.with(HEADS, heads));
  }

  @Override
  SelfAttention with(Arguments other) {
    return new SelfAttention(other);
  }

  /// This layer with or without sight of steps that come after.
  public SelfAttention withCausal(boolean causal) {
    return with(arguments.with(CAUSAL, causal));
  }

  /// This layer with so many heads of keys and values.
  ///
  /// @throws IllegalArgumentException if it is not at least one
  public SelfAttention withKeyHeads(int keyHeads) {
    return with(arguments.with(KEY_HEADS, Optional.of(keyHeads)));
  }

  /// This layer with sight of so many steps.
  ///
  /// @throws IllegalArgumentException if it is not at least one
  public SelfAttention withWindow(int window) {
    return with(arguments.with(WINDOW, Optional.of(window)));
  }

  /// This layer telling places in that way.
  public SelfAttention withPlaces(Places places) {
    NotNull.check(places, "places");
    return with(arguments.with(PLACES, places));
  }

  @Override
  public SelfAttention withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(INITIALIZER, other));
  }

  @Override
  public Shape output(Shape input) {
    int features = Steps.check("attention", input).dimension(1);
    int heads = arguments.get(HEADS);
    int keyHeads = arguments.get(KEY_HEADS).orElse(heads);
    if (features % heads != 0 || heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "attention: expected heads that divide the %d features, and key_heads that divide them, found %d and %d"
              .formatted(features, heads, keyHeads));
    }
    if (arguments.get(PLACES) == Places.ROTARY && features / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "attention: expected heads of an even number of features, whose halves rotary places"
              + " turn, found "
              + features / heads);
    }
    return input;
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int steps = input.dimension(0);
    int features = input.dimension(1);
    int heads = arguments.get(HEADS);
    int keyHeads = arguments.get(KEY_HEADS).orElse(heads);
    int width = features / heads;
    int all = features + 2 * keyHeads * width;
    Initializer how = arguments.get(INITIALIZER);
    Tensor weight = builder.parameter("weight", Shape.of(features, all), how, features, all);
    Tensor bias = builder.parameter("bias", Shape.of(all), Initializer.ZEROS, features, all);
    Tensor outWeight =
        builder.parameter("out_weight", Shape.of(features, features), how, features, features);
    Tensor outBias =
        builder.parameter("out_bias", Shape.of(features), Initializer.ZEROS, features, features);
    long pairs = (long) steps * steps * features * 2;
    boolean causal = arguments.get(CAUSAL);
    builder.multiplyAdds((long) steps * features * (all + features) + (causal ? pairs / 2 : pairs));
    AttentionForm form =
        AttentionForm.of(heads)
            .withKeyHeads(keyHeads)
            .withCausal(causal)
            .withWindow(arguments.get(WINDOW).orElse(0))
            .withAlibi(arguments.get(PLACES) == Places.ALIBI);
    boolean rotary = arguments.get(PLACES) == Places.ROTARY;
    String path = builder.path();
    return (x, pass) -> {
      Tensor asked = x.linear(weight, bias);
      if (rotary) {
        int before = pass.carry().map(Carry::steps).orElse(0);
        asked = Sequences.rotary(asked, heads + keyHeads, width, before);
      }
      AttentionForm real = pass.lengths().map(form::withLengths).orElse(form);
      AttentionForm seen = pass.firsts().map(firsts -> packed(real, firsts)).orElse(real);
      Tensor answer =
          pass.carry().isEmpty()
              ? Sequences.attention(asked, seen)
              : carried(asked, seen, pass.carry().get(), path, width);
      return answer.linear(outWeight, outBias);
    };
  }

  private static AttentionForm packed(AttentionForm form, Tensor firsts) {
    if (!form.causal()) {
      throw new IllegalArgumentException(
          "attention: expected causal attention, found one that sees the documents that come after"
              + " in the same sequence");
    }
    return form.withFirsts(firsts);
  }

  private static Tensor carried(
      Tensor asked, AttentionForm form, Carry carry, String path, int width) {
    if (!form.causal() || form.lengths().isPresent() || form.firsts().isPresent()) {
      throw new IllegalArgumentException(
          "attention: expected whole sequences, found some that go on in the next batch, which only"
              + " causal attention without lengths or documents can do");
    }
    List<Tensor> parts =
        asked.split(2, form.heads() * width, form.keyHeads() * width, form.keyHeads() * width);
    List<Tensor> all = carry.append(path, parts.get(1), parts.get(2));
    return Sequences.attention(parts.getFirst(), all.get(0), all.get(1), form);
  }
}
