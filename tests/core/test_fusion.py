from math import log

import pytest

from core.errors import MsrError
from core.fusion import FLOOR, PARTS, Weights, fused_answer, measured_weights, servable
from core.records import Run
from core.results import EARLIER
from core.rivals import Answer, System, counted
from core.store import Store
from tests.core.test_store import fill

WORTH = {"margin": 1.0, "next": 2.0, "popular": 0.5}
TAKEN = {"ann": ["1", "2", "9"], "ben": ["1", "8"], "cleo": ["2", "8"], "dan": ["7"]}


@pytest.fixture
def run(store: Store) -> Run:
    fill(store, TAKEN)
    ann, candidates = store.history("clips", "ann"), tuple(store.items("clips", ["7", "8", "9"]))
    return Run("clips", "microlens", "ann", "test", "recurrent", ann.items, "9", candidates)


def weights(sequential: System = "co-occurrence") -> Weights:
    return Weights(WORTH, -3.0, sequential)


OWN = Answer("mllm-msr", "Likes tests.", (0.5, -1.0, 2.0))


def test_a_score_is_the_weighed_sum_of_margin_company_and_popularity(
    store: Store, run: Run
) -> None:
    found = fused_answer(store, run, OWN, weights())
    together = counted("co-occurrence", store, run).values
    counts = (1, 2, 0)  # of the other users
    logs = (0.693147, 1.098612, 0.0)
    assert counted("popularity", store, run).values == counts
    shares = [log(value / sum(together) + FLOOR) for value in together]
    expected = [
        m + 2.0 * t + 0.5 * p - 3.0 for m, t, p in zip(OWN.values, shares, logs, strict=True)
    ]
    assert found.values == pytest.approx(expected, abs=1e-5)
    assert (found.system, found.preference) == ("mllm-msr+", "Likes tests.")


def test_parts_tell_candidates_apart_as_the_scores_do(store: Store, run: Run) -> None:
    found = fused_answer(store, run, OWN, weights())
    assert set(found.parts) == set(PARTS)
    for part in found.parts.values():
        assert sum(part) == pytest.approx(0.0, abs=1e-9)
    sums = [sum(column) for column in zip(*found.parts.values(), strict=True)]
    for one, other in ((0, 1), (1, 2)):
        apart = found.values[one] - found.values[other]
        assert sums[one] - sums[other] == pytest.approx(apart)


def test_without_weights_or_with_a_system_that_is_not_served_there_is_one_line(
    store: Store, run: Run
) -> None:
    with pytest.raises(MsrError, match="are not weighed on 'clips' for the models"):
        servable(None, run.dataset)
    with pytest.raises(MsrError, match="from sasrec, which is fitted by"):
        servable(Weights(WORTH, 0.0, "sasrec"), run.dataset)


def test_weights_come_from_the_evaluation_of_fold_0() -> None:
    about = {"parts": WORTH, "shift": -3.0, "sequential": "co-occurrence"}
    rows = {"mllm-msr+": {"folds": [{"dataset": "clips", "fold": 0, "weights": about}]}}
    about = {"profile": "embedded", "weights": "abc", "shipped": "abc"}
    found = {"methods": rows, "protocol": about}
    own = found | {"protocol": about | {"weights": "def"}}  # a recommender that is not shipped
    assert measured_weights({"fold0_clips": found}, "embedded") == {"clips": weights()}
    assert measured_weights({"cold_clips": found, "bench": {"rows": []}}, "embedded") == {}
    assert measured_weights({"fold0_clips": found}, "paper") == {}  # other margins
    for others in (own, found | {EARLIER: True}):
        assert measured_weights({"fold0_clips": others}, "embedded") == {}
