"""02-gates: gates from two plain functions, for declaring wrong ones and right ones in a few lines."""

from collections.abc import Callable

from autograder.exercise import Exercise


def gate(forward: Callable) -> Callable[[Callable], type]:
    """A decorator: with this forward pass, a function (dvalue, inputs..., out) becomes a gate's backward pass."""

    def build(backward: Callable) -> type:
        class Gate:
            def forward(self, *inputs):
                self.inputs, self.out = inputs, forward(*inputs)
                return self.out

            def backward(self, dvalue):
                return backward(dvalue, *self.inputs, self.out)

        return Gate

    return build


def with_shared_memory(right: type) -> type:
    """The gate as it is if it keeps its memory in one place for all gates (on the class, in a global variable)."""

    class Shared:
        one = right()

        def forward(self, *inputs):
            return self.one.forward(*inputs)

        def backward(self, dvalue):
            return self.one.backward(dvalue)

    return Shared


def forgetful(forward: Callable, name: str) -> type:
    """The gate as it is if backward reads a name of forward's that is gone by then."""

    class Forgetful:
        def forward(self, *inputs):
            return forward(*inputs)

        def backward(self, dvalue):
            raise NameError(f"name {name!r} is not defined")

    return Forgetful


def declare_forgetful(exercise: Exercise, forward: Callable, call: str, names: str) -> None:
    """Declare, for each of the names, a gate whose backward reads it without self."""
    for name in names.split():
        exercise.mistake(
            "name-not-its-own",
            f"Your backward reads a name that is not its own. Where did forward keep {name}?",
            f"Call {call}, then print(vars(gate)): that is all the gate remembers. {name} alone was forward's, and went "
            "when forward returned.",
            "What backward needs is put into self by forward, and taken out of self, by the same name, in backward.",
        )(forgetful(forward, name))


def adding_up(right: type) -> type:
    """The gate as it is if backward adds to what it returned before."""

    class Adding(right):
        total = None

        def backward(self, dvalue):
            new = right.backward(self, dvalue)
            if self.total is not None:
                pairs = zip(self.total, new, strict=True) if isinstance(new, tuple) else ()
                new = tuple(a + b for a, b in pairs) if isinstance(new, tuple) else self.total + new
            self.total = new
            return new

    return Adding


def shared_memory_hints(numbers: str) -> tuple[str, str, str]:
    """What to say to a gate whose memory belongs to all gates of its kind."""
    return (
        "Two gates of one kind are at work. Whose numbers does the first one find when its backward is called?",
        f"a and b are two gates of yours. Call {numbers}. a should still know its own numbers, and yours knows b's.",
        "Each gate has a memory of its own: what forward needs to keep belongs to self, not to the class and not to "
        "a global variable.",
    )


ADDING_UP_HINTS = (
    "You call backward twice with the same upstream. Should the second answer be larger than the first?",
    "Print gate.backward(3.0) twice in a row, after a single forward. The two lines should be equal.",
    "backward returns upstream times local slope, computed afresh. Adding up is the business of a fork, not of a gate.",
)


def overwriting(forward: Callable, keep: Callable) -> Callable[[Callable], type]:
    """A decorator: a function (kept, dvalue) that returns (gradients, what is kept from now on) becomes a gate's backward."""

    def build(backward: Callable) -> type:
        class Overwriting:
            def forward(self, *inputs):
                out = forward(*inputs)
                self.kept = keep(*inputs, out)
                return out

            def backward(self, dvalue):
                gradients, self.kept = backward(self.kept, dvalue)
                return gradients

        return Overwriting

    return build


def overwriting_hints(call: str) -> tuple[str, str, str]:
    """What to say to a backward that writes over what it will need when it is called again."""
    return (
        "A second backward(1.0) gives another answer than the first. What has the first one done to what forward kept?",
        f"Call {call}, then print(vars(gate)) before and after gate.backward(3.0): the gate remembers the same both times.",
        "backward reads what forward kept, and writes nothing over it: its results get names of their own, without self.",
    )


def using_up(right: type) -> type:
    """The gate as it is if forward puts its numbers on a stack and backward takes them off."""

    class UsingUp(right):
        def __init__(self):
            self.stack = []

        def forward(self, *inputs):
            self.stack.append(inputs)
            return right.forward(self, *inputs)

        def backward(self, dvalue):
            self.stack.pop()
            return right.backward(self, dvalue)

    return UsingUp


def using_up_hints(call: str) -> tuple[str, str, str]:
    """What to say to a gate that has forgotten its numbers after one backward."""
    return (
        "backward takes out what forward kept. What is left for a second backward?",
        f"Call {call}, then print(vars(gate)), gate.backward(1.0), and print(vars(gate)) again: nothing may be missing.",
        "One forward, any number of backwards, the same answer each time: backward reads what is kept, and leaves it there.",
    )
