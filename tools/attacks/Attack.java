import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Checkpoint;
import dev.thalweg.train.Checkpoints;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Scanner;
import java.util.stream.Stream;

/// What `tools/attacks/run` kills, and what looks at the place afterwards. Two models, `a` and `b`,
/// lie in a folder; whatever is found at a place has to predict what one of them does.
class Attack {

  private static final float[] ROWS = Datasets.named("iris").x();

  public static void main(String[] arguments) throws Exception {
    Path models = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "make" -> {
        train(1).save(models.resolve("a"));
        train(2).save(models.resolve("b"));
      }
      case "save" -> save(models, Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      case "load" -> load(models, Path.of(arguments[2]), Double.parseDouble(arguments[3]));
      case "look" -> look(models);
      case "train" -> goOn(Path.of(arguments[2]), arguments[3]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static FittedModel train(long seed) {
    return Trainer.defaults()
        .withEpochs(1)
        .withSeed(seed)
        .fit(
            Models.parse("mlp(64, 64)", 3),
            Losses.softmaxCrossEntropy(),
            Optimizers.adamw(0.01),
            Datasets.named("iris"));
  }

  /// Trains, from the newest checkpoint on if there is one, and says what the weights are.
  private static void goOn(Path place, String kind) throws Exception {
    String model =
        switch (kind) {
          case "convolution" ->
              "conv2d(8, 3) | batch_norm | relu | max_pool(2) | flatten | dense(10)";
          case "lstm" -> "reshape(8, 8) | lstm(16) | last | dense(10)";
          default -> "mlp(64, dropout=0.2)";
        };
    Trainer saved =
        Trainer.defaults()
            .withEpochs(2)
            .withEngine(Engine.of("scalar", 1 + (int) (System.nanoTime() % 2)))
            .withCheckpoints(Checkpoints.in(place).everySteps(1))
            .withCallback(event -> {
              if (event instanceof TrainingEvent.Started) {
                System.out.println("begins");
              } else if (event instanceof TrainingEvent.NotSaved failed) {
                System.err.println("Exception: " + failed);
              }
            });
    FittedModel fitted =
        (Checkpoint.newest(place).isPresent() ? saved.resume(place) : saved)
            .fit(
                Models.parse(model, 10),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse("adamw(lr=cosine(0.01))"),
                Datasets.named("digits"));
    var digest = MessageDigest.getInstance("SHA-256");
    for (var parameter : fitted.network().parameters()) {
      for (float weight : parameter.values().floats()) {
        digest.update(Float.toString(weight).getBytes(StandardCharsets.US_ASCII));
      }
    }
    System.out.println("ends " + HexFormat.of().formatHex(digest.digest()));
  }

  /// Saves one and the other in turn; `count` 0: without end.
  private static void save(Path models, Path place, int count) {
    FittedModel a = FittedModel.load(models.resolve("a"));
    FittedModel b = FittedModel.load(models.resolve("b"));
    System.out.println("begins");
    for (int i = 1; count == 0 || i <= count; i++) {
      (i % 2 == 0 ? a : b).save(place);
    }
    System.out.println("ends");
  }

  /// Loads for so many seconds beside those who save.
  private static void load(Path models, Path place, double seconds) {
    float[] a = says(models.resolve("a"));
    float[] b = says(models.resolve("b"));
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int loads = 0;
    int failures = 0;
    while (System.nanoTime() < end) {
      loads++;
      try {
        float[] found = says(place);
        if (!Arrays.equals(found, a) && !Arrays.equals(found, b)) {
          failures++;
          System.out.println("mixed");
        }
      } catch (RuntimeException e) {
        failures++;
        System.out.println(e.getMessage());
      }
    }
    System.out.println(loads + " loads, " + failures + " failures");
    System.exit(failures == 0 ? 0 : 1);
  }

  /// For each place in standard input: `ok a`, `ok b`, `ok nothing` where there is no folder, or
  /// what is wrong; then one save there, after which nothing may be left beside it or in it.
  private static void look(Path models) throws Exception {
    float[] a = says(models.resolve("a"));
    float[] b = says(models.resolve("b"));
    FittedModel next = FittedModel.load(models.resolve("a"));
    System.out.println("looks");
    var places = new Scanner(System.in);
    while (places.hasNextLine()) {
      Path place = Path.of(places.nextLine());
      String found;
      try {
        float[] says = Files.exists(place) ? says(place) : null;
        found =
            says == null
                ? "ok nothing"
                : Arrays.equals(says, a) ? "ok a" : Arrays.equals(says, b) ? "ok b" : "mixed";
        next.save(place);
        String left = left(place.getParent(), place) + left(place, place);
        found = left.isEmpty() ? found : "left: " + left;
      } catch (RuntimeException e) {
        found = String.valueOf(e);
      }
      System.out.println(found);
    }
  }

  private static String left(Path folder, Path place) throws Exception {
    try (Stream<Path> entries = Files.list(folder)) {
      return String.join(
          " ",
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.startsWith("."))
              .toList());
    }
  }

  private static float[] says(Path place) {
    return FittedModel.load(place).predictRows(ROWS);
  }
}
