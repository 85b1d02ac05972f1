"""12-autograd: wrong walks back, for declaring mistakes in a few lines."""

from collections.abc import Callable

from autograder.reference.autograd import Value


def walking(order_of: Callable, reset: bool = True) -> Callable[[Callable], type]:
    """A decorator: with this order, a function (value, source, slope) that pays along one wire becomes a class of values."""

    def build(pay: Callable) -> type:
        class Walking(Value):
            def backward(self):
                order = order_of(self)
                for value in order if reset else ():
                    value.grad = 0.0
                self.grad = 1.0
                for value in order:
                    for source, slope in value.wires:
                        pay(value, source, slope)

        return Walking

    return build


def paid(value, source, slope):
    """What the right walk does along one wire."""
    source.grad += slope * value.grad


def users_first(root):
    """The right order."""
    return root.sources_first()[::-1]


def users_first_by_recursion(root):
    """The right order again, as a recursion along the wires finds it: of two orders that are right, the other one."""
    noted = {}

    def note_down(value):
        for source, _ in value.wires:
            if source not in noted:
                note_down(source)
        noted[value] = True

    note_down(root)
    return list(noted)[::-1]


def as_met(root):
    """Each value once, in the order in which they are met, level by level."""
    order = [root]
    for value in order:
        order += [source for source in dict.fromkeys(one for one, _ in value.wires) if source not in order]
    return order


def as_dived(root):
    """Each value once, in the order in which a dive along the first wires meets them."""
    order, todo = [], [root]
    while todo:
        value = todo.pop()
        if value not in order:
            order.append(value)
            todo += [source for source, _ in reversed(value.wires)]
    return order


def forget(root):
    """Zero every grad that can be reached."""
    for value in root.sources_first():
        value.grad = 0.0
