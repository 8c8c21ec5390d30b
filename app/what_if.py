"""What a visitor tries on a preference: texts with their scores, and an item of their own."""

import base64
import io
from dataclasses import dataclass, replace

from PIL import Image

from core.covers import Cover, decode_cover
from core.errors import CoverError, DataError
from core.records import Item, Score
from core.what_if import checked_title

MOST_BYTES = 5_000_000
MOST_PIXELS = (
    4_000_000  # the page sends a fourth of that; a blank picture of 20 MP is a second's work
)
MOST_ATTEMPTS = 12
MOST_PICTURES = 2  # that they hold
OWN_ID = "~your own item~"
SCORED, SEARCHED = "Scored", "Searched"  # said of a screen whose last attempt is new, or is not
PREVIEW_PX = (320, 320)


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A visitor's item; its picture lives in this session's memory and nowhere else.

    Attributes:
        item: with the visitor's title.
        picture: encoded again, as JPEG: decoded it has some ten times the bytes, and every attempt
            may hold another one. Empty without one.
        preview: the same, small, as a data URI.
    """

    item: Item
    picture: bytes
    preview: str

    def cover(self) -> Cover | None:
        """Decode the picture for a model; None without one."""
        return decode_cover(self.picture) if self.picture else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One text and what it does to the candidates, and to the visitor's own item if there is one.

    Attributes:
        text: of the preference.
        scores: of every candidate, the visitor's item last.
        own: the visitor's item.
    """

    text: str
    scores: tuple[Score, ...]
    own: OwnItem | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What was tried on one preference.

    Attributes:
        of: data set, user and block; another screen starts anew.
        attempts: oldest first; the first is the preference as the model wrote it.
        said: what the last search for a flip found.
        turn: counts what was done; the same text tried twice is painted twice.
    """

    of: tuple[str, str, int]
    attempts: tuple[Attempt, ...]
    said: str = ""
    turn: int = 0

    @property
    def now(self) -> Attempt:
        """The last attempt."""
        return self.attempts[-1]

    def tried(self, attempt: Attempt) -> "WhatIf":
        """Add an attempt; of many, or of many pictures, the first and the last ones stay."""
        first, *later = self.attempts
        kept: list[Attempt] = []
        held: set[int] = set()
        for one in [attempt, *reversed(later[2 - MOST_ATTEMPTS :])]:
            picture = {id(one.own.picture)} if one.own and one.own.picture else set()
            if len(held | picture) <= MOST_PICTURES:
                held |= picture
                kept.insert(0, one)
        return replace(self, attempts=(first, *kept), said="", turn=self.turn + 1)

    def undone(self) -> "WhatIf":
        """Take the last attempt back, never the first one."""
        left = self.attempts[:-1] or self.attempts
        return replace(self, attempts=left, said="", turn=self.turn + 1)


def own_item(title: str, picture: str) -> OwnItem:
    """Make a visitor's item out of what the browser sent: a title, and a picture as a data URI.

    Raises:
        DataError: one clear line if either cannot be used.
    """
    item = Item(OWN_ID, checked_title(title))
    if not picture:
        return OwnItem(item, b"", "")
    try:
        data = base64.b64decode(picture.partition(",")[2], validate=True)
    except ValueError as error:  # a letter that base64 has not, or too few of them
        raise CoverError("The picture did not arrive whole; choose it again.") from error
    if len(data) > MOST_BYTES:
        raise DataError(f"The picture has {len(data) / 1e6:.1f} MB; at most 5 MB are taken.")
    cover = decode_cover(data, MOST_PIXELS)
    if min(cover.image.size) < 16:
        raise DataError(
            f"The picture has {cover.image.width} x {cover.image.height} pixels; there is nothing "
            "to see in it. Take one of at least 16 x 16."
        )
    small = cover.image.copy()
    small.thumbnail(PREVIEW_PX)
    preview = base64.b64encode(_encoded(small, "WEBP", 80)).decode()
    kept = _encoded(cover.image, "JPEG", 92)
    return OwnItem(item, kept, f"data:image/webp;base64,{preview}")


def _encoded(image: Image.Image, to: str, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, to, quality=quality)
    return buffer.getvalue()
