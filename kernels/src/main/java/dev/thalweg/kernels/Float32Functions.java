package dev.thalweg.kernels;

/// The elementary functions of F32 training, by polynomials of our own with every fused
/// multiply-add written out, so that vector code can repeat them to the bit.
///
/// Errors are stated in ulp (units in the last place of the exact result) over all floats, against
/// double precision. An exponential below the normal numbers is 0, and so is what is made of it in
/// sigmoid and softplus: see [Kernels] on denormal numbers. NaN gives NaN; signs and payloads of
/// NaNs are not specified. The coefficients are minimax fits by `tools/polynomials.py`.
public final class Float32Functions {
  /// log₂ e
  static final float LOG2E = 0x1.715476p0f;

  /// The upper part of log 2: with its low bits zero, n times it is exact.
  static final float LN2_HIGH = 0x1.62ep-1f;

  /// log 2 less [#LN2_HIGH]
  static final float LN2_LOW = 0x1.0bfbe8p-15f;

  /// 1.5 · 2²³: added and taken away, it rounds to the nearest integer.
  static final float MAGIC = 0x1.8p23f;

  private static final int MAGIC_BITS = 0x4b400000;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  private Float32Functions() {}

  /// log 2⁻¹²⁶: below, an exponential is not a normal number.
  private static final float LEAST_EXPONENT = -87.33654f;

  /// eˣ, within 1.1 ulp; +∞ above 88.72, 0 below −87.33654, from where on it would be denormal.
  ///
  /// x = n log 2 + r, |r| ≤ log 2 / 2; eˣ = 2ⁿ (1 + r + r² p(r)).
  public static float exp(float x) {
    float c = x > 89f ? 89f : x;
    c = x < LEAST_EXPONENT ? LEAST_EXPONENT : c;
    float t = Math.fma(c, LOG2E, MAGIC);
    float n = t - MAGIC;
    float r = Math.fma(n, -LN2_HIGH, c);
    r = Math.fma(n, -LN2_LOW, r);
    float p = 0x1.6a2352p-10f;
    p = Math.fma(p, r, 0x1.123a6cp-7f);
    p = Math.fma(p, r, 0x1.5558f4p-5f);
    p = Math.fma(p, r, 0x1.555490p-3f);
    p = Math.fma(p, r, 0x1.fffffcp-2f);
    p = Math.fma(p, r * r, r) + 1f;
    // 2ⁿ in two factors, so that neither overflows
    int whole = Float.floatToRawIntBits(t) - MAGIC_BITS;
    int half = whole >> 1;
    float first = Float.intBitsToFloat((half + 127) << 23);
    float second = Float.intBitsToFloat((whole - half + 127) << 23);
    return x < LEAST_EXPONENT ? 0f : p * first * second;
  }

  /// The natural logarithm, within 1 ulp; −∞ of ±0, NaN of negative numbers.
  ///
  /// x = 2ᵉ (1 + f), 1 + f in [√½, √2); log x = e log 2 + f − f²/2 + f³ p(f).
  public static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    float scaled = tiny ? x * 0x1p23f : x;
    int bits = Float.floatToRawIntBits(scaled) - SQRT_HALF_BITS;
    float e = (float) (bits >> 23);
    e = tiny ? e - 23f : e;
    float f = Float.intBitsToFloat((bits & 0x7fffff) + SQRT_HALF_BITS) - 1f;
    float p = 0x1.1457a4p-4f;
    p = Math.fma(p, f, -0x1.de3c12p-4f);
    p = Math.fma(p, f, 0x1.e6f06ap-4f);
    p = Math.fma(p, f, -0x1.fc2208p-4f);
    p = Math.fma(p, f, 0x1.233768p-3f);
    p = Math.fma(p, f, -0x1.555c4ep-3f);
    p = Math.fma(p, f, 0x1.99a4b6p-3f);
    p = Math.fma(p, f, -0x1.000006p-2f);
    p = Math.fma(p, f, 0x1.555548p-2f);
    float square = f * f;
    float tail = Math.fma(p * square, f, Math.fma(e, LN2_LOW, -0.5f * square));
    float y = Math.fma(e, LN2_HIGH, f + tail);
    y = x < Float.POSITIVE_INFINITY ? y : x;
    y = x == 0f ? Float.NEGATIVE_INFINITY : y;
    return x < 0f ? Float.NaN : y;
  }

  /// log(1 + x), within 3 ulp; −∞ of −1, NaN below.
  ///
  /// log(u) · x / (u − 1) with u = 1 + x, which takes back the rounding of u.
  public static float log1p(float x) {
    float u = 1f + x;
    float y = log(u);
    float corrected = y * (x / (u - 1f));
    y = x < 0x1p24f ? corrected : y;
    return u == 1f ? x : y;
  }

  /// The hyperbolic tangent, within 2 ulp.
  ///
  /// x + x³ p(x²) where |x| < 0.625, else ±(1 − 2 / (e^2|x| + 1)).
  public static float tanh(float x) {
    float a = Math.abs(x);
    float z = x * x;
    float p = -0x1.75e1cep-8f;
    p = Math.fma(p, z, 0x1.52269cp-6f);
    p = Math.fma(p, z, -0x1.b83c5ap-5f);
    p = Math.fma(p, z, 0x1.110726p-3f);
    p = Math.fma(p, z, -0x1.555532p-2f);
    float near = Math.fma(p * z, x, x);
    float far = 1f - 2f / (exp(a + a) + 1f);
    far = x < 0f ? -far : far;
    return a < 0.625f ? near : far;
  }

  /// 1 / (1 + e⁻ˣ), within 3 ulp.
  ///
  /// e / (1 + e) with e = e^−|x| for negative x, so that nothing overflows and small results keep
  /// their digits.
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    float above = x < 0f ? e : 1f;
    return above / (1f + e);
  }

  /// log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), within 3 ulp.
  public static float softplus(float x) {
    float y = log1p(exp(-Math.abs(x)));
    float positive = x > 0f ? x : 0f;
    return positive + y;
  }

  /// 2/√π ∫₀ˣ exp(−t²) dt, within 2 ulp.
  ///
  /// x + x p(x²) where |x| < 0.921875, else ±(1 − exp(−t − t q(t))), t = |x|.
  public static float erf(float x) {
    float t = Math.abs(x);
    float z = x * x;
    float p = -0x1.3a17dep-11f;
    p = Math.fma(p, z, 0x1.473baap-8f);
    p = Math.fma(p, z, -0x1.b68b54p-6f);
    p = Math.fma(p, z, 0x1.ce1a6ap-4f);
    p = Math.fma(p, z, -0x1.8126e6p-2f);
    p = Math.fma(p, z, 0x1.06eba6p-3f);
    float near = Math.fma(p, x, x);
    float c = t > 4f ? 4f : t;
    float q = 0x1.78dbe0p-17f;
    q = Math.fma(q, c, -0x1.527be8p-12f);
    q = Math.fma(q, c, 0x1.dd6c98p-9f);
    q = Math.fma(q, c, -0x1.85514ep-6f);
    q = Math.fma(q, c, 0x1.b32570p-4f);
    q = Math.fma(q, c, 0x1.45328ep-1f);
    q = Math.fma(q, c, 0x1.0778dcp-3f);
    float far = 1f - exp(Math.fma(-q, c, -c));
    far = x < 0f ? -far : far;
    return t < 0.921875f ? near : far;
  }

  /// x Φ(x) = ½ x (1 + erf(x/√2)), within 2⁻²² max(|x|, 2⁻¹⁰⁰) of the exact value.
  ///
  /// The error is relative to |x|, not to the result, which falls off like e^−x²/2 for negative x;
  /// −∞ gives NaN.
  public static float gelu(float x) {
    return (0.5f * x) * (1f + erf(x * 0x1.6a09e6p-1f));
  }

  /// −1, 0 of the sign of x, or 1; NaN of NaN.
  public static float sign(float x) {
    float y = x > 0f ? 1f : x;
    return x < 0f ? -1f : y;
  }
}
