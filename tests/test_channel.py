"""The encoding between sandbox and judge: exact for arrays, and deaf to everything that is no message."""

import json
import socket
import struct
import threading
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.examination.judge import judge
from autograder.examination.seed import generator
from autograder.exercises import find_exercise
from autograder.sandbox.inside.channel import (
    ARRAYS_COUNT,
    DTYPES,
    HEAD_LIMIT,
    Channel,
    ChannelError,
    TimeUp,
    pack,
    unpack,
)
from autograder.sandbox.inside.observations import as_judged, read_observation
from course.observe import TROUBLE_KINDS

CALM = settings(max_examples=150, deadline=None, derandomize=True, database=None)
NUMBERS = st.sampled_from([dtype for one in DTYPES for dtype in (one, one.replace("<", ">"))])
NUMBER_ARRAYS = NUMBERS.flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0))
)
NAMES = st.text(st.characters(codec="utf-8"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def say(content: bytes, seconds: float = 5.0):
    """What a Channel makes of these bytes, after which the other side is gone."""
    ours, theirs = socket.socketpair()
    sender = threading.Thread(target=lambda: (theirs.sendall(content), theirs.close()))
    sender.start()
    try:
        return Channel(ours).receive(seconds)
    finally:
        sender.join()
        ours.close()


def framed(stated, body: bytes = b"") -> bytes:
    head = json.dumps(stated).encode()
    return struct.pack("<Q", len(head)) + head + body


@CALM
@given(st.dictionaries(NAMES, NUMBER_ARRAYS, max_size=4), st.dictionaries(NAMES, st.integers() | NAMES, max_size=3))
def test_arrays_and_words_arrive_as_they_were(named, words):
    message, received = say(pack(words, named))
    assert message == words and list(received) == list(named)
    for name, array in named.items():
        other = received[name]
        assert type(other) is np.ndarray and other.shape == array.shape
        assert other.dtype == array.dtype.newbyteorder("=")
        assert other.tobytes() == array.astype(other.dtype).tobytes()


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3).T, np.arange(9)[::-2], np.broadcast_to(1.5, (3, 2))])
def test_views_arrive_whole(array):
    assert np.array_equal(say(pack({}, {"a": array}))[1]["a"], array)


@CALM
@given(st.binary(max_size=200))
@example(b"")
@example(struct.pack("<Q", 2**63))
@example(struct.pack("<Q", HEAD_LIMIT + 1) + b"{" * 10)
@example(struct.pack("<Q", 100_000) + b"[" * 100_000)
@example(struct.pack("<Q", 4) + b"\xff\xfe{}")
def test_random_bytes_are_no_message(content):
    with pytest.raises((ChannelError, EOFError)):
        say(content)


@CALM
@given(JSON, st.binary(max_size=40))
def test_random_json_is_a_message_or_none(stated, body):
    try:
        message, received = say(framed(stated, body))
    except (ChannelError, EOFError):
        return
    assert isinstance(message, dict) and all(type(one) is np.ndarray for one in received.values())


@CALM
@given(st.lists(JSON, max_size=5), st.binary(max_size=40))
@example(["a", "<f8", [2**31, 2**31, 0], 0], b"")
@example(["a", "<f8", [2**31 - 1] * 7 + [0], 0], b"")
@example(["a", "<f8", [-1], -8], b"")
@example(["a", "<f8", [1.0], 8], bytes(8))
@example(["a", "<f8", [True], 8], bytes(8))
@example(["a", "<f8", "", 8], bytes(8))
@example(["a", "|O", [1], 8], bytes(8))
@example(["a", "<f8", [10**9], 8 * 10**9], b"")
def test_random_descriptions_give_an_array_or_none(described, body):
    try:
        _, received = say(framed({"message": {}, "arrays": [described]}, body))
    except (ChannelError, EOFError):
        return
    assert all(one.dtype.kind in "iufU" for one in received.values())


@pytest.mark.parametrize(
    "head",
    [
        b'{"message": {"x": NaN}, "arrays": []}',
        b'{"message": {"x": [-Infinity]}, "arrays": []}',
        b'{"message": {"x": 1e999}, "arrays": []}',
        b'{"message": {"x": ' + b"9" * 5000 + b'}, "arrays": []}',
        b'{"message": {}, "arrays": [["a", "|i1", [1], 1], ["a", "|i1", [1], 1]]}',
        b'{"message": {}, "arrays": [["a", "text", [], "' + b"x" * 201 + b'"]]}',
        json.dumps({"message": {}, "arrays": [[str(n), "|i1", [0], 0] for n in range(ARRAYS_COUNT + 1)]}).encode(),
        json.dumps({"message": {}, "arrays": [[str(n), "|i1", [2**22], 2**22] for n in range(9)]}).encode(),  # 36 MiB
    ],
)
def test_odd_heads_are_no_message(head):
    with pytest.raises(ChannelError):
        unpack(head, lambda size: bytes(size))


def test_half_a_surrogate_pair_travels_as_a_question_mark():
    assert say(pack({"text": "a\ud800b"}))[0] == {"text": "a?b"}


def test_whoever_does_not_listen_holds_nobody_up():
    ours, theirs = socket.socketpair()
    with pytest.raises(TimeUp):  # else it waits for ever
        Channel(ours).send_packed(pack({"source": "x" * 2**23}), seconds=0.2)
    ours.close(), theirs.close()


def test_half_a_message_holds_nobody_up():
    ours, theirs = socket.socketpair()
    theirs.sendall(struct.pack("<Q", 1000) + b"{")
    with pytest.raises(TimeUp):
        Channel(ours).receive(0.2)
    ours.close(), theirs.close()


PARTS = st.lists(st.sampled_from(["z", "dvalues", "dz", "y", "inputs", "\ud800"]) | JSON, max_size=4)
DESCRIBED = JSON | st.fixed_dictionaries(
    {
        "trouble": st.none()
        | JSON
        | st.tuples(st.sampled_from(TROUBLE_KINDS) | st.text(max_size=3), *[st.text(max_size=9)] * 3),
        "results": PARTS,
        "again": PARTS,
        "after": PARTS,
    }
)
WHOLE = (
    "relu_forward",
    "relu_backward",
    "dense_relu_backward",
    "exposing_case",
    "Dense.weights",
    "SGD",
    "train",
    "check_gradients",
)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.data(), st.sampled_from(WHOLE), st.booleans())
def test_no_observation_upsets_the_judge_or_is_taken_for_right(data, name, whole):
    asked = find_exercise(name)
    cases, known = _asked_of(name)
    probe, seen, received = asked.probe, [], {}
    names = probe.raw or probe.results
    for number, case in enumerate(cases):
        if whole:  # the right names, the arguments untouched, and results of any kind
            one = {"trouble": None, "results": [*names], "again": [*names], "after": [*probe.arguments]}
            received |= {f"{number}/after/{argument}": case.inputs[argument] for argument in probe.arguments}
            for result in names:
                like = case.expected.get(result, case.expected[probe.results[0]])
                given_back = data.draw(NUMBER_ARRAYS | st.just(np.array("text")) | _like(like))
                received |= {f"{number}/{part}/{result}": given_back for part in ("results", "again")}
        else:
            one = data.draw(DESCRIBED)
        seen.append(as_judged(probe, case.inputs, read_observation(one, received, number)))
    verdict = judge(asked, cases, seen, mistakes=known)
    assert not verdict.right or probe.flaw  # an exercise with many right answers may be answered by chance
    assert verdict.right or "".join(verdict.messages).encode().strip()  # and a file can hold the words


@cache
def _asked_of(name):
    """Hidden cases, and the known mistakes on them, which are worked out once."""
    cases = find_exercise(name).hidden_cases(generator(name, "channel"))
    return cases, find_exercise(name).known_mistakes(cases)


def _like(expected):
    """Arrays of the expected shape, which get past the first comparison."""
    return NUMBERS.flatmap(lambda dtype: arrays.arrays(dtype, expected.shape)).filter(
        lambda array: not np.allclose(array.astype(float), expected.astype(float))
    )
