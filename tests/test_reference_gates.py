"""Chapter 02's reference against judges that are not ours: complex steps, central differences, an autodiff library."""

import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference import gates
from tests.test_reference import SEEDS, assert_gradients

ONE_INPUT = {gates.ExpGate: anp.exp, gates.ReciprocalGate: lambda x: 1 / x}
TWO_INPUTS = {
    gates.AddGate: lambda x, y: x + y,
    gates.MultiplyGate: lambda x, y: x * y,
    gates.MaxGate: anp.maximum,
}


def away_from_zero(rng, size):
    return rng.choice([-1, 1], size) * rng.uniform(0.5, 2.5, size)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ONE_INPUT)
def test_gate_with_one_input(kind, seed):
    x, dvalue = away_from_zero(np.random.default_rng(seed), 2)
    gate = kind()
    assert gate.forward(x) == pytest.approx(ONE_INPUT[kind](x), rel=1e-14)
    assert_gradients(lambda x: dvalue * ONE_INPUT[kind](x), [x], [gate.backward(dvalue)], smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", TWO_INPUTS)
def test_gate_with_two_inputs(kind, seed):
    x, y, dvalue = away_from_zero(np.random.default_rng(seed), 3)
    gate = kind()
    assert gate.forward(x, y) == pytest.approx(TWO_INPUTS[kind](x, y), rel=1e-14)
    smooth = kind is not gates.MaxGate
    assert_gradients(lambda x, y: dvalue * TWO_INPUTS[kind](x, y), [x, y], gate.backward(dvalue), smooth)


def test_a_tie_goes_to_the_second_as_relu_says():
    gate = gates.MaxGate()
    assert gate.forward(0.0, 0.0) == 0.0
    assert gate.backward(-3.0) == (0.0, -3.0)


@pytest.mark.parametrize("kind", [*ONE_INPUT, *TWO_INPUTS])
def test_gates_remember_only_their_own_numbers(kind):
    inputs = (2.5,) if kind in ONE_INPUT else (2.5, -1.5)
    first, second = kind(), kind()
    first.forward(*inputs)
    before = first.backward(3.0)
    second.forward(*(7.0 - one for one in inputs))
    second.backward(1.0)
    assert first.backward(3.0) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_circuit(seed):
    arguments = list(away_from_zero(np.random.default_rng(seed), 3))
    f, *gradients = gates.circuit(*arguments)
    assert f == pytest.approx((arguments[0] + arguments[1]) * arguments[2])
    assert_gradients(lambda x, y, z: (x + y) * z, arguments, gradients, smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_sigmoid_neuron(seed):
    rng = np.random.default_rng(seed)
    w, x = rng.normal(size=3), rng.normal(size=2)
    gradients = gates.sigmoid_neuron_backward(w, x)

    def neuron(w, x):
        return 1 / (1 + anp.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))

    assert_gradients(neuron, [w, x], gradients, smooth=True)
    assert [one.shape for one in gradients] == [(3,), (2,)]


def test_the_write_ups_numbers():
    assert gates.circuit(-2, 5, -4) == (-12, -4, -4, 3)
    dw, dx = gates.sigmoid_neuron_backward([2, -3, -3], [-1, -2])
    assert dw.round(2).tolist() == [-0.2, -0.39, 0.2]
    assert dx.round(2).tolist() == [0.39, -0.59]
