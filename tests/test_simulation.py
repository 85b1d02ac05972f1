"""The model of many workers, on numbers small enough to reckon by hand."""

import pytest

from autograder.bench.model import Costs, Step, on_a_cluster, on_this_machine, simulate


def test_one_at_a_time_takes_the_sum_of_its_steps():
    steps = [Step("read", 1, ("head",)), Step("grade", 2, ("workers",)), Step("write", 1, ("head",))]
    done = simulate(steps, {"head": 1, "workers": 1}, under_way=1, hand_ins=4)
    assert done.seconds == 16 and done.rate == 1 / 4
    assert done.busy == {"head": 0.5, "workers": 0.5}


def test_two_under_way_fill_each_others_gaps():
    """
    read  1      2      -      1'...   head:    0-1 r1, 1-2 r2, 3-4 w1, 4-5 r3, 5-6 w2, 6-7 r4, 7-8 w3, 9-10 w4
    grade        1 1    2 2            worker:  1-3 g1, 3-5 g2, 5-7 g3, 7-9 g4
    """
    steps = [Step("read", 1, ("head",)), Step("grade", 2, ("workers",)), Step("write", 1, ("head",))]
    done = simulate(steps, {"head": 1, "workers": 1}, under_way=2, hand_ins=4)
    assert done.seconds == 10 and done.busy["workers"] == 0.8
    assert simulate(steps, {"head": 1, "workers": 1}, 2, 400).rate == pytest.approx(1 / 2)  # both are busy all the time


def test_workers_add_up_until_the_writer_is_the_limit():
    costs = Costs(read=0.001, record=0.003, judged=0.01, sandboxed=0.03, sent=10, received=10)
    rates = {}
    for workers in (1, 2, 5, 20, 100):
        done = simulate(*on_a_cluster(costs, workers), under_way=2 * workers, hand_ins=2000)
        rates[workers] = done.rate
        assert done.limit == ("workers" if workers < 10 else "writer")
    assert [rates[1], rates[2], rates[5]] == pytest.approx([25, 50, 125], rel=0.01)
    assert [rates[20], rates[100]] == pytest.approx([250, 250], rel=0.01)  # 1 / (0.001 + 0.003)


@pytest.mark.parametrize(
    ("costs", "limit", "rate"),
    [
        (Costs(0.001, 0.001, 0.01, 0.01, 10, 10, client=0.002, scheduler=0.02), "scheduler", 50),
        (Costs(0.001, 0.001, 0.01, 0.01, 5_000_000, 10), "network out", 25),  # 125 MB/s
        (Costs(0.001, 0.001, 0.01, 0.01, 10, 12_500_000), "network in", 10),
        (Costs(0.001, 0.001, 0.01, 0.01, 10, 10, client=0.008), "writer", 100),
    ],
)
def test_the_limit_is_named(costs, limit, rate):
    done = simulate(*on_a_cluster(costs, 300), under_way=600, hand_ins=4000)
    assert done.limit == limit and done.rate == pytest.approx(rate, rel=0.01)


def test_on_one_machine_workers_beyond_its_cores_add_nothing():
    costs = Costs(read=0.002, record=0.003, judged=0.005, sandboxed=0.03, sent=10, received=10)
    rates = [simulate(*on_this_machine(costs, workers, cores=2), 2 * workers, 2000).rate for workers in (1, 2, 4)]
    assert rates[0] == pytest.approx(
        1 / 0.03, rel=0.01
    )  # the one sandbox is always busy, beside the process that reads and writes
    assert rates[1] == pytest.approx(rates[2], rel=0.05) and rates[2] == pytest.approx(2 / 0.04, rel=0.05)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="what is not there"):
        simulate([Step("grade", 1, ("workers",))], {"workers": 0}, 1, 10)
