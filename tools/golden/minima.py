#!/usr/bin/env python3
"""Minima of classic functions as SciPy's own methods find them, and what that costs them.

    python3 tools/golden/minima.py      writes optim/src/test/resources/golden/minima.tsv

Executed: scipy.optimize.minimize with the exact gradient, until the norm of the gradient is at most 1e-8, and
scipy.optimize.least_squares (lm, MINPACK's) with the exact Jacobian for sums of squares. Columns:
method, function (as Thalweg and Python read it), variables, start, minimum, value, evaluations of the gradient.
"""
import numpy as np
import scipy
import sympy
from scipy.optimize import minimize

from gradients import RESOURCES, text

FUNCTIONS = [
    ("(1-x)^2+100*(y-x^2)^2", "x y", (-1.2, 1)),
    ("(x+2*y-7)^2+(2*x+y-5)^2", "x y", (1, -3)),
    ("(1.5-x+x*y)^2+(2.25-x+x*y^2)^2+(2.625-x+x*y^3)^2", "x y", (1, 1)),
    ("(x-1)^4+(x-1)^2*y^2+(y+1)^2", "x y", (4, 3)),
    ("log(exp(x-2)+exp(-x-y)+exp(y/2))+0.1*(x^2+y^2)", "x y", (3, -4)),
    ("+".join(f"(1-x{i})^2+100*(x{i + 1}-x{i}^2)^2" for i in range(9)), " ".join(f"x{i}" for i in range(10)),
     (0.5, 0.7, 0.3, 1.2, 0.9, 0.6, 0.9, 0.2, 0.4, 0.8)),
]
METHODS = {"CG": dict(gtol=1e-8, norm=2), "Newton-CG": dict(xtol=1e-12), "L-BFGS-B": dict(ftol=0, gtol=1e-9)}

LINES = []
for source, names, start in FUNCTIONS:
    symbols = sympy.symbols(names)
    expression = sympy.sympify(source.replace("^", "**"))
    f = sympy.lambdify([symbols], expression, "numpy")
    g = sympy.lambdify([symbols], [sympy.diff(expression, s) for s in symbols], "numpy")
    for method, options in METHODS.items():
        found = minimize(f, np.array(start, float), jac=lambda x: np.array(g(x), float), method=method,
                         options=options | dict(maxiter=10_000))
        LINES.append([method, source, names, text(start), text(found.x), repr(float(found.fun)), str(found.njev)])

# Between bounds: the first two have their minimum at one.
BOUNDED = [(FUNCTIONS[0], -2, 0.5), (FUNCTIONS[1], 0, 2.5), (FUNCTIONS[2], -4.5, 4.5), (FUNCTIONS[5], -0.5, 0.8),
           (("(x+1)^2+2*(y+x)^2+(z-0.3)^4+(w-2)^2", "x y z w", (0.5, 0.5, 0.9, 0.1)), 0, 1)]
for (source, names, start), low, high in BOUNDED:
    symbols = sympy.symbols(names)
    expression = sympy.sympify(source.replace("^", "**"))
    f = sympy.lambdify([symbols], expression, "numpy")
    g = sympy.lambdify([symbols], [sympy.diff(expression, s) for s in symbols], "numpy")
    start = np.clip(start, low, high)
    found = minimize(f, start, jac=lambda x: np.array(g(x), float), method="L-BFGS-B",
                     bounds=[(low, high)] * len(start), options=dict(ftol=0, gtol=1e-10, maxiter=10_000))
    LINES.append([f"lbfgs_b(low={low}, high={high})", source, names, text(start), text(found.x),
                  repr(float(found.fun)), str(found.njev)])

# Sums of squares: data of exponential decay, of a hyperbola (Michaelis-Menten), Powell's singular function.
X = (0.5, 1, 2, 3, 5, 8)
SQUARES = [
    ([f"{y}-a*exp(-b*{x})" for x, y in zip(X, (4.1, 3.4, 2.1, 1.6, 0.6, 0.2))], "a b", (1, 1)),
    ([f"{y}-a*{x}/(b+{x})" for x, y in zip(X, (0.9, 1.4, 2.1, 2.3, 2.8, 3.0))], "a b", (1, 0.2)),
    (["x-10*y", "y^2-2*z+w", "1-x", "10*(w-y)"], "x y z w", (3, -1, 0, 1)),
    (["1-x", "10*(y-x^2)"], "x y", (-1.2, 1)),
]
for residuals, names, start in SQUARES:
    symbols = sympy.symbols(names)
    expressions = [sympy.sympify(r.replace("^", "**")) for r in residuals]
    r = sympy.lambdify([symbols], expressions, "numpy")
    j = sympy.lambdify([symbols], [[sympy.diff(e, s) for s in symbols] for e in expressions], "numpy")
    found = scipy.optimize.least_squares(r, start, lambda x: np.array(j(x), float), method="lm",
                                         ftol=1e-15, xtol=1e-15, gtol=1e-15)
    LINES.append(["lm", "+".join(f"({e})^2" for e in residuals), names, text(start), text(found.x),
                  repr(float(2 * found.cost)), str(found.nfev)])
path = RESOURCES / "minima.tsv"
path.write_text("".join("\t".join(line) + "\n" for line in LINES))
print(path.name, len(LINES), "minima, scipy", scipy.__version__)
for line in LINES:
    print(line[0], line[1][:30], line[4][:60], line[5], line[6])
