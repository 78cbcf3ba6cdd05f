package dev.thalweg.kernels.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [dev.thalweg.kernels.Float32Functions], operation by operation, on vectors.
///
/// What is built on the exponential takes it as an argument: more than one polynomial in a loop,
/// and the JIT stops inlining and makes objects of vectors.
final class Functions {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  // constants as vectors: broadcasts in the loops would cost the JIT too many nodes
  private static final FloatVector LOG2E = all(0x1.715476p0f);
  private static final FloatVector MAGIC = all(0x1.8p23f);
  private static final FloatVector MINUS_LN2_HIGH = all(-0x1.62ep-1f);
  private static final FloatVector MINUS_LN2_LOW = all(-0x1.0bfbe8p-15f);
  private static final FloatVector MOST = all(89f);
  private static final FloatVector LEAST = all(-87.33654f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector LN2_LOW = all(0x1.0bfbe8p-15f);
  private static final FloatVector LN2_HIGH = all(0x1.62ep-1f);
  private static final FloatVector TWO_TO_23 = all(0x1p23f);
  private static final FloatVector TWENTY_THREE = all(23f);
  private static final FloatVector MINUS_HALF = all(-0.5f);
  private static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
  private static final FloatVector NOT_A_NUMBER = all(Float.NaN);
  private static final FloatVector SMALLEST_NORMAL = all(Float.MIN_NORMAL);
  private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
  private static final FloatVector ZERO = all(0f);
  private static final FloatVector TWO_TO_24 = all(0x1p24f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector TANH_NEAR = all(0.625f);
  private static final FloatVector FOUR = all(4f);
  private static final FloatVector ERF_NEAR = all(0.921875f);
  private static final FloatVector SQRT_HALF = all(0x1.6a09e6p-1f);
  private static final FloatVector HALF = all(0.5f);
  private static final FloatVector DENSITY_PEAK = all(0x1.988454p-2f);
  private static final FloatVector MINUS_ONE = all(-1f);

  // coefficients, the highest first
  private static final FloatVector EXP_0 = all(0x1.6a2352p-10f);
  private static final FloatVector EXP_1 = all(0x1.123a6cp-7f);
  private static final FloatVector EXP_2 = all(0x1.5558f4p-5f);
  private static final FloatVector EXP_3 = all(0x1.555490p-3f);
  private static final FloatVector EXP_4 = all(0x1.fffffcp-2f);
  private static final FloatVector LOG_0 = all(0x1.1457a4p-4f);
  private static final FloatVector LOG_1 = all(-0x1.de3c12p-4f);
  private static final FloatVector LOG_2 = all(0x1.e6f06ap-4f);
  private static final FloatVector LOG_3 = all(-0x1.fc2208p-4f);
  private static final FloatVector LOG_4 = all(0x1.233768p-3f);
  private static final FloatVector LOG_5 = all(-0x1.555c4ep-3f);
  private static final FloatVector LOG_6 = all(0x1.99a4b6p-3f);
  private static final FloatVector LOG_7 = all(-0x1.000006p-2f);
  private static final FloatVector LOG_8 = all(0x1.555548p-2f);
  private static final FloatVector TANH_0 = all(-0x1.75e1cep-8f);
  private static final FloatVector TANH_1 = all(0x1.52269cp-6f);
  private static final FloatVector TANH_2 = all(-0x1.b83c5ap-5f);
  private static final FloatVector TANH_3 = all(0x1.110726p-3f);
  private static final FloatVector TANH_4 = all(-0x1.555532p-2f);
  private static final FloatVector ERF_FAR_0 = all(0x1.78dbe0p-17f);
  private static final FloatVector ERF_FAR_1 = all(-0x1.527be8p-12f);
  private static final FloatVector ERF_FAR_2 = all(0x1.dd6c98p-9f);
  private static final FloatVector ERF_FAR_3 = all(-0x1.85514ep-6f);
  private static final FloatVector ERF_FAR_4 = all(0x1.b32570p-4f);
  private static final FloatVector ERF_FAR_5 = all(0x1.45328ep-1f);
  private static final FloatVector ERF_FAR_6 = all(0x1.0778dcp-3f);
  private static final FloatVector ERF_NEAR_0 = all(-0x1.3a17dep-11f);
  private static final FloatVector ERF_NEAR_1 = all(0x1.473baap-8f);
  private static final FloatVector ERF_NEAR_2 = all(-0x1.b68b54p-6f);
  private static final FloatVector ERF_NEAR_3 = all(0x1.ce1a6ap-4f);
  private static final FloatVector ERF_NEAR_4 = all(-0x1.8126e6p-2f);
  private static final FloatVector ERF_NEAR_5 = all(0x1.06eba6p-3f);

  private static final IntVector MAGIC_BITS = all(0x4b400000);
  private static final IntVector SQRT_HALF_BITS = all(0x3f3504f3);
  private static final IntVector MANTISSA = all(0x7fffff);
  private static final IntVector BIAS = all(127);

  private Functions() {}

  private static FloatVector all(float x) {
    return FloatVector.broadcast(S, x);
  }

  private static IntVector all(int x) {
    return IntVector.broadcast(Width.INTS, x);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector c = x.blend(MOST, x.compare(GT, MOST));
    var low = x.compare(LT, LEAST);
    c = c.blend(LEAST, low);
    FloatVector t = c.fma(LOG2E, MAGIC);
    FloatVector n = t.sub(MAGIC);
    FloatVector r = n.fma(MINUS_LN2_HIGH, c);
    r = n.fma(MINUS_LN2_LOW, r);
    FloatVector p = EXP_0;
    p = p.fma(r, EXP_1);
    p = p.fma(r, EXP_2);
    p = p.fma(r, EXP_3);
    p = p.fma(r, EXP_4);
    p = p.fma(r.mul(r), r).add(ONE);
    IntVector whole = t.reinterpretAsInts().sub(MAGIC_BITS);
    IntVector half = whole.lanewise(ASHR, 1);
    FloatVector first = half.add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats();
    FloatVector second = whole.sub(half).add(BIAS).lanewise(LSHL, 23).reinterpretAsFloats();
    return p.mul(first).mul(second).blend(ZERO, low);
  }

  static FloatVector log(FloatVector x) {
    var tiny = x.compare(LT, SMALLEST_NORMAL);
    FloatVector scaled = x.blend(x.mul(TWO_TO_23), tiny);
    IntVector bits = scaled.reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector e = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
    e = e.blend(e.sub(TWENTY_THREE), tiny);
    FloatVector f = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(ONE);
    FloatVector p = LOG_0;
    p = p.fma(f, LOG_1);
    p = p.fma(f, LOG_2);
    p = p.fma(f, LOG_3);
    p = p.fma(f, LOG_4);
    p = p.fma(f, LOG_5);
    p = p.fma(f, LOG_6);
    p = p.fma(f, LOG_7);
    p = p.fma(f, LOG_8);
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(square).fma(f, e.fma(LN2_LOW, square.mul(MINUS_HALF)));
    FloatVector y = e.fma(LN2_HIGH, f.add(tail));
    y = x.blend(y, x.compare(LT, INFINITY));
    y = y.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
    return y.blend(NOT_A_NUMBER, x.compare(LT, ZERO));
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(ONE);
    FloatVector y = log(u);
    FloatVector corrected = y.mul(x.div(u.sub(ONE)));
    y = y.blend(corrected, x.compare(LT, TWO_TO_24));
    return y.blend(x, u.compare(EQ, ONE));
  }

  /// tanh x, where e = exp(2|x|).
  static FloatVector tanh(FloatVector x, FloatVector e) {
    FloatVector far = ONE.sub(TWO.div(e.add(ONE)));
    far = far.blend(far.neg(), x.compare(LT, ZERO));
    FloatVector z = x.mul(x);
    FloatVector p = TANH_0;
    p = p.fma(z, TANH_1);
    p = p.fma(z, TANH_2);
    p = p.fma(z, TANH_3);
    p = p.fma(z, TANH_4);
    FloatVector near = p.mul(z).fma(x, x);
    return far.blend(near, x.abs().compare(LT, TANH_NEAR));
  }

  /// The sigmoid of x, where e = exp(−|x|).
  static FloatVector sigmoid(FloatVector x, FloatVector e) {
    FloatVector above = ONE.blend(e, x.compare(LT, ZERO));
    return above.div(e.add(ONE));
  }

  /// The softplus of x, where y = log(1 + exp(−|x|)).
  static FloatVector softplus(FloatVector x, FloatVector y) {
    FloatVector positive = ZERO.blend(x, x.compare(GT, ZERO));
    return positive.add(y);
  }

  /// What the exponential of [#erf] is taken of: −t − t q(t), t = min(|x|, 4).
  static FloatVector erfExponent(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector c = t.blend(FOUR, t.compare(GT, FOUR));
    FloatVector q = ERF_FAR_0;
    q = q.fma(c, ERF_FAR_1);
    q = q.fma(c, ERF_FAR_2);
    q = q.fma(c, ERF_FAR_3);
    q = q.fma(c, ERF_FAR_4);
    q = q.fma(c, ERF_FAR_5);
    q = q.fma(c, ERF_FAR_6);
    return q.neg().fma(c, c.neg());
  }

  /// erf x, where e = exp([#erfExponent]).
  static FloatVector erf(FloatVector x, FloatVector e) {
    FloatVector far = ONE.sub(e);
    far = far.blend(far.neg(), x.compare(LT, ZERO));
    FloatVector z = x.mul(x);
    FloatVector p = ERF_NEAR_0;
    p = p.fma(z, ERF_NEAR_1);
    p = p.fma(z, ERF_NEAR_2);
    p = p.fma(z, ERF_NEAR_3);
    p = p.fma(z, ERF_NEAR_4);
    p = p.fma(z, ERF_NEAR_5);
    FloatVector near = p.fma(x, x);
    return far.blend(near, x.abs().compare(LT, ERF_NEAR));
  }

  /// What the exponential of [#gelu] is taken of: [#erfExponent] of x / √2.
  static FloatVector geluExponent(FloatVector x) {
    return erfExponent(x.mul(SQRT_HALF));
  }

  /// gelu x, where e = exp([#geluExponent]).
  static FloatVector gelu(FloatVector x, FloatVector e) {
    return geluOf(x, oneAndErf(x, e));
  }

  /// 1 + erf(x / √2), where e = exp([#geluExponent]).
  static FloatVector oneAndErf(FloatVector x, FloatVector e) {
    return erf(x.mul(SQRT_HALF), e).add(ONE);
  }

  /// −½ x x, of which the exponential is the density of the normal distribution but for its peak.
  static FloatVector minusHalfSquare(FloatVector x) {
    return x.mul(x).mul(MINUS_HALF);
  }

  /// gelu x = ½ x u, where u = [#oneAndErf].
  static FloatVector geluOf(FloatVector x, FloatVector u) {
    return x.mul(HALF).mul(u);
  }

  /// The slope of gelu at x, ½ u + φ(0) e x, where u = [#oneAndErf] and e =
  /// exp([#minusHalfSquare]).
  static FloatVector geluSlope(FloatVector x, FloatVector u, FloatVector e) {
    return u.mul(HALF).add(e.mul(DENSITY_PEAK).mul(x));
  }

  static FloatVector sign(FloatVector x) {
    FloatVector y = x.blend(ONE, x.compare(GT, ZERO));
    return y.blend(MINUS_ONE, x.compare(LT, ZERO));
  }

  static FloatVector positive(FloatVector x) {
    return ZERO.blend(ONE, x.compare(GT, ZERO));
  }
}
