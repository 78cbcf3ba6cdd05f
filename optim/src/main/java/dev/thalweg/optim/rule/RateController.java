package dev.thalweg.optim.rule;

/// A stage that makes the rate smaller where a figure that is told from time to time, after each
/// epoch of a training, gets no better.
public interface RateController extends RunStage {
  /// What it does.
  ///
  /// @param isScore whether the figure is a score, not a loss
  /// @param isLargest whether it gets better by growing
  /// @param factor of the rate
  /// @param patience so many figures that are no better are borne with
  /// @param threshold by how much a better figure has to be better
  /// @param isRelative whether that is a part of the best one
  /// @param cooldown so many figures after a reduction don't count
  /// @param least rate
  /// @param negligible a reduction by so much or less is not made
  /// @param ofKeras whether figures count as Keras has it
  record Terms(
      boolean isScore,
      boolean isLargest,
      double factor,
      long patience,
      double threshold,
      boolean isRelative,
      long cooldown,
      double least,
      double negligible,
      boolean ofKeras) {

    /// What settings say that have PyTorch's names.
    ///
    /// @param isScore whether the figure is a score, which gets better by growing
    /// @param negligible what the least reduction is called
    public static Terms ofTorch(Settings s, boolean isScore, String negligible) {
      return new Terms(
          isScore,
          isScore,
          s.fixed("factor"),
          (long) s.fixed("patience"),
          s.fixed("threshold"),
          s.is("threshold_mode", "rel"),
          (long) s.fixed("cooldown"),
          s.fixed("min_lr"),
          s.fixed(negligible),
          false);
    }
  }

  /// What these settings say.
  Terms terms(Settings settings);
}
