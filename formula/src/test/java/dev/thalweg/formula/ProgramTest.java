package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  private static final String ADAM =
      """
      # Kingma & Ba
      m = lerp(m, g, 1 - beta1)    # first moment
      v = lerp(v, g^2, 1 - beta2)
      p -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
      """;

  @Test
  void whatIsKeptBeginsWhereInitSays() {
    Program program =
        Program.parse("init z = p; init d = d0 # the start\nd = d + 1; z = z - d * g; p = z");
    assertThat(program.beginnings()).hasToString("[z = p, d = d0]");
    assertThat(program.assignments()).hasSize(3);
    assertThat(program).hasToString("init z = p\ninit d = d0\nd = d + 1\nz = z - d * g\np = z");
    assertThat(Program.parse(program.toString())).isEqualTo(program);
    assertThat(program).isNotEqualTo(Program.parse("d = d + 1; z = z - d * g; p = z"));
    assertThat(program.latex()).contains("z_{(0)} &= p \\\\");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          p = g|init v = p         ; v is not kept from step to step
          v = g|p = v|init v = p   ; v is not kept from step to step
          v = v + g|init v = g     ; before the first step there is no g
          v = v + g|init v = t     ; before the first step there is no t
          v = v + g|init v = v     ; before the first step there is no v
          v = v + g|init p = 1     ; p is given
          v = v + g|init v += 1    ; a beginning is written with =
          v = v + g|init v = 1|init v = 2 ; v begins twice
          v = v + g|init v = norm(p)      ; can't begin as a sum or a norm
          """)
  void aBeginningThatMeansNothingIsRefused(String text, String message) {
    assertThatThrownBy(() -> Program.parse(text.replace('|', '\n')))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining(message);
  }

  @Test
  void initMayBeAName() {
    assertThat(Program.parse("init = init + g; p -= init").targets()).containsExactly("init", "p");
  }

  @Test
  void statementsAreReadFromLinesAndBetweenSemicolons() {
    Program adam = Program.parse(ADAM);

    assertThat(adam.assignments()).hasSize(3);
    assertThat(adam.targets()).containsExactly("m", "v", "p");
    assertThat(adam.variables())
        .containsExactly("m", "beta1", "g", "v", "beta2", "p", "lr", "t", "epsilon");
    assertThat(adam.text()).isEqualTo(ADAM);
    assertThat(adam)
        .hasToString(
            """
            m = m + (1 - beta1) * (g - m)
            v = v + (1 - beta2) * (g^2 - v)
            p = p - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)\
            """);
    assertThat(Program.parse(adam.toString())).isEqualTo(adam).hasSameHashCodeAs(adam);
    assertThat(Program.parse(ADAM.replaceAll("#.*", "").replace("\n", ";\r\n;"))).isEqualTo(adam);
    Span span = adam.assignments().getFirst().span();
    assertThat(span.text().substring(span.start(), span.end()))
        .isEqualTo("m = lerp(m, g, 1 - beta1)");
  }

  @Test
  void operatorsBeforeTheSignAreWrittenOut() {
    assertThat(Program.parse("a += x; b -= x - y; c *= x + y; d /= x * y; f ← x"))
        .hasToString(
            """
            a = a + x
            b = b - (x - y)
            c = c * (x + y)
            d = d / (x * y)
            f = x\
            """);
  }

  @Test
  void resultsAreInTermsOfWhatWasBefore() {
    Program program = Program.parse("m = b * m + g; p -= m; m = 2 * m; u = p + m");
    assertThat(program.results())
        .hasToString("{m=2 * (b * m + g), p=p - (b * m + g), u=p - (b * m + g) + 2 * (b * m + g)}");
    assertThat(program.targets()).containsExactly("m", "p", "u");
    assertThat(program.variables()).containsExactly("b", "m", "g", "p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""              | 0 | expected an assignment, found nothing
          "# nothing"     | 9 | expected an assignment, found nothing
          m               | 1 | expected '=', '+=', '-=', '*=' or '/=' after m, found the end
          m lerp(m, g, w) | 2 | expected '=', '+=', '-=', '*=' or '/=' after m, found 'lerp'
          m == 3          | 2 | expected '=', '+=', '-=', '*=' or '/=' after m, found '=='
          m := 3          | 2 | expected '=', '+=', '-=', '*=' or '/=' after m, found ':'
          m - = 3         | 2 | expected '=', '+=', '-=', '*=' or '/=' after m, found '-'
          m =             | 3 | expected a formula, found nothing
          3 = m           | 0 | expected a name to assign to, found '3'
          (m) = 3         | 0 | expected a name to assign to, found '('
          f(m) = 3        | 0 | expected a name to assign to, found a call
          t = 3           | 0 | t is the number of the step: it can't be assigned to
          pi += 3         | 0 | pi is a number: it can't be assigned to
          sqrt = 3        | 0 | sqrt is a function: it can't be assigned to
          "m = g; p -= (m" | 12 | unclosed parenthesis
          "m = g\nq = 2x; p = m" | 11 | expected an operator before 'x'; to multiply, write *
          "a = b = c"     | 6 | '=' assigns, which only update rules do; to compare, write ==
          """)
  void whatIsNoProgramIsPointedAt(String text, int position, String sentence) {
    var error =
        catchThrowableOfType(SyntaxException.class, () -> Program.parse(text.replace("\\n", "\n")));

    assertThat(error.sentence()).isEqualTo(sentence);
    assertThat(error.position()).isEqualTo(position);
  }

  @Test
  void theCaretStandsInTheRightLine() {
    assertThat(
            catchThrowableOfType(
                SyntaxException.class, () -> Program.parse("m = g\n  p -= lr * (m\nq = 1")))
        .hasMessage("unclosed parenthesis\n    p -= lr * (m\n              ^");
  }

  @Test
  void adamInLatex() {
    assertThat(Program.parse(ADAM).latex())
        .isEqualTo(
            """
            \\begin{aligned}
            m &\\leftarrow \\beta_1 m + (1 - \\beta_1) g \\\\
            v &\\leftarrow \\beta_2 v + (1 - \\beta_2) g^{2} \\\\
            p &\\leftarrow p - \\frac{\\alpha \\frac{m}{1 - \\beta_1^{t}}}\
            {\\sqrt{\\frac{v}{1 - \\beta_2^{t}}} + \\epsilon} \\\\
            \\end{aligned}\
            """);
  }

  @Test
  void rmsPropWithItsOwnAlphaInLatex() {
    assertThat(
            Program.parse(
                    "v = alpha*v + (1-alpha)*g^2; b = momentum*b + g/(sqrt(v)+eps);"
                        + " p -= lr*(b + weight_decay*p)")
                .latex())
        .isEqualTo(
            """
            \\begin{aligned}
            v &\\leftarrow \\alpha v + (1 - \\alpha) g^{2} \\\\
            b &\\leftarrow \\mu b + \\frac{g}{\\sqrt{v} + \\epsilon} \\\\
            p &\\leftarrow p - \\eta (b + \\lambda p) \\\\
            \\end{aligned}\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          1e-8 * x + 2.5e-7   => 10^{-8} x + 2.5 \\cdot 10^{-7}
          2 * 3 * x^2   => 2 \\cdot 3 x^{2}
          (1e-8)^2   => (10^{-8})^{2}
          a - (-b) + a * -b   => a - (-b) + a (-b)
          -(a + b)   => -(a + b)
          (a / b)^2   => \\left(\\frac{a}{b}\\right)^{2}
          sqrt(x)^y   => \\sqrt{x}^{y}
          exp(-x^2 / 2)   => e^{\\frac{-x^{2}}{2}}
          sin(x)^2 + log(x / 2)   => \\sin^{2}(x) + \\log\\left(\\frac{x}{2}\\right)
          max(a, b, c)   => \\max(a, b, c)
          max_norm(g)        => \\left\\|g\\right\\|_{\\infty}
          global_max_norm(g) => \\left\\|g\\right\\|_{\\infty,\\mathrm{all}}
          abs(x) * norm(g)   => \\left|x\\right| \\left\\|g\\right\\|
          asin(x) + erf(x)   => \\arcsin(x) + \\operatorname{erf}(x)
          where(x > 0, x, -x)   => \\begin{cases} x & \\text{if } x > 0 \\\\ -x & \\text{otherwise} \\end{cases}
          (x <= y) * 2   => \\left[x \\le y\\right] \\cdot 2
          m_hat + x_next + θ₁ + beta_2 + Delta   => \\hat{m} + x_{\\mathrm{next}} + \\theta_1 + \\beta_2 + \\Delta
          limit * g + x * limit^2 * y   => \\mathrm{limit} \\, g + x \\, \\mathrm{limit}^{2} y
          a * foo * b + (b + foo) * a   => a \\, \\mathrm{foo} \\, b + (b + \\mathrm{foo}) a
          foo_bar + pi   => \\mathrm{foo\\_bar} + \\pi
          """)
  void formulasInLatex(String text, String latex) {
    assertThat(Expression.parse(text).latex()).isEqualTo(latex);
  }
}
