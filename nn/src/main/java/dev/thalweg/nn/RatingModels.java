package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import java.util.ArrayList;
import java.util.List;

/// Models of ratings by name: of a user and an item, two tokens of one vocabulary, one number.
///
/// | name | layers |
/// |---|---|
/// | `factorization(32)` | an embedding of 32 factors and a bias, and what these are worth together: Koren, Bell, Volinsky 2009 |
/// | `ncf(32, layers=(64, 32))` | an embedding, and dense layers of both vectors: He et al. 2017 |
final class RatingModels {

  private static final Argument<Integer> FACTORS =
      Argument.of("factors", Kind.whole(1), 32, "numbers for each user and item");

  private static final Argument<List<Integer>> UNITS =
      Argument.of("layers", Kind.list(Kind.whole(1)), List.of(64, 32), "units of dense layers");

  private static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "behind each dense layer");

  private static final Signature FACTORIZATION =
      Signature.of(
          "factorization", "a matrix factorisation of users and items, with biases", 1, FACTORS);

  private static final Signature NCF =
      Signature.of(
          "ncf",
          "neural collaborative filtering: an embedding of users and items, and dense layers",
          1,
          FACTORS,
          UNITS,
          DROPOUT);

  /// All there are; a new one is a line here.
  static final List<ModelKind> KINDS =
      List.of(
          new ModelKind(FACTORIZATION, RatingModels::factorization),
          new ModelKind(NCF, RatingModels::ncf));

  private static final Initializer SMALL = Initializer.normal(0, 0.1);

  private RatingModels() {}

  private static Sequential factorization(Arguments arguments, int size) {
    return new Sequential(
        "factorization",
        List.of(
            Layers.embedding(size, arguments.get(FACTORS) + 1).withInitializer(SMALL),
            Layers.interactions()));
  }

  private static Sequential ncf(Arguments arguments, int size) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layers.embedding(size, arguments.get(FACTORS)).withInitializer(SMALL));
    layers.add(Layers.flatten());
    for (int units : arguments.get(UNITS)) {
      layers.add(Layers.dense(units, Activation.RELU));
      if (arguments.get(DROPOUT) > 0) {
        layers.add(Layers.dropout(arguments.get(DROPOUT)));
      }
    }
    layers.add(Layers.dense(1));
    return new Sequential("ncf", layers);
  }
}
