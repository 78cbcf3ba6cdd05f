"""DoG and LDoG: dog-optimizer 1.0.3, the authors'."""
import dog as package

TEXT = "dog(lr={lr}, radius={reps_rel}, weight_decay={weight_decay}, epsilon={eps}%s)"
for decay in (True, False):
    for kind in ("DoG", "LDoG"):
        reference(kind.lower() + ("-decay" if decay else ""), "dog-optimizer", getattr(package, kind),
                  dict(lr=1.0, reps_rel=1e-2, weight_decay=0.1 * decay, eps=1e-3),
                  dict(reps_rel=1e-1, weight_decay=0.3 * decay, eps=1e-8),
                  text=TEXT % (", layer_wise=true" if kind == "LDoG" else ""))
