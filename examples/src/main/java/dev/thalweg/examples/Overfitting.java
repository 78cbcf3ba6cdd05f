package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// A network of 128 units learns 100 digits by heart. What helps on the digits it has not seen: L1,
/// L2, dropout, or stopping in time? Prints a table and draws the loss on unseen digits by epoch.
///
/// Run it with `examples/run Overfitting [FILE.svg]`.
public final class Overfitting {

  private static final int EPOCHS = 150;
  private static final long SEED = 7;

  private Overfitting() {}

  /// The models by what is done against overfitting.
  static final List<String> MODELS =
      List.of("mlp(128)", "mlp(128, l1=0.002)", "mlp(128, l2=0.01)", "mlp(128, dropout=0.5)");

  /// What a model came to.
  ///
  /// @param trained accuracy on the 100 digits
  /// @param tested accuracy on all others
  /// @param losses on all others after each epoch
  record Outcome(String model, double trained, double tested, List<Double> losses) {}

  /// Trains the models, prints the table, and writes the picture to overfitting.svg, or where the
  /// first argument says.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "overfitting.svg");
    IO.println("model                     100 digits   unseen   loss: least      last");
    List<Outcome> outcomes = MODELS.stream().map(model -> train(model, EPOCHS)).toList();
    for (Outcome outcome : outcomes) {
      double least = Collections.min(outcome.losses);
      IO.println(
          "%-25s    %.4f   %.4f        %.4f    %.4f"
              .formatted(
                  outcome.model, outcome.trained, outcome.tested, least, outcome.losses.getLast()));
    }
    Files.writeString(file, picture(outcomes));
    IO.println("drawn: " + file);
  }

  /// Trains on 100 digits and watches the others.
  static Outcome train(String model, int epochs) {
    Dataset digits = Datasets.named("digits");
    Split parts = digits.split(100.0 / digits.rows(), SEED);
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(epochs)
            .withSeed(SEED)
            .fit(
                Models.parse(model, 10),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.003).withWeightDecay(0),
                parts.train(),
                parts.test());
    List<Double> losses =
        fitted.history().orElseThrow().epochs().stream()
            .map(epoch -> epoch.validationLoss().orElseThrow())
            .toList();
    return new Outcome(
        model,
        fitted.evaluate(parts.train()).accuracy(),
        fitted.evaluate(parts.test()).accuracy(),
        losses);
  }

  /// The losses by epoch as curves.
  static String picture(List<Outcome> outcomes) {
    String[] colors = {"#000000", "#d55e00", "#0072b2", "#009e73"};
    double most =
        outcomes.stream().flatMap(o -> o.losses.stream().skip(3)).max(Double::compare).orElse(1.0);
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="820" height="520" font-family="sans-serif" font-size="15">
            <rect width="820" height="520" fill="white"/>
            <text x="60" y="30" font-size="18">loss on 1,697 unseen digits, after training on 100</text>
            <text x="410" y="508" text-anchor="middle">epoch</text>
            """);
    for (int tick = 0; tick <= 5; tick++) {
      double y = 460 - tick * 80;
      svg.append(String.format(Locale.ROOT, "<path d='M60 %.0f H790' stroke='#ddd'/>", y))
          .append(
              String.format(
                  Locale.ROOT,
                  "<text x='52' y='%.0f' text-anchor='end'>%.2f</text>%n",
                  y + 5,
                  most * tick / 5));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%d' y='480' text-anchor='middle'>%d</text>%n",
              60 + tick * 146,
              outcomes.getFirst().losses.size() * tick / 5));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      StringJoiner points = new StringJoiner(" ");
      for (int epoch = 0; epoch < outcome.losses.size(); epoch++) {
        double x = 60 + 730.0 * (epoch + 1) / outcome.losses.size();
        if (outcome.losses.get(epoch) > most) {
          continue; // the first epochs, above the picture
        }
        points.add(
            String.format(
                Locale.ROOT, "%.1f,%.1f", x, 460 - 400 * outcome.losses.get(epoch) / most));
      }
      String color = colors[i % colors.length];
      svg.append("<polyline points='" + points + "' fill='none' stroke='" + color)
          .append("' stroke-width='2.5'/>\n");
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d='M560 %d h30' stroke='%s' stroke-width='3'/><text x='600'"
                  + " y='%d'>%s</text>%n",
              70 + 24 * i,
              color,
              75 + 24 * i,
              outcome.model));
    }
    return svg.append("</svg>\n").toString();
  }
}
