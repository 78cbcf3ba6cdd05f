package dev.thalweg.optim.matrix;

import dev.thalweg.formula.ArrayOperator;
import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A function of whole arrays at work on one parameter: bound to the arrays that the formula puts
/// its arguments into, with what it keeps from step to step.
public interface ArrayPass {
  /// Computes the result into the first array.
  ///
  /// @param numbers what stands behind the arrays in the formula
  void run(double[] numbers);

  /// What is kept from step to step, by name; the values themselves.
  default SequencedMap<String, Values> state() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
  }

  /// The function on a parameter's arrays.
  ///
  /// @param first where the parameter begins if all were laid end to end
  /// @param numbers what stands behind the arrays, as far as it is known before the first step
  static ArrayPass of(ArrayOperator function, List<Values> arrays, long first, double[] numbers) {
    return switch (function) {
      case NEWTON_SCHULZ -> new NewtonSchulz(arrays.getFirst());
      case ALMOST_ORTHOGONAL, SCHATTEN_NORMALIZED, SPECTRAL_NORMALIZED ->
          new GramScaled(function, arrays.getFirst());
      case FACTORED -> new Factored(arrays.getFirst());
      case COVER -> new Cover(arrays.getFirst());
      case CENTERED -> new Centered(arrays.getFirst());
      case L1_PROJECTED -> new SimplexProjection(arrays.getFirst(), true);
      case SIMPLEX_PROJECTED -> new SimplexProjection(arrays.getFirst(), false);
      case GAUSSIAN -> new Gaussian(arrays.getFirst(), first);
      case COLUMN_AVERAGE -> new ColumnAverage(arrays.getFirst());
      case UNIT_NORM -> new UnitNorms(arrays.getFirst());
      case SHAMPOO -> new Shampoo(arrays.get(0), arrays.get(1));
      case KL_SHAMPOO -> new KlShampoo(arrays.get(0), arrays.get(1));
      case KRON -> new Kron(arrays.getFirst(), first, numbers);
      case SOAP -> new Soap(arrays.get(0), arrays.get(1));
      case GALORE -> new GaLore(arrays.getFirst(), numbers);
      case DION -> new Dion(arrays.getFirst(), first, numbers);
    };
  }
}
