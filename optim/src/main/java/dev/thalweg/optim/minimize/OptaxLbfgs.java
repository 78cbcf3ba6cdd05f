package dev.thalweg.optim.minimize;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// `optax.lbfgs`: every step is remembered, also one along which the function curves down, and the
/// first direction is at most 1 long. Along it goes [Zoom], of at most so many looks, from 1 or,
/// where `keeps` is 1, from the length before; without looks the step is the direction times the
/// rate. `linesearch=optax.scale_by_zoom_linesearch(max_linesearch_steps=15)` and `linesearch=None`
/// are understood.
public final class OptaxLbfgs implements SearchRule {
  @Override
  public String card() {
    return """
    optax.lbfgs (SECOND_ORDER): Newton's step with curvature from the last steps, and Optax' zoom along it
    learning_rate:lr = none in [0, ∞)
    memory_size = whole 10 in [1, ∞)
    scale_init_precond = true
    linesearch:looks:keeps = (20, 0) in [0, ∞): Optax' default: the looks of its zoom, which begins at 1
    """;
  }

  @Override
  public CallValue understood(String argument, CallValue value) {
    if (!argument.equals("linesearch")) {
      return value;
    }
    if (value instanceof CallValue.Constant said && said.kind() == CallValue.Constant.Kind.NONE) {
      return search(CallValue.Numeral.of(0), false, value);
    }
    if (!(value instanceof Call call)
        || !call.name().endsWith("scale_by_zoom_linesearch")
        || call.positional().size() > 1) {
      return value;
    }
    CallValue looks = call.positional().isEmpty() ? null : call.positional().getFirst();
    boolean keeps = true;
    for (Call.Argument one : call.named()) {
      String word = one.value() instanceof CallValue.Word said ? said.text() : "";
      if (one.name().equals("max_linesearch_steps")) {
        looks = one.value();
      } else if (one.name().equals("initial_guess_strategy") && word.matches("one|keep")) {
        keeps = word.equals("keep");
      } else {
        return value;
      }
    }
    return looks == null ? value : search(looks, keeps, value);
  }

  private static CallValue search(CallValue looks, boolean keeps, CallValue from) {
    return new CallValue.Tuple(List.of(looks, CallValue.Numeral.of(keeps ? 1 : 0)), from.span());
  }

  @Override
  public Search search(Settings settings, int size) {
    return new Run(
        settings.isGiven("learning_rate"),
        settings.flag("scale_init_precond"),
        new History(size, (int) settings.fixed("memory_size")),
        new Numbers(size),
        new Numbers(size),
        new Numbers(2));
  }

  /// @param progress how many steps there were, how far the last search went
  private record Run(
      boolean isRated,
      boolean scales,
      History history,
      Numbers point,
      Numbers before,
      Numbers progress)
      implements Search {
    @Override
    public void step(Space space) {
      double[] x = space.start();
      double[] gradient = space.gradient();
      if (progress.first() > 0) {
        history.add(
            Vectors.along(x, -1, point.doubles()),
            Vectors.along(gradient, -1, before.doubles()),
            Double.NEGATIVE_INFINITY);
      } else {
        history.setScale(Math.min(1, 1 / Math.sqrt(Vectors.dot(gradient, gradient))));
        progress.doubles()[1] = 1;
      }
      if (!scales) {
        history.setScale(1);
      }
      progress.setFirst(progress.first() + 1);
      System.arraycopy(x, 0, point.doubles(), 0, x.length);
      System.arraycopy(gradient, 0, before.doubles(), 0, x.length);
      double[] d = history.direction(gradient);
      if (isRated) {
        d = Vectors.times(space.number("lr"), d);
      }
      double length = 1;
      int looks = (int) space.number("looks");
      if (looks > 0) {
        double slope = Vectors.dot(gradient, d);
        var line = new Line(space, x, d, space.value(), gradient, slope);
        double guess = space.number("keeps") > 0 ? progress.doubles()[1] : 1;
        length = new Zoom(line).length(guess, looks);
        progress.doubles()[1] = length;
      }
      space.moveTo(Vectors.along(x, length, d));
    }

    @Override
    public SequencedMap<String, Values> state() {
      var state = new LinkedHashMap<String, Values>();
      history.addTo(state);
      state.put("point", point);
      state.put("gradient", before);
      state.put("progress", progress);
      return Collections.unmodifiableSequencedMap(state);
    }
  }
}
