"""Data made on the spot: the same numbers for the same seed."""

from __future__ import annotations

import numpy as np

TURNS = 1.0  # full turns, from the middle to the end of an arm


def spiral(per_arm: int, seed: int, *, arms: int = 3, noise: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Points on arms that wind round each other: X (N, 2) and the number of the arm t (N,), with N = arms * per_arm.

    The points come arm by arm, from the middle outwards, where the radius is 1; on its way an arm turns by `TURNS` (1.0) full
    turns, its angle growing with the radius. noise: the spread of their angles, in radians.
    """
    rng = np.random.default_rng(seed)
    radius = np.tile(np.linspace(0.05, 1.0, per_arm), arms)
    arm = np.repeat(np.arange(arms), per_arm)
    angle = 2 * np.pi * (TURNS * radius + arm / arms) + rng.normal(scale=noise, size=arm.size)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), arm
