"""13-arrays: a line with the student's `Tensor` is run, and what its wires bring back is read off.

x, y and z are arrays; `program` is what a student could type, and makes of them a tensor called f. Each operation is looked at by
its own wires, one path at a time and without the student's walk, so that a mistake in one part costs nothing in another.
"""

from dataclasses import replace

import numpy as np

from course.observe import NotNumbers, scripted
from course.probes.autograd import limited
from course.stubs import empty_parts

SEVERAL = [[1.5, -2.0, 0.5], [3.0, 1.0, -1.0]]  # of which no backward can start


def as_shape(shape):
    """A shape, which a case holds as an array of whole numbers, as numpy wants it."""
    return tuple(int(length) for length in np.ravel(shape))


def written(array):
    """An array as one types it."""
    return repr(np.asarray(array).tolist())


def kept_text(gradient, shape):
    return f"print(unbroadcast(np.array({written(gradient)}), {as_shape(shape)}))"


@scripted(
    "gradient, shape",
    "back, own",
    text=kept_text,
    flags={
        "own": "what comes back is the caller's own array, or a view of it: whoever changes one changes the other. A new array "
        "is wanted, even if there is nothing to add."
    },
)
def kept(answer, gradient, shape):
    """The array that comes back, and whether it is a new one."""
    given = np.asarray(gradient)
    back = answer(given, as_shape(shape))
    new = not (isinstance(back, np.ndarray) and np.shares_memory(back, given))
    return {"back": back, "own": 1.0 if new else 0.0}


def missing_text(gradient, shape, misfit):
    return (
        f"{kept_text(gradient, shape)}\n"
        f"unbroadcast(np.array({written(gradient)}), {as_shape(misfit)})  # should be a ValueError"
    )


@scripted(
    "gradient, shape, misfit",
    "back, refuses",
    text=missing_text,
    flags={
        "refuses": "a shape that could not have been stretched to the gradient's got through. It should be a ValueError: "
        "`np.broadcast_to(np.zeros(shape), gradient.shape)` raises one by itself."
    },
)
def missing(answer, gradient, shape, misfit):
    """The same where axes were put in front, and whether a shape that does not fit is refused."""
    given = np.asarray(gradient)
    return {
        "back": answer(given, as_shape(shape)),
        "refuses": refuses(lambda: answer(given.copy(), as_shape(misfit))),
    }


def refuses(call):
    """1 if the call raises a ValueError, else 0."""
    try:
        call()
    except ValueError:
        return 1.0
    return 0.0


# ---------------------------------------------------------------- one operation, by its wires


def arrived(out, upstream, source):
    """What the wires bring back from `out` to `source`, path by path; None if no path leads there."""
    if out is source:
        return upstream
    total = None
    for one, pull in pairs(out):
        before, message = np.array(one.grad), pulled(pull, upstream)
        if not np.array_equal(one.grad, before, equal_nan=True):
            raise NotNumbers(
                "count", "a Tensor with a pull that writes into the grad of its source: the walk adds there"
            )
        brought = arrived(one, message, source)
        if brought is not None:
            total = brought if total is None else total + brought
    return total


def pairs(tensor):
    """Its wires, as pairs; what has no wires itself is no source."""
    try:
        return [(source, pull) for source, pull in tensor.wires if source.wires is not None]
    except (AttributeError, TypeError, ValueError):
        raise NotNumbers(
            "count", "a Tensor whose `wires` are no pairs (source, pull), a Tensor and a function"
        ) from None


def pulled(pull, upstream):
    """What one pull makes of an upstream; it may neither change that nor forget to return."""
    given = np.array(upstream, dtype=np.float64)
    if not callable(pull):
        raise NotNumbers("count", "a wire whose second half is no function: a pull takes the upstream")
    brought = pull(given)
    if not np.array_equal(given, upstream, equal_nan=True):
        raise NotNumbers("count", "a Tensor with a pull that changes the upstream it is given: others need it, too")
    if brought is None:
        raise NotNumbers(
            "count", "a Tensor with a pull that returns None. Does it end in a `return`, as what it calls does?"
        )
    return np.array(brought)


def run(answer, program, **arrays):
    """The tensors by name, with f, after the program."""
    names = {name: answer(array) for name, array in arrays.items()}
    exec(compile(program, "<program>", "exec"), {"np": np}, names)
    f = names["f"]
    if f is None:
        raise NotNumbers("none", f"None for `{program}`, where a new Tensor is wanted")
    if not isinstance(f, answer):
        kind = type(f).__name__ if type(f) in (float, int, np.ndarray, np.float64) else "something else"
        raise NotNumbers("count", f"{kind} for `{program}`, where a new Tensor is wanted")
    for name, array in arrays.items():
        if f is names[name]:
            raise NotNumbers("count", f"{name} itself for `{program}`, where a new Tensor is wanted")
        if not np.array_equal(names[name].data, np.asarray(array, dtype=np.float64)):
            raise NotNumbers("count", f"a Tensor for `{program}`, and changed {name}.data, which others need")
    return names


def gradient(names, upstream, name):
    """What arrives at x or y; nan where the output has another shape than the upstream."""
    if np.shape(names["f"].data) != np.shape(upstream):
        return np.full(np.shape(names[name].data), np.nan)
    brought = arrived(names["f"], np.asarray(upstream, dtype=np.float64), names[name])
    if brought is None:
        raise NotNumbers("count", f"a Tensor from which no wire leads to {name}")
    return brought


def has(answer, *methods):
    """Say which method is not there."""
    for name in methods:
        if not hasattr(answer, name):
            raise NotNumbers("missing", f"Tensor.{name}")


def of_two(program, x, y, upstream=None):
    lines = [f"x, y = Tensor({written(x)}), Tensor({written(y)})", program, "print(f.data)"]
    if upstream is not None:
        lines += ["for source, pull in f.wires:", f"    print(pull(np.array({written(upstream)})))"]
    return "\n".join(lines)


def of_one(program, x, upstream):
    return of_two(program, x, 0, upstream).replace(", y", "", 1).replace("), Tensor(0)", ")")


@scripted("program, x, y", "out", text=of_two, methods="__add__ __mul__")
def data(answer, program, x, y):
    """Forward only."""
    return {"out": run(answer, program, x=x, y=y)["f"].data}


def two(methods):
    """Output and both gradients of a program with x and y."""

    @scripted("program, x, y, upstream", "out, dx, dy", text=of_two, methods=methods)
    def use(answer, program, x, y, upstream):
        has(answer, *methods.split())
        names = run(answer, program, x=x, y=y)
        return {
            "out": names["f"].data,
            "dx": gradient(names, upstream, "x"),
            "dy": gradient(names, upstream, "y"),
        }

    return use


def one(methods, rests_on=()):
    """Output and gradient of a program with x."""

    @scripted("program, x, upstream", "out, dx", text=of_one, methods=methods)
    def use(answer, program, x, upstream):
        has(answer, *methods.split())
        for name in rests_on:
            method = getattr(answer, name, None)
            if method is None or empty_parts(method) is not None:
                raise NotNumbers("stub", f"`{name}`, on which this part rests,")
        names = run(answer, program, x=x)
        return {"out": names["f"].data, "dx": gradient(names, upstream, "x")}

    return use


def of_scores(z, t):
    return (
        f"z = Tensor({written(z)})\nloss = tensor_cross_entropy(z, np.array({written(t)}))\nloss.backward()\n"
        "print(loss.data, z.grad)"
    )


@scripted("z, t", "loss, dz", text=of_scores, methods="cross_entropy")
def loss_of_scores(answer, z, t):
    """The loss, and what its wires bring back to the scores."""
    has(answer, "cross_entropy")
    names = {"z": answer(z)}
    names["f"] = names["z"].cross_entropy(np.array(t))
    if not isinstance(names["f"], answer):
        kind = "None" if names["f"] is None else "no Tensor"
        raise NotNumbers("count", f"{kind}, where a Tensor with one entry is wanted")
    loss = names["f"].data
    single = loss.reshape(()) if loss.size == 1 else loss
    return {"loss": single, "dz": gradient(names, np.ones(loss.shape), "z")}


# ---------------------------------------------------------------- the walk


def total(tensor):
    """All entries added up, with a wire of the probe's own, so that the walk does not rest on the student's sum."""
    shape = np.shape(tensor.data)
    return type(tensor)(np.sum(tensor.data), [(tensor, lambda upstream: np.zeros(shape) + upstream)])


def walk_text(program, x, y, z):
    return (
        f"x, y, z = Tensor({written(x)}), Tensor({written(y)}), Tensor({written(z)})\n"
        + program.replace("total(", "Tensor.sum(")
        + "\nfor end in (f, f, g, f):\n    end.backward()\n    print(x.grad, y.grad, z.grad, sep='\\n')"
        + "\nTensor([1.0, 2.0]).backward()  # several entries: should be a ValueError"
    )


GRADS = ("dx", "dy", "dz")


@scripted(
    "program, x, y, z",
    "df, dx, dy, dz, dx_of_g, dy_of_g, dz_of_g, dx_again, dy_again, dz_again, refuses",
    text=walk_text,
    methods="backward",
    flags={
        "refuses": "backward went through on a Tensor with several entries. Which of them would the gradients be of? It should "
        "be a ValueError."
    },
)
def backward(answer, program, x, y, z):
    """Gradients after f.backward(), after f.backward() again and g.backward(), and after one more f.backward()."""
    has(answer, "backward", "__add__", "__mul__")
    for method in ("__add__", "__mul__"):
        if empty_parts(getattr(answer, method)) is not None:
            raise NotNumbers("stub", f"`{method}`, on which this part rests,")
    names = {"x": answer(x), "y": answer(y), "z": answer(z), "total": total}
    exec(compile(program, "<program>", "exec"), {"np": np}, names)
    with limited():
        names["f"].backward()
        seen = {"df": np.reshape(names["f"].grad, ())}
        seen |= {name: np.array(names[name[1]].grad) for name in GRADS}
        names["f"].backward()
        names["g"].backward()
        seen |= {f"{name}_of_g": np.array(names[name[1]].grad) for name in GRADS}
        names["f"].backward()
        seen |= {f"{name}_again": np.array(names[name[1]].grad) for name in GRADS}
    return {**seen, "refuses": refuses(lambda: answer(SEVERAL).backward())}


GIVEN = 2  # statements that stand in the stub of unbroadcast

PROBES = {
    "unbroadcast.kept": replace(kept, given=GIVEN),
    "unbroadcast.missing": replace(missing, given=GIVEN),
    "Tensor.data": data,
    "Tensor.grad": two("__add__ __mul__"),
    "Tensor.sum": one("sum"),
    "Tensor.backward": backward,
    "Tensor.matmul": two("__matmul__"),
    "Tensor.axes": one("reshape transpose"),
    "Tensor.curves": one("exp log relu"),
    "Tensor.rows": one("__getitem__"),
    "Tensor.logsumexp": one("log_sum_exp", rests_on=("__add__", "sum", "exp", "log")),
    "Tensor.loss": loss_of_scores,
}
