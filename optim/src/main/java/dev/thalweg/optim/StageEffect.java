package dev.thalweg.optim;

import java.util.Locale;

/// What a stage of a chain made of the gradients of a step.
///
/// @param stage its text: `clip_norm(1.0)`
/// @param before the Euclidean norm of all gradients that it was given
/// @param after that of what it made of them
/// @param alignment the cosine between both: 1 where the direction stayed; NaN where one is 0
public record StageEffect(String stage, double before, double after, double alignment) {

  /// By what the norm was multiplied; NaN where it was 0.
  public double factor() {
    return after / before;
  }

  /// In words: `clip_norm(1.0): 3.226 → 1.000, × 0.31`, with the direction where that changed.
  @Override
  public String toString() {
    String text =
        String.format(Locale.ROOT, "%s: %.4g → %.4g, × %.3g", stage, before, after, factor());
    return alignment < 1 - 1e-6
        ? text + String.format(Locale.ROOT, ", turned to a cosine of %.4f", alignment)
        : text;
  }
}
