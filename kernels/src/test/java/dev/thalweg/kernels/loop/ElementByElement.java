package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.Float32Functions;
import dev.thalweg.kernels.Float64Functions;
import java.util.IdentityHashMap;

/// What a program means, as plainly as it can be said: one element, one node at a time.
final class ElementByElement implements FusedLoop {
  private final LoopProgram program;

  ElementByElement(LoopProgram program) {
    this.program = program;
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    float[] values = new float[program.stores().size()];
    for (int i = from; i < to; i++) {
      IdentityHashMap<LoopNode, Float> known = new IdentityHashMap<>();
      for (int s = 0; s < values.length; s++) {
        values[s] = value(program.stores().get(s).value(), arrays, scalars, i, known);
      }
      for (int s = 0; s < values.length; s++) {
        arrays[program.stores().get(s).array()][i] = values[s];
      }
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[] values = new double[program.stores().size()];
    for (int i = from; i < to; i++) {
      IdentityHashMap<LoopNode, Double> known = new IdentityHashMap<>();
      for (int s = 0; s < values.length; s++) {
        values[s] = value(program.stores().get(s).value(), arrays, scalars, i, known);
      }
      for (int s = 0; s < values.length; s++) {
        arrays[program.stores().get(s).array()][i] = values[s];
      }
    }
  }

  private static float value(
      LoopNode node,
      float[][] arrays,
      float[] scalars,
      int i,
      IdentityHashMap<LoopNode, Float> known) {
    Float found = known.get(node);
    if (found != null) {
      return found;
    }
    float x = node.inputs().size() > 0 ? value(node.inputs().get(0), arrays, scalars, i, known) : 0;
    float y = node.inputs().size() > 1 ? value(node.inputs().get(1), arrays, scalars, i, known) : 0;
    float z = node.inputs().size() > 2 ? value(node.inputs().get(2), arrays, scalars, i, known) : 0;
    float result =
        switch (node.operation()) {
          case ARRAY -> arrays[node.index()][i];
          case SCALAR -> scalars[node.index()];
          case CONSTANT -> (float) node.constant();
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          case DIVIDE -> x / y;
          case NEGATE -> -x;
          case ABS -> Math.abs(x);
          case SQRT -> (float) Math.sqrt(x);
          case MAXIMUM -> Math.max(x, y);
          case MINIMUM -> Math.min(x, y);
          case SIGN -> x > 0 ? 1 : x < 0 ? -1 : x;
          case STEP -> x > 0 ? 1 : 0;
          case FLOOR -> (float) Math.floor(x);
          case EXP -> Float32Functions.exp(x);
          case EXPM1 -> (float) StrictMath.expm1(x);
          case LOG -> Float32Functions.log(x);
          case LOG1P -> Float32Functions.log1p(x);
          case SIN -> (float) StrictMath.sin(x);
          case COS -> (float) StrictMath.cos(x);
          case TAN -> (float) StrictMath.tan(x);
          case ASIN -> (float) StrictMath.asin(x);
          case ACOS -> (float) StrictMath.acos(x);
          case ATAN -> (float) StrictMath.atan(x);
          case SINH -> (float) StrictMath.sinh(x);
          case COSH -> (float) StrictMath.cosh(x);
          case TANH -> Float32Functions.tanh(x);
          case SIGMOID -> Float32Functions.sigmoid(x);
          case SOFTPLUS -> Float32Functions.softplus(x);
          case ERF -> Float32Functions.erf(x);
          case POWER -> (float) StrictMath.pow(x, y);
          case LESS -> x < y ? 1 : 0;
          case LESS_OR_EQUAL -> x <= y ? 1 : 0;
          case EQUAL -> x == y ? 1 : 0;
          case SELECT -> x != 0 ? y : z;
        };
    known.put(node, result);
    return result;
  }

  private static double value(
      LoopNode node,
      double[][] arrays,
      double[] scalars,
      int i,
      IdentityHashMap<LoopNode, Double> known) {
    Double found = known.get(node);
    if (found != null) {
      return found;
    }
    int n = node.inputs().size();
    double x = n > 0 ? value(node.inputs().get(0), arrays, scalars, i, known) : 0;
    double y = n > 1 ? value(node.inputs().get(1), arrays, scalars, i, known) : 0;
    double z = n > 2 ? value(node.inputs().get(2), arrays, scalars, i, known) : 0;
    double result =
        switch (node.operation()) {
          case ARRAY -> arrays[node.index()][i];
          case SCALAR -> scalars[node.index()];
          case CONSTANT -> node.constant();
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          case DIVIDE -> x / y;
          case NEGATE -> -x;
          case ABS -> Math.abs(x);
          case SQRT -> Math.sqrt(x);
          case MAXIMUM -> Math.max(x, y);
          case MINIMUM -> Math.min(x, y);
          case SIGN -> x > 0 ? 1 : x < 0 ? -1 : x;
          case STEP -> x > 0 ? 1 : 0;
          case FLOOR -> Math.floor(x);
          case EXP -> StrictMath.exp(x);
          case EXPM1 -> StrictMath.expm1(x);
          case LOG -> StrictMath.log(x);
          case LOG1P -> StrictMath.log1p(x);
          case SIN -> StrictMath.sin(x);
          case COS -> StrictMath.cos(x);
          case TAN -> StrictMath.tan(x);
          case ASIN -> StrictMath.asin(x);
          case ACOS -> StrictMath.acos(x);
          case ATAN -> StrictMath.atan(x);
          case SINH -> StrictMath.sinh(x);
          case COSH -> StrictMath.cosh(x);
          case TANH -> StrictMath.tanh(x);
          case SIGMOID -> Float64Functions.sigmoid(x);
          case SOFTPLUS -> Float64Functions.softplus(x);
          case ERF -> Float64Functions.erf(x);
          case POWER -> StrictMath.pow(x, y);
          case LESS -> x < y ? 1 : 0;
          case LESS_OR_EQUAL -> x <= y ? 1 : 0;
          case EQUAL -> x == y ? 1 : 0;
          case SELECT -> x != 0 ? y : z;
        };
    known.put(node, result);
    return result;
  }
}
