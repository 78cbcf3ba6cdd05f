package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FormulaTest {
  @Test
  void rosenbrocksValleyWithItsDerivatives() {
    Formula f = Formula.parse("(x-1)^2 + 100*(y-x^2)^2");

    assertThat(f.variables()).containsExactly("x", "y");
    assertThat(f.value(new double[] {-1, 1})).isEqualTo(4);
    assertThat(f.value(Map.of("x", 0.0, "y", 1.0))).isEqualTo(101);
    double[] gradient = new double[2];
    f.gradient(new double[] {-1.2, 1}, gradient);
    assertThat(gradient[0]).isCloseTo(-215.6, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(gradient[1]).isCloseTo(-88.0, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(f.derivative("x")).hasToString("2 * (x - 1) - 400 * x * (y - x^2)");
    assertThat(f.derivative("y")).hasToString("200 * (y - x^2)");
    assertThat(f.derivative("x", "y")).hasToString("-400 * x");
    assertThat(f.derivative("y", "x")).hasToString("-400 * x");
    assertThat(f).hasToString("(x - 1)^2 + 100 * (y - x^2)^2");
    assertThat(f.latex()).isEqualTo("(x - 1)^{2} + 100 (y - x^{2})^{2}");
  }

  @Test
  void leavingTheDomainIsNamed() {
    Formula f = Formula.parse("x * theta - log(theta)");
    assertThat(f.complaint(new double[] {1, -0.3})).contains("log(theta): theta is -0.3");
    assertThat(f.complaint(new double[] {1, 0.3})).isEmpty();
    Formula root = Formula.parse("sqrt(x)");
    assertThat(root.complaint(new double[] {0})).isEmpty();
    assertThat(root.gradientComplaint(new double[] {0}))
        .contains("1 / (2 * sqrt(x)): 2 * sqrt(x) is 0");
  }

  @Test
  void aBranchNotTakenDoesNoHarmToTheGradient() {
    Formula f = Formula.parse("where(x > 0, x * log(x) + y, 0) - where(y > 2, sqrt(y - 2), -y)");
    double[] gradient = new double[2];
    f.gradient(new double[] {0, 2}, gradient);
    assertThat(gradient).containsExactly(0, 1);
  }

  @Test
  void oneGradientServesThousandsOfVariables() {
    StringBuilder text = new StringBuilder("0");
    for (int i = 0; i < 3_000; i++) {
      text.append(" + (x").append(i).append(" - ").append(i).append(")^2");
    }
    Formula f = Formula.parse("log(1 + " + text + ")");
    double[] x = new double[3_000];
    double[] gradient = new double[3_000];
    f.gradient(x, gradient);
    double value = Math.exp(f.value(x));
    for (int i = 0; i < x.length; i++) {
      assertThat(gradient[i]).isCloseTo(-2 * i / value, org.assertj.core.data.Offset.offset(1e-18));
    }
  }

  @Test
  void aConstantHasNoVariables() {
    Formula f = Formula.parse("2 * 3");
    assertThat(f.variables()).isEmpty();
    assertThat(f.value(new double[0])).isEqualTo(6);
    f.gradient(new double[0], new double[0]);
  }

  @Test
  void wrongNamesAndReductionsAreRefused() {
    Formula f = Formula.parse("x^2 + theta");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.derivative("teta"))
        .withMessage("unknown variable 'teta' (did you mean 'theta'?); known: x, theta");
    assertThatIllegalArgumentException().isThrownBy(() -> f.value(Map.of("x", 1.0)));
    assertThat(
            catchThrowableOfType(
                SyntaxException.class, () -> Formula.parse("x + global_norm(x) + norm(x)")))
        .hasMessage(
            """
            global_norm runs over an array, and a function to minimise has none
              x + global_norm(x) + norm(x)
                  ^\
            """);
  }
}
