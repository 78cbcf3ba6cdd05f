package dev.thalweg.train;

import java.util.Locale;

/// How private a training with `dp` was, as to its weights; what it prints of losses and accuracy
/// is not covered.
///
/// Batches are made by shuffling, so that each row is in one batch of an epoch. What is proven for
/// that is `shuffled`: as if the rows of a batch were known, a step an epoch, two data sets being
/// neighbours where one has zeros in the place of a row's gradient. The `epsilon` that is usually
/// said is of batches into which each row comes by chance, which these only resemble.
///
/// @param epsilon by [PrivacyAccountant], of Poisson samples
/// @param shuffled the ε that is proven for batches that are shuffled
/// @param delta of both
/// @param noise standard deviation, in units of the clipped norm
/// @param rate the share of the rows that is in a batch
/// @param steps taken
public record PrivacySpent(
    double epsilon, double shuffled, double delta, double noise, double rate, long steps) {

  /// Of so many steps.
  ///
  /// @param passes how often each row was in a batch, at most
  static PrivacySpent of(double noise, double delta, double rate, long steps, long passes) {
    return new PrivacySpent(
        PrivacyAccountant.epsilon(noise, rate, steps, delta),
        PrivacyAccountant.epsilon(noise, 1, passes, delta),
        delta,
        noise,
        rate,
        steps);
  }

  /// A line: `ε = 2.113 if batches were drawn by chance, 8.04 as they were shuffled; δ = 1.0E-5`.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ε = %.4g if batches were drawn by chance, %.4g as they were shuffled; δ = %s",
        epsilon,
        shuffled,
        delta);
  }
}
