"""AdaDelta. PyTorch 2.15.0, Keras 3.15.1 and Optax 0.2.8 executed."""
TEXT = "adadelta(lr={lr}, rho={rho}, epsilon={eps})"
DECAY = "adadelta(lr={lr}, rho={rho}, epsilon={eps}, weight_decay={weight_decay})"
torch("Adadelta", dict(lr=1.0, rho=0.9, eps=1e-6), dict(lr=0.5, rho=0.7, eps=1e-3), also=[TEXT])
torch("Adadelta", dict(rho=0.9, eps=1e-4, weight_decay=0.02), dict(rho=0.7, eps=1e-3, weight_decay=0.3),
      name="adadelta-decay-rates", also=[DECAY])
torch("Adadelta", dict(lr=1.0, maximize=True), dict(lr=0.5, maximize=True), name="adadelta-maximize")
keras("Adadelta", dict(learning_rate=1.0), dict(learning_rate=0.5, rho=0.7, epsilon=1e-3, weight_decay=0.02))
optax("adadelta", dict(learning_rate=1.0, rho=0.9, eps=1e-6), dict(learning_rate=0.5, rho=0.7, eps=1e-3, weight_decay=0.2))

survives('torch-adadelta-a torch.Adadelta', 'late: move = sqrt(u + epsilon) / sqrt(v + epsilon) * g',
         'What u is after a step it is before the next one, and move is not kept.')
survives('torch-adadelta-decay-rates-a torch.Adadelta', 'late: move = sqrt(u + epsilon) / sqrt(v + epsilon) * g',
         'What u is after a step it is before the next one, and move is not kept.')
survives('torch-adadelta-maximize-a torch.Adadelta', 'late: move = sqrt(u + epsilon) / sqrt(v + epsilon) * g',
         'What u is after a step it is before the next one, and move is not kept.')
survives('keras-adadelta-b keras.Adadelta', 'late: move = sqrt(u + epsilon) / sqrt(v + epsilon) * g',
         'What u is after a step it is before the next one, and move is not kept.')
