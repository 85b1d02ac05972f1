"""12-autograd: what hidden cases are drawn from: numbers for the programs in `cases`."""


def number(rng, sign=0):
    """A number of that sign (0: any), 1.3 to 1.8 or 2.4 to 4 in size, with ten digits behind the point."""
    size = rng.uniform(1.3, 1.8) if rng.random() < 0.3 else rng.uniform(2.4, 4.0)
    return round(float((sign or rng.choice([-1, 1])) * size), 10)


def small(rng, sign=0):
    """A number 0.4 to 1.3 in size."""
    return round(float((sign or rng.choice([-1, 1])) * rng.uniform(0.4, 1.3)), 10)


def whole(rng, sign=0):
    """A whole number, 3 to 9 in size."""
    return int((sign or rng.choice([-1, 1])) * rng.integers(3, 10))


def case(program, x, y, z):
    return {"program": program, "x": x, "y": y, "z": z}


def draws(*programs, draw=number, **fixed):
    """A generator of hidden cases: one of the programs, with numbers of different sizes.

    A name with a number keeps it, a name with a function has it drawn by that. `{a}` in a program becomes a drawn constant.
    """

    def hidden(rng):
        program = (
            str(rng.choice(programs)).replace("{a}", f"{number(rng, 1):.3g}").replace("{b}", f"{number(rng, 1):.3g}")
        )
        while True:
            drawn = {name: draw(rng) for name in "xyz"}
            if len({round(abs(value), 1) for value in drawn.values()}) == 3:
                break
        for name, one in fixed.items():
            drawn[name] = one(rng) if callable(one) else one
        return case(program, **drawn)

    return hidden


def scaled(hidden, **scales):
    """The same with some of the numbers multiplied."""

    def draw(rng):
        return {name: value * scales.get(name, 1) for name, value in hidden(rng).items()}

    return draw


TWINS = "a = x * z\nb = y * z\nf = a * b + x"


def twins(rng):
    """x and y are two values that hold the same number."""
    drawn = draws(TWINS)(rng)
    return {**drawn, "y": drawn["x"]}
