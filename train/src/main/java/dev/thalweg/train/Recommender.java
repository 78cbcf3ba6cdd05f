package dev.thalweg.train;

import dev.thalweg.data.Ratings;
import dev.thalweg.data.Sampling;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A trained model of ratings: what a user will think of an item, and which items to show. Safe
/// from several threads at once.
///
/// ```java
/// List<Ratings> parts = Ratings.read(file, CsvFormat.found()).split(0.8, seed);
/// var model = Models.ofRatings("factorization(32)", Recommender.tokens(parts.getFirst()));
/// Recommender fitted = Recommender.fit(Trainer.defaults(), model, adamw(1e-2), parts.getFirst());
/// fitted.recommend("u7", 10);
/// ```
///
/// The network takes a user and an item as two tokens, users before items, and gives how far the
/// rating is from the mean of the training; the loss is the mean of the squares.
public final class Recommender {

  private static final int PART = 4096;

  private final Network network;
  private final String data;
  private final List<String> users;
  private final List<String> items;
  private final double mean;
  private final Map<String, Integer> userNumbers = new HashMap<>();
  private final BitSet[] rated;
  private final BitSet known = new BitSet();
  private final Engine engine;
  private final Optional<History> history;

  /// @param rated by each user, the items of the training
  Recommender(
      Network network,
      String data,
      List<String> users,
      List<String> items,
      double mean,
      BitSet[] rated,
      Engine engine,
      Optional<History> history) {
    this.network = network;
    this.data = data;
    this.users = users;
    this.items = items;
    this.mean = mean;
    this.rated = rated;
    this.engine = engine;
    this.history = history;
    for (int user = 0; user < users.size(); user++) {
      userNumbers.put(users.get(user), user);
      known.or(rated[user]);
    }
  }

  /// How many tokens users and items are together.
  public static int tokens(Ratings ratings) {
    NotNull.check(ratings, "ratings");
    return ratings.users().size() + ratings.items().size();
  }

  /// Trains a fresh network of the model; see [Trainer#fit(Network, Objective, Optimizer,
  /// BatchSource)] for the settings that count. The score is the root of the mean square, `rmse`.
  ///
  /// @param model takes two tokens, and gives a number
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if the model takes or gives something else, or the trainer
  ///   has a share for validation, which is given by itself
  public static Recommender fit(
      Trainer trainer, Sequential model, Optimizer optimizer, Ratings train) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    return fit(trainer, model, optimizer, train, Optional.empty());
  }

  /// The same, watched on other ratings of the same users and items after each epoch, which is what
  /// patience looks at.
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if the model takes or gives something else
  public static Recommender fit(
      Trainer trainer, Sequential model, Optimizer optimizer, Ratings train, Ratings validation) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(trainer, model, optimizer, train, Optional.of(validation));
  }

  private static Recommender fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Ratings train,
      Optional<Ratings> validation) {
    trainer.checkUndivided("ratings", "trainer, model, optimizer, train, validation");
    check(model);
    Network network = model.build(Shape.of(2), trainer.seed());
    double mean = RatingBaseline.mean(train);
    Objective squares =
        (batch, pass, scores) -> {
          Tensor loss = network.apply(batch.x(), pass).minus(batch.y()).square().mean();
          scores.mean("rmse", loss.item() * batch.rows(), batch.rows(), Math::sqrt);
          return loss;
        };
    History history =
        trainer.fit(
            network,
            squares,
            optimizer,
            new RatingBatches(train, mean, trainer.batchSize(), trainer.sampling(), trainer.seed()),
            validation.map(
                ratings -> new RatingBatches(ratings, mean, PART, Sampling.SEQUENTIAL, 0)));
    BitSet[] rated = new BitSet[train.users().size()];
    Arrays.setAll(rated, _ -> new BitSet());
    for (int i = 0; i < train.size(); i++) {
      rated[train.user(i)].set(train.item(i));
    }
    return new Recommender(
        network,
        train.name(),
        train.users(),
        train.items(),
        mean,
        rated,
        trainer.engine().orElseGet(Engine::current),
        Optional.of(history));
  }

  /// Whether a model takes two tokens and gives a number.
  ///
  /// @throws IllegalArgumentException if not
  public static void check(Sequential model) {
    NotNull.check(model, "model");
    Shape output = model.output(Shape.of(2));
    if (!output.equals(Shape.of(1))) {
      throw new IllegalArgumentException(
          "%s: expected a last layer of shape [1], the rating, found %s"
              .formatted(model.name(), output));
    }
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// What it was trained on is called.
  public String data() {
    return data;
  }

  /// The users by number.
  public List<String> users() {
    return users;
  }

  /// The items by number.
  public List<String> items() {
    return items;
  }

  /// The mean of the ratings of the training.
  public double mean() {
    return mean;
  }

  /// The items that a user has in the training, by number.
  BitSet rated(int user) {
    return (BitSet) rated[user].clone();
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// The rating that is expected of a user for an item.
  ///
  /// @throws IllegalArgumentException if the training has no rating by the user, or of the item
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public double predict(String user, String item) {
    NotNull.check(user, "user");
    NotNull.check(item, "item");
    int number = items.indexOf(item);
    if (number < 0 || !known.get(number)) {
      throw new IllegalArgumentException(
          "item '%s': expected one that was rated in the training of %s, found no rating of it"
              .formatted(item, data));
    }
    return ofUser(number(user), number)[0];
  }

  /// The items with the highest expected ratings that a user has not rated in the training, best
  /// first; of equal ones the one that came first. Items without a rating in the training are left
  /// out.
  ///
  /// @param top how many, fewer where there are not so many
  /// @throws IllegalArgumentException if the training has no rating by the user, or fewer than 1
  ///   are asked for
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<Recommended> recommend(String user, int top) {
    NotNull.check(user, "user");
    if (top < 1) {
      throw new IllegalArgumentException("recommend: expected 1 item or more, found " + top);
    }
    List<Recommended> best = new ArrayList<>();
    Ranked ranked = ranked(number(user));
    for (int place = 0; place < Math.min(top, ranked.items.length); place++) {
      int item = ranked.items[place];
      best.add(new Recommended(items.get(item), ranked.scores[place]));
    }
    return List.copyOf(best);
  }

  private int number(String user) {
    Integer number = userNumbers.get(user);
    if (number == null || rated[number].isEmpty()) {
      String near = Nearest.of(user, users).map(" (did you mean '%s'?)"::formatted).orElse("");
      throw new IllegalArgumentException(
          "user '%s'%s: expected one who rated something in the training of %s, found no rating"
              .formatted(user, near, data));
    }
    return number;
  }

  /// Items, best first, and their scores.
  private static final class Ranked {
    private final int[] items;
    private final double[] scores;

    Ranked(int[] items, double[] scores) {
      this.items = items;
      this.scores = scores;
    }
  }

  private Ranked ranked(int user) {
    int[] open =
        IntStream.range(0, items.size())
            .filter(item -> known.get(item) && !rated[user].get(item))
            .toArray();
    double[] scores = open.length == 0 ? new double[0] : ofUser(user, open);
    int[] order =
        IntStream.range(0, open.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Ranked(
        Arrays.stream(order).map(i -> open[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> scores[i]).toArray());
  }

  /// The expected ratings of a user for items.
  private double[] ofUser(int user, int... asked) {
    int[] pairs = new int[2 * asked.length];
    for (int i = 0; i < asked.length; i++) {
      pairs[2 * i] = user;
      pairs[2 * i + 1] = users.size() + asked[i];
    }
    return scores(pairs);
  }

  /// Of tokens in pairs.
  private double[] scores(int... pairs) {
    double[] scores = new double[pairs.length / 2];
    StepScope scope = new StepScope(engine);
    scope.run(() -> {
      for (int from = 0; from < scores.length; from += PART) {
        int rows = Math.min(PART, scores.length - from);
        int[] part = Arrays.copyOfRange(pairs, 2 * from, 2 * (from + rows));
        Tensor y = scope.silently(() -> network.apply(Tensor.wrap(Shape.of(rows, 2), part)));
        for (int i = 0; i < rows; i++) {
          scores[from + i] = mean + y.floats()[i];
        }
        scope.endStep();
      }
    });
    return Predicted.finite(scores);
  }

  /// How well it does on ratings that are not of the training.
  ///
  /// @param k how many items are shown to a user
  /// @throws IllegalArgumentException if none is of a user and an item that the training has
  public RatingEvaluation evaluate(Ratings test, int k) {
    NotNull.check(test, "test");
    if (k < 1) {
      throw new IllegalArgumentException("evaluate: expected 1 item or more, found " + k);
    }
    List<Ratings> ours =
        test.users().equals(users) && test.items().equals(items)
            ? List.of(test)
            : test.by(users, items);
    int[] judged =
        ours.stream()
            .flatMapToInt(r -> IntStream.range(0, r.size()).filter(i -> isKnown(r, i)))
            .toArray();
    if (judged.length == 0) {
      throw new IllegalArgumentException(
          "%s: expected ratings of users and items of the training of %s, found none of %d"
              .formatted(test.name(), data, test.size()));
    }
    Ratings r = ours.getFirst();
    int[] pairs = new int[2 * judged.length];
    for (int i = 0; i < judged.length; i++) {
      pairs[2 * i] = r.user(judged[i]);
      pairs[2 * i + 1] = users.size() + r.item(judged[i]);
    }
    double[] expected = scores(pairs);
    double squares = 0;
    double absolute = 0;
    Map<Integer, BitSet> wanted = new java.util.TreeMap<>();
    for (int i = 0; i < judged.length; i++) {
      double off = expected[i] - r.value(judged[i]);
      squares += off * off;
      absolute += Math.abs(off);
      int user = r.user(judged[i]);
      int item = r.item(judged[i]);
      if (r.value(judged[i]) >= mean && !rated[user].get(item)) {
        wanted.computeIfAbsent(user, _ -> new BitSet()).set(item);
      }
    }
    double recall = 0;
    double ndcg = 0;
    for (var each : wanted.entrySet()) {
      int[] shown = ranked(each.getKey()).items;
      double gain = 0;
      double best = 0;
      int hits = 0;
      int most = Math.min(k, each.getValue().cardinality());
      for (int place = 0; place < k; place++) {
        double worth = Math.log(2) / Math.log(place + 2.0);
        best += place < most ? worth : 0;
        if (place < shown.length && each.getValue().get(shown[place])) {
          hits++;
          gain += worth;
        }
      }
      recall += (double) hits / most;
      ndcg += gain / best;
    }
    return new RatingEvaluation(
        judged.length,
        test.size() - judged.length,
        Math.sqrt(squares / judged.length),
        absolute / judged.length,
        k,
        recall / Math.max(1, wanted.size()),
        ndcg / Math.max(1, wanted.size()));
  }

  private boolean isKnown(Ratings ratings, int i) {
    return !rated[ratings.user(i)].isEmpty() && known.get(ratings.item(i));
  }

  /// The RMSE on a test part of what users and items are off the mean, without factors: what a
  /// model has to be better than.
  ///
  /// @param train the part to learn from
  /// @param test of the same users and items
  public static double baseline(Ratings train, Ratings test) {
    NotNull.check(train, "train");
    NotNull.check(test, "test");
    return RatingBaseline.of(train).rmse(test);
  }

  /// Writes `model.json` and `weights.safetensors` to a folder, as [FittedModel#save] does.
  ///
  /// @param folder new, empty, or a model's folder, which is replaced
  /// @throws RunException if it can't be written, holds something else, or a layer of your own has
  ///   no name, or that of another
  public void save(Path folder) {
    NotNull.check(folder, "folder");
    RunFolder.save(folder, draft -> draft.write(this));
  }

  /// Reads what [#save] or the command line has written.
  ///
  /// @throws RunException with a sentence if a file is missing, truncated or of something else
  public static Recommender load(Path folder) {
    NotNull.check(folder, "folder");
    return RecommenderFile.read(folder, Known.NOTHING);
  }

  /// Whether a run folder has a recommender.
  ///
  /// @throws RunException if it is no run folder
  public static boolean isIn(Path folder) {
    NotNull.check(folder, "folder");
    return RecommenderFile.isIn(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}
