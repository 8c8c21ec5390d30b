"""What every command has in common: words of a command line in, one clear line where it fails."""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Protocol

from core.errors import MsrError


class Command(Protocol):
    """What starts with words, or with those of its process, and gives an exit status."""

    def __call__(self, argv: Sequence[str] | None = None) -> int:
        """Do it."""


def command(run: Callable[[list[str]], int | None]) -> Command:
    """Make a command of a function.

    Args:
        run: takes the words behind the command's name; gives an exit status, None for 0.

    Returns:
        The command; what was asked wrongly, and a file that cannot be read or written, is one line
        on stderr and a 1.
    """

    @wraps(run)
    def main(argv: Sequence[str] | None = None) -> int:
        try:
            return run(list(sys.argv[1:] if argv is None else argv)) or 0
        except (MsrError, OSError) as error:
            print(f"error: {error}", file=sys.stderr)
            return 1

    return main
