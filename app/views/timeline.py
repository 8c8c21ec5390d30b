"""The story: one card per block, with what the model read, wrote and changed its mind about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from app.diffs import Stretch, diff_words
from app.screen import Screen
from app.views.render import render
from core.names import name_of
from core.records import Block, Item, ItemSummary, ModelText, Provenance, Run
from core.themes import Theme, compare_themes, find_support, stems_of

State = Literal["read", "current", "writing", "pending"]
Fate = Literal["gained", "kept", "lost"]

MOST_CHIPS = 8  # of a block; a rambling text has thirty
MOST_GAINED, MOST_LOST = 4, 2  # before kept ones get a place
_SIGNS: Mapping[Fate, str] = {"gained": "+", "kept": "=", "lost": "−"}


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item of the history, its place in it (from 1), and its summary once there is one."""

    number: int
    item: Item
    summary: ItemSummary | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A theme on screen and the items that support it; none is a warning."""

    theme: Theme
    fate: Fate
    support: tuple[NumberedItem, ...]

    @property
    def sign(self) -> str:
        """A mark that says the fate without colour."""
        return _SIGNS[self.fate]


@dataclass(frozen=True, slots=True)
class BlockCard:
    """One block on screen; most of it is empty until the block has been read.

    `rest` is what a replay has still to show: it holds the place, so that the page does not jump.
    """

    block: Block
    state: State
    items: tuple[NumberedItem, ...]
    text: str = ""
    rest: str = ""
    stretches: tuple[Stretch, ...] = ()
    chips: tuple[Chip, ...] = ()
    more_chips: int = 0
    prompt: str = ""
    provenance: Provenance | None = None

    @property
    def is_unchanged(self) -> bool:
        """Say whether the model kept the text of the block before, word for word."""
        return len(self.stretches) == 1

    def chips_of(self, fate: Fate) -> tuple[Chip, ...]:
        """The chips of one fate, most supported first."""
        return tuple(chip for chip in self.chips if chip.fate == fate)


def timeline(screen: Screen, cards: Sequence[BlockCard]) -> str:
    """Paint the story up to the block on screen, from its `block_cards`."""
    return render(
        "timeline.html",
        screen=screen,
        run=screen.run,
        cards=cards,
        noun=screen.run.noun,
    )


def block_cards(screen: Screen) -> tuple[BlockCard, ...]:
    """Make a card for every block, read or not."""
    run = screen.run
    items = numbered_items(run)
    read = len(run.preferences)
    ends = list(accumulate(len(block.items) for block in screen.blocks))
    cards = []
    for block, end in zip(screen.blocks, ends, strict=True):
        mine = items[end - len(block.items) : end]
        state = _state(screen, block.index)
        written = run.preferences[block.index - 1].written if block.index <= read else None
        if written is None or state in ("writing", "pending"):
            text = screen.writing or "" if state == "writing" else ""
            cards.append(BlockCard(block, state, mine, text, rest=_rest(text, written)))
            continue
        before = run.preferences[block.index - 2].written.text if block.index > 1 else ""
        chips = theme_chips(before, written.text, items[:end])
        cards.append(
            BlockCard(
                block,
                state,
                mine,
                text=written.text,
                stretches=diff_words(before, written.text) if before else (),
                chips=(shown := pick_chips(chips)),
                more_chips=len(chips) - len(shown),
                prompt=written.prompt,
                provenance=written.provenance,
            )
        )
    return tuple(cards)


def theme_chips(before: str, after: str, items: Sequence[NumberedItem]) -> tuple[Chip, ...]:
    """Sort the themes of a preference by what became of them, the best supported first.

    Args:
        before: the preference before, or an empty text.
        after: the preference whose themes these are.
        items: what the model had read by then.
    """
    names = [name_told(item) for item in items]
    changes = compare_themes(before, after, tuple(names))
    texts = [stems_of(_words_about(item)) for item in items]

    def support(theme: Theme) -> tuple[NumberedItem, ...]:
        if theme.is_name:
            return tuple(
                item for item, name in zip(items, names, strict=True) if name == theme.phrase
            )
        return tuple(items[n] for n in find_support(theme, texts))

    fates: tuple[tuple[Fate, tuple[Theme, ...]], ...] = (
        ("gained", changes.gained),
        ("kept", changes.kept),
        ("lost", changes.lost),
    )
    chips = [Chip(theme, fate, support(theme)) for fate, themes in fates for theme in themes]
    return tuple(sorted(chips, key=lambda chip: -len(chip.support)))


def pick_chips(chips: Sequence[Chip]) -> tuple[Chip, ...]:
    """Pick the few chips worth showing: what changed comes before what stayed."""
    gained, kept, lost = (
        [chip for chip in chips if chip.fate == fate] for fate in ("gained", "kept", "lost")
    )
    first = [*gained[:MOST_GAINED], *lost[:MOST_LOST]]
    return tuple([*first, *kept, *gained[MOST_GAINED:], *lost[MOST_LOST:]][:MOST_CHIPS])


def name_told(item: NumberedItem) -> str:
    """What a preference calls an item, as far as its summary tells it."""
    return name_of(item.item.title, item.summary.fused.text if item.summary else None)


def numbered_items(run: Run) -> tuple[NumberedItem, ...]:
    """Number a history from 1 and put each item's summary beside it."""
    summaries = {summary.item_id: summary for summary in run.summaries}
    return tuple(
        NumberedItem(number, item, summaries.get(item.item_id))
        for number, item in enumerate(run.history, 1)
    )


def announcement(screen: Screen, cards: Sequence[BlockCard]) -> str:
    """Say in one sentence what the block on screen changed, for people who listen to the page."""
    if screen.note or not screen.block:
        return screen.note
    card = cards[screen.block - 1]
    said = [f"Block {screen.block} of {len(screen.blocks)} done."]
    for fate in ("gained", "lost"):
        phrases = [chip.theme.phrase for chip in card.chips_of(fate)]
        if phrases and screen.block > 1:
            said.append(f"{fate.capitalize()}: {', '.join(phrases[:3])}.")
    if card.is_unchanged:
        said.append("Not one word changed.")
    rank = next_rank(screen.run, screen.block)
    if rank and screen.scored_block == screen.block:
        of = len(screen.run.candidates)
        said.append(f"Their next {screen.run.noun} is ranked {rank} of {of}.")
    return " ".join(said)


def is_miss(rank: int, candidates: int) -> bool:
    """Say whether an item that came next was ranked below the best quarter."""
    return 4 * rank > candidates


def next_rank(run: Run, block: int) -> int | None:
    """Rank of the true next item after a block, as far as scored; None where nothing was."""
    block = min(block, len(run.scores))
    if block < 1:
        return None
    return next((s.rank for s in run.scores[block - 1] if s.item_id == run.next_item_id), None)


def _state(screen: Screen, index: int) -> State:
    if index <= screen.block:
        return "current" if index == screen.block and screen.writing is None else "read"
    return "writing" if index == screen.block + 1 and screen.writing is not None else "pending"


def _rest(shown: str, known: ModelText | None) -> str:
    return known.text[len(shown) :] if known and known.text.startswith(shown) else ""


def _words_about(item: NumberedItem) -> str:
    return f"{item.item.title} {item.summary.fused.text if item.summary else ''}"
