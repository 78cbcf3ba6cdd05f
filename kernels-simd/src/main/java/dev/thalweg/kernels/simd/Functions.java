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
final class Functions {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private static final float LOG2E = 0x1.715476p0f;
  private static final float LN2_HIGH = 0x1.62ep-1f;
  private static final float LN2_LOW = 0x1.0bfbe8p-15f;
  private static final float MAGIC = 0x1.8p23f;
  private static final int MAGIC_BITS = 0x4b400000;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  private Functions() {}

  private static FloatVector all(float x) {
    return FloatVector.broadcast(S, x);
  }

  private static FloatVector step(FloatVector p, FloatVector x, float coefficient) {
    return p.fma(x, all(coefficient));
  }

  static FloatVector exp(FloatVector x) {
    FloatVector c = x.blend(89f, x.compare(GT, 89f));
    c = c.blend(-104f, c.compare(LT, -104f));
    FloatVector t = c.fma(all(LOG2E), all(MAGIC));
    FloatVector n = t.sub(MAGIC);
    FloatVector r = n.fma(all(-LN2_HIGH), c);
    r = n.fma(all(-LN2_LOW), r);
    FloatVector p = all(0x1.6a2352p-10f);
    p = step(p, r, 0x1.123a6cp-7f);
    p = step(p, r, 0x1.5558f4p-5f);
    p = step(p, r, 0x1.555490p-3f);
    p = step(p, r, 0x1.fffffcp-2f);
    p = p.fma(r.mul(r), r).add(1f);
    IntVector whole = t.reinterpretAsInts().sub(MAGIC_BITS);
    IntVector half = whole.lanewise(ASHR, 1);
    FloatVector first = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    FloatVector second = whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    return p.mul(first).mul(second);
  }

  static FloatVector log(FloatVector x) {
    var tiny = x.compare(LT, Float.MIN_NORMAL);
    FloatVector scaled = x.blend(x.mul(0x1p23f), tiny);
    IntVector bits = scaled.reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector e = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
    e = e.blend(e.sub(23f), tiny);
    FloatVector f = bits.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
    FloatVector p = all(0x1.1457a4p-4f);
    p = step(p, f, -0x1.de3c12p-4f);
    p = step(p, f, 0x1.e6f06ap-4f);
    p = step(p, f, -0x1.fc2208p-4f);
    p = step(p, f, 0x1.233768p-3f);
    p = step(p, f, -0x1.555c4ep-3f);
    p = step(p, f, 0x1.99a4b6p-3f);
    p = step(p, f, -0x1.000006p-2f);
    p = step(p, f, 0x1.555548p-2f);
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(square).fma(f, e.fma(all(LN2_LOW), square.mul(-0.5f)));
    FloatVector y = e.fma(all(LN2_HIGH), f.add(tail));
    y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    return y.blend(Float.NaN, x.compare(LT, 0f));
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector y = log(u);
    FloatVector corrected = y.mul(x.div(u.sub(1f)));
    y = y.blend(corrected, x.compare(LT, 0x1p24f));
    return y.blend(x, u.compare(EQ, 1f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector far = all(1f).sub(all(2f).div(exp(a.add(a)).add(1f)));
    far = far.blend(far.neg(), x.compare(LT, 0f));
    FloatVector z = x.mul(x);
    FloatVector p = all(-0x1.75e1cep-8f);
    p = step(p, z, 0x1.52269cp-6f);
    p = step(p, z, -0x1.b83c5ap-5f);
    p = step(p, z, 0x1.110726p-3f);
    p = step(p, z, -0x1.555532p-2f);
    FloatVector near = p.mul(z).fma(x, x);
    return far.blend(near, a.compare(LT, 0.625f));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector above = all(1f).blend(e, x.compare(LT, 0f));
    return above.div(e.add(1f));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector y = log1p(exp(x.abs().neg()));
    FloatVector positive = all(0f).blend(x, x.compare(GT, 0f));
    return positive.add(y);
  }

  static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector c = t.blend(4f, t.compare(GT, 4f));
    FloatVector q = all(0x1.78dbe0p-17f);
    q = step(q, c, -0x1.527be8p-12f);
    q = step(q, c, 0x1.dd6c98p-9f);
    q = step(q, c, -0x1.85514ep-6f);
    q = step(q, c, 0x1.b32570p-4f);
    q = step(q, c, 0x1.45328ep-1f);
    q = step(q, c, 0x1.0778dcp-3f);
    FloatVector far = all(1f).sub(exp(q.neg().fma(c, c.neg())));
    far = far.blend(far.neg(), x.compare(LT, 0f));
    FloatVector z = x.mul(x);
    FloatVector p = all(-0x1.3a17dep-11f);
    p = step(p, z, 0x1.473baap-8f);
    p = step(p, z, -0x1.b68b54p-6f);
    p = step(p, z, 0x1.ce1a6ap-4f);
    p = step(p, z, -0x1.8126e6p-2f);
    p = step(p, z, 0x1.06eba6p-3f);
    FloatVector near = p.fma(x, x);
    return far.blend(near, t.compare(LT, 0.921875f));
  }

  static FloatVector gelu(FloatVector x) {
    return x.mul(0.5f).mul(erf(x.mul(0x1.6a09e6p-1f)).add(1f));
  }

  static FloatVector sign(FloatVector x) {
    FloatVector y = x.blend(1f, x.compare(GT, 0f));
    return y.blend(-1f, x.compare(LT, 0f));
  }

  static FloatVector positive(FloatVector x) {
    return all(0f).blend(1f, x.compare(GT, 0f));
  }
}
