"""Pictures with controls, without a browser: what they show, what is stored of them, what moves them."""

import re

import pytest
from ipywidgets import Checkbox, FloatSlider
from traitlets import TraitError

from course.live import WIDGET_VIEW
from course.picture import Canvas, Picture
from course.playing import choice, play, slider


def dots(number: float, colour: str = "blue") -> Picture:
    """As many dots as asked for."""
    canvas = Canvas(200, 60, f"{number:g} dots in {colour}, side by side")
    for i in range(round(number)):
        canvas.circle(20 + 20 * i, 30, 6, fill=colour)
    return canvas.picture()


def shown_outputs(widget, monkeypatch) -> list[dict]:
    """What a cell that ends in the widget has for outputs."""
    shown = []
    monkeypatch.setattr("course.live.display", lambda data, raw: shown.append(data))
    widget._ipython_display_()
    return shown


@pytest.fixture
def played():
    return play(
        dots, number=slider("dots", 1, 8, step=1, start=3), colour=choice("colour", ["blue", "red"], start="red")
    )


def test_the_stored_form_is_the_picture_at_the_first_values(played, monkeypatch):
    still, live = shown_outputs(played, monkeypatch)
    assert dots(3, "red").html in still["text/html"] and 'class="course-still"' in still["text/html"]
    assert still["text/plain"] == "<Picture: 3 dots in red, side by side>"
    assert live == {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": played.model_id}}


def test_the_still_picture_says_what_it_shows_and_needs_nothing_from_elsewhere(played):
    image = re.search(r'<img alt="([^"]+)" [^>]*src="(data:image/svg\+xml;base64,[^"]+)">', played.picture.html)
    assert image and image[1] == "3 dots in red, side by side"


def test_a_control_draws_the_picture_anew(played):
    number, colour, stage = played.children
    number.value = 5
    assert played.picture == dots(5, "red")
    colour.value = "blue"
    assert played.picture == dots(5, "blue")
    assert stage.picture["svg"] == dots(5, "blue").svg and stage.picture["alt"] == "5 dots in blue, side by side"


def test_what_is_shown_again_after_a_move_is_the_picture_of_now(played, monkeypatch):
    played.children[0].value = 7
    assert dots(7, "red").html in shown_outputs(played, monkeypatch)[0]["text/html"]


def test_one_draws_only_when_a_value_changes():
    drawn = []

    def draw(number):
        drawn.append(number)
        return dots(number)

    control = play(draw, number=slider("dots", 1, 8, step=1, start=3)).children[0]
    control.value = 3
    control.description = "how many"
    assert drawn == [3]
    control.value = 4
    assert drawn == [3, 4]


def test_controls_stand_above_the_picture_in_the_order_given(played):
    assert [control.description for control in played.children[:-1]] == ["dots", "colour"]


def test_any_widget_with_a_value_is_a_control():
    played = play(lambda many: dots(8 if many else 1), many=Checkbox(value=False, description="many"))
    played.children[0].value = True
    assert played.picture == dots(8)


@pytest.mark.parametrize(("step", "shown"), [(1, ".0f"), (0.5, ".1f"), (0.25, ".2f"), (0.005, ".3f")])
def test_a_slider_shows_the_digits_of_its_step(step, shown):
    made = slider("h", 0, 10, step=step, start=5)
    assert isinstance(made, FloatSlider) and made.readout_format == shown
    assert (made.min, made.max, made.step, made.value, made.description) == (0, 10, step, 5, "h")


def test_a_slow_picture_waits_until_the_slider_is_let_go():
    assert slider("h", 0, 1, step=0.1, start=0).continuous_update
    assert not slider("h", 0, 1, step=0.1, start=0, slow=True).continuous_update


def test_a_choice_offers_what_it_was_given():
    made = choice("knob", ["w0", "b"], start="b")
    assert (made.options, made.value, made.description) == (("w0", "b"), "b", "knob")
    with pytest.raises(TraitError, match="not found"):
        choice("knob", ["w0", "b"], start="nothing")


def test_a_drawing_that_fails_says_so_at_once():
    with pytest.raises(ZeroDivisionError):
        play(lambda number: 1 / number, number=slider("number", 0, 1, step=1, start=0))
