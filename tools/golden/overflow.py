#!/usr/bin/env python3
"""Three steps of executed PyTorch in float32 after a gradient whose square is no float, for OptimizerRunTest.

usage: venv/bin/python tools/golden/overflow.py
"""
import torch

p = torch.tensor([1.0], requires_grad=True)
adam = torch.optim.Adam([p], lr=0.1)
for gradient in (1e20, 1.0, 1.0):
    p.grad = torch.tensor([gradient])
    adam.step()
    print("%.7f" % p.item())
