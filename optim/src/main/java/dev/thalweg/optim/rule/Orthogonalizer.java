package dev.thalweg.optim.rule;

/// The polynomials by which matrix methods bring the singular values of a matrix near 1: sets of
/// coefficients of `newton_schulz`, and how the matrix is made small enough for them.
///
/// `jordan` is one quintic for all steps, Jordan 2024; `you` one for each of five steps, You 2024,
/// in modded-nanogpt; `polar_express` the best quintic for each step, Amsel et al. 2025, arXiv
/// 2505.16932, with their safety factor 1.01.
public final class Orthogonalizer {
  /// One quintic.
  public static final String JORDAN = "3.4445, -4.775, 2.0315";

  /// Five of them.
  public static final String YOU =
      "4.0848, -6.8946, 2.927, 3.9505, -6.3029, 2.6377, 3.7418, -5.5913, 2.3037, 2.8769, -3.1427,"
          + " 1.2046, 2.8366, -3.0525, 1.2012";

  private static final String POLAR_EXPRESS =
      "8.237312490495555, -23.157747414558198, 16.680568411445915, 4.082441999064835,"
          + " -2.893047735332586, 0.5252849256975648, 3.9263479922546582, -2.8547468034765298,"
          + " 0.5318022422894988, 3.2982187133085143, -2.424541981026706, 0.48632008358844075,"
          + " 2.2970369434552573, -1.63662558125903, 0.4002628455953627, 1.8763805351440397,"
          + " -1.2347896577722228, 0.35891887501668385, 1.8564423485617974, -1.2132449880935525,"
          + " 0.3568003487825883, 1.8749994008682747, -1.2499988017229169, 0.3749994008546422";

  private Orthogonalizer() {}

  /// The line that makes `u` nearly orthogonal, in `ns_steps` steps, by the `coefficients` that are
  /// chosen.
  static String line(Settings s) {
    return line(
        s.is("coefficients", "polar_express") ? "1.01 * norm(u)" : "norm(u)",
        s.choose("coefficients", JORDAN, YOU, POLAR_EXPRESS));
  }

  /// The same by Jordan's.
  static String line() {
    return line("norm(u)", JORDAN);
  }

  private static String line(String norm, String coefficients) {
    return "u = newton_schulz(u / (" + norm + " + epsilon), ns_steps, " + coefficients + ")\n";
  }
}
