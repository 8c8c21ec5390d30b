"""Does an explanation say what moves the score? Measured against random and greedy orders (ours).

Deletion and insertion follow RISE (Petsiuk et al. 2018), comprehensiveness and sufficiency ERASER
(DeYoung et al. 2020), all on margins: P(yes) is flat where the model is sure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random

from core.explanation import MOST_EXACT, Game

RANDOM_ORDERS = 20  # of more units than can be asked in all subsets


def deletion_curve(game: Game, order: Sequence[int]) -> tuple[float, ...]:
    """Margins while units are taken away in this order: everything first, nothing last."""
    everything = game.everything
    return game.values(everything - set(order[:gone]) for gone in range(len(order) + 1))


def insertion_curve(game: Game, order: Sequence[int]) -> tuple[float, ...]:
    """Margins while units are put back in this order: nothing first, everything last."""
    return game.values(order[:kept] for kept in range(len(order) + 1))


def area(curve: Sequence[float]) -> float:
    """Area under a curve over shares of units from 0 to 1 (trapezoids), in nats."""
    return sum((a + b) / 2 for a, b in pairwise(curve)) / (len(curve) - 1)


def comprehensiveness(deletion: Sequence[float]) -> float:
    """How much the margin falls without the first k units, mean over k from 1; more is better."""
    whole, *falling = deletion
    return sum(whole - value for value in falling) / len(falling)


def sufficiency(insertion: Sequence[float]) -> float:
    """How much of the margin the first k units alone lack, mean over k from 1; less is better."""
    _, *rising = insertion
    return sum(rising[-1] - value for value in rising) / len(rising)


def random_deletion(game: Game) -> tuple[float, ...]:
    """Mean deletion curve of random orders; backwards, it is their mean insertion curve.

    With at most `MOST_EXACT` units exactly: the mean over all orders, which is at every step the
    mean over all subsets of a size. Of more, the mean of seeded orders, others for other units.
    """
    count = len(game.units)
    if count <= MOST_EXACT:
        steps = [list(combinations(range(count), count - gone)) for gone in range(count + 1)]
        game.values(kept for step in steps for kept in step)  # all in one batch
        return tuple(_mean(game.values(step)) for step in steps)
    rng = Random(f"orders/{game.units}")
    curves = [deletion_curve(game, rng.sample(range(count), count)) for _ in range(RANDOM_ORDERS)]
    return tuple(map(_mean, zip(*curves, strict=True)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def greedy_order(game: Game) -> tuple[int, ...]:
    """The order that lowers the margin most with every unit: what no explanation beats by much."""
    left, order = game.everything, []
    while left:
        units = sorted(left)
        values = game.values(left - {unit} for unit in units)
        order.append(units[values.index(min(values))])
        left -= {order[-1]}
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Deletion:
    """One explanation's deletion curve beside those it is judged by.

    Attributes:
        method: curve of the explanation's own order.
        random: mean curve of random orders.
        oracle: curve of the greedy order.
    """

    method: tuple[float, ...]
    random: tuple[float, ...]
    oracle: tuple[float, ...]


def check_deletion(game: Game, order: Sequence[int]) -> Deletion:
    """Delete units in the explanation's order, in random ones and in the greedy one."""
    return Deletion(
        method=deletion_curve(game, order),
        random=random_deletion(game),
        oracle=deletion_curve(game, greedy_order(game)),
    )


def headline(checks: Sequence[Deletion]) -> float | None:
    """How much of what the greedy order gains over a random one, explanations gain too.

    Areas are added up before they are divided, so that a user whose sentences do not matter counts
    for little, as it should.

    Returns:
        1 for the greedy order, 0 for a random one; None where greedy is no better than random, as
        can be where sentences speak for each other.
    """
    gained = sum(area(check.random) - area(check.method) for check in checks)
    possible = sum(area(check.random) - area(check.oracle) for check in checks)
    return gained / possible if possible > 1e-9 else None
