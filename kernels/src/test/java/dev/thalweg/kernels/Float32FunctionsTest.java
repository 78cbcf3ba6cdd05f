package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Float32FunctionsTest {

  /// A function, its value in double, and the bound of its documentation in ulp.
  record Case(UnaryFunction f, DoubleUnaryOperator exact, double ulps) {
    @Override
    public String toString() {
      return f.name();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(UnaryFunction.EXP, StrictMath::exp, 1.1),
        new Case(UnaryFunction.LOG, StrictMath::log, 1),
        new Case(UnaryFunction.LOG1P, StrictMath::log1p, 3),
        new Case(UnaryFunction.TANH, StrictMath::tanh, 2),
        new Case(UnaryFunction.SIGMOID, Float64Functions::sigmoid, 3),
        new Case(UnaryFunction.SOFTPLUS, Float64Functions::softplus, 3),
        new Case(UnaryFunction.ERF, Float64Functions::erf, 2),
        new Case(UnaryFunction.SIN, StrictMath::sin, 0.501),
        new Case(UnaryFunction.COS, StrictMath::cos, 0.501));
  }

  /// Every 4,093rd float of all 2³² (or, by the system property, every one: minutes).
  private static final long STEP =
      Long.parseLong(System.getProperty("thalweg.test.floatStep", "4093"));

  @ParameterizedTest
  @MethodSource("cases")
  void staysWithinItsBoundOverAllFloats(Case c) {
    double worst = 0;
    float at = 0;
    for (long bits = 0; bits < 1L << 32; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      double e = c.exact.applyAsDouble(x);
      float y = c.f.apply(x);
      double error = ulps(y, e);
      if (!(error <= worst)) {
        worst = error;
        at = x;
      }
    }
    System.out.println(c + " " + worst + " ulp at " + at);
    assertThat(worst).as("ulp at %s", at).isLessThanOrEqualTo(c.ulps);
  }

  /// |y − e| in units of the last place of the float nearest e; 0 if both are NaN or the same
  /// infinity, or if y is 0 and e no normal number: such an exponential becomes 0.
  private static double ulps(float y, double e) {
    float nearest = (float) e;
    if (Float.isNaN(nearest)
        || Float.isInfinite(nearest)
        || Float.isNaN(y)
        || Float.isInfinite(y)) {
      if (Float.compare(y, nearest) == 0) {
        return 0;
      }
      // an overflow one ulp too early or too late
      return Math.abs(y) >= Float.MAX_VALUE && Math.abs(nearest) >= Float.MAX_VALUE
          ? 1
          : Double.NaN;
    }
    return y == 0 && Math.abs(nearest) < Float.MIN_NORMAL ? 0 : Math.abs(y - e) / Math.ulp(nearest);
  }

  @Test
  void geluStaysWithinItsBoundOverAllFloats() {
    double worst = 0;
    float at = 0;
    for (long bits = 0; bits < 1L << 32; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      if (Float.isNaN(x) || Float.isInfinite(x)) {
        continue;
      }
      double error =
          Math.abs(Float32Functions.gelu(x) - Float64Functions.gelu(x))
              / Math.max(Math.abs(x), 0x1p-100);
      if (!(error <= worst)) {
        worst = error;
        at = x;
      }
    }
    System.out.println("gelu " + worst * 0x1p22 + " at " + at);
    assertThat(worst).as("at %s", at).isLessThanOrEqualTo(0x1p-22);
  }

  @Test
  void specialValuesAreRight() {
    float inf = Float.POSITIVE_INFINITY;
    for (UnaryFunction f : UnaryFunction.values()) {
      if (f != UnaryFunction.STEP) {
        assertThat(f.apply(Float.NaN)).as(f + " of NaN").isNaN();
      }
    }
    assertThat(Float32Functions.exp(-inf)).isEqualTo(0f);
    assertThat(Float32Functions.exp(-87.33654f)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    assertThat(Float32Functions.exp(Math.nextDown(-87.33654f))).isEqualTo(0f);
    assertThat(Float32Functions.sigmoid(-90f)).isEqualTo(0f);
    assertThat(Float32Functions.softplus(-90f)).isEqualTo(0f);
    assertThat(Float32Functions.exp(inf)).isEqualTo(inf);
    assertThat(Float32Functions.exp(0f)).isEqualTo(1f);
    assertThat(Float32Functions.exp(-0f)).isEqualTo(1f);
    assertThat(Float32Functions.log(0f)).isEqualTo(-inf);
    assertThat(Float32Functions.log(-0f)).isEqualTo(-inf);
    assertThat(Float32Functions.log(1f)).isEqualTo(0f);
    assertThat(Float32Functions.log(-1f)).isNaN();
    assertThat(Float32Functions.log(inf)).isEqualTo(inf);
    assertThat(Float32Functions.log1p(-1f)).isEqualTo(-inf);
    assertThat(Float32Functions.log1p(inf)).isEqualTo(inf);
    assertThat(Float32Functions.log1p(-2f)).isNaN();
    for (UnaryFunction odd :
        new UnaryFunction[] {
          UnaryFunction.TANH,
          UnaryFunction.ERF,
          UnaryFunction.LOG1P,
          UnaryFunction.SIGN,
          UnaryFunction.GELU,
          UnaryFunction.SIN
        }) {
      assertThat(odd.apply(-0f)).as(odd + " of −0").isEqualTo(-0f);
    }
    assertThat(Float32Functions.tanh(inf)).isEqualTo(1f);
    assertThat(Float32Functions.tanh(-inf)).isEqualTo(-1f);
    assertThat(Float32Functions.erf(-inf)).isEqualTo(-1f);
    assertThat(Float32Functions.sigmoid(-inf)).isEqualTo(0f);
    assertThat(Float32Functions.sigmoid(inf)).isEqualTo(1f);
    assertThat(Float32Functions.softplus(-inf)).isEqualTo(0f);
    assertThat(Float32Functions.softplus(inf)).isEqualTo(inf);
  }

  @Test
  void theErrorFunctionInDoubleAgreesWithPublishedValues() {
    // Abramowitz and Stegun, table 7.1, and erfc(5), erfc(10) of the DLMF
    assertThat(Float64Functions.erf(0.1)).isCloseTo(0.1124629160, within(5e-11));
    assertThat(Float64Functions.erf(0.5)).isCloseTo(0.5204998778, within(5e-11));
    assertThat(Float64Functions.erf(1)).isCloseTo(0.8427007929, within(5e-11));
    assertThat(Float64Functions.erf(2)).isCloseTo(0.9953222650, within(5e-11));
    assertThat(Float64Functions.erfc(5) / 1.537459794428035E-12).isCloseTo(1, within(1e-13));
    // x erfc(−x/√2)/2 in 60 digits, by mpmath
    double[][] gelu = {
      {-0.3, -0.1146265733433142},
      {-1.0, -0.15865525393145705},
      {-2.5, -0.015524163314440337},
      {-5.0, -1.4332578593959695e-06},
      {-10.0, -7.619853024160526e-23},
      {-17.3, -4.068863913739972e-66},
      {-25.0, -7.641741765956403e-137},
      {-33.3, -6.428583334739707e-242},
      {-37.0, -2.1184613523340935e-298}
    };
    for (double[] one : gelu) {
      double found = Float64Functions.gelu(one[0]);
      assertThat(Math.abs(found - one[1])).isLessThanOrEqualTo(6 * Math.ulp(one[1]));
    }
    assertThat(Float64Functions.gelu(Double.NEGATIVE_INFINITY)).isEqualTo(-0.0);
    assertThat(Float64Functions.gelu(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Float64Functions.gelu(Double.NaN)).isNaN();
    assertThat(Float64Functions.erfc(10) / 2.0884875837625446E-45).isCloseTo(1, within(1e-13));
  }

  @Test
  void bothFormsOfTheDoubleErrorFunctionMeet() {
    for (double x = 0.4; x < 0.6; x += 0.001) {
      double derivative = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
      double h = 1e-5;
      double difference = (Float64Functions.erf(x + h) - Float64Functions.erf(x - h)) / (2 * h);
      assertThat(difference).isCloseTo(derivative, within(1e-9));
      assertThat(Float64Functions.erf(x)).isCloseTo(1 - Float64Functions.erfc(x), within(4e-16));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double d) {
    return org.assertj.core.data.Offset.offset(d);
  }
}
