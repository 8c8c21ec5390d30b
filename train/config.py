"""What a config says: a TOML file with what a run shares, and a table for each of its stages."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Any, get_args

from core.errors import MsrError
from core.prompts import PromptOrder
from train.learners import Loss
from train.loop import Schedule

Config = dict[str, Any]

STAGES = ("tower", "item-summarizer", "user-summarizer", "recommender")
"""In the order in which each needs the one before."""
RATES = frozenset(field.name for field in fields(Schedule))
COUNTS = ("batch", "users", "candidates")


class Given(Config):
    """What a stage is given; a setting that it has not is named."""

    def __missing__(self, key: str) -> Any:
        raise MsrError(f"The config has no {key!r} for this stage; see train/configs.")


def read_config(file: Path) -> dict[str, Any]:
    """Read a config.

    Raises:
        MsrError: if it cannot be read, or has no [run].
    """
    try:
        config = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise MsrError(f"The config {file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MsrError(f"The config {file} is not TOML: {error}.") from error
    unknown = set(config) - {"run", *STAGES}
    if "run" not in config or unknown:
        raise MsrError(
            f"The config {file} needs [run] and stages of {', '.join(STAGES)}; "
            f"it has {', '.join(config) or 'nothing'}."
        )
    for name, table in config.items():
        if not isinstance(table, dict):
            raise MsrError(f"The config {file} has {name} = {table!r}; [{name}] begins a table.")
        for key, known in (("loss", get_args(Loss)), ("order", get_args(PromptOrder))):
            if table.get(key, known[0]) not in known:
                raise MsrError(
                    f"The config {file} has {key} = {table[key]!r}; choose of {', '.join(known)}."
                )
    return config


def refuse_bad_numbers(given: Mapping[str, Any], stage: str) -> None:
    """See that numbers are some, before texts are written for hours.

    Args:
        given: to a stage; its phases may count other users.
        stage: its name, for messages.

    Raises:
        MsrError: naming the first setting that is none, or too small.
    """
    for key in RATES & set(given):
        if not isinstance(given[key], int | float):
            raise MsrError(f"The config has {key} = {given[key]!r}; for {stage} it is a number.")
    tables = (given, *given.get("phases", ()))
    for table, key in product(tables, COUNTS):
        count = table.get(key, 2)
        if not isinstance(count, int) or count < 1:
            raise MsrError(f"The config has {key} = {count!r}; for {stage} it is a number from 1.")
        if key == "candidates" and count % 2:
            raise MsrError(
                f"The config has {key} = {count}; half of them are negatives, so for {stage} it is "
                "an even number."
            )
