"""Centralised gradients before gradient descent. pytorch_optimizer 4.1.0 executed on the transposed matrix: its
outputs are the first dimension, ours the last."""
from pytorch_optimizer.optimizer.gradient_centralization import centralize_gradient


def centered(state, p, g, t, lr):
    import torch as library
    x = library.tensor(g.T.copy())
    if x.ndim > 1:
        x = x.clone()
        centralize_gradient(x, gc_conv_only=False)
    return p - lr * x.numpy().T


function("centered", version("pytorch_optimizer"), centered, dict(lr=0.1), dict(), "centered | sgd(lr={lr})")
