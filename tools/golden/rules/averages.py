"""Averages of weights, where a run is evaluated: PyTorch's AveragedModel executed, of SGD with momentum."""
import torch as library


class Averaged:
    """Steps, and gives the average where others give the weights."""

    def __init__(self, parameters, momentum, multi_avg_fn, lr, start=1, every=1):
        self.parameters = parameters
        self.way = [library.nn.Parameter(p.detach().clone()) for p in parameters]
        self.inner = library.optim.SGD(self.way, lr=lr, momentum=momentum)
        self.param_groups = self.inner.param_groups
        self.model = library.nn.ParameterList(self.way)
        self.average = library.optim.swa_utils.AveragedModel(self.model, multi_avg_fn=multi_avg_fn)
        self.start, self.every, self.t = start, every, 0

    def step(self):
        for p, q in zip(self.way, self.parameters):
            p.grad = q.grad
        self.inner.step()
        self.t += 1
        if self.t >= self.start and (self.t - self.start) % self.every == 0:
            self.average.update_parameters(self.model)
        shown = self.average.module if self.t >= self.start else self.model
        with library.no_grad():
            for p, q in zip(self.parameters, shown):
                p.copy_(q)


def ema(parameters, lr, momentum, decay):
    return Averaged(parameters, momentum, library.optim.swa_utils.get_ema_multi_avg_fn(decay), lr)


def swa(parameters, lr, momentum, start, every):
    return Averaged(parameters, momentum, None, lr, start, every)


reference("average-ema", "torch", ema, dict(lr=0.05, momentum=0.9, decay=0.9), dict(momentum=0.8, decay=0.7),
          "ema_weights({decay}) | momentum(lr={lr}, momentum={momentum})")
reference("average-swa", "torch", swa, dict(lr=0.05, momentum=0.9, start=7, every=3),
          dict(momentum=0.8, start=1, every=1), "swa({start}, {every}) | momentum(lr={lr}, momentum={momentum})")

SWA = "average-swa-a swa | momentum"
survives(SWA, "due: t - start == every * n became every * n == t - start", "It is the same.")
for fault in ("t <= start became t < start", "t <= start became t + 1 <= start"):
    survives(SWA, "average: " + fault, "At the first step n is 0, and the mean of one point is that point.")
alike("average-ema-a ema_weights | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")
alike("average-swa-a swa | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")
