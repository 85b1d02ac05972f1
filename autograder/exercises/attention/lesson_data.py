"""15-attention: what lesson 15 shows of the net that says words backward, as data, so that no reader waits for a training.

`python -m autograder.exercises.attention.lesson_data` works it out, in half a minute, and writes `course/static/speaker.json`;
tests work it out again.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np

import course
from autograder.exercises.attention.speaker import LENGTH, Speaker, batch, line_of, told
from autograder.exercises.attention.wrong_speakers import WITHOUT, WRONG, speaker_with

STORED = Path(course.__file__).parent / "static" / "speaker.json"
SHOWN = range(0, 101, 10)  # steps whose maps the lesson shows
WORDS = ("stressed", "notebook", "learning")
NUDGE = 1e-6


def letters(tokens):
    return "".join(chr(int(token) + ord("a")) for token in tokens)


def film(causal):
    """The maps of some words while the net learns: per word, per shown step, weights (8, 16), what it says, and the loss."""
    speaker, frames = Speaker(0, causal=causal), {word: [] for word in WORDS}
    for step in range(SHOWN[-1] + 1):
        if step in SHOWN:
            for word in WORDS:
                weights = speaker.map(line_of(word))[0]
                said = speaker.alone(line_of(word)[:, :LENGTH])[0]
                frames[word].append({"weights": np.round(weights, 2).tolist(), "says": letters(said)})
        speaker.step()
    return {"frames": frames, "losses": [round(speaker.losses[step], 3) for step in SHOWN]}


def sharpness(speaker):
    """Of the eight rows, the mean over 1,000 words of the largest weight, and the smallest one seen; the place looked at."""
    weights = speaker.map(batch(np.random.default_rng(99), 1000)[0])
    largest = weights.max(axis=-1)
    places = [int(np.bincount(row).argmax()) for row in weights.argmax(axis=-1).T]
    return {
        "mean": np.round(largest.mean(axis=0), 3).tolist(),
        "least": round(float(largest.min()), 2),
        "places": places,
    }


def worst_error(speaker):
    """The worst relative error |a - b| / max(|a|, |b|) over its parameters: slopes that came back against nudged ones.

    Each array is nudged both ways along one direction, all its entries at once, on two words: among more, some ReLU is near its
    corner.
    """
    rng = np.random.default_rng(7)
    tokens, targets = batch(rng, 2)
    errors = []
    for side, gradients in speaker.sides(speaker.loss(tokens, targets)[1]):
        for name, start in list(side.items()):
            along, losses = rng.normal(size=start.shape), []
            for by in (NUDGE, -NUDGE):
                side[name] = start + by * along
                losses.append(speaker.loss(tokens, targets)[0])
            side[name] = start
            nudged, came = (losses[0] - losses[1]) / (2 * NUDGE), np.sum(gradients[name] * along)
            errors.append(abs(nudged - came) / max(abs(nudged), abs(came)))
    return float(f"{max(errors):.2g}")


def judged(make):
    """How its training went, and what a gradient check says of the way back, at the start."""
    return {**told(make().train()), "error": worst_error(make())}


def all_told():
    """Everything that lesson 15 prints of the net without training it."""
    right = {str(seed): Speaker(seed).train() for seed in range(3)}
    blind = Speaker(0, causal=False).train()
    return {
        "parameters": right["0"].size,
        "seeds": {seed: told(one) for seed, one in right.items()},
        "sharp": sharpness(right["0"]),
        "sharp without the mask": sharpness(blind),
        "without": {name: told(make().train()) for name, make in WITHOUT.items()},
        "ways back": {name: judged(partial(speaker_with, name)) for name in ("nothing", *WRONG)},
        "film": {"mask": film(True), "no mask": film(False)},
    }


if __name__ == "__main__":
    STORED.write_text(json.dumps(all_told(), separators=(",", ":")) + "\n", encoding="utf-8")
