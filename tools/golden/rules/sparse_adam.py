"""SparseAdam. PyTorch 2.15.0 executed, on the numbers of each gradient that are not 0."""
import torch as library

signature("torch.SparseAdam", library.optim.SparseAdam, first=1)


def run(lr, rest):
    def steps(gradients):
        parameters = [library.nn.Parameter(library.tensor(v)) for v in START.values()]
        optimizer = library.optim.SparseAdam(parameters, lr=lr, **rest)
        for g in gradients:
            for k, p in zip(START, parameters):
                p.grad = library.tensor(g[k]).to_sparse()
            optimizer.step()
            yield {k: p.detach().numpy().copy() for k, p in zip(START, parameters)}
    return steps


def lazy(lr, betas, eps, maximize=False):
    around = "maximize | lazy" if maximize else "lazy"
    return f"{around} | adam(lr={lr}, beta1={betas[0]}, beta2={betas[1]}, epsilon={value(eps)}, epsilon_place=hat)"


for label, lr, rest in (("a", 0.01, dict(betas=(0.9, 0.99), eps=1e-3)), ("b", 0.03, dict(betas=(0.8, 0.95), eps=1e-2)),
                        ("maximize-a", 0.01, dict(betas=(0.9, 0.99), eps=1e-3, maximize=True)),
                        ("maximize-b", 0.03, dict(betas=(0.8, 0.95), eps=1e-2, maximize=True))):
    shown = listed(rest, value)
    add(f"torch-sparse-adam-{label}", version("torch"), f"torch.optim.SparseAdam(parameters, lr={lr}, {listed(rest, python)})", "lr", {}, repr(lr), "",
        [f"torch.SparseAdam(lr={lr}, {shown})", lazy(lr, **rest)], run(lr, rest), 1e-12, 1e-5)
