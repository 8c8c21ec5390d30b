"""Hard candidates: negatives that only someone who knows the taste of now can tell apart (ours)."""

from collections.abc import Collection, Sequence
from random import Random

from core.candidates import NEGATIVES
from core.records import History
from train.planted import PlantedTruth


def hard_candidates(
    history: History, touched: Collection[str], catalogue: Sequence[str], seed: int
) -> list[str]:
    """Ids of the next item among untouched ones of an old taste, and of its own in the wrong style.

    At most ten of an old taste, and of the wrong style what makes them twenty, or as many as there
    are: users without a drift have the second kind alone. Shuffled by (seed, user).
    """
    user = history.user_id
    truth = PlantedTruth(history.dataset)
    rng = Random(f"{seed}:{user}:hard")
    now = truth.taste(user, len(history.items))
    drift = truth.drift(user)
    before = truth.taste(user, 0) if drift else None
    old, other = [], []
    for item_id in catalogue:
        if item_id in touched:
            continue
        theme, style = truth.theme(item_id), truth.style(item_id)
        if theme in now.themes and style != now.style:
            other.append(item_id)
        elif before and theme in before.themes and theme not in now.themes:
            old.append(item_id)
    drawn = rng.sample(old, min(len(old), NEGATIVES // 2))
    drawn += rng.sample(other, min(len(other), NEGATIVES - len(drawn)))
    drawn.append(history.next_item.item_id)
    rng.shuffle(drawn)
    return drawn
