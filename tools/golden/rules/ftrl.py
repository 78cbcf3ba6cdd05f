"""FTRL-Proximal. Keras 3.15.1 executed."""
TEXT = ("ftrl(lr={lr}, power={learning_rate_power}, initial_accumulator={initial_accumulator_value}, "
        "l1={l1_regularization_strength}, l2={l2_regularization_strength}, "
        "shrinkage={l2_shrinkage_regularization_strength}, beta={beta})")
for shrinkage in (False, True):
    keras("Ftrl", dict(learning_rate=0.1, learning_rate_power=-0.5, initial_accumulator_value=0.1, l1_regularization_strength=0.02,
                       l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.1 * shrinkage, beta=0.3),
          dict(learning_rate=0.05, learning_rate_power=-0.7, initial_accumulator_value=0.3, l1_regularization_strength=0.07,
               l2_regularization_strength=0.1, l2_shrinkage_regularization_strength=0.3 * shrinkage, beta=0.5),
          name=f"ftrl-all{'-shrunk' if shrinkage else ''}", also=[TEXT])
keras("Ftrl", dict(learning_rate=0.1), dict(learning_rate=0.05, learning_rate_power=-0.7, initial_accumulator_value=0.3, beta=0.5))
keras("Ftrl", dict(learning_rate=0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.2),
      dict(learning_rate=0.05, l1_regularization_strength=0.02, l2_regularization_strength=0.5,
           l2_shrinkage_regularization_strength=0.3, beta=0.4, weight_decay=0.1), name="ftrl-regular")
keras("Ftrl", dict(l2_shrinkage_regularization_strength=0.1, l1_regularization_strength=0.05), dict(l2_shrinkage_regularization_strength=0.3, beta=0.2, l1_regularization_strength=0.01), name="ftrl-rates")
