"""Accelerated gradient with restarts: written from O'Donoghue & Candes 2015 and Nesterov 1983, as no library has it.
The sum that decides is over both parameters, so that both are stepped together."""


class Accelerated:
    def __init__(self, parameters, lr, restart):
        import torch as library
        self.parameters, self.restart, self.library = list(parameters), restart, library
        self.param_groups = [{"lr": lr}]
        self.x = [p.detach().clone() for p in self.parameters]
        self.theta = 1.0

    def step(self):
        with self.library.no_grad():
            after = [p - self.param_groups[0]["lr"] * p.grad for p in self.parameters]
            if self.restart and sum((p.grad * (a - x)).sum() for p, a, x in zip(self.parameters, after, self.x)) > 0:
                self.theta = 1.0
            larger = (1 + (1 + 4 * self.theta ** 2) ** 0.5) / 2
            for p, a, x in zip(self.parameters, after, self.x):
                p.copy_(a + (self.theta - 1) / larger * (a - x))
            self.x, self.theta = after, larger


def accelerated(parameters, lr, restart):
    return Accelerated(parameters, lr, restart == "gradient")


for restart in ("gradient", "none"):
    reference(f"accelerated-{restart}", "arXiv 1204.3982, algorithm 1", accelerated, dict(lr=0.05, restart=restart),
              dict(restart=restart), "accelerated(lr={lr}, restart={restart})")
