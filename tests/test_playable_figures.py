"""Pictures with controls in lessons 05 to 15: does each setting draw, say in words what it shows, and say so correctly?"""

import ast
import builtins
import itertools
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from course.figures.arrays import SHAPES, stretch_and_add, where_to_bracket
from course.figures.attention import film_words, one_row, stored_maps
from course.figures.batch import NOTHING, own_row, shape_board, tile_controls
from course.figures.clinic import maps_of_all, patient_chosen
from course.figures.deep import OUTWARDS, UPSTREAMS, on_the_circle, twenty_bars
from course.figures.layer import blame_of
from course.figures.network import one_of
from course.figures.relu import gate_controls, one_gate_moved
from course.figures.softmax import score_turned
from course.figures.training import moment, moments
from course.playing import play

LESSONS = Path(__file__).parent.parent / "course/lessons"
TILES = {"inputs": "ND", "weights": "DM", "dvalues": "NM"}


def drawn(picture):
    """The picture, after a look at it: well-formed, and described."""
    root = ElementTree.fromstring(picture.svg)
    assert root.get("aria-label") == picture.alt and len(picture.alt) > 40
    assert not re.search(r"\b(nan|inf|None)\b", picture.svg)
    return picture


# 05: complaints ------------------------------------------------------------------------------------------------------


def test_blame_is_what_the_row_and_the_complaints_give():
    rng = np.random.default_rng(0)
    weights, dvalues = rng.normal(size=(4, 3)).round(2), np.array([1.0, -10.0, 100.0])
    draw, seen = blame_of(weights, dvalues), set()
    for i, complaint in itertools.product(range(4), (-7.5, 0.0, 100.0)):
        alt = drawn(draw(i=float(i), complaint=complaint)).alt
        total = float(re.search(rf"At x{i} these add up to (\S+)\. ", alt)[1].replace("\N{MINUS SIGN}", "-"))
        assert total == pytest.approx(weights[i] @ [1.0, -10.0, complaint], abs=1e-3)
        seen.add(alt)
    assert len(seen) == 12


# 06: the shape board -------------------------------------------------------------------------------------------------

LYING = list(itertools.product(TILES, (False, True)))


def board_says(words):
    """What the board says about one row, as (does numpy multiply?, the axes that are left, if the names fit)."""
    left = re.search(r"leaves \((\w), (\w)\)", words)
    return bool(left) or "numpy says nothing" in words, left and left.groups()


@pytest.mark.parametrize("wanted", ["DM", "ND"])
@pytest.mark.parametrize("neurons", [2, 3, 4, 5])
def test_the_board_agrees_with_numpy_on_every_pair_of_tiles(wanted, neurons):
    sizes = {"N": 3, "D": 4, "M": neurons}
    draw = own_row(TILES, wanted, {"N": 3, "D": 4})
    as_wanted = []
    for (left, turn_left), (right, turn_right) in itertools.product(LYING, LYING):
        picture = drawn(
            draw(left=left, turn_left=turn_left, right=right, turn_right=turn_right, neurons=float(neurons))
        )
        a, b = (np.ones([sizes[axis] for axis in TILES[name]]) for name in (left, right))
        a, b = a.T if turn_left else a, b.T if turn_right else b
        try:
            shape = (a @ b).shape
        except ValueError:
            shape = None
        multiplies, axes = board_says(picture.alt)
        assert multiplies == (shape is not None), picture.alt
        if axes:
            assert tuple(sizes[axis] for axis in axes) == shape
        if shape:
            assert str(shape) in picture.svg
        if "as wanted" in picture.alt:
            as_wanted.append((left, turn_left, right, turn_right))
            assert axes == tuple(wanted)
    assert len(as_wanted) == 1, "one product is right, and with every number of neurons it is the same"


def test_a_fit_by_numbers_alone_is_told_from_a_fit_by_names():
    draw = own_row(TILES, "DM", {"N": 3, "D": 4})
    both_turned = {"left": "inputs", "turn_left": True, "right": "dvalues", "turn_right": True}
    assert "a gap, N meets M, but 3 = 3, so numpy says nothing" in draw(**both_turned, neurons=3).alt
    assert draw(**both_turned, neurons=2).alt.endswith("a gap, N meets M.")


def test_the_number_of_neurons_is_told_even_where_it_changes_nothing_else():
    draw = own_row(TILES, "ND", {"N": 3, "D": 4})
    lying = {"left": "dvalues", "turn_left": False, "right": NOTHING, "turn_right": False}
    told = [draw(**lying, neurons=float(neurons)).alt for neurons in (2, 5)]
    assert "N = 3, D = 4, M = 2" in told[0] and told[1] == told[0].replace("M = 2", "M = 5")


def test_an_empty_place_stays_open_and_the_rows_above_stay():
    above = [(("inputs", "ND"), ("dvalues", "NM"))]
    draw = own_row(TILES, "DM", {"N": 3, "D": 4}, above)
    empty = draw(left=NOTHING, turn_left=True, right=NOTHING, turn_right=False, neurons=3)
    assert empty.alt == shape_board([*above, None], "DM", {"N": 3, "D": 4, "M": 3}).alt
    half = drawn(draw(left=NOTHING, turn_left=False, right="weights", turn_right=True, neurons=3))
    assert half.alt.endswith("One row is left open, with weights, turned (M, D) in it.")


def test_the_board_does_not_begin_with_the_answer():
    controls = tile_controls(TILES)
    assert controls["left"].value == controls["right"].value == NOTHING
    assert "as wanted" not in play(own_row(TILES, "DM", {"N": 3, "D": 4}), **controls).picture.alt


# 07: four grids ------------------------------------------------------------------------------------------------------

Z = np.array([[1, 0, -3], [2, -1, 0.5]])
DVALUES = np.array([[-1.5, 4, 2], [0.25, -6, -8]])
PASSED = np.array([[-1.5, 0, 0], [0.25, 0, -8]])


@pytest.mark.parametrize("at", list(np.ndindex(Z.shape)))
@pytest.mark.parametrize("value, opens", [(-3.0, False), (-0.5, False), (0.0, False), (0.5, True), (3.0, True)])
def test_a_gate_opens_above_zero_and_nothing_else_changes(at, value, opens):
    alt = drawn(one_gate_moved(Z, DVALUES, PASSED)(sample=float(at[0]), neuron=float(at[1]), value=value)).alt
    grid = re.search(r"Result: (.*?)\. Outlined", alt)[1].replace("\N{MINUS SIGN}", "-")
    result = np.array([[float(one) for one in row.split()] for row in grid.split(";")])
    others = np.ones(Z.shape, dtype=bool)
    others[at] = False
    assert (result[others] == PASSED[others]).all()
    assert result[at] == (DVALUES[at] if opens else 0)
    assert ("open, so" in alt) == opens and ("closed, so" in alt) == (not opens)


def test_another_cell_brings_its_own_z_and_the_data_stay():
    z = Z.copy()
    controls = gate_controls(z, at=(1, 2))
    board = play(one_gate_moved(z, DVALUES, PASSED), **controls)
    assert controls["value"].value == 0.5
    controls["value"].value = -0.5
    assert "z = \N{MINUS SIGN}0.5, closed, so \N{MINUS SIGN}8 stops" in board.picture.alt
    controls["sample"].value = 0
    assert controls["value"].value == -3 and "row 0, column 2: z = \N{MINUS SIGN}3" in board.picture.alt
    controls["neuron"].value = 1
    assert controls["value"].value == 0 and "row 0, column 1: z = 0, closed, so 4 stops" in board.picture.alt
    assert (z == Z).all()


def test_every_z_can_be_set_to_zero():
    value = gate_controls(Z)["value"]
    steps = (Z - value.min) / value.step
    assert (steps == steps.round()).all() and ((0 - value.min) / value.step).is_integer()


# 08: own gradients against nudges ------------------------------------------------------------------------------------


def test_a_scale_is_a_line_and_a_missing_piece_is_none():
    rng = np.random.default_rng(0)
    nudged = {"0.weights": rng.normal(size=(2, 3)), "0.biases": rng.normal(size=(1, 3))}
    scaled = {title: {name: k * one for name, one in nudged.items()} for title, k in
              {"right": 1, "sign lost": -1, "half": 0.5, "twice": 2}.items()}  # fmt: skip
    partly = {**nudged, "0.biases": 0 * nudged["0.biases"]}
    draw = one_of({**scaled, "no biases": partly, "nothing": {k: 0 * v for k, v in nudged.items()}}, nudged)
    for title, slope in {"right": "1.00", "sign lost": "-1.00", "half": "2.00", "twice": "0.50"}.items():
        alt = drawn(draw(title=title)).alt
        assert f"{title}: on a straight line through 0 with slope {slope}." in alt
        assert ("0.weights 0 of 6, 0.biases 0 of 3" in alt) == (title == "right")
    alt = drawn(draw(title="no biases")).alt
    assert "points off any one line" in alt and "0.weights 0 of 6, 0.biases 3 of 3" in alt
    assert "0.weights 6 of 6" in drawn(draw(title="nothing")).alt


# 09: one score turned ------------------------------------------------------------------------------------------------


def shares(rows):
    e = np.exp(np.asarray(rows, dtype=float))
    return e / e.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("right", range(3))
@pytest.mark.parametrize("score", [-4.0, 0.7, 2.08, 5.0, 7.0])
def test_the_pushes_on_scores_are_what_nudging_finds(score, right):
    scores = [math.log(7), math.log(2), 0.0]
    alt = drawn(score_turned(scores, 1, shares)(score=score, right=f"class {right}")).alt.replace("\N{MINUS SIGN}", "-")
    told = re.findall(r"class (\d): score (\S+), p (\S+), target (\d), gradient (\S+)(?=[;.] )", alt)
    z = np.array([scores[0], score, scores[2]])
    h = 1e-5 * np.eye(3)
    slopes = [-math.log(shares([z + one])[0][right] / shares([z - one])[0][right]) / 2e-5 for one in h]
    found = np.array(told, dtype=float)
    wanted = np.column_stack([range(3), z, shares([z])[0], np.arange(3) == right, slopes])
    assert found == pytest.approx(wanted, abs=6e-4)
    assert f"Loss: -ln {found[right, 2]:g} = {-math.log(found[right, 2]):.2f}".rstrip("0") in alt


def test_softmax_turns_all_bars_and_another_target_none():
    draw = score_turned([math.log(7), math.log(2), 0.0], 1, shares)
    half = draw(score=math.log(8), right="class 1").alt
    assert "p 0.5, target 1, gradient \N{MINUS SIGN}0.5" in half
    bars = [re.findall(r" p (\S+),", draw(score=score, right=right).alt) for score, right in
            ((1.0, "class 0"), (1.0, "class 2"), (1.5, "class 0"))]  # fmt: skip
    assert bars[0] == bars[1] and all(a != b for a, b in zip(bars[0], bars[2], strict=True))


# 10: training, step by step ------------------------------------------------------------------------------------------


def towards(k):
    """A network of two scores that sees class 1 right of k."""
    return lambda P: np.stack([0 * P[:, 0], P[:, 0] - k], axis=1)


def test_a_moment_tells_its_step_its_loss_and_its_count():
    X, t = np.array([[-1.0, 0.0], [0.2, 0.5], [0.6, -0.5], [1.0, 0.0]]), [0, 0, 1, 1]
    losses = [0.9, 0.4, 0.1]
    draw = moments(X, t, [towards(k) for k in (-2.0, 0.0, 0.4)], losses, chance=np.log(2))
    for step, right in enumerate((2, 3, 4)):
        alt = drawn(draw(step=float(step))).alt
        assert alt.startswith(f"After {step} of 2 steps: the loss is {losses[step]:.2f}, and {right} of 4 points stand")
    half_way = drawn(moment(X, t, towards(0.0), losses[:2], 1, steps=2, chance=np.log(2)))
    assert half_way.alt == draw(step=1.0).alt, "while it trains, the picture is the one that is kept"


# 11: maps of one patient ---------------------------------------------------------------------------------------------


def test_one_wrong_entry_colours_a_row_and_a_column():
    rng = np.random.default_rng(0)
    X, W, dZ = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(3, 2))

    def back(dZ):
        return {"dX": np.einsum("nj,ij->ni", dZ, W), "dW": np.einsum("ni,nj->ij", X, dZ), "db": dZ.sum(axis=0)[None]}

    counts = {"dX": ("sample", "input"), "dW": ("input", "neuron"), "db": ("row", "neuron")}
    for at in np.ndindex(dZ.shape):
        wrong = dZ.copy()
        wrong[at] *= -1
        draw = patient_chosen({"well": back(dZ), "ill": back(wrong)}, back(dZ), counts)
        assert drawn(draw(patient="well")).alt.count("no difference") == 3
        alt = drawn(draw(patient="ill")).alt
        assert f"dX: 4 of 12 entries differ, in sample {at[0]} and input 0" in alt
        assert re.search(rf"dW: 4 of 8 entries differ, in input 0, .* and neuron {at[1]}[;.]", alt)
        assert f"db: 1 of 2 entries differ, in row 0 and neuron {at[1]}" in alt
    assert maps_of_all(back(dZ), back(dZ), counts).alt.startswith("Maps of own minus nudged gradient. dX")


# Live, in a kernel ---------------------------------------------------------------------------------------------------


class Watching(NotebookClient):
    """A client that counts how often an output was rewritten while the cell ran."""

    rewritten = 0

    def process_message(self, msg, cell, cell_index):
        self.rewritten += msg["msg_type"] == "update_display_data"
        return super().process_message(msg, cell, cell_index)


def test_the_bar_moves_with_its_picture_and_ends_the_same_each_time(tmp_path):
    source = (
        "from course.bar import progress_bar\nfrom course.picture import Canvas\n"
        "done = []\n"
        "def picture():\n    return Canvas(100, 100, f'a card for {len(done)} rounds').picture()\n"
        "for one in progress_bar(range(4), 'rounds', picture):\n    done.append(one)\n"
    )
    stored = []
    for _ in range(2):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        client = Watching(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
        client.execute()
        assert client.rewritten == 5, "at the start, after each round but the last, and emptied at the end"
        stored.append([output.data["text/html"] for output in notebook.cells[0].outputs])
    assert stored[0] == stored[1]
    live, last = stored[0]
    assert live == "" and "rounds: 4 of 4<br><div" in last and "a card for 4 rounds" in last


# What a control draws stays what it was ------------------------------------------------------------------------------


def names_bound(tree):
    """Names that a cell binds at its top level."""
    stack, bound = list(tree.body), set()
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
            stack += ast.iter_child_nodes(node)
    return bound


def names_read_later(tree):
    """Global names that the functions of a cell read when they are called, and not when the cell runs."""
    read = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Lambda, ast.FunctionDef)):
            arguments = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
            body = node.body if isinstance(node.body, list) else [node.body]
            inside = [one for part in body for one in ast.walk(part) if isinstance(one, ast.Name)]
            own = arguments | {one.id for one in inside if isinstance(one.ctx, ast.Store)}
            read |= {one.id for one in inside if isinstance(one.ctx, ast.Load)} - own
    return read - set(dir(builtins))


def spoiled(sources):
    """Names that a cell with a playable picture reads when a control moves, and that a later cell gives another value."""
    trees = [ast.parse(source) for source in sources]
    return {
        name
        for place, (source, tree) in enumerate(zip(sources, trees, strict=True))
        if re.search(r"\bplay\(", source)
        for name in names_read_later(tree) & set().union(*map(names_bound, trees[place + 1 :]))
    }


def test_a_value_that_changes_later_is_noticed():
    assert spoiled(["z = 1", "play(lambda x: card(x, z), x=s)", "z = 2"]) == {"z"}
    assert spoiled(["z = 1", "def f(x):\n    return card(x, z)\nplay(f, x=s)", "for z in range(3): pass"]) == {"z"}
    assert spoiled(["z = 1", "play(lambda x, z=z: card(x, z), x=s)", "z = 2"]) == set()
    assert spoiled(["z = 1", "play(card_of(z), x=s)", "z = 2", "f = lambda z: z"]) == set()


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_playable_picture_still_draws_its_own_numbers_after_run_all(path):
    cells = nbformat.read(path, as_version=4).cells
    assert spoiled([cell.source for cell in cells if cell.cell_type == "code"]) == set()


PLAYABLE = {
    "05-layer": 1,
    "06-batch": 2,
    "07-relu": 1,
    "08-network": 1,
    "09-softmax": 1,
    "10-training": 1,
    "11-clinic": 1,
    "13-arrays": 2,
    "14-deep": 2,
    "15-attention": 2,
}


@pytest.mark.parametrize("chapter, count", PLAYABLE.items())
def test_playable_pictures_are_in_the_lessons(chapter, count):
    cells = nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4).cells
    playable = [cell for cell in cells if cell.cell_type == "code" and re.search(r"\bplay\(", cell.source)]
    assert len(playable) >= count
    for cell in playable:
        assert "<img " in cell.outputs[-1].data["text/html"], "the still picture, where no kernel runs"


# 13: stretch and add, and where to bracket ---------------------------------------------------------------------------

BACK = np.array([[1, -2, 5], [3, 1, -1], [-4, 6, 2], [2, 3, -3]])


@pytest.mark.parametrize("shape", SHAPES)
def test_sums_show_once_the_first_is_right(shape):
    draw, small = stretch_and_add(BACK.tolist()), SHAPES[shape]
    padded = (1,) * (2 - len(small)) + small
    right = BACK.sum(axis=tuple(axis for axis in (0, 1) if padded[axis] == 1), keepdims=True)
    sums = re.search(r"The sums are (.*)\.", drawn(draw(shape, float(right[0, 0]))).alt)[1]
    found = [[float(one.replace("\N{MINUS SIGN}", "-")) for one in row.split()] for row in sums.split("; ")]
    assert found == right.tolist()
    assert "not yet the sum" in drawn(draw(shape, float(right[0, 0]) + 1)).alt


def test_the_brackets_cost_what_is_said_and_outputs_turn_the_winner():
    for lengths in itertools.product((1, 3, 8), repeat=4):
        outputs, second, third, inputs = lengths
        words = drawn(where_to_bracket(*map(float, lengths))).alt
        back = outputs * second * third + outputs * third * inputs
        forward = second * third * inputs + outputs * second * inputs
        assert f"walking back, {back}; from the right, going forward, {forward}" in words
    assert "walking back is cheaper" in where_to_bracket(1, 4, 4, 8).alt
    assert "going forward is cheaper" in where_to_bracket(8, 4, 4, 1).alt
    assert "both cost the same" in where_to_bracket(3, 3, 3, 3).alt


# 14: twenty bars, and the circle --------------------------------------------------------------------------------------


def said(words):
    """A list of numbers as a picture says it."""
    return np.array([float(one.replace("\N{MINUS SIGN}", "-")) for one in words.split(", ")])


@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
@pytest.mark.parametrize("skip", [False, True])
def test_the_bars_fade_or_grow_as_is_said(skip, norm):
    for size in (0.25, 1.0, 4.0):
        picture = drawn(twenty_bars(size, skip, norm))
        assert picture.svg.count("<rect") == 23, "a card, the pattern of closed gates, and 21 bars"
        fates = {0.25: "lives" if skip else "faded", 1.0: "exploded" if skip else "lives", 4.0: "exploded"}
        fate = fates[size] if norm == "none" else "lives"
        assert picture.alt.endswith(f"{fate}."), picture.alt


@pytest.mark.parametrize("upstream", [*UPSTREAMS, OUTWARDS])
@pytest.mark.parametrize("x", [(1, 1, 4), (-4, 0.5, 3), (2, -1.5, -1.5)])
def test_what_is_left_on_the_circle_is_what_nudging_finds(x, upstream):
    alt = drawn(on_the_circle(*map(float, x), upstream)).alt
    x_hat, given, across, radial, left, back = (
        said(re.search(rf"{words} \[(.*?)\]", alt)[1])
        for words in ("x-hat =", "Upstream", "plane", "radius", "circle", "dX =")
    )

    def normal(x):
        return (x - x.mean()) / x.std()

    h = 1e-6 * np.eye(3)
    slopes = [given @ (normal(x + one) - normal(x - one)) / 2e-6 for one in h]
    assert back == pytest.approx(slopes, abs=2e-3)
    assert x_hat == pytest.approx(normal(np.array(x)), abs=6e-4)
    assert across + radial + left == pytest.approx(given, abs=2e-3)
    assert ("nothing is left" in alt) == (upstream in ("[1, 1, 1]", OUTWARDS) or not np.any(left))


def test_three_equal_numbers_have_no_place_on_the_circle():
    told = {drawn(on_the_circle(x, x, x, upstream)).alt for x in (0.0, 2.0) for upstream in (*UPSTREAMS, OUTWARDS)}
    assert len(told) == 2 * (len(UPSTREAMS) + 1) and all("no place" in alt for alt in told)


# 15: one row, and the map while it learns ----------------------------------------------------------------------------


@pytest.mark.parametrize("scores", [(1.95, 0.7, 0.0), (-3.0, 3.0, 3.0), (0.0, 0.0, 0.0)])
@pytest.mark.parametrize("values", [(1.0, 2.0, 4.0), (-1.0, 5.0, 0.0)])
def test_a_score_hears_its_weight_times_how_far_its_value_lies_from_the_mean(scores, values):
    moved = {f"{what}_{key}": row[key] for what, row in (("score", scores), ("value", values)) for key in range(3)}
    alt = drawn(one_row(shares)(**moved)).alt.replace("\N{MINUS SIGN}", "-")
    found = np.array(re.findall(r"weight ([-\d.]+), value ([-\d.]+), push ([-\d.]+?)[;.](?: |$)", alt), dtype=float)
    weights = shares(np.array([scores]))[0]
    mean = weights @ values
    np.testing.assert_allclose(found, np.transpose([weights, values, weights * (values - mean)]), atol=6e-4)
    assert float(re.search(r"weighted mean, ([-\d.]+);", alt)[1]) == pytest.approx(mean, abs=6e-4)


@pytest.mark.parametrize("word", film_words())
def test_the_map_says_whom_each_place_looks_at_most_and_what_the_net_says(word):
    draw, ends = stored_maps(), []
    for mask, step in itertools.product(("on", "off"), (0, 50, 100)):
        alt = drawn(draw(step=float(step), word=word, mask=mask)).alt
        assert f"mask {mask}, after {step} steps" in alt and f"reads {word}" in alt
        ends.append([int(one) for one in re.findall(r"place (\d+) \(", alt)])
    assert ends[2] == [7, 6, 5, 4, 3, 2, 1, 0] and any(place > 8 for place in ends[5])
    assert (
        f"says {word[::-1]}" in draw(100.0, word, "on").alt and f"says {word[::-1]}" not in draw(100.0, word, "off").alt
    )
