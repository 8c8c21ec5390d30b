"""Users of the sample catalogue who have names, so that a visitor can tell them apart."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.datasets.sources import SAMPLE


@dataclass(frozen=True, slots=True)
class Persona:
    """A user of the sample catalogue who has a name in the picker."""

    dataset: str
    user_id: str
    name: str
    line: str


def read_personas(sample: Path) -> tuple[Persona, ...]:
    """Read the sample catalogue's personas, data set by data set, in the order of its files."""
    return tuple(
        Persona(dataset, persona["user_id"], persona["name"], persona["line"])
        for dataset in SAMPLE
        for persona in json.loads((sample / dataset / "personas.json").read_text("utf-8"))
    )


def next_persona(personas: Sequence[Persona], dataset: str, user_id: str) -> Persona | None:
    """Who comes after a user among the personas of a data set, whose preference may stand in.

    After the last one comes the first, as after everybody who is none of them; None if that leaves
    nobody else.
    """
    others = [one for one in personas if one.dataset == dataset]
    ids = [one.user_id for one in others]
    place = ids.index(user_id) + 1 if user_id in ids else 0
    found = others[place % len(others)] if others else None
    return found if found and found.user_id != user_id else None
