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
/// no call but `sqrt`, `max`, `min`. Denormal state is none of their business ([Negligible]). They
/// hold no sum over elements, so that no cut of the range, and neither scalar nor vector code,
/// changes a bit.
interface UpdateRule {
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
