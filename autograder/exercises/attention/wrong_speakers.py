"""15-attention: nets that say words backward whose way back has one thing wrong, or of which a part is taken away."""

import numpy as np

from autograder.exercises.attention.attention_parts import turned
from autograder.exercises.attention.block_parts import Parts, without_mask
from autograder.exercises.attention.speaker import Speaker
from autograder.reference.attention import EPS, attention_forward


def back_with(change):
    """A block whose attention hands back something else: change(dQ, dK, dV, P, dY, Q, K, V)."""

    class Wrong(Parts):
        def attended_back(self, upstream):
            right = Parts.attended_back(self, upstream)
            P = attention_forward(*self.QKV, self.causal)[1]
            return change(*right, P, upstream, *self.QKV)

    return Wrong


def by_slopes(rule):
    """A block with another rule for the slopes of the scores: rule(P, dP)."""

    def change(dQ, dK, dV, P, dY, Q, K, V):
        dS = rule(P, dY @ turned(V)) / np.sqrt(Q.shape[-1])
        return dS @ K, turned(dS) @ Q, dV

    return back_with(change)


class NoMaskBack(Parts):
    attended_back = without_mask


class ValuesAlone(Parts):
    def share(self, name, upstream):
        return super().share(name, upstream) * (name == "value")


class NoSkips(Parts):
    def join(self, number, skip, branch):
        return branch


class MeansDropped(Parts):
    """Both norms as if their mean and deviation were constants."""

    def through_norm(self, upstream, number):
        right = super().through_norm(upstream, number)
        inputs = self.X if number == 1 else self.H
        return upstream * self.parameters[f"gamma{number}"] / np.sqrt(inputs.var(axis=-1, keepdims=True) + EPS), *right[
            1:
        ]


class LastWriterWins(Speaker):
    def table_back(self, dX):
        dtable = np.zeros(self.ends["table"].shape)
        dtable[self.tokens] += dX
        return dtable


WRONG = {
    "dK = 0": back_with(lambda dQ, dK, dV, *_: (dQ, 0 * dK, dV)),
    "dV = 0": back_with(lambda dQ, dK, dV, *_: (dQ, dK, 0 * dV)),
    "dV with P not turned": back_with(lambda dQ, dK, dV, P, dY, *_: (dQ, dK, P @ dY)),
    "table: the last writer wins": LastWriterWins,
    "only V's share reaches X": ValuesAlone,
    "both skips lost": NoSkips,
    "the norms' means dropped": MeansDropped,
    "row mean dropped": by_slopes(lambda P, dP: P * dP),
    "plain mean for the weighted one": by_slopes(lambda P, dP: P * (dP - dP.mean(axis=-1, keepdims=True))),
    "dQ and dK swapped": back_with(lambda dQ, dK, dV, *_: (dK, dQ, dV)),
    "sign of both lost": back_with(lambda dQ, dK, dV, *_: (-dQ, -dK, dV)),
    "root of d forgotten": back_with(
        lambda dQ, dK, dV, P, dY, Q, *_: (dQ * Q.shape[-1] ** 0.5, dK * Q.shape[-1] ** 0.5, dV)
    ),
    "mask forgotten going back": NoMaskBack,
    "dQ = dK = 0": back_with(lambda dQ, dK, dV, *_: (0 * dQ, 0 * dK, dV)),
}


def speaker_with(name):
    """A net whose way back has this one thing wrong, or "nothing": all from the same start."""
    one = WRONG.get(name, Speaker)
    return one(0) if issubclass(one, Speaker) else Speaker(0, block=one)


class Deaf(Parts):
    """A block whose attention says nothing."""

    def attended(self, Q, K, V):
        return 0 * V


WITHOUT = {
    "attention": lambda: Speaker(0, block=Deaf),
    "positions": lambda: Speaker(0, places=False),
    "mask": lambda: Speaker(0, causal=False),
}
