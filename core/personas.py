"""Users of the sample catalogue who have names, so that a visitor can tell them apart."""

import json
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
