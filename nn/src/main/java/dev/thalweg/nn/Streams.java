package dev.thalweg.nn;

/// The streams of random numbers that models draw from; others belong to data and training.
final class Streams {

  /// First values of parameter i: this + i.
  static final long WEIGHTS = 1L << 40;

  /// Dropout of layer i: this + i.
  static final long DROPOUT = 2L << 40;

  /// Answers drawn from what a model says in step i: this + i.
  static final long ANSWERS = 3L << 40;

  private Streams() {}
}
