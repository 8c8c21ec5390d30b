"""The baselines on a catalogue in which every item has one successor."""

from collections.abc import Sequence
from random import Random
from typing import cast

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from core.crowd import co_occurrence
from core.errors import DataError, MsrError
from core.store import HISTORY_LIMIT
from train.baselines.cooccurrence import Cooccurrence
from train.baselines.fit import Plan, batches, fit
from train.baselines.interactions import Interactions, padded, places_from_end
from train.baselines.item_table import ItemTable
from train.baselines.neighbours import nearest, together
from train.baselines.registry import (
    BASELINES,
    NEURAL,
    Asked,
    Task,
    auc_of_each,
    fitted,
    scores,
    unfitted,
)
from train.baselines.sasrec import SASRec
from train.baselines.sequential import NextItemModel

ITEMS = 30
READERS = [name for name, baseline in NEURAL.items() if baseline.reads]


def walks(count: int, seed: int) -> list[list[int]]:
    """Walks around the catalogue: after item n comes n + 1, after the last one the first."""
    rng = Random(seed)
    starts = [rng.randrange(ITEMS) for _ in range(count)]
    return [[(start + step) % ITEMS + 1 for step in range(rng.randint(3, 7))] for start in starts]


def asked(count: int, seed: int) -> Asked:
    rng = Random(seed)
    rows = walks(count, seed)
    others = [rng.sample([i for i in range(1, ITEMS + 1) if i not in row], 10) for row in rows]
    candidates = [[row[-1], *other] for row, other in zip(rows, others, strict=True)]
    return Asked(padded([row[:-1] for row in rows]), torch.tensor(candidates))


def features(modalities: Sequence[str]) -> dict[str, Tensor]:
    """A place on a circle: items that follow each other are alike."""
    angles = torch.arange(ITEMS) / ITEMS * 2 * torch.pi
    waves = [wave for n in range(1, 8) for wave in ((n * angles).sin(), (n * angles).cos())]
    return {name: torch.stack(waves, 1) for name in modalities[:1]}


def task(**changes: object) -> Task:
    given = {
        "items": ITEMS,
        "sequences": walks(300, 1),
        "validation": asked(50, 2),
        "seed": 3,
        "features": features,
        "plan": Plan(epochs=15, learning_rate=1e-2),
    }
    return Task(**(given | changes))


@pytest.mark.parametrize("name", [name for name in BASELINES if name != "popularity"])
def test_a_baseline_learns_what_follows_what(name: str) -> None:
    scorer, how = fitted(name, task())
    assert auc_of_each(scorer, asked(100, 4)) > 0.9
    assert how.validation > 0.9


def test_popularity_knows_nothing_of_the_user() -> None:
    scorer, _ = fitted("popularity", task())
    found = scorer.score(torch.tensor([[1], [9]]), torch.tensor([[3, 4], [3, 4]]))
    assert torch.equal(found[0], found[1])


def built(name: str) -> NextItemModel:
    torch.manual_seed(0)
    baseline = NEURAL[name]
    table = ItemTable(ITEMS, 16, features(baseline.reads))
    return baseline.build(task(), table, 0.0).eval()


@pytest.mark.parametrize("name", NEURAL)
def test_a_state_does_not_see_what_comes_later(name: str) -> None:
    model = built(name)
    rows = torch.tensor([[1, 2, 3, 4], [1, 2, 9, 8]])
    with torch.no_grad():
        states = model.states(rows, model.parts())
    torch.testing.assert_close(states[0, :2], states[1, :2])
    assert not torch.allclose(states[0, 2], states[1, 2])


@pytest.mark.parametrize("name", NEURAL)
def test_scores_do_not_depend_on_padding_or_on_the_order_of_candidates(name: str) -> None:
    model = built(name)
    candidates = torch.tensor([[3, 7, 11]])
    with torch.no_grad():
        alone = model.score(torch.tensor([[1, 2]]), candidates)
        longer = model.score(torch.tensor([[1, 2, 0, 0]]), candidates)
        turned = model.score(torch.tensor([[1, 2]]), candidates.flip(1))
    torch.testing.assert_close(alone, longer)
    torch.testing.assert_close(alone, turned.flip(1))


def test_places_count_from_the_last_item_that_is_read() -> None:
    rows = torch.tensor([[4, 5, 6], [7, 0, 0]])
    assert places_from_end(rows).tolist() == [[2, 1, 0], [0, 0, 0]]
    model, asked_of = built("sasrec"), []
    states = model.states
    model.states = lambda read, parts: asked_of.append(read) or states(read, parts)  # type: ignore[method-assign]
    model.loss(torch.tensor([[1, 2, 3, 4], [5, 6, 0, 0]]))
    assert asked_of[0].tolist() == [[1, 2, 3], [5, 0, 0]]  # 4 and 6 are told, not read


def test_sampled_negatives_lead_to_the_same_loss_as_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, rows = built("sasrec"), padded(walks(64, 5))
    whole = model.loss(rows).item()
    monkeypatch.setattr("train.baselines.sequential.NEGATIVES", ITEMS // 2 - 1)
    monkeypatch.setattr(torch, "randint", lambda high, _: torch.arange(high))
    assert model.loss(rows).item() == pytest.approx(whole, rel=1e-5)


def test_items_that_are_kept_from_training_are_no_negatives() -> None:
    model, rows = built("sasrec-f"), torch.tensor([[1, 2, 3]])
    model.keep_from(torch.tensor([9, 20]))
    model.loss(rows).backward()
    gradient = model.table.own.weight.grad
    assert gradient is not None
    assert not gradient[[9, 20]].any()
    assert gradient[[8, 21]].all()


def test_what_was_never_learnt_of_an_item_counts_as_nothing() -> None:
    table = ItemTable(ITEMS, 8, features(["text"]))
    table.forget(torch.tensor([5]))
    assert not table.vectors()["own"][5].any()
    assert table.vectors()["text"][5].any()
    assert table.vectors()["own"][6].any()
    assert table.biases()[5] == 0


@pytest.mark.parametrize("name", READERS)
def test_features_of_an_item_reach_its_score(name: str) -> None:
    model = built(name)
    model.table.forget(torch.arange(ITEMS + 1))
    with torch.no_grad():
        found = model.score(torch.tensor([[1, 2]]), torch.tensor([[3, 7]]))
    assert found[0, 0] != found[0, 1]


def test_features_that_are_no_numbers_stop_the_fit_with_one_line() -> None:
    broken = {"text": torch.full((ITEMS, 4), torch.nan)}
    with pytest.raises(MsrError, match=r"sasrec-f broke down in epoch 1: its loss is nan"):
        fitted("sasrec-f", task(features=lambda _: broken))


def test_a_baseline_that_reads_images_alone_asks_for_some() -> None:
    with pytest.raises(MsrError, match="gru4rec-image reads image alone, and no item"):
        fitted("gru4rec-image", task(features=lambda _: {}))


def test_a_baseline_that_reads_alone_learns_nothing_of_ids() -> None:
    scorer, _ = fitted("gru4rec-summary", task())
    same = {"summary": torch.ones(ITEMS, 4)}
    blind, _ = fitted("gru4rec-summary", task(features=lambda _: same))
    assert auc_of_each(scorer, asked(100, 4)) > 0.9
    assert auc_of_each(blind, asked(100, 4)) == 0.5


def test_a_fit_is_repeatable_and_its_seed_matters() -> None:
    given = asked(20, 6)
    plan = Plan(epochs=2)
    first, again, other = (
        scores(fitted("gru4rec", task(seed=seed, plan=plan))[0], given) for seed in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_fit_stops_early_and_keeps_its_best_epoch() -> None:
    _, how = fitted("gru4rec", task(plan=Plan(epochs=40, patience=2, learning_rate=1e-2)))
    assert 0 < how.epochs < 38


def test_a_fit_that_begins_slowly_is_not_stopped_at_its_first_epoch() -> None:
    figures = iter([0.6, *[0.5] * 12, *[0.9] * 20])  # the average is still mostly what was random
    model = built("gru4rec")
    how = fit(model, padded(walks(40, 1)), lambda _: next(figures), Plan(patience=2), 3, "slow")
    assert how.epochs == 14


def test_every_place_of_a_long_history_is_learnt() -> None:
    long = [[(start + step) % ITEMS + 1 for step in range(HISTORY_LIMIT + 5)] for start in (0, 9)]
    given = task(sequences=long, plan=Plan(epochs=1, learning_rate=0.1))
    before, (after, _) = unfitted("sasrec", given), fitted("sasrec", given)
    moved = (cast(SASRec, before).places.weight != cast(SASRec, after).places.weight).any(1)
    assert moved.all()


def test_batches_hold_every_row_once_and_rows_of_like_lengths() -> None:
    torch.manual_seed(1)
    lengths = torch.randint(1, 30, (1000,))
    found = batches(lengths, 50)
    assert sorted(torch.cat(found).tolist()) == list(range(1000))
    assert {len(rows) for rows in found} == {50}
    padded_to = sum(int(lengths[rows].max()) * len(rows) for rows in found)
    assert padded_to < 1.15 * int(lengths.sum())
    assert [rows.tolist() for rows in batches(lengths, 50)] != [rows.tolist() for rows in found]


def test_items_are_as_alike_as_the_users_they_share() -> None:
    alike = together([[1, 2], [1, 2], [1, 3]], 3)
    assert alike[1, 2] == pytest.approx(2 / (3 * 2) ** 0.5)
    assert alike[1, 3] == pytest.approx(1 / 3**0.5)
    assert alike[2, 3] == alike[1, 1] == 0
    numbers, weights = nearest(alike, 2)
    assert numbers[1].tolist() == [2, 3]
    assert weights[3].tolist() == pytest.approx([1 / 3**0.5, 0])


def test_the_demo_counts_as_the_baseline_does() -> None:
    rows = walks(60, 7)
    history, candidates = [4, 5, 6], [7, 8, 20]
    takers = {str(item): sum(item in row for row in rows) for item in range(1, ITEMS + 1)}
    both = {
        (str(one), str(two)): sum(one in row and two in row for row in rows)
        for one in history
        for two in candidates
    }
    demo = co_occurrence([*map(str, history)], [*map(str, candidates)], takers, both)
    scorer = Cooccurrence(rows, ITEMS)
    found = scorer.score(torch.tensor([history]), torch.tensor([candidates]))[0]
    assert found.tolist() == pytest.approx(demo, abs=1e-5)


def test_a_long_history_keeps_its_end() -> None:
    assert padded([[1, 2, 3], [4]], 2).tolist() == [[2, 3], [4, 0]]


def test_an_item_outside_the_catalogue_is_named() -> None:
    with pytest.raises(DataError, match="has no item 'x'"):
        Interactions("clips", ("a",), {}).numbered([["x"]])


def test_a_tie_counts_as_half() -> None:
    class Ties:
        def score(self, _: Tensor, candidates: Tensor) -> Tensor:
            return functional.one_hot(candidates % 2).sum(-1).float()

    given = Asked(torch.tensor([[1]]), torch.tensor([[1, 2, 3]]))
    assert auc_of_each(Ties(), given) == 0.5
