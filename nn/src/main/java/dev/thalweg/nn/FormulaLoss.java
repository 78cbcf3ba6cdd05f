package dev.thalweg.nn;

import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Tensor;

/// A loss that is given by the formula of its terms: of a prediction `p` and its target `y`.
record FormulaLoss(String formula, ElementFunction function, Reduction reduction)
    implements TermLoss {

  static final String NAME = "formula";

  /// @throws dev.thalweg.formula.SyntaxException if the text is no formula of p and y
  static FormulaLoss of(String formula, Reduction reduction) {
    ElementFunction function = ElementFunction.of(formula, "p", "y");
    return new FormulaLoss(function.toString(), function, reduction);
  }

  @Override
  public Targets targets() {
    return Targets.NUMBERS;
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
