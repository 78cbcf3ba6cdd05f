"""L-BFGS: the arguments of PyTorch's; its way is in asks.py, as it needs a function."""
import torch as library

signature("torch.LBFGS", library.optim.LBFGS, first=1)
