"""Finds the coefficients of Float32Functions and DoubleErf: minimax polynomials by the Remez exchange, in 40 digits.

usage: python3 polynomials.py   (needs mpmath)
"""
import struct

from mpmath import cos, erf, erfc, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt, tanh

mp.dps = 40


def single(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def remez(f, weight, low, high, degree, rounds=12, points=2000):
    """The polynomial p of the degree that minimises max |weight (f - p)|, and that maximum."""
    low, high = mpf(low), mpf(high)
    n = degree + 2
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    grid = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / points) for i in range(points + 1)]
    values = [(x, f(x), weight(x)) for x in grid]
    for _ in range(rounds):
        a = matrix(n, n)
        b = matrix(n, 1)
        for i, x in enumerate(nodes):
            for j in range(degree + 1):
                a[i, j] = x**j
            a[i, degree + 1] = (-1) ** i / weight(x)
            b[i] = f(x)
        s = lu_solve(a, b)
        c = [s[j] for j in range(degree + 1)]
        error = [(w * (y - horner(c, x)), x) for x, y, w in values]
        runs = [[error[0]]]
        for e in error[1:]:
            if (e[0] > 0) == (runs[-1][0][0] > 0):
                runs[-1].append(e)
            else:
                runs.append([e])
        peaks = [max(run, key=lambda e: abs(e[0])) for run in runs]
        while len(peaks) > n:
            peaks.pop(0 if abs(peaks[0][0]) < abs(peaks[-1][0]) else -1)
        if len(peaks) < n:
            break
        nodes = [x for _, x in peaks]
    return c, max(abs(e) for e, _ in error)


def horner(c, x):
    r = mpf(0)
    for v in reversed(c):
        r = r * x + v
    return r


def show(name, fit):
    c, e = fit
    print(f"{name}: error {float(e):.2e} = 2^{float(log(e) / log(2)):.1f}")
    for v in reversed(c):
        print(f"  {float(single(v)).hex()}f  // {single(v):.9g}")


half = log(2) / 2
# exp(r) = 1 + r + r² p(r)
show("exp", remez(lambda r: (exp(r) - 1 - r) / r**2 if r else mpf(1) / 2, lambda r: r**2 / exp(r), -half * 1.001, half * 1.001, 4))
# log(1 + f) = f - f²/2 + f³ p(f)
show("log", remez(lambda f: (log(1 + f) - f + f**2 / 2) / f**3 if f else mpf(1) / 3,
                  lambda f: abs(f**3 / log(1 + f)) if f else mpf(0) + mpf(10)**-9, sqrt(mpf(1) / 2) - 1, sqrt(mpf(2)) - 1, 8))
# tanh(x) = x + x³ p(x²), |x| < 0.625
show("tanh", remez(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z if z else -mpf(1) / 3, lambda z: z * sqrt(z) / tanh(sqrt(z)) if z else mpf(10)**-9, 0, mpf("0.625") ** 2, 4))
# erf(x) = x + x p(x²), |x| < 0.921875
show("erf, small", remez(lambda z: erf(sqrt(z)) / sqrt(z) - 1 if z else 2 / sqrt(pi) - 1, lambda z: sqrt(z) / erf(sqrt(z)) if z else sqrt(pi) / 2, 0, mpf("0.921875") ** 2, 5))
# log(erfc(t)) = -t - t p(t), 0.92 < t < 3.93
show("erf, large", remez(lambda t: -log(erfc(t)) / t - 1, lambda t: t * erfc(t) / erf(t), mpf("0.92"), mpf("3.95"), 6))

# double: erfc(z) = t exp(-z² + P(t)), t = 2/(2+z); P in Chebyshev polynomials of 2t - 1... printed as plain coefficients of u = 2 t - 1
def big(t):
    z = 2 / t - 2
    return log(erfc(z) / t) + z**2
lowest = mpf(2) / (2 + mpf(28))
print("erfc, double: u = 2t - 1")
n = 44
nodes = [cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
vals = [big((1 + u) / 2 * (1 - lowest) + lowest) for u in nodes]
cheb = [2 / mpf(n) * sum(v * cos(j * pi * (2 * i + 1) / (2 * n)) for i, v in enumerate(vals)) for j in range(n)]
for j in range(n):
    if abs(cheb[j]) > mpf(10) ** -18:
        print(f"  {j} {mp.nstr(cheb[j], 20)}")
