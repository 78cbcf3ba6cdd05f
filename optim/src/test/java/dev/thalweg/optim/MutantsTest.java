package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutantsTest {
  private static final Program ADAM =
      Program.parse(
          """
          m = lerp(m, g, 1 - beta1)
          v = lerp(v, g^2, 1 - beta2)
          p -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)\
          """);

  @Test
  void theFaultsThatPeopleMakeAreAmongThem() {
    assertThat(Mutants.of(ADAM))
        .extracting(mutant -> simplified(ADAM, mutant.program()))
        .contains(
            ADAM.toString().lines().count() == 3 ? meant("p - lr", "p + lr") : meant("", ""),
            meant("g^2", "g"),
            meant("g^2", "g^3"),
            meant("sqrt(v / (1 - beta2^t)) + epsilon", "sqrt(v / (1 - beta2^t) + epsilon)"),
            meant("sqrt(v / (1 - beta2^t)) + epsilon", "sqrt(v / (1 - beta2^t))"),
            meant("sqrt(v / (1 - beta2^t))", "v / (1 - beta2^t)"),
            meant("beta1^t", "beta1^(t - 1)"),
            meant("beta2^t", "beta2^(t + 1)"),
            meant("beta1^t", "beta1"),
            meant("m / (1 - beta1^t)", "m"),
            meant("(1 - beta1) * (g", "(1 - (1 - beta1)) * (g"),
            meant("(1 - beta1) * (g", "(1 - beta2) * (g"),
            meant("(m / (1 - beta1^t))", "(g / (1 - beta1^t))"),
            meant("m + (1 - beta1) * (g - m)", "m"),
            meant("1 - beta2^t", "2 - beta2^t"),
            meant("lr * (m", "(m"));
  }

  private static List<Expression> meant(String part, String fault) {
    assertThat(ADAM.toString()).contains(part);
    return simplified(ADAM, Program.parse(ADAM.toString().replace(part, fault)));
  }

  @Test
  void epsilonMovesOutOfTheRootAndMaximaAreSwapped() {
    Program amsgrad = Program.parse("v = lerp(v, g^2, b); h = max(h, v); p -= lr*g/sqrt(h + eps)");
    assertThat(Mutants.of(amsgrad))
        .extracting(Mutant::description)
        .contains(
            "p: sqrt(h + eps) became sqrt(h) + eps",
            "h: max(h, v) became min(h, v)",
            "h: max(h, v) became h",
            "h: max(h, v) became v",
            "p: eps became b",
            "late: v = v + b * (g^2 - v)");
  }

  @Test
  void noTwoAreTheSameAndNoneIsTheProgram() {
    for (String text :
        List.of(
            ADAM.toString(),
            "p -= lr * g",
            "v = beta * v + g; p -= lr * (g + beta * v)",
            "p = 0",
            "p = abs(g) * where(g > 0, 1, 2) + norm(g)")) {
      Program program = Program.parse(text);
      Set<List<Expression>> seen = new HashSet<>();
      seen.add(simplified(program, program));
      assertThat(Mutants.of(program)).isNotEmpty();
      for (Mutant mutant : Mutants.of(program)) {
        assertThat(seen.add(simplified(program, mutant.program())))
            .as("%s: %s", text, mutant.description())
            .isTrue();
        assertThat(Program.parse(mutant.program().toString())).isEqualTo(mutant.program());
      }
    }
  }

  private static List<Expression> simplified(Program program, Program mutant) {
    List<Expression> all = new ArrayList<>();
    for (String target : program.targets()) {
      Expression result = mutant.results().getOrDefault(target, Expression.variable(target));
      all.add(result);
    }
    return Expression.simplified(all);
  }
}
