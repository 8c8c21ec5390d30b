"""The candidates of the evaluation protocol: the next item and items the user never touched."""

from collections.abc import Collection, Sequence
from random import Random

from core.errors import DataError

NEGATIVES = 20  # the paper's 1:20 at test time
SEED = 7


def draw_candidates(
    next_item: str,
    touched: Collection[str],
    catalogue: Sequence[str],
    user_id: str,
    *,
    negatives: int = NEGATIVES,
    seed: int = SEED,
) -> tuple[str, ...]:
    """Draw negatives uniformly without replacement and shuffle the next item among them.

    Args:
        next_item: id of the item that came next.
        touched: every item id of the user's, the next one included.
        catalogue: all item ids of the data set, in a fixed order.
        user_id: seeds the draw together with `seed`, so that a user always meets the same ones.
        negatives: how many to draw.
        seed: of the protocol.

    Raises:
        DataError: if the catalogue has too few items that the user never touched.
    """
    rng = Random(f"{seed}:{user_id}")
    seen = set(touched)
    free = len(catalogue) - len(seen)
    if free < negatives:
        raise DataError(
            f"User {user_id} left only {free} items untouched; {negatives} negatives are needed. "
            "Take another user, or fewer candidates."
        )
    drawn: set[str] = set()
    order: list[str] = [next_item]
    while len(drawn) < negatives:  # rejection: histories are short, catalogues are not
        item = catalogue[rng.randrange(len(catalogue))]
        if item not in seen and item not in drawn:
            drawn.add(item)
            order.append(item)
    rng.shuffle(order)
    return tuple(order)
