#!/usr/bin/env python3
"""Three steps of executed PyTorch in float32 after a gradient whose square may be no float, for OverflowTest.

usage: venv/bin/python tools/golden/overflow.py
"""
import torch

CALLS = [("Adam", {}), ("RMSprop", {}), ("RMSprop", dict(centered=True)), ("RMSprop", dict(centered=True, momentum=0.9))]
for name, arguments in CALLS:
    for first in (1e20, 5e20, 3e21, 1e25, 3e38):
        p = torch.tensor([1.0], requires_grad=True)
        optimizer = getattr(torch.optim, name)([p], lr=0.1, **arguments)
        points = []
        for gradient in (first, 1.0, 1.0):
            p.grad = torch.tensor([gradient])
            optimizer.step()
            points.append("%.7f" % p.item())
        print(name, arguments, first, *points)
