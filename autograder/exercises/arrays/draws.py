"""13-arrays: what hidden cases are drawn from: sizes that all differ, and numbers of both signs that are neither 0 nor 1."""

import numpy as np


def numbers(rng, shape, low=0.5, high=4.0, sign=None):
    """An array with ten digits behind the point, each entry 0.5 to 4 in size; a plain number for shape ()."""
    drawn = rng.uniform(low, high, size=shape) * (rng.choice([-1, 1], size=shape) if sign is None else sign)
    return np.round(drawn, 10).tolist()


def whole(rng, shape):
    """Whole numbers, 2 to 9 in size."""
    return (rng.integers(2, 10, size=shape) * rng.choice([-1, 1], size=shape)).tolist()


def lengths(rng, letters):
    """A length from 2 to 5 for each letter, no two alike."""
    return dict(zip(letters, (int(one) for one in rng.permutation([2, 3, 4, 5])), strict=False))


def shape_of(form, sizes):
    """The shape that a form such as "N1" or "NTD" has; "" is a plain number."""
    return tuple(sizes.get(letter, 1) for letter in form)


def stretched(stretched_form, form, draw=numbers):
    """A gradient of one form, and the shape of another that was stretched to it."""

    def hidden(rng):
        sizes = lengths(rng, dict.fromkeys(one for one in stretched_form if one != "1"))
        return {"gradient": draw(rng, shape_of(stretched_form, sizes)), "shape": shape_of(form, sizes)}

    return hidden


def with_misfit(hidden, misfit):
    """The same, and a shape that could not have been stretched: `misfit` makes it from the gradient's."""

    def draw(rng):
        drawn = hidden(rng)
        return {**drawn, "misfit": misfit(np.shape(drawn["gradient"]))}

    return draw


def line(program, *forms, out, draw=numbers, low=0.5):
    """A program with x (and y) of these forms, and an upstream in the form `out`; None if there is none.

    program: one, or several to draw from.
    """
    programs = (program,) if isinstance(program, str) else program

    def hidden(rng):
        letters = dict.fromkeys(letter for form in (*forms, out or "") for letter in form if letter != "1")
        sizes = lengths(rng, letters)
        written = str(rng.choice(programs))
        for letter, size in sizes.items():
            written = written.replace("{" + letter + "}", str(size))
        written = written.replace("{a}", f"{rng.uniform(1.3, 4):.3g}").replace(
            "{row}", str(whole(rng, sizes.get("M", 2)))
        )
        drawn = {"program": written}
        for name, form in zip("xy", forms, strict=False):
            drawn[name] = draw(rng, shape_of(form, sizes))
        if out is not None:
            drawn["upstream"] = numbers(rng, shape_of(out, sizes))
        return drawn

    return hidden


def of_sign(sign):
    """Numbers of one sign, with an exact 0 in the first place where the sign is 0 (and both signs elsewhere)."""

    def draw(rng, shape):
        array = np.array(numbers(rng, shape, sign=sign or None))
        if not sign:
            array.flat[0] = 0.0
        return array.tolist()

    return draw


def far_below(rng, shape):
    """Numbers from -8 to -5, of which the exponentials are small."""
    return numbers(rng, shape, 5.0, 8.0, sign=-1)


def thousandths(rng, shape):
    """Small numbers of both signs."""
    return (np.array(numbers(rng, shape)) * 1e-3).tolist()


def walk(program, x="", y="", z="", draw=numbers):
    """A program for the walk, with x, y and z of these forms."""
    programs = (program,) if isinstance(program, str) else program

    def hidden(rng):
        sizes = lengths(rng, dict.fromkeys(letter for letter in x + y + z if letter != "1"))
        forms = {"x": x, "y": y, "z": z}
        return {
            "program": str(rng.choice(programs)),
            **{name: draw(rng, shape_of(form, sizes)) for name, form in forms.items()},
        }

    return hidden


def scores(rows=None, shift=0.0, apart=0.0, tie=False, low=False, draw=numbers):
    """Scores (N, C) with N and C different, and labels: not every class is there, and they are not in order.

    low: the first score of each row is left where it was, far below the shifted ones.
    """

    def hidden(rng):
        sizes = lengths(rng, "NC")
        count, classes = rows or sizes["N"], max(sizes["C"], 3)
        if count == classes:
            classes += 1
        z = np.array(draw(rng, (count, classes)))
        if shift:
            z[:, int(low) :] += shift
        if apart:
            z = z + apart * np.arange(count)[:, None] - apart * (count - 1) / 2
        if tie:
            z[0, :2] = z[0].max()
        t = rng.integers(0, classes, size=count)
        return {"z": z.tolist(), "t": t.tolist()}

    return hidden


def repeated(rng, length):
    """Places below `length`, at least 3: one three times, one twice, the others never, in any order."""
    often, twice = (int(one) for one in rng.permutation(length)[:2])
    return rng.permutation([often, often, often, twice, twice])


def out_of_order(rng, length):
    """Every place once, not in their order."""
    places = np.roll(np.arange(length), int(rng.integers(1, length)))
    return places


def picked(form, places, draw=numbers, table=False):
    """x at drawn places of its first axis, 3 to 5 long; table: the places stand in two rows."""

    def hidden(rng):
        shape = tuple(int(one) for one in rng.permutation([3, 4, 5])[: len(form)])
        chosen = places(rng, shape[0])
        chosen = np.stack([chosen, chosen[::-1]]) if table else chosen
        return {
            "program": f"f = x[np.array({chosen.tolist()})]",
            "x": draw(rng, shape),
            "upstream": numbers(rng, chosen.shape + shape[1:]),
        }

    return hidden


def pairs(again=False):
    """x, a table, at pairs of places: one in each row, or (again) some pairs more than once."""

    def hidden(rng):
        shape = tuple(int(one) for one in rng.permutation([3, 4, 5])[:2])
        rows = np.arange(shape[0])
        columns = rng.integers(0, shape[1], size=shape[0])
        if again:
            order = repeated(rng, shape[0])
            rows, columns = rows[order], columns[order]
        return {
            "program": f"f = x[np.array({rows.tolist()}), np.array({columns.tolist()})]",
            "x": numbers(rng, shape),
            "upstream": numbers(rng, len(rows)),
        }

    return hidden


def with_upstream(hidden):
    """Scores for log-sum-exp: a program, and an upstream with a row a sample."""

    def draw(rng):
        z = hidden(rng)["z"]
        return {"program": "f = x.log_sum_exp()", "x": z, "upstream": numbers(rng, (len(z), 1))}

    return draw
