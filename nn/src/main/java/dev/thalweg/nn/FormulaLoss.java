package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Tensor;
import java.util.Map;

/// A loss that is given by the formula of its terms: of a prediction `p` and its target `y`.
record FormulaLoss(String formula, ElementFunction function, Reduction reduction)
    implements TermLoss {

  static final String NAME = "formula";

  private static final Argument<ElementFunction> FORMULA =
      Argument.required("formula", Kinds.TERMS, "of each number p predicted and its target y");

  static final Written<Loss> KIND =
      new Written<>(
          Signature.of(
              NAME, "a formula of each number, of numbers", 1, FORMULA, LossArguments.REDUCTION),
          arguments ->
              new FormulaLoss(
                  arguments.get(FORMULA).toString(),
                  arguments.get(FORMULA),
                  arguments.get(LossArguments.REDUCTION)));

  /// @throws dev.thalweg.formula.SyntaxException if the text is no formula of p and y
  static FormulaLoss of(String formula, Reduction reduction) {
    ElementFunction function = ElementFunction.of(formula, "p", "y");
    return new FormulaLoss(function.toString(), function, reduction);
  }

  @Override
  public Targets targets() {
    return Targets.NUMBERS;
  }

  /// Found out by numbers: of small halves and quarters a difference is exact, wherever they are.
  @Override
  public boolean isOfDifferences() {
    double[] points = {-2, -0.5, 0.25, 1, 3.5};
    for (double p : points) {
      for (double y : points) {
        double here = value(p, y);
        for (double shift : new double[] {-16, 8}) {
          if (Double.compare(here, value(p + shift, y + shift)) != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private double value(double p, double y) {
    return function.formula().evaluate(Map.of("p", p, "y", y));
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    TermLoss.checkShapes(NAME, prediction, target);
    return function.apply(prediction, target);
  }

  /// `formula("(p - y)^4")`, with `reduction=sum` where it is one.
  @Override
  public String toString() {
    String text = NAME + "(\"" + formula + '"';
    return text + (reduction == Reduction.SUM ? ", reduction=sum)" : ")");
  }
}
