package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Models by name: `mlp(128, 64)`, `linear`, `logistic`, those of images, `cnn(32, 64)`, `lenet`,
/// `resnet(20)`, and those of tokens ([#ofTokens]), `lstm(256, layers=2)`, `gru`, `rnn`, `gpt`.
public final class Models {

  private static final Argument<List<Integer>> UNITS =
      Argument.required("units", Kind.list(Kind.whole(1)), "of each hidden layer");

  private static final Argument<Activation> ACTIVATION =
      Argument.of("activation", Kinds.ACTIVATION, Activation.RELU, "of the hidden layers");

  private static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "after each hidden layer");

  private static final Signature MLP =
      Signature.ofMany(
          "mlp",
          "a perceptron: dense layers of these units, and one of the outputs",
          UNITS,
          ACTIVATION,
          DROPOUT,
          Weights.INITIALIZER,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  private static final Signature LINEAR =
      Signature.of(
          "linear",
          "one dense layer: linear regression, or logistic regression under a cross-entropy",
          0,
          Weights.INITIALIZER,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  /// All there are; a new one is a line here.
  private static final List<ModelKind> KINDS =
      Stream.concat(
              Stream.of(
                  new ModelKind(MLP, Models::mlp),
                  new ModelKind(
                      LINEAR, (arguments, outputs) -> weighted(linear(outputs), arguments)),
                  new ModelKind(
                      LINEAR.named("logistic"),
                      (arguments, outputs) ->
                          weighted(linear(outputs).withName("logistic"), arguments))),
              ImageModels.KINDS.stream())
          .toList();

  /// Their names.
  public static final List<String> NAMES =
      KINDS.stream().map(kind -> kind.signature().name()).toList();

  /// The names of those that [#ofTokens] makes.
  public static final List<String> TOKEN_NAMES =
      TokenModels.KINDS.stream().map(kind -> kind.signature().name()).toList();

  /// The names of those that [#ofRatings] makes.
  public static final List<String> RATING_NAMES =
      RatingModels.KINDS.stream().map(kind -> kind.signature().name()).toList();

  /// The names of those that [#ofPairs] makes.
  public static final List<String> PAIR_NAMES =
      PairModels.kinds(1).stream().map(kind -> kind.signature().name()).toList();

  /// The names of those that [#ofTexts] makes.
  public static final List<String> TEXT_NAMES =
      TextModels.kinds(1, 1).stream().map(kind -> kind.signature().name()).toList();

  /// The names of those that [#ofSteps] makes.
  public static final List<String> STEP_NAMES =
      StepModels.KINDS.stream().map(kind -> kind.signature().name()).toList();

  private Models() {}

  /// A perceptron: dense layers of these units with the activation, dropout after each where its
  /// rate is not 0, and a dense layer of `outputs` without activation.
  ///
  /// @throws IllegalArgumentException if there is no layer, or a number is out of range
  public static Sequential mlp(
      List<Integer> units, Activation activation, double dropout, int outputs) {
    NotNull.check(units, "units");
    NotNull.check(activation, "activation");
    if (units.isEmpty()) {
      throw new IllegalArgumentException(
          "mlp: expected the units of at least one hidden layer, as in mlp(128, 64)");
    }
    List<Layer> layers = new ArrayList<>();
    for (int n : units) {
      if (n < 1) {
        throw new IllegalArgumentException("mlp: units must be at least 1, found " + n);
      }
      layers.add(Layers.dense(n, activation));
      if (dropout != 0) {
        layers.add(Layers.dropout(dropout));
      }
    }
    layers.add(Layers.dense(outputs));
    return new Sequential("mlp", layers);
  }

  /// One dense layer without activation: linear regression, or logistic regression under a
  /// cross-entropy.
  public static Sequential linear(int outputs) {
    return Sequential.of(Layers.dense(outputs)).withName("linear");
  }

  private static Sequential mlp(Arguments arguments, int outputs) {
    Sequential model =
        mlp(arguments.get(UNITS), arguments.get(ACTIVATION), arguments.get(DROPOUT), outputs);
    return weighted(model, arguments);
  }

  private static Sequential weighted(Sequential model, Arguments arguments) {
    return arguments
        .get(Weights.INITIALIZER)
        .map(model::withInitializer)
        .orElse(model)
        .withPenalty(Weights.penalty(arguments));
  }

  /// How the models with a name that [#ofTokens] makes are written.
  public static List<Signature> tokenSignatures() {
    return TokenModels.KINDS.stream().map(ModelKind::signature).toList();
  }

  /// Reads the text of a language model, which says for each step a number for each token: one with
  /// a name, `lstm(256, layers=2)`, `gru(256)`, `rnn(256)` or `gpt(layers=4, width=128, heads=4,
  /// context=128)`, or its layers: `embedding(81, 64) | lstm(128) | dense(81)`.
  ///
  /// @param size how many tokens there are; what a model with a name begins and ends in
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential ofTokens(String text, int size) {
    NotNull.check(text, "text");
    return read(text, "texts", TokenModels.KINDS, size);
  }

  /// How the models with a name that [#ofRatings] makes are written.
  public static List<Signature> ratingSignatures() {
    return RatingModels.KINDS.stream().map(ModelKind::signature).toList();
  }

  /// Reads the text of a model of ratings, which takes a user and an item, two tokens, and gives a
  /// number: `factorization(32)`, `ncf(32, layers=(64, 32))`, or its layers: `embedding(500, 33) |
  /// interactions`.
  ///
  /// @param size how many users and items there are together
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential ofRatings(String text, int size) {
    NotNull.check(text, "text");
    return read(text, "ratings", RatingModels.KINDS, size);
  }

  /// How the models with a name that [#ofPairs] makes are written.
  public static List<Signature> pairSignatures() {
    return PairModels.kinds(1).stream().map(ModelKind::signature).toList();
  }

  /// Reads the text of a model of pairs of sequences, which takes the tokens of a target up to each
  /// step, in the pass those of the source ([Pass#withSource]), and says for each step a number for
  /// each token: `transformer(layers=3, width=128, heads=4)`, `seq2seq(256, layers=2)`, or its
  /// layers: `encoder_decoder(embedding(30, 64) | bidirectional(lstm(32)), embedding(42, 64) |
  /// lstm(64) | residual(cross_attention(4)) | dense(42))`.
  ///
  /// @param sources how many tokens sources have
  /// @param targets how many tokens targets have, that of their end included
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential ofPairs(String text, int sources, int targets) {
    NotNull.check(text, "text");
    return read(text, "pairs", PairModels.kinds(sources), targets);
  }

  /// How the models with a name that [#ofSteps] makes are written.
  public static List<Signature> stepSignatures() {
    return StepModels.KINDS.stream().map(ModelKind::signature).toList();
  }

  /// Reads the text of a model of sequences of numbers, which gives for each step a number for each
  /// token, and takes sequences of any length: `gru(128, layers=2)`, `lstm(128)`, `rnn(128)`, or
  /// its layers: `bidirectional(gru(128)) | dense(11)`.
  ///
  /// @param outputs how many tokens there are, with the blank; what a model with a name ends in
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential ofSteps(String text, int outputs) {
    NotNull.check(text, "text");
    return read(text, "transcripts", StepModels.KINDS, outputs);
  }

  /// How the models with a name that [#ofTexts] makes are written.
  public static List<Signature> textSignatures() {
    return TextModels.kinds(1, 1).stream().map(ModelKind::signature).toList();
  }

  /// Reads the text of a model of texts, which takes a sequence of tokens that zeros fill up, and
  /// gives what is to be predicted of it: `lstm(64)`, `gru(64, layers=2)`, `rnn(64)`,
  /// `transformer(layers=2, width=64, heads=4)`, or its layers: `embedding(20002, 64, padded=true)
  /// | bidirectional(lstm(64)) | global_max_pool | dense(2)`.
  ///
  /// @param tokens how many there are, with those for the end and for what is not known
  /// @param steps of the longest sequence
  /// @param outputs the classes, or the numbers to predict; what a model with a name ends in
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential ofTexts(String text, int tokens, int steps, int outputs) {
    NotNull.check(text, "text");
    return read(text, "columns of texts", TextModels.kinds(tokens, steps), outputs);
  }

  /// How the models with a name are written.
  public static List<Signature> signatures() {
    return KINDS.stream().map(ModelKind::signature).toList();
  }

  /// Reads a model's text: one with a name, `mlp(128, 64, activation=relu, dropout=0.1)`, `linear`,
  /// `logistic` (the same layer, named for the loss it is used with), `cnn(32, 64)`, `lenet`,
  /// `resnet(20)`, or its layers, joined by `|`: `dense(64, relu) | dropout(0.1) | dense(10)`.
  /// Those with a name take `initializer`, `l1`, `l2` and `max_norm` for the weights of every
  /// layer, the last included: `mlp(64, l2=1e-4, max_norm=3)`, `linear(l1=0.01)`; see [Penalty] and
  /// [Initializer].
  ///
  /// @param outputs the classes, or the numbers to predict; what a model with a name ends in
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Sequential parse(String text, int outputs) {
    NotNull.check(text, "text");
    return read(text, "rows", KINDS, outputs);
  }

  private static Sequential read(String text, String what, List<ModelKind> kinds, int outputs) {
    List<Call> calls = Call.parseChain(text);
    Call call = calls.getFirst();
    if (calls.size() > 1) {
      return Sequential.of(calls.stream().map(Layers::read).toList());
    }
    List<String> names = kinds.stream().map(kind -> kind.signature().name()).toList();
    for (ModelKind kind : kinds) {
      if (kind.signature().name().equals(call.name())) {
        return kind.make().apply(kind.signature().read(call), outputs);
      }
    }
    if (Layers.names().contains(call.name()) || Activation.named(call.name()) != null) {
      return Sequential.of(Layers.read(call));
    }
    for (Map.Entry<String, List<ModelKind>> others :
        Map.of(
                "rows",
                KINDS,
                "texts",
                TokenModels.KINDS,
                "ratings",
                RatingModels.KINDS,
                "pairs",
                PairModels.kinds(1))
            .entrySet()) {
      if (others.getValue().stream()
          .anyMatch(kind -> kind.signature().name().equals(call.name()))) {
        throw call.span()
            .error(
                "model '%s' is one of %s; of %s there are %s, or layers joined by |"
                    .formatted(call.name(), others.getKey(), what, String.join(", ", names)));
      }
    }
    List<String> known = new ArrayList<>(names);
    known.addAll(Layers.names());
    String meant =
        Nearest.of(call.name(), known).map(" (did you mean '%s'?)"::formatted).orElse("");
    throw call.span()
        .error(
            "unknown model '%s'%s; known: %s, or layers joined by |"
                .formatted(call.name(), meant, String.join(", ", names)));
  }
}
