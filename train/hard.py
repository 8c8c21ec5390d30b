"""Hard candidates: negatives that only someone who knows the taste of now can tell apart (ours)."""

from random import Random

from core.candidates import NEGATIVES
from core.records import History, Item
from core.store import Store
from train.planted import PlantedTruth


def hard_candidates(store: Store, history: History, seed: int) -> tuple[Item, ...]:
    """The next item among untouched items of an old taste, and of its own in the wrong style.

    At most ten of an old taste, and of the wrong style what makes them twenty, or as many as there
    are: users without a drift have the second kind alone. Shuffled by (seed, user).
    """
    name, user = history.dataset.name, history.user_id
    truth = PlantedTruth(history.dataset)
    rng = Random(f"{seed}:{user}:hard")
    touched = set(store.touched(name, user))
    now = truth.taste(user, len(history.items))
    drift = truth.drift(user)
    before = truth.taste(user, 0) if drift else None
    old, other = [], []
    for item_id in store.item_ids(name):
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
    return store.items(name, drawn)
