"""02-gates. Inputs, outputs and gradients of a gate are single numbers; w has shape (3,), bias last, and x (2,)."""

from course.observe import NotNumbers, as_array, calls, scripted


def pair(values):
    """What the backward pass of a gate with two inputs returns, as (dx, dy)."""
    wanted = "from backward, where 2 values (dx, dy) are wanted"
    if values is None:
        raise NotNumbers("none", "None from backward")
    if not isinstance(values, (tuple, list)):
        raise NotNumbers("count", f"one value {wanted}")
    if len(values) != 2:
        raise NotNumbers("count", f"{len(values)} values {wanted}")
    return values


def second_minus_first(name, first, second):
    """By how much the second of two equal calls answers differently: 0 is right, and needs no knowledge of the answer."""
    first = as_array(first, name)  # before the second one: what is wrong with both is said of the first
    return as_array(second, name) - first


def backward_twice(dvalue):
    """The line that calls backward twice, as a student would write it."""
    return f"print(gate.backward({dvalue}), gate.backward({dvalue}), 'should be equal')"


def two_inputs(name):
    """A gate with two inputs. Another gate works in between, and backward is called twice: neither may matter.

    The first answer counts, and what the second one adds to it: who is wrong from the start does not "add up".
    """

    def text(x, y, dvalue):
        return f"gate = {name}()\nprint(gate.forward({x}, {y}))\n{backward_twice(dvalue)}"

    @scripted("x, y, dvalue", "out, dx, dy, dx_second_backward_minus_first, dy_second_backward_minus_first", text=text)
    def use(answer, x, y, dvalue):
        gate, other = answer(), answer()
        out = gate.forward(x, y)
        other.forward(2 * y + 1, 2 * x + 1)  # whoever lost wins here
        dx, dy = pair(gate.backward(dvalue))
        again_dx, again_dy = pair(gate.backward(dvalue))
        return {
            "out": out,
            "dx": dx,
            "dy": dy,
            "dx_second_backward_minus_first": second_minus_first("dx", dx, again_dx),
            "dy_second_backward_minus_first": second_minus_first("dy", dy, again_dy),
        }

    return use


def one_input(name):
    """A gate with one input, used in the same way."""

    def text(x, dvalue):
        return f"gate = {name}()\nprint(gate.forward({x}))\n{backward_twice(dvalue)}"

    @scripted("x, dvalue", "out, dx, dx_second_backward_minus_first", text=text)
    def use(answer, x, dvalue):
        gate, other = answer(), answer()
        out = gate.forward(x)
        other.forward(2 * x + 0.5)  # not 2x: e**2x is the square of e**x, a mistake of its own
        dx = gate.backward(dvalue)
        again = second_minus_first("dx", dx, gate.backward(dvalue))
        return {"out": out, "dx": dx, "dx_second_backward_minus_first": again}

    return use


PROBES = {
    "AddGate": two_inputs("AddGate"),
    "MultiplyGate": two_inputs("MultiplyGate"),
    "MaxGate": two_inputs("MaxGate"),
    "circuit": calls("x, y, z", "f, dx, dy, dz"),
    "ExpGate": one_input("ExpGate"),
    "ReciprocalGate": one_input("ReciprocalGate"),
    "sigmoid_neuron_backward": calls("w, x", "dw, dx"),
}
