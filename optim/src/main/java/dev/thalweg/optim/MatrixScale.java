package dev.thalweg.optim;

/// How long a step of a matrix method is, by the shape of the matrix: the step is an orthogonal
/// matrix times one of these.
public enum MatrixScale {
  /// √max(1, columns / rows), Jordan 2024: a matrix takes rows in, and gives columns out.
  JORDAN("sqrt(max(1, columns / rows))"),
  /// 0.2 √max(rows, columns), Liu et al. 2025: the root mean square of AdamW's steps.
  RMS("0.2 * sqrt(max(rows, columns))"),
  /// √(columns / rows), Bernstein 2025, Pethick et al. 2025.
  SPECTRAL("sqrt(columns / rows)"),
  /// 1.
  UNIT("1");

  private final String text;

  MatrixScale(String text) {
    this.text = text;
  }

  /// The factor in a formula.
  public String text() {
    return text;
  }
}
