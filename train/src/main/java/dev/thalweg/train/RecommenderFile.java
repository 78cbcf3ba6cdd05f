package dev.thalweg.train;

import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `model.json` has of a recommender; see [NetworkFile] for the rest: the names of users and
/// items, the mean, and for each user how many items are rated, then which.
final class RecommenderFile {

  /// What there is to predict, where others have a class or a number.
  static final String TASK = "ratings";

  private RecommenderFile() {}

  /// Writes the weights, and the description, which holds their SHA-256.
  ///
  /// @return that SHA-256
  /// @throws IOException if the disk refuses
  static String write(Path folder, Recommender model) throws IOException {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> json = NetworkFile.begin(model.data(), TASK, model.network(), own);
    if (!own.isEmpty()) {
      json.put("own", own);
    }
    json.put("mean", model.mean());
    json.put("users", model.users());
    json.put("items", model.items());
    List<Integer> rated = new ArrayList<>();
    for (int user = 0; user < model.users().size(); user++) {
      BitSet some = model.rated(user);
      rated.add(some.cardinality());
      some.stream().forEach(rated::add);
    }
    json.put("rated", rated);
    return NetworkFile.write(folder, json, model.network());
  }

  /// Reads a folder, as it is at one moment: what is replaced meanwhile is read again.
  static Recommender read(Path folder, Known known) {
    return NetworkFile.read(folder, (fields, weights) -> read(fields, weights, known));
  }

  private static Recommender read(JsonFields fields, NetworkFile.Weights weights, Known known) {
    String task = fields.text("task");
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException("task: expected %s, found %s".formatted(TASK, task));
    }
    List<String> users = List.copyOf(fields.texts("users"));
    List<String> items = List.copyOf(fields.texts("items"));
    Sequential model = NetworkFile.model(fields, known);
    Recommender.check(model);
    return new Recommender(
        weights.into(model, Shape.of(2)),
        fields.text("data"),
        users,
        items,
        fields.number("mean"),
        rated(fields.numbers("rated"), users.size(), items.size()),
        Engine.current(),
        Optional.empty());
  }

  private static BitSet[] rated(double[] numbers, int users, int items) {
    BitSet[] rated = new BitSet[users];
    int at = 0;
    for (int user = 0; user < users; user++) {
      rated[user] = new BitSet();
      int count = at < numbers.length ? number(numbers[at++], items + 1) : -1;
      if (count < 0 || count > numbers.length - at) {
        throw new IllegalArgumentException(
            "rated: expected items of each of %d users, found too few".formatted(users));
      }
      for (int i = 0; i < count; i++) {
        rated[user].set(number(numbers[at++], items));
      }
    }
    if (at != numbers.length) {
      throw new IllegalArgumentException(
          "rated: expected items of each of %d users, found more".formatted(users));
    }
    return rated;
  }

  private static int number(double number, int below) {
    if (number != (int) number || number < 0 || number >= below) {
      throw new IllegalArgumentException(
          "rated: expected whole numbers below %d, found %s".formatted(below, number));
    }
    return (int) number;
  }

  /// Whether a run folder has a recommender.
  static boolean isIn(Path folder) {
    return NetworkFile.task(folder).equals(TASK);
  }
}
