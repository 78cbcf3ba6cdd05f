package dev.thalweg.optim;

import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.kernels.Values;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.optim.matrix.ArrayPass;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// A function of whole arrays that a formula calls, at work on all parameters.
final class ArrayPasses {
  private final PlanOutline.Pass pass;
  private final String name;
  private final FusedLoop loop;

  /// Its place among the loops of the plan; behind it are the numbers.
  private final int place;

  private final float[][] floatScalars;
  private final double[][] doubleScalars;
  private final double[] numbers;
  private final List<ArrayPass> byParameter = new ArrayList<>();

  /// @param name how its state is called
  /// @param loop puts what the function takes into arrays
  /// @param place of the loop in the plan
  /// @param room by parameter: the arrays of all passes
  /// @param first the first of these in the plan
  /// @param start the numbers before the first step
  ArrayPasses(
      PlanOutline.Pass pass,
      String name,
      FusedLoop loop,
      ScalarPlan scalars,
      int place,
      Values[][] room,
      int first,
      ScalarPlan.State start) {
    this.pass = pass;
    this.name = name;
    this.loop = loop;
    this.place = place;
    int rows = scalars.isPerTensor() ? room.length : 1;
    floatScalars = new float[rows][scalars.scalars(place)];
    doubleScalars = new double[rows][scalars.scalars(place)];
    numbers = new double[scalars.scalars(place + 1)];
    long begin = 0;
    for (int i = 0; i < room.length; i++) {
      var own = new ArrayList<Values>();
      for (int array : pass.arrays()) {
        own.add(room[i][array - first]);
      }
      start.scalars(place + 1, i, numbers);
      byParameter.add(ArrayPass.of(pass.function(), own, begin, numbers));
      begin += own.getFirst().size();
    }
  }

  /// Upon how many sums and passes it stands, itself included.
  int depth() {
    return pass.depth();
  }

  /// How its state is called.
  String name() {
    return name;
  }

  SequencedMap<String, Values> state(int parameter) {
    return byParameter.get(parameter).state();
  }

  /// Takes the scalars of [#arguments].
  void load(ScalarPlan.State scalars) {
    for (int row = 0; row < floatScalars.length; row++) {
      scalars.scalars(place, row, floatScalars[row]);
      scalars.scalars(place, row, doubleScalars[row]);
    }
  }

  /// Puts what the function takes into its arrays.
  PiecewiseTask arguments(Object[][] arrays) {
    return (i, from, to) -> {
      int row = floatScalars.length == 1 ? 0 : i;
      if (arrays[i] instanceof float[][] floats) {
        loop.run(floats, floatScalars[row], from, to);
      } else {
        loop.run((double[][]) arrays[i], doubleScalars[row], from, to);
      }
    };
  }

  /// Calls the function for each parameter.
  void run(ScalarPlan.State scalars) {
    for (int i = 0; i < byParameter.size(); i++) {
      scalars.scalars(place + 1, i, numbers);
      byParameter.get(i).run(numbers);
    }
  }
}
