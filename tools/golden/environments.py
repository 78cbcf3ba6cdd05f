#!/usr/bin/env python3
"""Trajectories of executed Gymnasium: what ReinforcementTest of the module examples is checked against.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.4.0
    venv/bin/python tools/golden/environments.py

Prints for CartPole-v1 and Acrobot-v1 the state after 1, 10 and 40 steps from a given one, with the actions (7 i² + i) mod n.
"""
import gymnasium
import numpy as np

for name, start, count in (("CartPole-v1", [0.01, -0.02, 0.03, 0.04], 2), ("Acrobot-v1", [0.05, -0.08, 0.02, 0.09], 3)):
    env = gymnasium.make(name).unwrapped
    env.reset(seed=1)
    env.state = np.array(start, dtype=np.float64)
    for i in range(40):
        _, reward, terminated, _, _ = env.step((7 * i * i + i) % count)
        if i + 1 in (1, 10, 40):
            print(name, i + 1, [float(v) for v in env.state], reward, bool(terminated))
