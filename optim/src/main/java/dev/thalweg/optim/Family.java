package dev.thalweg.optim;

/// The families by which methods are listed.
public enum Family {
  /// Along the gradient.
  DESCENT("gradient descent"),
  /// Along an average of gradients.
  MOMENTUM("momentum"),
  /// A rate of its own for each number.
  ADAPTIVE("adaptive rates"),
  /// Both.
  ADAM("Adam"),
  /// On whole matrices: along directions of their singular or eigenvectors.
  MATRIX("matrix methods"),
  /// A rate, or its schedule, that the method finds itself.
  RATE_FREE("free of rate or schedule"),
  /// With curvature, or with searches: for functions that are the same each time.
  SECOND_ORDER("second order and searches"),
  /// Not an optimizer, but a stage before or after one.
  STAGE("stages of a chain");

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /// The heading in lists.
  public String title() {
    return title;
  }
}
