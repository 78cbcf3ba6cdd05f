"""AMSGrad in its three forms: Optax 0.2.8 with and without its corrections, PyTorch's Adam with amsgrad."""
import torch as torch_package

TEXT = "amsgrad(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, largest=%s)"
for corrected, name in ((False, "uncorrected"), (True, "corrected")):
    same = dict(bias_correction_mu=corrected, bias_correction_nu=corrected)
    optax("amsgrad", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3) | same,
          dict(b1=0.8, b2=0.95, eps=1e-2) | same, name="amsgrad-" + name, also=[TEXT % name])


def adam(parameters, lr, b1, b2, eps):
    return torch_package.optim.Adam(parameters, lr=lr, betas=(b1, b2), eps=eps, amsgrad=True)


reference("amsgrad-torch", "torch", adam, dict(lr=0.01, b1=0.9, b2=0.99, eps=1e-3), dict(b1=0.8, b2=0.95, eps=1e-2),
          text=TEXT % "then_corrected", call="torch.optim.Adam(amsgrad=True)")
