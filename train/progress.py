"""What a long command says meanwhile: lines, and bars that a log can hold."""

import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

LOG_SECONDS = 30.0


def say(note: str) -> None:
    """One line of what is going on, for people; what a command prints goes elsewhere."""
    print(note, file=sys.stderr, flush=True)


def progress(items: Iterable[Any] | None = None, **options: Any) -> Any:
    """A tqdm bar; where no terminal shows it, it is written twice a minute at most.

    A postfix must not ask for a refresh of its own: ``set_postfix_str(text, refresh=False)``.
    """
    seconds = 0.1 if sys.stderr.isatty() else LOG_SECONDS
    return tqdm(items, mininterval=seconds, maxinterval=max(10.0, seconds), **options)
