"""LAMB. Optax 0.2.8 and Keras 3.15.1 executed."""
TEXT = "lamb(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})"
optax("lamb", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, weight_decay=0.3), also=[TEXT])
optax("lamb", dict(b1=0.9, b2=0.99, eps=1e-3, weight_decay=0.0), dict(b1=0.8, b2=0.95, eps=1e-2, weight_decay=0.0),
      name="lamb-rates", also=[TEXT])
ROOT = "lamb(lr={lr}, epsilon_root={eps_root}, weight_decay={weight_decay})"
for decay in (True, False):
    optax("lamb", dict(learning_rate=0.01, eps_root=1e-3, weight_decay=0.02 * decay),
          dict(learning_rate=0.003, eps_root=1e-2, weight_decay=0.3 * decay),
          name=f"lamb-root{'-decay' if decay else ''}", also=[ROOT])
keras("Lamb", dict(learning_rate=0.01), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, epsilon=1e-3, weight_decay=0.3))

survives('optax-lamb-a optax.lamb', 'p: norm(p) > 0 became norm(p) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: norm(p) > 0 became norm(p) > 1',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: norm(u) > 0 became norm(u) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: 1 became 2',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became norm(p) / norm(u)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became where(norm(u) > 0, norm(p) / norm(u), 2)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(u) > 0, norm(p) / norm(u), 1)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),…',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'm: 1 became 2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'm: 1 - beta1 became 1 + beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'm: 1 - beta1 became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: beta1^t became beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: beta1^t became beta1^(t + 1)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: 1 - beta1^t became 1 + beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: 1 - beta1^t became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: 1 - beta1^t became 2 - beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: m / (1 - beta1^t) became m * (1 - beta1^t)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: beta1 became beta2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: beta1 became epsilon',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'u: beta1 became lr',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-rates-a optax.lamb', 'p: norm(p) > 0 became norm(p) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: norm(p) > 0 became norm(p) > 1',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: norm(u) > 0 became norm(u) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: 1 became 2',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became norm(p) / norm(u)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became where(norm(u) > 0, norm(p) / norm(u), 2)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(u) > 0, norm(p) / norm(u), 1)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-rates-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),…',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: norm(p) > 0 became norm(p) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: norm(p) > 0 became norm(p) > 1',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: norm(u) > 0 became norm(u) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: 1 became 2',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became norm(p) / norm(u)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became where(norm(u) > 0, norm(p) / norm(u), 2)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(u) > 0, norm(p) / norm(u), 1)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-decay-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),…',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'm: 1 became 2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'm: 1 - beta1 became 1 + beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'm: 1 - beta1 became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1^t became beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1^t became beta1^(t + 1)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: 1 - beta1^t became 1 + beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: 1 - beta1^t became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: 1 - beta1^t became 2 - beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: m / (1 - beta1^t) became m * (1 - beta1^t)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1 became beta2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1 became epsilon_root',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1 became epsilon',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'u: beta1 became lr',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('optax-lamb-root-a optax.lamb', 'p: norm(p) > 0 became norm(p) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: norm(p) > 0 became norm(p) > 1',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: norm(u) > 0 became norm(u) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: 1 became 2',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became norm(p) / norm(u)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became where(norm(u) > 0, norm(p) / norm(u), 2)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(u) > 0, norm(p) / norm(u), 1)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('optax-lamb-root-a optax.lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),…',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'm: 1 became 2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'm: 1 - beta1 became 1 + beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'm: 1 - beta1 became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1^t became beta1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1^t became beta1^(t + 1)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: 1 - beta1^t became 1 + beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: 1 - beta1^t became 1',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: 1 - beta1^t became 2 - beta1^t',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: m / (1 - beta1^t) became m * (1 - beta1^t)',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1 became lr',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1 became weight_decay',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1 became beta2',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'u: beta1 became epsilon',
         'A factor of the step of a tensor is gone where it is made as long as the weights.')
survives('keras-lamb-b keras.Lamb', 'p: norm(p) > 0 became norm(p) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: norm(p) > 0 became norm(p) > 1',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: norm(u) > 0 became norm(u) >= 0',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: 1 became 2',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became norm(p) / norm(u)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: where(norm(u) > 0, norm(p) / norm(u), 1) became where(norm(u) > 0, norm(p) / norm(u), 2)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(u) > 0, norm(p) / norm(u), 1)',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'p: where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),… became where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1),…',
         'No tensor here is 0, nor is a step: RulesAtEdgesTest has these.')
survives('keras-lamb-b keras.Lamb', 'late: p = p - lr * weight_decay * p',
         'The step is in proportion to the weights: it may as well come before the decay.')
