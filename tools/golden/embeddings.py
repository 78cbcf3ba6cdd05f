#!/usr/bin/env python3
"""Steps of embeddings with sparse gradients of executed PyTorch: what EmbeddingGoldenTest of the module nn is checked against.

    venv/bin/python tools/golden/embeddings.py > nn/src/test/resources/golden/embeddings.tsv

A table of 2,048 rows of 8 numbers, value() of layers.py times 0.25, is moved by `nn.Embedding(sparse=True)` and
`optim.SparseAdam`, or `optim.SGD` and `optim.Adagrad`, which take sparse gradients, in float64. In step s of 12, 20 tokens are
looked up, the whole number below (x + 2) 1024 modulo 2,048 of the seed s, the last five of them again those of
the first five; the loss is the mean of (y - target)^2, targets of the seed 50 + s. Of every eleventh row looked up, `row step N
numbers` is what it is at the end; `sum` is that of all numbers. The first line says PyTorch's version.
"""
import torch
from layers import array, line, numbers

torch.set_default_dtype(torch.float64)
ROWS, WIDTH, STEPS, TOKENS = 2048, 8, 12, 20


def tokens(step):
    all = ((array(step, (TOKENS,)) + 2) * 1024).astype("int64") % ROWS
    all[-5:] = all[:5]
    return torch.tensor(all)


def case(text, make):
    table = torch.nn.Embedding(ROWS, WIDTH, sparse=True, _weight=torch.tensor(0.25 * array(100, (ROWS, WIDTH))))
    optimizer = make(table.parameters())
    used = set()
    for step in range(STEPS):
        at = tokens(step)
        used.update(at.tolist())
        loss = ((table(at) - torch.tensor(array(50 + step, (TOKENS, WIDTH)))) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        assert table.weight.grad.is_sparse
        optimizer.step()
    line("embedding", text)
    for row in sorted(used)[::11]:
        line("row", row, numbers(table.weight[row].detach()))
    line("sum", numbers(table.weight.sum().detach().reshape(1)))


line("version", "torch", torch.__version__.split("+")[0])
case("lazy | adam(lr=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3, epsilon_place=hat)",
     lambda p: torch.optim.SparseAdam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3))
case("torch.SparseAdam(lr=0.05, betas=(0.8, 0.95), eps=1e-3)",
     lambda p: torch.optim.SparseAdam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3))
case("sgd(lr=2)", lambda p: torch.optim.SGD(p, lr=2))
case("adagrad(lr=0.1)", lambda p: torch.optim.Adagrad(p, lr=0.1))
