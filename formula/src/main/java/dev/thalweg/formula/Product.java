package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// A product taken apart: a constant, and bases with all the exponents they bear.
final class Product {
  private Ratio constant = Ratio.ONE;
  private final List<Expression> bases = new ArrayList<>();
  private final IdentityHashMap<Expression, List<Ratio>> exponents = new IdentityHashMap<>();

  Ratio constant() {
    return constant;
  }

  void setConstant(Ratio constant) {
    this.constant = constant;
  }

  /// The bases, in order of first appearance.
  List<Expression> bases() {
    return bases;
  }

  List<Ratio> exponents(Expression base) {
    return exponents.getOrDefault(base, List.of());
  }

  void multiply(Expression base, Ratio exponent) {
    List<Ratio> list = exponents.get(base);
    if (list == null) {
      list = new ArrayList<>();
      exponents.put(base, list);
      bases.add(base);
    }
    list.add(exponent);
  }

  /// Multiplies the constant; false, and nothing done, if that would overflow or vanish.
  boolean multiply(Ratio factor) {
    Ratio product = constant.times(factor);
    boolean lost = product.isZero() && !constant.isZero() && !factor.isZero();
    if (!product.isFinite() || lost) {
      return false;
    }
    constant = product;
    return true;
  }
}
