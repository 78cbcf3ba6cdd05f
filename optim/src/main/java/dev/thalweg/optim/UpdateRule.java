package dev.thalweg.optim;

import java.util.List;

/// The arithmetic of an optimizer: one fused loop over a stretch of a parameter.
///
/// This is the seam where loops compiled from formulas go in; the loops here are their form by
/// hand. A rule is stateless. What a run keeps for it are *slots*: arrays in the shape of each
/// parameter, zero at first. What depends on hyperparameters and the step alone is computed once a
/// step, in double, into *scalars*; the F32 loop gets them rounded to float.
///
/// The loops are written so that C2 vectorises them at every width: arrays of one offset, no `?:`,
/// no call but `sqrt`, `max`, `min`. They hold no sum over elements, so that no cut of the range,
/// and neither scalar nor vector code, changes a bit.
interface UpdateRule {
  /// F32 state at or below this size becomes 0: arithmetic with denormals (below 1.2e-38), into
  /// which the averages of a gradient that stays 0 would decay, is ten times slower.
  ///
  /// The loops write |x| ≤ t ? 0 : x as `max(x, t) + min(x, −t)`, for x ≥ 0 as `max(x, t) − t`,
  /// since the JIT leaves `?:` scalar. For x > t that is x − t rounded, which is x itself from x =
  /// 2²⁵t = 3.4e-25 on, and off by at most t below; for x < −t likewise; 0 between; NaN stays.
  float NEGLIGIBLE = 1e-32f;

  /// The names of the slots, in the order in which the loops take them.
  List<String> slots();

  /// How many scalars there are.
  int scalarCount();

  /// Computes the scalars of one step.
  ///
  /// @param step the number of the update, counted from 0
  /// @param scalars receives [#scalarCount] values
  void scalars(long step, double[] scalars);

  /// Updates elements `from` to `to` of a parameter and its slots.
  void update(
      float[] parameter, float[] gradient, float[][] slots, float[] scalars, int from, int to);

  /// Updates elements `from` to `to` of a parameter and its slots.
  void update(
      double[] parameter, double[] gradient, double[][] slots, double[] scalars, int from, int to);

  /// The rule of an optimizer.
  static UpdateRule of(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> new SgdRule(sgd);
      case Momentum momentum ->
          switch (momentum.form()) {
            case TRACE -> new TraceMomentumRule(momentum);
          };
      case Adam adam -> new AdamRule(adam);
      case AdamW adamw -> new AdamWRule(adamw);
    };
  }
}
