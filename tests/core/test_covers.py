import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from core.covers import MAX_SCANS, SCAN, THUMBNAILS, decode_cover, open_cover, thumbnail
from core.errors import CoverError
from core.records import Dataset, Item


def encoded(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return buffer.getvalue()


def test_picture_becomes_rgb_of_a_bounded_size() -> None:
    cover = decode_cover(encoded((3000, 100), mode="RGBA"))
    assert cover.image.mode == "RGB"
    assert cover.image.size == (1344, 45)


def test_hash_is_of_the_file(dataset: Dataset) -> None:
    one, two = encoded((5, 5)), encoded((5, 6))
    assert decode_cover(one).sha256 == decode_cover(one).sha256 != decode_cover(two).sha256


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a readable"),
        (b"<html>", "not a readable"),
        (encoded((300, 300), "JPEG")[:200], "not a readable"),
        (encoded((40, 40), "GIF", "L"), "not a readable"),
        (encoded((5000, 4001), mode="1"), "20 megapixels; at most 20"),
        (encoded((20000, 20000), mode="1"), "over 100 megapixels"),
    ],
)
def test_unusable_picture_gives_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(CoverError, match=message) as error:
        decode_cover(data)
    assert "\n" not in str(error.value)


def test_huge_file_is_not_read(dataset: Dataset) -> None:
    with (dataset.root / "1.png").open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(CoverError, match="over 20 MB"):
        open_cover(dataset, Item("1", "t", cover="1.png"))


def test_a_link_to_what_never_ends_is_not_read_on_and_on(dataset: Dataset) -> None:
    (dataset.root / "1.png").symlink_to("/dev/zero")
    with pytest.raises(CoverError, match="over 20 MB"):
        open_cover(dataset, Item("1", "t", cover="1.png"))


def scanned(scans: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 60).save(buffer, "JPEG", progressive=True)
    drawn = buffer.getvalue()
    last = drawn[drawn.rindex(SCAN) : -2]
    return drawn[:-2] + last * (scans - drawn.count(SCAN)) + drawn[-2:]


def with_more_to_follow(jpeg: bytes) -> bytes:
    """The same picture as a camera's, which says that a second one follows; Pillow calls it MPO."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(
        buffer, "MPO", save_all=True, append_images=[Image.new("L", (8, 8))]
    )
    camera = buffer.getvalue()
    start = camera.index(b"\xff\xe2")
    length = 2 + int.from_bytes(camera[start + 2 : start + 4], "big")
    return jpeg[:2] + camera[start : start + length] + jpeg[2:]


@pytest.mark.parametrize("kind", [bytes, with_more_to_follow])
def test_a_picture_that_is_drawn_over_and_over_is_refused_before_it_is_decoded(
    kind: Callable[[bytes], bytes],
) -> None:
    assert decode_cover(kind(scanned(MAX_SCANS))).image.size == (64, 64)
    with pytest.raises(CoverError, match="in over 100 scans; it is not read"):
        decode_cover(kind(scanned(MAX_SCANS + 1)))


def test_what_is_transparent_is_white_and_what_is_drawn_there_stays() -> None:
    drawn = Image.new("RGBA", (4, 2), (0, 0, 0, 0))
    drawn.putpixel((0, 0), (200, 0, 0, 255))
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    seen = decode_cover(buffer.getvalue()).image
    assert (seen.getpixel((0, 0)), seen.getpixel((3, 1))) == ((200, 0, 0), (255, 255, 255))
    palette = Image.new("P", (4, 2), 0)
    buffer = io.BytesIO()
    palette.save(buffer, "PNG", transparency=0)
    assert decode_cover(buffer.getvalue()).image.getpixel((0, 0)) == (255, 255, 255)


def test_greys_of_sixteen_bits_keep_their_order() -> None:
    buffer = io.BytesIO()
    grey = Image.new("I;16", (3, 1))
    for place, value in enumerate((0, 32768, 65535)):
        grey.putpixel((place, 0), value)
    grey.save(buffer, "PNG")
    seen = decode_cover(buffer.getvalue()).image.convert("L")
    assert [seen.getpixel((place, 0)) for place in range(3)] == [0, 128, 255]


def test_thumbnail_is_small_kept_and_renewed(dataset: Dataset, tmp_path: Path) -> None:
    cache = tmp_path / "thumbs"
    item = Item("1", "t", cover="1.png")
    (dataset.root / "1.png").write_bytes(encoded((900, 600)))
    first = thumbnail(dataset, item, cache)
    assert first is not None
    assert Image.open(io.BytesIO(first)).size == (320, 213)
    assert thumbnail(dataset, item, cache) == first
    (dataset.root / "1.png").write_bytes(encoded((600, 900)))
    renewed = thumbnail(dataset, item, cache)
    assert renewed is not None
    assert Image.open(io.BytesIO(renewed)).size == (213, 320)


def test_a_thumbnail_that_was_drawn_otherwise_is_drawn_again(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dataset.root / "1.png").write_bytes(encoded((900, 600)))
    item = Item("1", "t", cover="1.png")
    first = thumbnail(dataset, item, tmp_path / "thumbs")
    for kept in (tmp_path / "thumbs").iterdir():
        kept.write_bytes(b"as it was drawn before")
    assert thumbnail(dataset, item, tmp_path / "thumbs") == b"as it was drawn before"
    monkeypatch.setattr("core.covers.THUMBNAILS", THUMBNAILS + 1)
    assert thumbnail(dataset, item, tmp_path / "thumbs") == first


def test_thumbnail_is_served_where_it_cannot_be_kept(dataset: Dataset, tmp_path: Path) -> None:
    (dataset.root / "1.png").write_bytes(encoded((90, 60)))
    (tmp_path / "thumbs").write_text("a file where the cache should be")
    assert thumbnail(dataset, Item("1", "t", cover="1.png"), tmp_path / "thumbs")


def test_many_threads_make_one_thumbnail(dataset: Dataset, tmp_path: Path) -> None:
    (dataset.root / "1.png").write_bytes(encoded((900, 600)))
    item = Item("1", "t", cover="1.png")
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: thumbnail(dataset, item, tmp_path / "c"), range(16)))
    assert len(set(made)) == 1
    assert len(list((tmp_path / "c").iterdir())) == 1


def test_no_usable_cover_gives_no_thumbnail(dataset: Dataset, tmp_path: Path) -> None:
    (dataset.root / "1.png").write_text("no picture")
    for cover in (None, "1.png", "gone.png", "../x.png", "1.png/beneath.png"):
        assert thumbnail(dataset, Item("1", "t", cover=cover), tmp_path / "thumbs") is None
