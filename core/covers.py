"""Cover pictures: untrusted files opened safely, once."""

import base64
import hashlib
import io
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image, ImageOps

from core.errors import CoverError
from core.files import whole
from core.records import Dataset, Item

warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # our cap is lower

MAX_PIXELS = 20_000_000
MAX_BYTES = 20_000_000
MODEL_SIDE_PX = 1344  # the longest side that LLaVA-NeXT's tiles can use
THUMBNAIL_PX = (320, 320)
THUMBNAILS = 2  # raise it where one comes out otherwise
FORMATS = ("JPEG", "PNG", "WEBP")
JPEGS = ("JPEG", "MPO")  # Pillow's name of a JPEG that says that more pictures follow
# Of a progressive JPEG, which has some ten. Each costs a pass over all pixels, and a few bytes.
MAX_SCANS = 100
SCAN = b"\xff\xda"  # within a scan no such bytes stand


@dataclass(frozen=True, slots=True)
class Cover:
    """A decoded picture (RGB, at most 1344 px a side) and the SHA-256 of the file it came from."""

    image: Image.Image
    sha256: str


def cover_path(dataset: Dataset, item: Item) -> Path | None:
    """Where an item's picture lies, or None; a name that leaves the data set counts as none.

    Links are followed: pictures often lie on another disk, or in a cache of downloads.
    """
    name = PurePosixPath(item.cover or "/")
    leaves = name.is_absolute() or ".." in name.parts
    return None if leaves else dataset.root / name


def open_cover(dataset: Dataset, item: Item) -> Cover:
    """Read, check and decode an item's cover.

    Raises:
        CoverError: one clear line when there is none or it cannot be used.
    """
    path = cover_path(dataset, item)
    if path is None:
        raise CoverError("This item has no cover.")
    try:
        with path.open("rb") as file:  # some have more in them than their size says
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise CoverError(f"The cover has over {MAX_BYTES / 1e6:.0f} MB.")
    except FileNotFoundError as error:
        raise CoverError("The cover file is missing.") from error
    except OSError as error:
        raise CoverError(f"The cover file cannot be read: {error.strerror}.") from error
    return decode_cover(data)


def decode_cover(data: bytes, most_pixels: int = MAX_PIXELS) -> Cover:
    """Decode the bytes of a JPEG, PNG or WebP file into an RGB picture.

    Raises:
        CoverError: if it is no such picture, is truncated, or has more pixels than that.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            pixels = image.width * image.height
            if pixels > most_pixels:
                raise CoverError(
                    f"The cover has {pixels / 1e6:.0f} megapixels; at most "
                    f"{most_pixels // 1_000_000} are read."
                )
            if image.format in JPEGS and data.count(SCAN) > MAX_SCANS:
                raise CoverError(f"The cover is drawn in over {MAX_SCANS} scans; it is not read.")
            image.draft("RGB", (MODEL_SIDE_PX, MODEL_SIDE_PX))
            upright = _in_rgb(ImageOps.exif_transpose(image))
    except CoverError:
        raise
    except Image.DecompressionBombError as error:  # raised before the size can be read
        raise CoverError(
            f"The cover has over 100 megapixels; at most {most_pixels // 1_000_000} are read."
        ) from error
    except Exception as error:  # Pillow's decoders raise almost anything on broken files
        raise CoverError("The cover is not a readable JPEG, PNG or WebP picture.") from error
    upright.thumbnail((MODEL_SIDE_PX, MODEL_SIDE_PX))
    return Cover(upright, hashlib.sha256(data).hexdigest())


def _in_rgb(image: Image.Image) -> Image.Image:
    """A picture as it is seen on a white page: what is transparent is not black."""
    if image.mode.startswith("I;16"):  # Pillow would cut its greys at 255
        image = image.point(lambda grey: grey / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def cover_of(dataset: Dataset, item: Item) -> Cover | None:
    """An item's cover, or None where there is none that can be read."""
    try:
        return open_cover(dataset, item)
    except CoverError:
        return None


def as_png(cover: Cover) -> str:
    """A picture for a model on another machine: base64 of a PNG."""
    buffer = io.BytesIO()
    cover.image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def thumbnail(dataset: Dataset, item: Item, cache: Path) -> bytes | None:
    """A small WebP of an item's cover, or None where there is no usable one.

    Pictures are re-encoded, so that no metadata and no foreign format reaches a browser, and
    kept in `cache` under the name of the file's path, size and time.
    """
    path = cover_path(dataset, item)
    if path is None:
        return None
    try:
        stat = path.stat()
    except OSError:
        return None
    drawn = f"{THUMBNAILS}:{path}:{stat.st_size}:{stat.st_mtime_ns}"
    name = hashlib.sha256(drawn.encode()).hexdigest()
    kept = cache / f"{name}.webp"
    with suppress(OSError):  # not there, mostly
        return kept.read_bytes()
    cover = cover_of(dataset, item)
    if cover is None:
        return None
    image = cover.image
    image.thumbnail(THUMBNAIL_PX)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80)
    with suppress(OSError), whole(kept) as partial:  # a full disk costs the cache alone
        partial.write_bytes(buffer.getvalue())
    return buffer.getvalue()
