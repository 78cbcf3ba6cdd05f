package dev.thalweg.train;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.StageEffect;
import dev.thalweg.optim.StageNote;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A step in numbers and words: what the gradient was, what the stages of the optimizer made of it,
/// how far the weights moved, and how near the training is to diverging.
///
/// ```java
/// trainer.withInspector(Inspector.every(100, view -> log(StepExplanation.of(view).toString())));
/// ```
///
/// The gradient noise scale is B = tr Σ / ‖G‖², about the batch size up to which larger batches
/// save as many steps as they are larger (McCandlish et al. 2018, arXiv 1812.06162, appendix A):
/// from the gradients of both halves of the batch at the weights after the step; of one batch it is
/// rough, and there is none where it would be negative. The largest eigenvalue of the Hessian of
/// the batch's loss, penalties included, is found by Lanczos in at most 20 products.
///
/// @param epoch from 1 on
/// @param step from 1 on
/// @param loss of the batch, before the step
/// @param gradientNorm of all weights together
/// @param stages what those before the rule made of the gradient
/// @param notes what else stages tell: trust ratios, the share that a mask lets move
/// @param rate the learning rate
/// @param weights by name
/// @param alignment the cosine between the optimizer's average of gradients and the gradient
/// @param descent the cosine between the step and the negative gradient
/// @param still share of the numbers that did not move although their gradient is not 0
/// @param noiseScale of the gradient, in samples
/// @param curvature the largest eigenvalue; of Adam's scaled Hessian where the edge is of that
/// @param edge what the optimizer bears, where it is known
public record StepExplanation(
    int epoch,
    long step,
    double loss,
    double gradientNorm,
    List<StageEffect> stages,
    List<StageNote> notes,
    OptionalDouble rate,
    List<Moved> weights,
    OptionalDouble alignment,
    double descent,
    double still,
    OptionalDouble noiseScale,
    OptionalDouble curvature,
    OptionalDouble edge) {

  private static final int PRODUCTS = 20;
  private static final double TOLERANCE = 1e-3;

  /// Near the edge: the largest eigenvalue is nine tenths of it.
  private static final double NEAR = 0.9;

  /// What a step did to some weights.
  ///
  /// @param gradientNorm ‖g‖
  /// @param updateNorm ‖Δw‖
  /// @param effectiveRate ‖Δw‖ / ‖g‖
  /// @param ratio ‖Δw‖ / ‖w‖
  public record Moved(
      String name, double gradientNorm, double updateNorm, double effectiveRate, double ratio) {}

  /// Copies the lists.
  public StepExplanation {
    stages = List.copyOf(stages);
    notes = List.copyOf(notes);
    weights = List.copyOf(weights);
  }

  /// Of a step that an inspector looks at.
  public static StepExplanation of(StepView view) {
    NotNull.check(view, "view");
    List<Moved> moved = new ArrayList<>();
    double squares = 0;
    double updates = 0;
    double along = 0;
    long still = 0;
    long count = 0;
    for (StepView.Weights each : view.weights()) {
      double gradient = each.gradientNorm();
      double update = each.updateNorm();
      moved.add(new Moved(each.name(), gradient, update, update / gradient, each.ratio()));
      squares += gradient * gradient;
      updates += update * update;
      float[] after = each.parameter().values().floats();
      for (int i = 0; i < each.before().length; i++) {
        double delta = (double) after[i] - each.before()[i];
        along -= delta * each.gradient()[i];
        still += delta == 0 && each.gradient()[i] != 0 ? 1 : 0;
        count++;
      }
    }
    Double rate = view.hyperparameters().get("lr");
    Optional<StabilityEdge> edge =
        rate == null ? Optional.empty() : StabilityEdge.of(view.optimizer(), rate);
    StepScope scope = new StepScope(Engine.current());
    return new StepExplanation(
        view.epoch(),
        view.step(),
        view.loss(),
        Math.sqrt(squares),
        effects(view),
        view.notes(),
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        moved,
        alignment(view),
        along / Math.sqrt(squares) / Math.sqrt(updates),
        (double) still / count,
        noiseScale(view, scope),
        OptionalDouble.of(curvature(view, edge, scope)),
        edge.map(e -> OptionalDouble.of(e.value())).orElse(OptionalDouble.empty()));
  }

  private static List<StageEffect> effects(StepView view) {
    List<Parameter> before = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (StepView.Weights each : view.weights()) {
      before.add(Parameter.of(each.name(), each.parameter().dimensions(), each.before().clone()));
      float[] gradient = Arrays.copyOf(each.gradient(), each.before().length);
      gradients.add(Tensor.wrap(Shape.of(each.parameter().dimensions()), gradient));
    }
    return view.optimizer().effects(before, gradients);
  }

  /// Of the first slot that is no average of squares.
  private static OptionalDouble alignment(StepView view) {
    OptimizerRun run = view.optimizer();
    Optional<String> slot =
        run.slots().contains("m")
            ? Optional.of("m")
            : run.slots().stream().filter(name -> !name.equals("v")).findFirst();
    if (slot.isEmpty()) {
      return OptionalDouble.empty();
    }
    double both = 0;
    double one = 0;
    double other = 0;
    for (StepView.Weights each : view.weights()) {
      float[] average;
      try {
        average = run.slot(slot.get(), each.parameter()).floats();
      } catch (IllegalArgumentException withoutSlot) {
        continue;
      }
      for (int i = 0; i < Math.min(average.length, each.before().length); i++) {
        double g = each.gradient()[i];
        both += average[i] * g;
        one += (double) average[i] * average[i];
        other += g * g;
      }
    }
    return one == 0 || other == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(both / Math.sqrt(one) / Math.sqrt(other));
  }

  private static OptionalDouble noiseScale(StepView view, StepScope scope) {
    int rows = view.batch().rows();
    int half = rows / 2;
    if (half < 1) {
      return OptionalDouble.empty();
    }
    List<Parameter> trained = trained(view);
    double small =
        (squared(view, scope, trained, view.batch().rows(0, half))
                + squared(view, scope, trained, view.batch().rows(half, 2 * half)))
            / 2;
    double large = squared(view, scope, trained, view.batch().rows(0, 2 * half));
    double b = half;
    double signal = (2 * b * large - b * small) / b;
    double noise = (small - large) / (1 / b - 1 / (2 * b));
    return signal > 0 && noise > 0 ? OptionalDouble.of(noise / signal) : OptionalDouble.empty();
  }

  private static List<Parameter> trained(StepView view) {
    return view.weights().stream().map(StepView.Weights::parameter).toList();
  }

  /// ‖∇L‖² of a batch.
  private static double squared(
      StepView view, StepScope scope, List<Parameter> trained, TensorBatch batch) {
    double sum = 0;
    try {
      sum =
          scope.call(() -> {
            double squares = 0;
            Tensor loss = view.loss(batch);
            for (Tensor gradient : scope.silently(() -> loss.gradients(trained))) {
              float[] numbers = gradient.floats();
              for (int i = 0; i < gradient.size(); i++) {
                squares += (double) numbers[i] * numbers[i];
              }
            }
            return squares;
          });
    } finally {
      scope.endStep();
    }
    return sum;
  }

  private static double curvature(StepView view, Optional<StabilityEdge> edge, StepScope scope) {
    List<Parameter> trained = trained(view);
    int size = trained.stream().mapToInt(Parameter::size).sum();
    double[] scales = new double[size];
    Arrays.fill(scales, 1);
    if (edge.filter(StabilityEdge::preconditioned).isPresent()) {
      scales = adamScales(view, trained, size);
    }
    double[] by = scales;
    return Lanczos.largest(
        size, v -> product(view, scope, trained, by, v), PRODUCTS, TOLERANCE, view.step());
  }

  /// D^−½ of Adam.
  private static double[] adamScales(StepView view, List<Parameter> trained, int size) {
    OptimizerRun run = view.optimizer();
    double beta2 = view.hyperparameters().getOrDefault("beta2", 0.999);
    double epsilon = view.hyperparameters().getOrDefault("epsilon", 1e-8);
    double correction = 1 - Math.pow(beta2, (double) run.steps());
    double[] scales = new double[size];
    int at = 0;
    for (Parameter each : trained) {
      float[] squares = run.slot("v", each).floats();
      for (int i = 0; i < each.size(); i++) {
        scales[at++] = 1 / Math.sqrt(Math.sqrt(squares[i] / correction) + epsilon);
      }
    }
    return scales;
  }

  /// S H S v.
  private static double[] product(
      StepView view, StepScope scope, List<Parameter> trained, double[] scales, double[] v) {
    double[] result = new double[v.length];
    try {
      scope.run(() -> {
        List<Tensor> gradients = view.loss(view.batch()).gradients(trained);
        Tensor along = Tensor.scalar(0);
        int at = 0;
        boolean first = true;
        for (int i = 0; i < gradients.size(); i++) {
          float[] part = new float[trained.get(i).size()];
          for (int j = 0; j < part.length; j++) {
            part[j] = (float) (scales[at] * v[at]);
            at++;
          }
          Tensor term = gradients.get(i).times(Tensor.wrap(gradients.get(i).shape(), part)).sum();
          along = first ? term : along.plus(term);
          first = false;
        }
        Tensor whole = along;
        at = 0;
        for (Tensor each : scope.silently(() -> whole.gradients(trained))) {
          float[] numbers = each.floats();
          for (int i = 0; i < each.size(); i++) {
            result[at] = scales[at] * numbers[i];
            at++;
          }
        }
      });
    } finally {
      scope.endStep();
    }
    return result;
  }

  /// Whether the training is near the edge or beyond it, a sentence.
  public Optional<String> warning() {
    if (edge.isEmpty() || curvature.isEmpty()) {
      return Optional.empty();
    }
    double share = curvature.getAsDouble() / edge.getAsDouble();
    if (!(share > NEAR)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            share > 1
                ? "the curvature is %.2f times what the rate bears: steps along the steepest"
                    + " direction grow, and the loss with them unless the curvature falls; a rate"
                    + " below %.2g would be stable"
                : "the curvature is %.2f of what the rate bears; a little more, and steps along the"
                    + " steepest direction grow; a rate below %.2g is further away",
            share,
            rate.orElse(Double.NaN) / share));
  }

  /// In words, a line each.
  @Override
  public String toString() {
    var text = new Formatter(Locale.ROOT);
    text.format("step %d, epoch %d: loss %.4g\n", step, epoch, loss);
    text.format("  gradient norm %.4g\n", gradientNorm);
    stages.forEach(effect -> text.format("  %s\n", effect));
    notes.forEach(note -> text.format("  %s\n", note));
    rate.ifPresent(value -> text.format("  learning rate %.4g\n", value));
    for (Moved each : weights) {
      text.format(
          "  %s: gradient %.3g, moved by %.3g%s; effective rate %.3g\n",
          each.name,
          each.gradientNorm,
          each.updateNorm,
          Double.isFinite(each.ratio)
              ? String.format(Locale.ROOT, ", %.3g of its norm", each.ratio)
              : " from 0",
          each.effectiveRate);
    }
    alignment.ifPresent(
        value -> text.format("  the average of gradients and this one: cosine %.3f\n", value));
    text.format("  the step and the negative gradient: cosine %.3f\n", descent);
    if (still > 0) {
      text.format("  %.1f %% of the weights did not move\n", 100 * still);
    }
    noiseScale.ifPresent(
        value -> text.format("  gradient noise scale, rough: %.3g samples\n", value));
    curvature.ifPresent(value ->
        text.format(
            "  largest curvature %.4g%s\n",
            value,
            edge.isPresent()
                ? String.format(Locale.ROOT, ", the edge of stability is %.4g", edge.getAsDouble())
                : ""));
    warning().ifPresent(sentence -> text.format("  warning: %s\n", sentence));
    return text.toString().strip();
  }
}
