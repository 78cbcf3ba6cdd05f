package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          (x-1)^2 + 100*(y-x^2)^2 | (x - 1)^2 + 100 * (y - x^2)^2
          -x^2                    | -x^2
          (-x)^2                  | (-x)^2
          (-2)^2                  | (-2)^2
          2^-1                    | 2^-1
          2^3^2                   | 2^3^2
          (2^3)^2                 | (2^3)^2
          x**2*y                  | x^2 * y
          a-(b-c)-(d+e1)          | a - (b - c) - (d + e1)
          a/(b*c)/d               | a / (b * c) / d
          a*(b/c)                 | a * (b / c)
          -a*-b                   | -a * -b
          a - -2 + -b             | a - (-2) + (-b)
          -(a*b)                  | -(a * b)
          - -x                    | -(-x)
          +x                      | x
          ((x))                   | x
          a<b                     | a < b
          (a<=b)*(b!=c)           | (a <= b) * (b != c)
          where(a>b, 1, -2)       | where(a > b, 1, -2)
          1e-5*x + 1E5 + .5 + 1e20 | 1e-5 * x + 100000 + 0.5 + 1e20
          0.1 + 1e-320 - 0        | 0.1 + 1e-320 - 0
          pi + π + 2*PI           | pi + pi + 2 * PI
          lerp(m, g, 1 - beta1)   | m + (1 - beta1) * (g - m)
          clip(g, -c, c)          | min(max(g, -c), c)
          min(a, b, c, d)         | min(min(min(a, b), c), d)
          square(x) + pow(x, y)   | x^2 + x^y
          cbrt(x)                 | sign(x) * abs(x)^(1 / 3)
          log2(x) + log10(x)      | log(x) / log(2) + log(x) / log(10)
          ln(x) + ceil(x)         | log(x) + (-floor(-x))
          rms(g) * norm(g)        | sqrt(mean(g^2)) * norm(g)
          global_norm(g)          | global_norm(g)
          max_norm(g)             | max_norm(g)
          x² − y³·z × 2 ÷ 4       | x^2 - y^3 * z * 2 / 4
          √x + √(x + 1)           | sqrt(x) + sqrt(x + 1)
          x⁻¹²                    | x^-12
          e^x + e^-x² + e²        | exp(x) + exp(-x^2) + exp(2)
          θ - η * β₁              | θ - η * β₁
          a ≤ b                   | a <= b
          weight_decay * m_hat    | weight_decay * m_hat
          """)
  void textIsReadAndPrinted(String text, String canonical) {
    Expression expression = Expression.parse(text);

    assertThat(expression).hasToString(canonical);
    assertThat(Expression.parse(expression.toString())).isEqualTo(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""          | 0 | expected a formula, found nothing
          "  "        | 2 | expected a formula, found nothing
          x +         | 3 | expected a number, a name or '(', found the end
          x + * y     | 4 | expected a number, a name or '(', found '*'
          x^          | 2 | expected a number, a name or '(', found the end
          ()          | 1 | expected a number, a name or '(', found ')'
          (x + 1      | 0 | unclosed parenthesis
          sqrt(x      | 4 | unclosed parenthesis
          sqrt(x,)    | 7 | expected a number, a name or '(', found ')'
          x)          | 1 | no parenthesis is open here
          2x          | 1 | expected an operator before 'x'; to multiply, write *
          2 (x + 1)   | 2 | expected an operator before '('; to multiply, write *
          (a)(b)      | 3 | expected an operator before '('; to multiply, write *
          x y         | 2 | expected an operator before 'y'; to multiply, write *
          x 12.5      | 2 | expected an operator before '12.5'; to multiply, write *
          sin x       | 0 | sin is a function: write sin(x)
          sin²(x)     | 0 | sin is a function: write sin(x)
          max + 1     | 0 | max is a function: write max(x, y)
          where       | 0 | where is a function: write where(x, y, z)
          sqrt(x, y)  | 0 | sqrt: expected 1 argument, found 2
          max(x)      | 0 | max: expected at least 2 arguments, found 1
          exp()       | 0 | exp has no arguments
          1 + e       | 4 | e is kept for powers of Euler's number, e^x: write exp(1) for the number itself, or choose another name
          2 * [x]     | 4 | expected a number, a name or '(', found '['; only parentheses group
          x[1]        | 1 | expected an operator, found '['; only parentheses group
          x = 5       | 2 | '=' assigns, which only update rules do; to compare, write ==
          a < b < c   | 6 | comparisons can't be chained: write (a < b) * (b < c) for a < b < c
          a && b      | 2 | expected an operator, found '&'; conditions are joined by *
          a ? b : c   | 2 | expected an operator, found '?'; write where(condition, a, b)
          np.exp(x)   | 2 | expected an operator, found '.'; no name has a point in it
          1,5         | 1 | expected an operator, found ','; a decimal point is '.'
          x, y        | 1 | expected an operator, found ','
          x!          | 1 | expected an operator, found '!'
          1e400       | 0 | number 1e400 is too large
          1.2.3       | 0 | malformed number 1.2.3
          .           | 0 | malformed number .
          x^½         | 2 | expected a number, a name or '(', found '½'
          x😀         | 1 | expected an operator, found '😀'
          x¹²³⁴⁵      | 1 | an exponent in superscript has at most 4 digits
          """)
  void whatIsNoFormulaIsPointedAt(String text, int position, String sentence) {
    var error = catchThrowableOfType(SyntaxException.class, () -> Expression.parse(text));

    assertThat(error).hasMessageStartingWith(sentence);
    assertThat(error.sentence()).isEqualTo(sentence);
    assertThat(error.position()).isEqualTo(position);
  }

  @Test
  void barsAreNoAbsoluteValue() {
    assertThat(catchThrowableOfType(SyntaxException.class, () -> Expression.parse("2 * |x|")))
        .hasMessageStartingWith(
            "expected a number, a name or '(', found '|'; for |x| write abs(x)\n");
  }

  @Test
  void anUnknownFunctionIsMetWithTheNearest() {
    assertThat(catchThrowableOfType(SyntaxException.class, () -> Expression.parse("2 * Sqr(x)")))
        .hasMessageStartingWith("unknown function 'Sqr' (did you mean 'sqrt'?); known: sqrt, exp, ")
        .hasMessageEndingWith("\n  2 * Sqr(x)\n      ^");
    assertThat(catchThrowableOfType(SyntaxException.class, () -> Expression.parse("xx(y + 1)")))
        .hasMessageContaining("; to multiply, write *\n");
  }

  @Test
  void nestingIsLimitedAndChainsAreNot() {
    for (String nested :
        new String[] {
          "(".repeat(300) + "x" + ")".repeat(300),
          "-".repeat(300) + "x",
          "x^".repeat(300) + "x",
          "√".repeat(300) + "x",
          "abs(".repeat(300) + "x" + ")".repeat(300)
        }) {
      assertThat(catchThrowableOfType(SyntaxException.class, () -> Expression.parse(nested)))
          .hasMessageStartingWith("nested deeper than 200");
    }
    Expression sum = Expression.parse("x" + " - x * y / 2".repeat(100_000));
    assertThat(sum.evaluate(Map.of("x", 1.0, "y", 2.0))).isEqualTo(-99_999);
    assertThat(Expression.parse(sum.toString())).isEqualTo(sum);
  }

  @Test
  void equalPartsAreOneNode() {
    Expression product = Expression.parse("(x + 1) * (x+1)");
    assertThat(product.input(0)).isSameAs(product.input(1));

    Expression y = Expression.parse("y * y").substitute(Map.of("y", product));
    assertThat(y.input(0)).isSameAs(y.input(1));
    assertThat(y).hasToString("(x + 1) * (x + 1) * ((x + 1) * (x + 1))");
  }

  @Test
  void substitutionIsSimultaneous() {
    Expression swapped =
        Expression.parse("x - 2 * y")
            .substitute(Map.of("x", Expression.variable("y"), "y", Expression.variable("x")));
    assertThat(swapped).hasToString("y - 2 * x");
  }

  @Test
  void aGraphOfAnyDepthIsCompared() {
    Expression a = Expression.variable("x");
    Expression b = Expression.variable("x");
    for (int i = 0; i < 10_000; i++) {
      a = Expression.of(Operator.MULTIPLY, a, a);
      b = Expression.of(Operator.MULTIPLY, b, b);
    }
    assertThat(a.equals(b)).isTrue();
    assertThat(a.equals(Expression.of(Operator.MULTIPLY, b, b))).isFalse();
    assertThat(a.variables()).containsExactly("x");
    assertThat(a.input(0).equals(a)).isFalse();
  }

  @Test
  void variablesComeInOrderOfAppearance() {
    assertThat(Expression.parse("z * (x + where(y > z, 1, x))").variables())
        .containsExactly("z", "x", "y");
  }

  @Test
  void partsAreReadOffTheNode() {
    Expression e = Expression.parse("2.5 * x");
    assertThat(e.operation()).isEqualTo(Operator.MULTIPLY);
    assertThat(e.inputs()).hasSize(2);
    assertThat(e.input(0).value()).isEqualTo(2.5);
    assertThat(e.input(1).name()).isEqualTo("x");
    assertThatIllegalStateException().isThrownBy(e::value).withMessage("not a number: 2.5 * x");
    assertThatIllegalStateException().isThrownBy(e::name).withMessage("not a variable: 2.5 * x");
    assertThat(Expression.of(Operator.NEGATE, Expression.number(3)))
        .isEqualTo(Expression.number(-3));
  }

  @Test
  void nodesAreCheckedWhenMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> Expression.number(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Expression.variable("1x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Expression.variable("sqrt"));
    assertThatIllegalArgumentException().isThrownBy(() -> Expression.variable("e"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expression.of(Operator.ADD, Expression.variable("x")))
        .withMessage("ADD needs 2 inputs, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expression.parse("x + y").evaluate(Map.of("x", 1.0)))
        .withMessage("no value for 'y'");
  }

  @ParameterizedTest
  @CsvSource({
    "'2 - 3 - 4', -5",
    "'2^3^2', 512",
    "'-2^2', -4",
    "'8 / 4 / 2', 1",
    "'(1 < 2) + (2 <= 2) + (3 > 4) + (4 >= 4) + (1 == 1) + (1 != 1)', 4",
    "'where(0, 1, 2) + where(-1, 10, 20)', 12",
    "'where(1 > 0, 1, log(-1))', 1",
    "'max(1, 3, 2) + min(5, 4, 6)', 7",
    "'sign(-3) + sign(0) + step(2) + step(0) + relu(-1) + floor(-0.5) + ceil(0.5)', 0",
    "'lerp(10, 20, 0.25) + clip(5, 0, 1)', 13.5",
    "'norm(-3) + sum(4) + mean(5) + global_norm(-6)', 18",
    "'max_norm(-3) + global_max_norm(-6)', 9",
    "'sqrt(2)^2', 2.0000000000000004",
    "'erf(0.5)', 0.5204998778130465",
    "'sigmoid(-1000) + softplus(-1000) + expm1(0) + log1p(0)', 0",
  })
  void valuesAreThoseOfDoubleArithmetic(String text, double value) {
    assertThat(Expression.parse(text).evaluate(Map.of())).isEqualTo(value);
  }

  @Test
  void powersThatAreWrittenDownAreProducts() {
    for (double x : new double[] {0.1, -3.3, 1e-160, 7}) {
      assertThat(Operator.power(x, 2)).isEqualTo(x * x);
      assertThat(Operator.power(x, 3)).isEqualTo(x * x * x);
      assertThat(Operator.power(x, 4)).isEqualTo((x * x) * (x * x));
      assertThat(Operator.power(x, -1)).isEqualTo(1 / x);
      assertThat(Operator.power(x, -2)).isEqualTo(1 / (x * x));
      assertThat(Operator.power(x, 0.5)).isEqualTo((Double) Math.sqrt(x));
      assertThat(Operator.power(x, -0.5)).isEqualTo((Double) (1 / Math.sqrt(x)));
      assertThat(Operator.power(x, 5)).isEqualTo(StrictMath.pow(x, 5));
    }
  }

  @Test
  void randomFormulasReadBackAsTheSame() {
    for (long seed = 0; seed < 20_000; seed++) {
      Expression expression = new RandomExpressions(seed, true).next(1 + (int) (seed % 6));
      Expression again = Expression.parse(expression.toString());
      assertThat(again).as("seed %d", seed).isEqualTo(expression);
      assertThat(again.hashCode()).isEqualTo(expression.hashCode());
      assertThat(again).hasToString(expression.toString());
    }
  }
}
