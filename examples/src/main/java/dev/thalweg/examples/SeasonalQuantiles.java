package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// The next 24 values of a series with seasons and noise, as quantiles: a network learns from the
/// last 48 values between which bounds the next ones lie. Beside it the seasonal naive forecast,
/// the value a season before, with the bounds that its own errors had. Prints the pinball loss of
/// both on the end of the series, and draws the last forecast.
///
/// The loss of a quantile τ is max(τ(y − q), (τ − 1)(y − q)), smallest at the τ-quantile of y.
///
/// Run it with `examples/run SeasonalQuantiles [FILE.svg]`.
public final class SeasonalQuantiles {

  private static final long SEED = 7;

  /// Values in a season, and how many are foretold.
  private static final int SEASON = 24;

  /// Values that are seen.
  private static final int SEEN = 2 * SEASON;

  private static final int LENGTH = 3000;
  private static final int TRAIN = 2400;
  private static final double[] QUANTILES = {0.1, 0.5, 0.9};

  private SeasonalQuantiles() {}

  /// What the forecasts came to on the end of the series.
  ///
  /// @param loss pinball loss of the network, the mean over all values and quantiles
  /// @param naive of the seasonal naive forecast
  /// @param within the share of values between the first and the last quantile
  /// @param series all of it
  /// @param last quantiles of the last values, value after value
  record Outcome(
      double loss, double naive, double within, List<Double> series, List<Double> last) {}

  /// Trains it, prints both losses, and writes the picture to quantiles.svg, or where the first
  /// argument says.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "quantiles.svg");
    Outcome outcome = train(40);
    IO.println(
        "pinball loss: %.4f by the network, %.4f by the seasonal naive forecast; %.0f %% of the values are between the quantiles 0.1 and 0.9"
            .formatted(outcome.loss, outcome.naive, 100 * outcome.within));
    Files.writeString(file, picture(outcome));
    IO.println("drawn: " + file);
  }

  /// A day and a week, a slow drift, and noise that is larger at the top of the day.
  static double[] series() {
    Philox noise = Philox.of(SEED, 0);
    double[] series = new double[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
      double day = StrictMath.sin(2 * Math.PI * t / SEASON);
      double week = StrictMath.sin(2 * Math.PI * t / (7 * SEASON));
      series[t] =
          2 * day
              + 0.8 * week
              + 0.5 * StrictMath.sin(t / 400.0)
              + (0.3 + 0.2 * day) * noise.normal(t);
    }
    return series;
  }

  /// Trains on the windows that end before the last fifth.
  static Outcome train(int epochs) {
    double[] series = series();
    int outputs = SEASON * QUANTILES.length;
    Network network =
        Sequential.of(Layers.dense(64, Activation.RELU), Layers.dense(outputs))
            .build(Shape.of(SEEN), SEED);
    OptimizerRun run =
        Optimizer.parse("adamw(lr=cosine(2e-3, steps=%d))".formatted(epochs * steps()))
            .attach(network.parameters());
    Loss loss = Losses.quantile(QUANTILES);
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = Philox.of(SEED, 1 + epoch).permutation(windows());
      for (int from = 0; from + BATCH <= order.length; from += BATCH) {
        int[] starts = Arrays.copyOfRange(order, from, from + BATCH);
        Tensor said =
            network.apply(part(series, 0, SEEN, starts)).reshape(BATCH * SEASON, QUANTILES.length);
        Tensor real = part(series, SEEN, SEASON, starts).reshape(BATCH * SEASON, 1);
        run.step(loss.of(said, real).gradients(network.parameters()));
      }
    }
    return judged(series, network);
  }

  private static final int BATCH = 32;

  private static int windows() {
    return TRAIN - SEEN - SEASON + 1;
  }

  private static int steps() {
    return windows() / BATCH;
  }

  /// Values of the windows that begin at some places, less the mean of what is seen in each.
  private static Tensor part(double[] series, int from, int count, int... starts) {
    float[] values = new float[starts.length * count];
    for (int i = 0; i < starts.length; i++) {
      double mean = mean(series, starts[i]);
      for (int k = 0; k < count; k++) {
        values[i * count + k] = (float) (series[starts[i] + from + k] - mean);
      }
    }
    return Tensor.ofFloats(Shape.of(starts.length, count), values);
  }

  private static double mean(double[] series, int start) {
    return Arrays.stream(series, start, start + SEEN).average().orElseThrow();
  }

  /// Forecasts of every season behind the part that was trained on.
  private static Outcome judged(double[] series, Network network) {
    double[] errors = errors(series);
    double loss = 0;
    double naive = 0;
    int within = 0;
    int count = 0;
    List<Double> last = new ArrayList<>();
    for (int start = TRAIN - SEEN; start + SEEN + SEASON <= LENGTH; start += SEASON) {
      Tensor seen = part(series, 0, SEEN, start);
      float[] said = Gradients.off(() -> network.apply(seen)).floats();
      double mean = mean(series, start);
      last.clear();
      for (int k = 0; k < SEASON; k++) {
        double real = series[start + SEEN + k];
        double before = series[start + SEEN + k - SEASON];
        for (int q = 0; q < QUANTILES.length; q++) {
          double bound = said[k * QUANTILES.length + q] + mean;
          last.add(bound);
          loss += pinball(QUANTILES[q], real - bound);
          naive += pinball(QUANTILES[q], real - before - errors[q]);
        }
        boolean low = real < last.get(last.size() - QUANTILES.length);
        within += !low && real <= last.getLast() ? 1 : 0;
        count++;
      }
    }
    int all = count * QUANTILES.length;
    return new Outcome(
        loss / all,
        naive / all,
        (double) within / count,
        Arrays.stream(series).boxed().toList(),
        List.copyOf(last));
  }

  private static double pinball(double quantile, double error) {
    return Math.max(quantile * error, (quantile - 1) * error);
  }

  /// The quantiles of how far a value was from the one a season before, in the training part.
  private static double[] errors(double[] series) {
    double[] errors = new double[TRAIN - SEASON];
    for (int t = SEASON; t < TRAIN; t++) {
      errors[t - SEASON] = series[t] - series[t - SEASON];
    }
    Arrays.sort(errors);
    return Arrays.stream(QUANTILES).map(q -> errors[(int) (q * errors.length)]).toArray();
  }

  /// The end of the series, and the quantiles of the last season.
  static String picture(Outcome outcome) {
    int shown = 4 * SEASON;
    int from = LENGTH - (LENGTH - TRAIN) % SEASON - shown;
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="820" height="420" font-family="sans-serif" font-size="15">
            <rect width="820" height="420" fill="white"/>
            <text x="40" y="30" font-size="18">the last season, and its quantiles 0.1, 0.5 and 0.9 as foretold</text>
            """);
    int first = shown - SEASON;
    StringJoiner band = new StringJoiner(" ");
    for (int k = 0; k < SEASON; k++) {
      band.add(point(first + k, outcome.last.get(k * QUANTILES.length)));
    }
    for (int k = SEASON - 1; k >= 0; k--) {
      band.add(point(first + k, outcome.last.get(k * QUANTILES.length + 2)));
    }
    svg.append("<polygon points='" + band + "' fill='#cfe3f5'/>\n");
    StringJoiner middle = new StringJoiner(" ");
    for (int k = 0; k < SEASON; k++) {
      middle.add(point(first + k, outcome.last.get(k * QUANTILES.length + 1)));
    }
    StringJoiner line = new StringJoiner(" ");
    for (int t = 0; t < shown; t++) {
      line.add(point(t, outcome.series.get(from + t)));
    }
    svg.append(
        "<polyline points='" + line + "' fill='none' stroke='#000000' stroke-width='1.5'/>\n");
    svg.append(
        "<polyline points='" + middle + "' fill='none' stroke='#0072b2' stroke-width='2.5'/>\n");
    return svg.append("</svg>\n").toString();
  }

  private static String point(int t, double value) {
    return String.format(Locale.ROOT, "%.1f,%.1f", 40 + 740.0 * t / (4 * SEASON), 220 - 40 * value);
  }
}
