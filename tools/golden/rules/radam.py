"""RAdam. PyTorch 2.15.0 executed. No length lies between the thresholds 5 and 4.999."""
TEXT = ("radam(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, threshold=5, weight_decay={weight_decay}, "
        "decoupled_weight_decay={decoupled_weight_decay})")
PLAIN = dict(betas=(0.9, 0.99), eps=1e-3, weight_decay=0.0, decoupled_weight_decay=False)
torch("RAdam", dict(lr=0.01), dict(lr=0.003, betas=(0.8, 0.95), eps=1e-3))
torch("RAdam", PLAIN, PLAIN | dict(eps=1e-2, betas=(0.8, 0.95)), name="radam-rates", also=[TEXT])
torch("RAdam", dict(PLAIN, lr=0.01, weight_decay=0.02), dict(PLAIN, lr=0.003, weight_decay=0.3), name="radam-coupled", also=[TEXT])
torch("RAdam", dict(PLAIN, lr=0.01, weight_decay=0.02, decoupled_weight_decay=True),
      dict(PLAIN, lr=0.003, weight_decay=0.3, decoupled_weight_decay=True), name="radam-decoupled", also=[TEXT])
torch("RAdam", dict(lr=0.01, maximize=True), dict(lr=0.003, maximize=True), name="radam-maximize")
torch("RAdam", dict(PLAIN, lr=0.01, eps=1e-4), dict(PLAIN, lr=0.02, eps=1e-2), name="radam-plain", also=[TEXT.replace("=5", "=4.999")])

survives('torch-radam-a torch.RAdam', 'rate: length > threshold became length >= threshold',
         'No length of an average is the threshold itself.')
survives('torch-radam-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-coupled-a torch.RAdam', 'rate: length > threshold became length >= threshold',
         'No length of an average is the threshold itself.')
survives('torch-radam-coupled-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-coupled-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-decoupled-a torch.RAdam', 'rate: length > threshold became length >= threshold',
         'No length of an average is the threshold itself.')
survives('torch-radam-decoupled-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-decoupled-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-maximize-a torch.RAdam', 'rate: length > threshold became length >= threshold',
         'No length of an average is the threshold itself.')
survives('torch-radam-maximize-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
survives('torch-radam-maximize-a torch.RAdam', 'late: longest = 2 / (1 - beta2) - 1',
         'It is the same in every step, and read in the first one only where the step does not depend on it.')
