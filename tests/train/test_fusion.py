from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.errors import DataError
from core.fusion import PARTS
from train.baselines.fit import Fitted
from train.fusion import fit_weights, fused, fused_margins, parts_of
from train.methods import METHODS
from train.metrics import scored_case


def drawn(users: int, seed: int) -> tuple[dict[str, list[tuple[float, ...]]], list[list[bool]]]:
    """The first part says where the next item is, the second half of it, the third nothing."""
    rng = Random(seed)
    taken = [[place == 0 for place in range(6)] for _ in range(users)]
    worth = dict(zip(PARTS, (2.0, 1.0, 0.0), strict=True))
    parts = {
        name: [tuple(rng.gauss(w * label, 1.0) for label in row) for row in taken]
        for name, w in worth.items()
    }
    return parts, taken


def test_a_part_counts_as_much_as_it_says() -> None:
    weights = fit_weights(*drawn(2000, 1), "sasrec")
    assert weights.parts["margin"] == pytest.approx(2.0, abs=0.2)
    assert weights.parts["next"] == pytest.approx(1.0, abs=0.2)
    assert weights.parts["popular"] == pytest.approx(0.0, abs=0.2)


def test_a_score_is_the_sum_of_its_parts() -> None:
    parts, taken = drawn(50, 2)
    weights = fit_weights(parts, taken, "sasrec")
    by_hand = weights.shift + sum(weights.parts[name] * parts[name][3][4] for name in PARTS)
    assert fused(parts, weights)[3][4] == pytest.approx(by_hand)


def test_the_sequential_part_is_the_one_that_ranks_these_candidates_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cold items: who is best on all others may say nothing of them."""
    said = {"popularity": (0.0, 0.0), "co-occurrence": (0.0, 0.0), "sasrec": (1.0, 2.0)}
    said["sasrec-f"] = (2.0, 1.0)
    fit = Fitted(1, 0.9, 1.0, 1)

    def fitted(benches: Any, name: str, seed: int) -> Any:
        return [[said[name]] for _ in benches], fit

    monkeypatch.setattr("train.fusion.fitted_margins", fitted)
    monkeypatch.setitem(METHODS, "mllm-msr", lambda bench: [(0.0, 0.0)])
    bench = SimpleNamespace(seed=7, scored=lambda rows: [scored_case("a", ["a", "b"], rows[0])])
    assert parts_of([bench, bench], reads=True)[1] == "sasrec-f"  # type: ignore[list-item]


def test_the_sequential_part_is_compared_as_it_enters_the_sum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One system is right about each user, on another scale for each; the other only nearly."""
    said = {name: [(0.0, 0.0)] * 3 for name in ("popularity", "co-occurrence")}
    said["sasrec"] = [(-50.0, -53.0), (0.0, -3.0), (50.0, 47.0)]  # a softmax does not mind a shift
    said["sasrec-f"] = [(4.0, 1.0), (4.0, 1.0), (1.0, 2.0)]

    monkeypatch.setattr(
        "train.fusion.fitted_margins",
        lambda benches, name, seed: ([said[name]] * len(benches), Fitted(1, 0.9, 1.0, 1)),
    )
    monkeypatch.setitem(METHODS, "mllm-msr", lambda bench: [(0.0, 0.0)] * 3)
    bench = SimpleNamespace(
        seed=7, scored=lambda rows: [scored_case("a", ["a", "b"], row) for row in rows]
    )
    assert parts_of([bench, bench], reads=True)[1] == "sasrec"  # type: ignore[list-item]


def test_weights_know_nothing_of_the_users_that_are_tested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (validated, taken), found = drawn(60, 3), []
    others: Any = SimpleNamespace(taken=taken)
    monkeypatch.setattr("train.fusion.taken_of", lambda bench: bench.taken)
    for seed in (4, 5):
        tested, answers = drawn(60, seed)
        bench: Any = SimpleNamespace(taken=answers[::-1], of_validation=lambda count: others)
        parts = {id(others): validated, id(bench): tested}
        monkeypatch.setattr(
            "train.fusion.parts_of",
            lambda benches, parts=parts, **_: ([parts[id(one)] for one in benches], "sasrec"),
        )
        margins, weights = fused_margins(bench, reads=True)
        assert margins == fused(tested, weights)
        found.append(weights)
    assert found[0] == found[1] == fit_weights(validated, taken, "sasrec")


def test_weights_are_fitted_on_validation_users_with_texts_of_their_own(bench: Any) -> None:
    tested = bench("--dataset", "games")
    others = tested.of_validation(20)
    users = [case.history.user_id for case in others.cases]
    assert users == list(tested.split.validation[:20])
    assert not set(users) & {case.history.user_id for case in tested.cases}
    assert others._preferences is not tested._preferences
    assert others._summaries is not tested._summaries


def test_validation_users_without_a_case_are_passed_over(bench: Any) -> None:
    tested = bench("--dataset", "games")
    last = tested.split.validation[-1]
    draw = tested.draw
    tested.draw = lambda user: draw(user) if user == last else None
    assert [case.history.user_id for case in tested.of_validation(5).cases] == [last]
    tested.draw = lambda user: None
    with pytest.raises(DataError, match="games: no validation user has such candidates"):
        tested.of_validation(5)


def test_fused_scores_are_evaluated_with_the_weights_of_every_fold(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.fusion.SEQUENTIAL", ("popularity", "co-occurrence"))
    monkeypatch.setattr("train.fusion.VALIDATED", 20)
    given = ("--dataset", "games", "--users", "20", "--folds", "2", "--methods")
    row = run(*given, "mllm-msr+")["methods"]["mllm-msr+"]
    assert [set(part["weights"]["parts"]) for part in row["folds"]] == [set(PARTS)] * 2
    assert {part["weights"]["sequential"] for part in row["folds"]} == {"co-occurrence"}
    alone = run(*given, "co-occurrence")["methods"]["co-occurrence"]["auc"]["mean"]
    assert row["auc"]["mean"] > alone - 0.05  # the fake model says nothing


def test_the_same_sum_without_what_is_read_says_what_reading_is_worth(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.fusion.SEQUENTIAL", ("popularity", "co-occurrence"))
    monkeypatch.setattr("train.fusion.VALIDATED", 20)
    given = ("--dataset", "games", "--users", "20", "--methods", "mllm-msr,mllm-msr+,others")
    methods = run(*given)["methods"]
    (part,) = methods["others"]["folds"]
    assert set(part["weights"]["parts"]) == {"next", "popular"}
    apart = methods["mllm-msr+"]["auc"]["mean"] - methods["others"]["auc"]["mean"]
    assert methods["others"]["behind"]["mllm-msr+"]["auc"]["mean"] == pytest.approx(apart, abs=1e-3)
