package dev.thalweg.optim.minimize;

/// The same function with the other sign.
record UpsideDown(Space of) implements Space {
  @Override
  public int size() {
    return of.size();
  }

  @Override
  public double[] start() {
    return of.start();
  }

  @Override
  public double value() {
    return -of.value();
  }

  @Override
  public double[] gradient() {
    return Vectors.times(-1, of.gradient());
  }

  @Override
  public double evaluate(double[] at, double[] gradient) {
    double value = of.evaluate(at, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -gradient[i];
    }
    return Double.isFinite(value) ? -value : value;
  }

  @Override
  public void moveTo(double[] at) {
    of.moveTo(at);
  }

  @Override
  public Residuals residuals() {
    return of.residuals();
  }

  @Override
  public double number(String name) {
    return of.number(name);
  }
}
