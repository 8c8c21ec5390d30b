"""Errors with a message for the person at the screen: what came, what was expected, what to do."""

import re


class MsrError(Exception):
    """Root of every error that Tasteline raises on purpose; its text may be shown as it is.

    That of a `RemoteError` names a server: it is for the log.
    """


class DataError(MsrError):
    """A data set, user, item or file that cannot be used."""


class CoverError(DataError):
    """A cover picture that cannot be read; the story goes on without it."""


class WeightsError(MsrError):
    """A checkpoint that is missing, unreachable or not the one expected."""


class StoreError(MsrError):
    """The database could not be opened, read or written."""


class RecordingError(MsrError):
    """A recorded run that is missing or does not match its checksum."""


class RemoteError(MsrError):
    """A server that cannot be reached, fails, or whose answers cannot be used."""


def without_secrets(address: str) -> str:
    """An address as it may be shown: without the password and the query that it may hold."""
    return re.sub(r"^([\w+.-]*://)?.*@", r"\1***@", address).partition("?")[0]


def first_line(error: object, most: int = 300) -> str:
    """What a library or a server said, cut down to one line that a screen can show."""
    lines = str(error).strip().splitlines()
    shown = "".join(c if c.isprintable() else " " for c in lines[0][:most]) if lines else ""
    return shown or "no reason given"
