"""Chapter 15's reference against an autodiff library, nudges, and the net that says words backward."""

import json

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.examination.judge import judge
from autograder.examination.seed import generator
from autograder.exercises import chapter_exercises
from autograder.exercises.attention import lesson_data, speaker, wrong_speakers
from autograder.reference import attention as reference
from autograder.reference import deep
from tests.support.work import calls
from tests.test_reference import SEEDS

BACK = {"rtol": 1e-10, "atol": 1e-13}


def library_attention(Q, K, V, causal):
    """Attention in the library's numpy, with a mask that is a very low score."""
    S = anp.matmul(Q, anp.swapaxes(K, -1, -2)) / anp.sqrt(Q.shape[-1])
    if causal:
        S = S + np.triu(np.full(S.shape[-2:], -1e9), 1)
    e = anp.exp(S - anp.max(S, axis=-1, keepdims=True))
    return anp.matmul(e / anp.sum(e, axis=-1, keepdims=True), V)


def library_norm(X, gamma, beta):
    centred = X - anp.mean(X, axis=-1, keepdims=True)
    return gamma * centred / anp.sqrt(anp.mean(centred**2, axis=-1, keepdims=True) + 1e-5) + beta


def library_block(X, p, causal):
    seen = library_norm(X, p["gamma1"], p["beta1"])
    Q, K, V = (anp.matmul(seen, p[name]) for name in ("query", "key", "value"))
    H = X + anp.matmul(library_attention(Q, K, V, causal), p["output"])
    hidden = anp.matmul(library_norm(H, p["gamma2"], p["beta2"]), p["weights1"]) + p["biases1"]
    return H + anp.matmul(anp.maximum(hidden, 0.0), p["weights2"]) + p["biases2"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("axes", "causal"), [((), False), ((), True), ((2,), True), ((2, 3), False)])
def test_attention(seed, axes, causal):
    rng = np.random.default_rng(seed)
    T, S, d, e = 3, 3 if causal else 4, 2, 5
    Q, K, V, dY = (rng.normal(size=(*axes, *shape)) for shape in ((T, d), (S, d), (S, e), (T, e)))
    Y, P = reference.attention_forward(Q, K, V, causal)
    np.testing.assert_allclose(Y, library_attention(Q, K, V, causal), rtol=1e-12)
    np.testing.assert_allclose(P.sum(axis=-1), 1, rtol=1e-13)
    gradients = reference.attention_backward(dY, Q, K, V, causal)
    for place, gradient in enumerate(gradients):
        theirs = autograd.grad(lambda *three: anp.sum(library_attention(*three, causal) * dY), place)(Q, K, V)
        np.testing.assert_allclose(gradient, theirs, **BACK)


def test_large_scores_and_lengths_that_differ():
    Q, K, V = np.full((2, 1), 1000.0), np.array([[1.0], [1.0], [-1.0]]), np.ones((3, 2))
    Y, P = reference.attention_forward(Q, K, V)
    assert np.isfinite(Y).all() and P[0].tolist() == [0.5, 0.5, 0.0]
    with pytest.raises(ValueError, match="T = S"):
        reference.attention_forward(Q, K, V, causal=True)
    with pytest.raises(ValueError, match="T = S"):
        reference.attention_backward(np.ones((2, 2)), Q, K, V, causal=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_embedding_and_norm(seed):
    rng = np.random.default_rng(seed)
    tokens, table, dvalues = rng.integers(4, size=(2, 5)), rng.normal(size=(6, 3)), rng.normal(size=(2, 5, 3))
    np.testing.assert_array_equal(reference.embed(tokens, table), table[tokens])
    theirs = autograd.grad(lambda table: anp.sum(table[tokens] * dvalues))(table)
    np.testing.assert_allclose(reference.embed_backward(dvalues, tokens, table.shape), theirs, **BACK)
    gamma, beta = rng.normal(size=(2, 1, 3))
    np.testing.assert_allclose(
        deep.layer_norm_forward(dvalues, gamma, beta), library_norm(dvalues, gamma, beta), rtol=1e-10, atol=1e-12
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("causal", [True, False])
def test_block(seed, causal):
    rng = np.random.default_rng(seed)
    block = reference.Block(4, 5, rng=rng, causal=causal)
    for name in ("gamma1", "beta1", "gamma2", "beta2", "biases1", "biases2"):
        block.parameters[name] = rng.normal(size=block.parameters[name].shape)
    X, dvalues = rng.normal(size=(2, 2, 3, 4))
    p = block.parameters
    np.testing.assert_allclose(block.forward(X), library_block(X, p, causal), rtol=1e-10)
    dX = block.backward(dvalues)
    theirs = autograd.grad(lambda X: anp.sum(library_block(X, p, causal) * dvalues))(X)
    np.testing.assert_allclose(dX, theirs, rtol=1e-9, atol=1e-11)
    gradients = autograd.grad(lambda p: anp.sum(library_block(X, p, causal) * dvalues))(p)
    assert list(block.gradients) == list(p)
    for name, gradient in block.gradients.items():
        np.testing.assert_allclose(gradient, gradients[name], rtol=1e-9, atol=1e-11, err_msg=name)


def test_hidden_cases_are_small():
    """A million calls take about a second."""

    def all_of_them():
        for asked in chapter_exercises("15-attention"):
            cases = asked.hidden_cases(generator(asked.name, "work"))
            assert judge(asked, cases, asked.observe(asked.reference, cases)).right

    assert calls(all_of_them) < 1_000_000


# ---------------------------------------------------------------- the net that says words backward

STORED = json.loads(lesson_data.STORED.read_text(encoding="utf-8"))


ENOUGH = 150  # steps of the lesson's 400: what is learned by then stays learned


@pytest.mark.parametrize("seed", range(3))
def test_it_learns_to_say_words_backward(seed):
    one = speaker.Speaker(seed).train(ENOUGH)
    told, stored = speaker.told(one), STORED["seeds"][str(seed)]
    assert one.size == STORED["parameters"] == 10714
    assert told["alone"][1] >= 99 and stored["alone"][1] >= 99
    assert told["first"] == pytest.approx(stored["first"], abs=1e-3)
    assert abs(told["learned"] - stored["learned"]) <= 3 and max(told["last"], stored["last"]) < 0.003


def test_without_the_mask_it_is_right_in_training_and_lost_alone():
    told, stored = speaker.told(wrong_speakers.WITHOUT["mask"]().train(ENOUGH)), STORED["without"]["mask"]
    assert told["given"][1] >= 99 and stored["given"][1] >= 99
    assert told["alone"][1] == stored["alone"][1] == 0


def test_the_stored_maps_come_out_again():
    """Up to step 20, where no rounding has had time to grow."""
    one, film = speaker.Speaker(0), STORED["film"]["mask"]
    for step in range(21):
        if step in lesson_data.SHOWN:
            for word, frames in film["frames"].items():
                weights = one.map(speaker.line_of(word))[0]
                np.testing.assert_allclose(weights, frames[step // 10]["weights"], atol=0.0051)
        one.step()
    np.testing.assert_allclose([one.losses[step] for step in (0, 10, 20)], film["losses"][:3], atol=0.001)


@pytest.mark.parametrize("name", ["nothing", *wrong_speakers.WRONG])
def test_no_wrong_way_back_passes_a_gradient_check(name):
    """What lesson 15's second column says, worked out again; all start where the right one does."""
    stored = STORED["ways back"][name]
    error = lesson_data.worst_error(wrong_speakers.speaker_with(name))
    assert (error < 1e-7) == (stored["error"] < 1e-7) == (name == "nothing")
    assert name == "nothing" or error == pytest.approx(stored["error"], rel=0.06)
    assert stored["first"] == STORED["seeds"]["0"]["first"]


def test_a_wrong_way_back_learns_the_words_all_the_same():
    """And another does not, of those whose training no rounding decides."""
    for name, learns in (("dV = 0", True), ("dQ and dK swapped", False)):
        stored, told = STORED["ways back"][name], speaker.told(wrong_speakers.speaker_with(name).train(ENOUGH))
        assert (told["given"][1] >= 99) == (stored["given"][1] >= 99) == learns
