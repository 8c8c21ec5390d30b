"""Why this score on screen: what each part of the input adds to one candidate's margin."""

import math
import re
from dataclasses import dataclass

from app.screen import Screen
from app.views.deletion import Chart, chart
from app.views.render import link_query, render, signed
from app.views.scores import ranked_rows
from app.views.timeline import Chip, NumberedItem, numbered_items, theme_chips
from core.explanation import MOST_EXACT, Attribution, Removal
from core.faithfulness import Deletion, area
from core.why import Explanation

LEAST = 0.05  # nats; an effect below it changes no P(yes) by more than about a hundredth
NO_MORE = "Deleting sentences in this order does no more than in a random one."
REMOVALS: dict[Removal, str] = {
    "delete": "deleted",
    "neutral": "replaced by a neutral sentence",
    "stranger": "replaced by another user’s sentence",
}
NO_LONGER = re.compile(r"no longer\b", re.IGNORECASE)
MODALITY_NAMES = {"image": "the image", "title": "the title", "preference": "the preference"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit of a lens.

    Attributes:
        label: the unit in words.
        effect: what it adds to the margin, nats.
        width: of its bar, percent of the widest of all lenses.
        counts: whether the effect is above the noise.
    """

    label: str
    effect: float
    width: float
    counts: bool


@dataclass(frozen=True, slots=True)
class ItemBar:
    """An item of the history with its bar."""

    item: NumberedItem
    bar: Bar


def why(screen: Screen) -> str:
    """Paint the lenses for the candidate that is picked, as far as they are measured."""
    run = screen.run
    rows = ranked_rows(run, screen.block) if screen.scored_block else ()
    row = next((row for row in rows if row.item.item_id == screen.picked_id), None)
    found = screen.explanation
    widest = widest_effect(found) if found else 1.0
    return render(
        "why.html",
        screen=screen,
        run=run,
        noun=run.noun,
        rows=rows,
        row=row,
        found=found,
        verdict=verdict(found) if found else "",
        sentences=claimed(screen, found, widest) if found else (),
        modalities=bars(found.modalities, widest) if found else (),
        removals=removals(found) if found else (),
        history=item_bars(screen, found.history, widest) if found and found.history else (),
        said_of_history=history_verdict(found.history) if found and found.history else "",
        chart=_chart(found.deletion) if found and found.deletion else None,
        missing=missing(found) if found else (),
        link=link_query(screen, c=screen.picked_id, tab="why"),
    )


def widest_effect(found: Explanation) -> float:
    """The largest effect of any lens: all bars of a candidate are on one scale."""
    lenses = [found.sentences, found.modalities, *([found.history] if found.history else [])]
    return max((abs(e) for lens in lenses for e in lens.effects), default=0.0) or 1.0


def bars(found: Attribution, widest: float) -> tuple[Bar, ...]:
    """A bar a unit, in reading order."""
    least = max(found.noise, LEAST)
    return tuple(
        Bar(unit, effect, 100 * abs(effect) / widest, abs(effect) > least)
        for unit, effect in zip(found.units, found.effects, strict=True)
    )


def claimed(
    screen: Screen, found: Explanation, widest: float
) -> tuple[tuple[Bar, tuple[Chip, ...]], ...]:
    """Every sentence's bar, and what it claims with the items read by then that support it."""
    read = sum(len(block.items) for block in screen.blocks[: found.block])
    items = numbered_items(screen.run)[:read]
    return tuple((bar, theme_chips("", bar.label, items)) for bar in bars(found.sentences, widest))


def item_bars(screen: Screen, found: Attribution, widest: float) -> tuple[ItemBar, ...]:
    """The items read so far with their bars, oldest first."""
    items = numbered_items(screen.run)[: len(found.units)]
    return tuple(ItemBar(item, bar) for item, bar in zip(items, bars(found, widest), strict=True))


def removals(found: Explanation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each removal style that was measured: its name, and every sentence's effect."""
    return tuple(
        (REMOVALS[removal], tuple(signed(effect) for effect in found.removals[removal]))
        for removal in REMOVALS
        if removal in found.removals
    )


def verdict(found: Explanation) -> str:
    """Say in one or two plain sentences what explains the score, or that no sentence does."""
    strongest = _strongest(found.sentences)
    least = max(found.sentences.noise, LEAST)
    if strongest is None or abs(found.sentences.effects[strongest]) <= least:
        return _no_sentence(found, strongest, least)
    sentence, effect = found.sentences.units[strongest], found.sentences.effects[strongest]
    way, does = ("for", "multiplies") if effect > 0 else ("against", "divides")
    said = f"“{shortened(sentence)}” speaks {way} it: it {does} the odds of yes by {_odds(effect)}"
    noise = found.sentences.noise
    within = f", {_times(abs(effect) / noise)} the noise" if noise else ""
    said += f" ({abs(effect):.2f} nats{within})."
    if effect > 0 and NO_LONGER.match(sentence):
        said += " That contradicts the sentence: a weakness of this small model."
    return f"{said} {_against_random(found)}".strip()


def _no_sentence(found: Explanation, strongest: int | None, least: float) -> str:
    """What to say where no sentence stands out: another part, the whole, or nothing explains it."""
    parts = found.modalities
    first = _strongest(parts) or 0
    leading, whole = MODALITY_NAMES[parts.units[first]], parts.effects[first]
    if abs(whole) > least and parts.units[first] != "preference":
        others = (abs(effect) for unit, effect in enumerate(parts.effects) if unit != first)
        most = "alone" if all(effect <= least for effect in others) else "more than anything else"
        return f"No sentence matters here: {leading} {most} explains the score."
    if strongest is not None and abs(found.sentences.effects[strongest]) > LEAST:
        return (
            "No sentence stands out from the noise: the same sentences in another order "
            f"move this score by up to {least:.2f} nats."
        )
    if abs(whole) > least:
        way = "for" if whole > 0 else "against"
        return (
            f"No sentence matters by itself; the whole preference speaks {way} it, by "
            f"{abs(whole):.2f} nats."
        )
    return "No sentence matters here, and neither does another part by itself."


def _strongest(found: Attribution) -> int | None:
    """The unit that moves the margin most; None without any."""
    effects = found.effects
    return max(range(len(effects)), key=lambda unit: abs(effects[unit]), default=None)


def _odds(effect: float) -> str:
    """How many times the odds of yes are what they would be without this effect, in nats."""
    times = math.exp(abs(effect))
    return f"{times:.1f}" if times < 10 else f"about {times:,.0f}"


def history_verdict(found: Attribution) -> str:
    """Say which item of the history moves the score most, or that no single one does."""
    strongest = _strongest(found) or 0
    effect = found.effects[strongest]
    if abs(effect) <= max(found.noise, LEAST):
        return "No single item moves this score beyond the noise."
    way = "falls" if effect > 0 else "rises"
    return f"Without item {strongest + 1} it {way} most, by {abs(effect):.2f} nats."


def _against_random(found: Explanation) -> str:
    """How the explanation's order of deletion compares with a random one."""
    if found.deletion is None:
        return ""
    start = found.deletion.method[0]
    mine = start - area(found.deletion.method)
    random = start - area(found.deletion.random)
    if mine <= random + LEAST:
        return NO_MORE
    if abs(random) <= LEAST:
        return "Deleting sentences in a random order hardly moves it."
    if random < 0:
        return (
            f"Deleting sentences in a random order {_moves(random)} in the mean; doing so in this "
            f"order {_moves(mine)}."
        )
    times = f"{mine / random:.1f}"
    if times == "1.0":
        return NO_MORE
    return f"Deleting sentences in this order moves it {times} times as far as at random."


def _times(ratio: float) -> str:
    return f"{ratio:.0f} times" if ratio >= 2 else f"{ratio:.1f} times"


def _moves(fall: float) -> str:
    if abs(fall) <= LEAST:
        return "hardly moves it"
    return f"{'lowers' if fall > 0 else 'raises'} it by {abs(fall):.2f} nats"


def shortened(sentence: str, most: int = 90) -> str:
    """A sentence that fits into another."""
    return sentence if len(sentence) <= most else f"…{sentence[-most:].split(' ', 1)[-1]}"


def missing(found: Explanation) -> tuple[str, ...]:
    """What is not measured yet, in the order in which it will be."""
    last = found.sentences if len(found.sentences.units) <= MOST_EXACT else found.modalities
    parts = [
        ("the noise floor and all subsets", last.method == "leave-one-out"),
        ("other ways of removing", len(found.removals) < 2),
        ("the history, read again without each item", found.history is None),
    ]
    return tuple(name for name, is_missing in parts if is_missing)


def _chart(found: Deletion) -> Chart:
    return chart({"method": found.method, "random": found.random, "oracle": found.oracle})
