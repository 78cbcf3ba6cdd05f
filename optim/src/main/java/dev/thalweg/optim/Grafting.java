package dev.thalweg.optim;

/// Whose step's length a method for matrices takes, beside its own direction. Agarwal et al. 2020,
/// arXiv 2002.11803.
public enum Grafting {
  /// Its own.
  NONE,
  /// The average of gradients.
  SGD,
  /// Adam's.
  ADAM
}
