package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that an update rule calls on the whole array of a parameter, not element by element:
/// `u = newton_schulz(m / norm(m), 5, 3.4445, -4.775, 2.0315)`. Its first arguments are arrays, in
/// the shape of the parameter, and so is its result; the others are numbers, the same for the whole
/// array. What computes it, and what it keeps from step to step, belongs to whoever runs the rule.
///
/// A matrix has as many columns as the last dimension has, and as many rows as the others together.
public enum ArrayOperator {
  /// An odd polynomial of the singular values of a matrix, whose singular vectors stay:
  /// `newton_schulz(x, steps, a, b, c)` is, so many times, X ← aX + bAX + cA²X, A = XXᵀ. With the
  /// coefficients of several steps, `a1, b1, c1, a2, b2, c2 …`, the last stand for the rest.
  NEWTON_SCHULZ("newton_schulz", 1, 4, 3, true),

  /// A matrix with its rows made shorter, of a tall one its columns, so that no singular value is
  /// above 1: `almost_orthogonal(x, epsilon)`. Row i is divided by the root of max(Σⱼ |XXᵀ|ᵢⱼ, ε).
  /// Prach and Lampert 2022.
  ALMOST_ORTHOGONAL("almost_orthogonal", 1, 1, 0, true),

  /// A matrix over its Schatten norm of order 4: `schatten_normalized(x, epsilon)` is x /
  /// √max(‖XXᵀ‖, ε).
  SCHATTEN_NORMALIZED("schatten_normalized", 1, 1, 0, true),

  /// A matrix over its largest singular value: `spectral_normalized(x, epsilon)` is x / (σ₁ + ε).
  SPECTRAL_NORMALIZED("spectral_normalized", 1, 1, 0, true),

  /// The average over steps of an array that is not negative, kept as a number for each row and
  /// column: `factored(x, weight, least)` is rᵢcⱼ / max(mean r, least), where r and c go by the
  /// weight towards the means of the rows and columns of x. What has more than two dimensions is
  /// several matrices of the last two; of a vector it is the average itself. Shazeer & Stern 2018.
  FACTORED("factored", 1, 2, 0, false),

  /// The sum over steps of an array that is not negative, kept as the largest number at each place
  /// of each dimension: `cover(x, keep)` is x and `keep` times the smallest of those. Anil et al.
  /// 2019, with 1.
  COVER("cover", 1, 1, 0, false),

  /// A matrix without the mean of each column, which is that of all weights into one output:
  /// `centered(g, 0)`, or without the mean at each place of its first dimension: `centered(g, 1)`;
  /// of a vector nothing is taken. Yong et al. 2020.
  CENTERED("centered", 1, 1, 0, false),

  /// The nearest array whose magnitudes add up to at most a number: `l1_projected(x, radius)`.
  /// Duchi et al. 2008.
  L1_PROJECTED("l1_projected", 1, 1, 0, false),

  /// The nearest array of numbers that are not negative and add up to a number:
  /// `simplex_projected(x, total)`. Duchi et al. 2008.
  SIMPLEX_PROJECTED("simplex_projected", 1, 1, 0, false),

  /// Numbers of the standard normal distribution in the place of an array's: `gaussian(x, seed, t)`
  /// is a function of the seed, of t and of the place of a number where all parameters are laid end
  /// to end.
  GAUSSIAN("gaussian", 1, 2, 0, false),

  /// The average over steps of the means of the columns of a matrix, kept as a number for each:
  /// `column_average(x, weight)`, in each row.
  COLUMN_AVERAGE("column_average", 1, 1, 0, true),

  /// The norm of all weights into one output, in the place of each: of a matrix that of its column,
  /// of a vector that of all, `unit_norm(x)`. Brock et al. 2021.
  UNIT_NORM("unit_norm", 1, 0, 0, false),

  /// A matrix between inverse fourth roots: `shampoo(x, g, keep, weight, correction, epsilon, t,
  /// every)` is L^(−¼) x R^(−¼), L ← keep L + weight ggᵀ, R ← keep R + weight gᵀg; the roots are of
  /// L / correction + εI, and taken every so many steps.
  SHAMPOO("shampoo", 2, 6, 0, true),

  /// A matrix between inverse roots: `kl_shampoo(x, g, beta, initial, epsilon, t, every)` is L^(−½)
  /// x R^(−½), L ← βL + (1 − β) g R⁻¹ gᵀ / columns, R ← βR + (1 − β) gᵀ L⁻¹ g / rows, which begin
  /// at `initial` times the identity.
  KL_SHAMPOO("kl_shampoo", 2, 5, 0, true),

  /// A matrix between products of two triangles that are fitted on line: `kron(x, rate, most,
  /// share, balance, seed, t)` is LᵀL x RᵀR. Of a vector there is one, a diagonal.
  KRON("kron", 1, 6, 0, false),

  /// Adam's direction in the eigenbasis of the averages of ggᵀ and gᵀg: `soap(m, g, beta2, beta,
  /// epsilon, t, every)`. The first step makes the basis and gives 0.
  SOAP("soap", 2, 5, 0, true),

  /// Adam's direction in the space of the first singular vectors of g: `galore(g, rank, beta1,
  /// beta2, epsilon, t, every, longer)`; of the shorter side, or of the longer where that is 1.
  GALORE("galore", 1, 7, 0, true),

  /// The sum of g over `rank` directions made orthonormal, which are taken out of the sum in part:
  /// `dion(g, momentum, rank, epsilon, t, seed)`.
  DION("dion", 1, 5, 0, true);

  private static final List<ArrayOperator> ALL = List.of(values());

  private final String text;
  private final int arrays;
  private final int numbers;
  private final int more;
  private final boolean matrix;

  /// @param numbers how many it takes at least
  /// @param more how many more it may take, once or several times; 0 for none
  ArrayOperator(String text, int arrays, int numbers, int more, boolean matrix) {
    this.text = text;
    this.arrays = arrays;
    this.numbers = numbers;
    this.more = more;
    this.matrix = matrix;
  }

  /// How it is written.
  public String text() {
    return text;
  }

  /// How many arrays it takes: its first arguments.
  public int arrays() {
    return arrays;
  }

  /// Whether the arrays must have two dimensions or more.
  public boolean needsMatrix() {
    return matrix;
  }

  /// Whether it takes so many arguments, arrays and numbers together.
  boolean takes(int arguments) {
    int beyond = arguments - arrays - numbers;
    return beyond == 0 || (more > 0 && beyond > 0 && beyond % more == 0);
  }

  /// How many arguments it takes, in words.
  String expected() {
    int least = arrays + numbers;
    return more == 0 ? String.valueOf(least) : least + ", or each " + more + " more,";
  }

  /// The function of this name, if there is one.
  static @Nullable ArrayOperator called(String name) {
    for (ArrayOperator each : ALL) {
      if (each.text.equals(name)) {
        return each;
      }
    }
    return null;
  }

  static List<String> names() {
    var names = new ArrayList<String>();
    for (ArrayOperator operator : values()) {
      names.add(operator.text);
    }
    return List.copyOf(names);
  }
}
