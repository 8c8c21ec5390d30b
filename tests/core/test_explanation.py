"""Attributions and their checks on games whose values are known."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.covers import Cover, open_cover
from core.explanation import (
    MOST_EXACT,
    NEUTRAL,
    Game,
    Kept,
    leave_one_out,
    modality_game,
    noise_floor,
    sentence_game,
    sentences_of,
    shapley,
)
from core.faithfulness import (
    Deletion,
    area,
    check_deletion,
    comprehensiveness,
    deletion_curve,
    greedy_order,
    headline,
    insertion_curve,
    random_deletion,
    sufficiency,
)
from core.masked_scorer import Masked, MaskedScorer
from core.records import Dataset, Item
from tests.fakes import FakeModel

ITEM = Item("1", "Mango", cover="1.png")
PREFERENCE = "They like trains. They like neon light. Now and then also chess."


def additive(*worth: float) -> Game:
    """A game in which a unit is worth the same whatever is beside it."""
    return Game(
        [str(w) for w in worth], lambda many: [sum(worth[u] for u in kept) for kept in many]
    )


@pytest.fixture
def cover(tmp_path: Path) -> Cover:
    Image.new("RGB", (9, 9)).save(tmp_path / "1.png")
    return open_cover(Dataset("d", "microlens", tmp_path), ITEM)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=6))
def test_both_methods_give_each_unit_its_worth_in_an_additive_game(worth: list[float]) -> None:
    for method in (leave_one_out, shapley):
        assert method(additive(*worth)).effects == pytest.approx(worth, abs=1e-9)


@given(st.lists(st.floats(-5, 5), min_size=8, max_size=8))
def test_shapley_values_add_up_and_treat_alike_units_alike(values: list[float]) -> None:
    def ask(many: Sequence[Kept]) -> list[float]:
        # units 0 and 1 are interchangeable: only how many of them are kept matters
        return [values[len(kept & {0, 1}) + 3 * (2 in kept)] for kept in many]

    found = shapley(Game(["a", "b", "c"], ask))
    assert found.empty is not None
    assert sum(found.effects) == pytest.approx(found.whole - found.empty, abs=1e-9)
    assert found.effects[0] == pytest.approx(found.effects[1], abs=1e-9)


def test_units_that_stand_in_for_each_other_are_missed_by_leave_one_out() -> None:
    either = Game(["a", "b"], lambda many: [float(bool(kept)) for kept in many])
    assert leave_one_out(either).effects == (0.0, 0.0)
    assert shapley(either).effects == (0.5, 0.5)


def test_every_subset_is_asked_once() -> None:
    asked: list[Kept] = []

    def ask(many: Sequence[Kept]) -> list[float]:
        asked.extend(many)
        return [float(len(kept)) for kept in many]

    game = Game(["a", "b", "c"], ask)
    leave_one_out(game)
    shapley(game)
    check_deletion(game, (0, 1, 2))
    assert len(asked) == len(set(asked)) == 8


def test_too_many_units_for_all_subsets_are_refused() -> None:
    with pytest.raises(ValueError, match="512 subsets"):
        shapley(additive(*range(MOST_EXACT + 1)))


def test_curves_of_a_hand_worked_game() -> None:
    game = additive(3.0, 1.0, -2.0)
    assert deletion_curve(game, (0, 1, 2)) == (2.0, -1.0, -2.0, 0.0)
    assert insertion_curve(game, (0, 1, 2)) == (0.0, 3.0, 4.0, 2.0)
    assert area((2.0, -1.0, -2.0, 0.0)) == pytest.approx((0.5 - 1.5 - 1.0) / 3)
    assert comprehensiveness((2.0, -1.0, -2.0, 0.0)) == pytest.approx((3 + 4 + 2) / 3)
    assert sufficiency((0.0, 3.0, 4.0, 2.0)) == pytest.approx((-1 - 2 + 0) / 3)
    assert greedy_order(game) == (0, 1, 2)


def test_headline_is_one_for_the_greedy_order_and_below_zero_for_the_worst() -> None:
    game = additive(3.0, 1.0, -2.0)
    assert headline([check_deletion(game, greedy_order(game))]) == pytest.approx(1.0)
    worst = headline([check_deletion(game, (2, 1, 0))])
    assert worst is not None
    assert worst < -0.5


def test_headline_is_undefined_where_no_sentence_matters() -> None:
    assert headline([check_deletion(additive(0.0, 0.0), (0, 1))]) is None


def test_headline_is_undefined_where_greedy_is_worse_than_random() -> None:
    check = Deletion(method=(1.0, 0.9, 0.0), random=(1.0, 0.5, 0.0), oracle=(1.0, 0.8, 0.0))
    assert headline([check]) is None


def test_headline_weighs_users_by_what_their_sentences_move() -> None:
    good = Deletion(method=(10.0, 0.0), random=(10.0, 10.0), oracle=(10.0, 0.0))
    poor = Deletion(method=(0.1, 0.1), random=(0.1, 0.1), oracle=(0.1, 0.0))
    together = headline([good, poor])
    assert together == pytest.approx(5.0 / 5.05)


def test_random_deletion_is_the_mean_over_all_orders() -> None:
    game = Game(["a", "b", "c", "d"], lambda many: [sum(k + 1 for k in s) ** 2 for s in many])
    curves = [deletion_curve(game, order) for order in permutations(range(4))]
    mean = [sum(step) / len(curves) for step in zip(*curves, strict=True)]
    assert random_deletion(game) == pytest.approx(mean)


def test_random_deletion_of_many_units_is_of_orders_of_their_own() -> None:
    asked: list[frozenset[int]] = []

    def ask(many: Sequence[frozenset[int]]) -> list[float]:
        asked.extend(many)
        return [sum(k + 1 for k in kept) ** 2 for kept in many]

    units = [f"unit {n}" for n in range(MOST_EXACT + 1)]
    curve = random_deletion(Game(units, ask))
    assert (curve[0], curve[-1]) == (45**2, 0)
    assert len(asked) < 2 ** len(units)
    assert curve == random_deletion(Game(units, ask))
    assert curve != random_deletion(Game(units[::-1], ask))


def test_sentences_are_units() -> None:
    assert sentences_of(PREFERENCE) == (
        "They like trains.",
        "They like neon light.",
        "Now and then also chess.",
    )
    assert sentences_of("") == ()


@pytest.mark.parametrize(
    ("removal", "expected"),
    [
        ("delete", "They like trains. Now and then also chess."),
        ("neutral", f"They like trains. {NEUTRAL} Now and then also chess."),
        ("stranger", "They like trains. Prefers cats. Now and then also chess."),
    ],
)
def test_a_removed_sentence_is_deleted_or_replaced(removal: str, expected: str) -> None:
    model = FakeModel()
    scorer = MaskedScorer(model, "video", "preference-first")
    game = sentence_game(PREFERENCE, ITEM, None, scorer, removal, stranger="Prefers cats.")  # type: ignore[arg-type]
    game.values([{0, 2}])
    assert f'summarized as: "{expected}"' in model.scored[0].shown


def test_everything_replaced_says_a_filler_once() -> None:
    model = FakeModel()
    scorer = MaskedScorer(model, "video", "preference-first")
    sentence_game(PREFERENCE, ITEM, None, scorer, "neutral").values([()])
    assert model.scored[0].shown.count(NEUTRAL) == 1


def test_modalities_are_left_out_one_by_one(cover: Cover) -> None:
    model = FakeModel(sees_images=True)
    scorer = MaskedScorer(model, "video", "preference-first")
    game = modality_game(PREFERENCE, ITEM, cover, scorer)
    assert game.units == ("image", "title", "preference")
    game.values([{0, 1, 2}, {1, 2}, {0, 2}, {0, 1}])
    whole, no_image, no_title, no_preference = model.scored
    assert "<image>" in whole.shown
    assert "Mango" in whole.shown
    assert "<image>" not in no_image.shown
    assert "Mango" not in no_title.shown
    assert "trains" not in no_preference.shown
    assert modality_game(PREFERENCE, ITEM, None, scorer).units == ("title", "preference")


def test_noise_is_what_another_order_of_the_same_sentences_does() -> None:
    class Counting(FakeModel):
        def margins(self, prompts):  # type: ignore[no-untyped-def]
            answers = super().margins(prompts)
            first = [p.shown.index("trains") for p in prompts]
            return tuple(
                type(answer)(float(place), 1.0, 1, 1.0)
                for answer, place in zip(answers, first, strict=True)
            )

    scorer = MaskedScorer(Counting(), "video", "preference-first")
    moved = len("They like neon light. Now and then also chess. ")
    assert noise_floor(PREFERENCE, ITEM, None, scorer) == moved
    assert noise_floor("They like trains.", ITEM, None, scorer) == 0.0


def test_variants_with_one_preference_share_a_batch_and_keep_their_order() -> None:
    class Batches(FakeModel):
        def margins(self, prompts):  # type: ignore[no-untyped-def]
            self.batches.append(len(prompts))
            return super().margins(prompts)

    model = Batches()
    scorer = MaskedScorer(model, "video", "preference-first")
    asked = [
        Masked("a", Item("1", "x"), None),
        Masked("longer", Item("1", "x"), None),
        Masked("a", Item("2", "xyz"), None),
        Masked("even longer", Item("1", "x"), None),
    ]
    margins = scorer.margins(asked)
    assert sorted(model.batches) == [2, 2]
    alone = [scorer.margins([one])[0] for one in asked]
    assert list(margins) == alone
    assert scorer.margins([]) == ()
