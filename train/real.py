"""What is learnt from a prepared data set: lives of its training users, and what they took next.

No taste is planted in one, so what a preference should say is taken from behaviour (ours). It names
the newest items, and of those that it named before the ones that go best with them: whoever took
these took those, too. A few such titles rank candidates as well as a whole history does
(docs/decisions.md), and a model that copies them needs no name for what they have in common.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from scipy import sparse

from core.language_model import LanguageModel
from core.names import name_of
from core.preference import BLOCK_SIZE
from core.records import History
from core.store import Store
from train.baselines.interactions import Interactions
from train.baselines.neighbours import together
from train.pipeline import summarize_items
from train.preference_examples import Life
from train.score_examples import Choice
from train.splits import cold_items, split_users
from train.targets import in_words

Config = dict[str, Any]

MOST = 6  # items that a preference names


@dataclass(frozen=True, slots=True)
class RealLife(Life):
    """A training user of a prepared data set.

    Attributes:
        history: without cold items.
        cold: ids of items that nothing may be learnt from.
    """

    history: History
    cold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a preference names after a block, oldest first.

    Attributes:
        earlier: names of items that it goes on naming.
        newest: of those of the block.
    """

    earlier: tuple[str, ...]
    newest: tuple[str, ...]

    def told(self, rng: Random) -> str:
        """In words; there is one wording."""
        earlier, newest = in_words(self.earlier), in_words(self.newest)
        return f" {earlier}. Lately also {newest}." if earlier else f" {newest}."


def kept(
    names: Sequence[str], numbers: Sequence[int], alike: sparse.csr_matrix, size: int
) -> list[Kept]:
    """What to name after each block.

    Args:
        names: of the items of a history, oldest first.
        numbers: theirs in `alike`.
        alike: see `together`.
        size: items a block.
    """
    found: list[Kept] = []
    known: list[int] = []  # places in the history
    for start in range(0, len(names), size):
        block = [*range(start, min(start + size, len(names)))][-MOST:]
        newest = [numbers[place] for place in block]
        goes = {place: alike[[numbers[place]], :][:, newest].sum() for place in known}
        best = sorted(known, key=lambda place: (-goes[place], -place))[: MOST - len(block)]
        earlier = sorted(best)
        found.append(
            Kept(tuple(names[place] for place in earlier), tuple(names[place] for place in block))
        )
        known = [*earlier, *block]
    return found


def real_lives(config: Config, store: Store, item_summarizer: LanguageModel) -> list[RealLife]:
    """Lives of a data set's training users, the first ``users`` of them.

    With ``cold`` in the configuration, cold items are as if nobody had ever met them, so that the
    models that learn from these lives can be asked about them.
    """
    dataset = store.dataset(config["dataset"])
    split = split_users(store.user_ids(dataset.name, shortest=3))
    known = Interactions.of(store, dataset.name)
    cold = cold_items(dataset.name, known.item_ids) if config.get("cold") else frozenset()
    taken = [[i for i in known.sequences[user] if i not in cold] for user in split.train]
    alike = together(known.numbered(taken), len(known.item_ids))
    users = split.train[: config.get("users")]
    histories = [warm(store.history(dataset.name, user), cold) for user in users]
    histories = [history for history in histories if history.items]
    items = [item for history in histories for item in history.items]
    summaries = summarize_items(items, dataset, item_summarizer)
    numbered = known.numbered([[item.item_id for item in one.items] for one in histories])
    lives = []
    for history, numbers in zip(histories, numbered, strict=True):
        names = [name_of(i.title, summaries[i.item_id].fused.text) for i in history.items]
        after = kept(names, numbers, alike, BLOCK_SIZE)
        lives.append(
            RealLife(
                dataset,
                history.items,
                summaries,
                BLOCK_SIZE,
                tuple(one.told for one in after),
                history=history,
                cold=cold,
            )
        )
    return lives


def warm(history: History, cold: Collection[str]) -> History:
    """A history without cold items."""
    return replace(history, items=tuple(i for i in history.items if i.item_id not in cold))


def real_choices(
    lives: Sequence[RealLife],
    written: Sequence[Sequence[str]],
    store: Store,
    seed: int,
) -> list[Choice]:
    """What training users of a prepared data set really took after every block.

    Taken are the items of the next block, after the last block the next item, unless it is cold;
    left are items drawn uniformly from those the user never touched.

    Args:
        lives: of training users.
        written: preferences of each, one after each block.
        store: where the data set is.
        seed: of the draws.
    """
    rng = Random(f"{seed}/left")
    catalogues = {name: store.item_ids(name) for name in {life.dataset.name for life in lives}}
    choices = []
    for life, texts in zip(lives, written, strict=True):
        name, after = life.dataset.name, life.history.next_item
        catalogue = catalogues[name]
        avoided = life.cold.union(store.touched(name, life.history.user_id))
        last = () if after.item_id in life.cold else (after,)
        following = [block.items for block in life.blocks[1:]]
        for text, taken in zip(texts, [*following, last], strict=True):
            if not taken:
                continue
            free = (catalogue[rng.randrange(len(catalogue))] for _ in range(60))
            left = [item for item in free if item not in avoided][: max(3, len(taken))]
            choices.append(Choice(life.dataset, text, taken, store.items(name, left)))
    return choices
