"""Numbers of a command line, for argparse."""


def count(given: str) -> int:
    """A number from 0."""
    return _from(0, given)


def positive(given: str) -> int:
    """A number from 1."""
    return _from(1, given)


def _from(least: int, given: str) -> int:
    number = int(given)
    if number < least:
        raise ValueError
    return number
