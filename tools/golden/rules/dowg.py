"""DoWG: Optax 0.2.8, whose lines are the authors'."""
for radius in (None, 0.01):
    for decay in (0.0, 0.1):
        optax("contrib.dowg", dict(learning_rate=1.0, init_estim_sq_dist=radius, eps=1e-2, weight_decay=decay),
              dict(init_estim_sq_dist=radius and 0.3, eps=1e-3, weight_decay=3 * decay),
              name="dowg" + ("-radius" if radius else "") + ("-decay" if decay else ""),
              also=["dowg(lr={lr}, squared_radius={init_estim_sq_dist}, epsilon={eps}, weight_decay={weight_decay})"])
