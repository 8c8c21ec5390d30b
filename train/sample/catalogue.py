"""The items of the sample data sets: which theme, which style, which title, which picture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image

from train.sample.cover import draw_cover
from train.sample.matching import description_for, drawing_for
from train.sample.motifs import baby, games, videos
from train.sample.parts import Theme
from train.sample.styles import STYLES
from train.sample.styles.scene import Style


@dataclass(frozen=True, slots=True)
class Dataset:
    """One sample data set.

    Attributes:
        key: its folder's name.
        themes: what its items are about.
        size: how many items it holds.
        users: how many users it has, personas included.
        wide: whether its pictures are video covers; otherwise products on a square ground.
        name_item: the id of the item with this number.
    """

    key: str
    themes: tuple[Theme, ...]
    size: int
    users: int
    wide: bool
    name_item: Callable[[int], str]


# Enough users of videos that one fifth of them, a test fold, is more than 300.
DATASETS: tuple[Dataset, ...] = (
    Dataset("videos", videos.THEMES, 240, 1600, True, str),
    Dataset("baby", baby.THEMES, 180, 420, False, "BABY{:04d}".format),
    Dataset("games", games.THEMES, 180, 420, False, "GAME{:04d}".format),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A made-up item with its planted truth.

    Attributes:
        item_id: unique in its data set.
        title: tells the theme, never the style.
        description: empty for videos and for some products, as in a shop.
        theme: what it is about.
        style: how its picture looks.
        drawing: which of the theme's drawings its picture shows.
        seed: what its picture is drawn from.
        wide: whether its picture is a video cover.
    """

    item_id: str
    title: str
    description: str
    theme: Theme
    style: Style
    drawing: int
    seed: str
    wide: bool


def draw_item(item: Item) -> Image.Image:
    """The item's picture; the same item always gives the same one."""
    return draw_cover(
        item.theme.drawings[item.drawing],
        item.style,
        wide=item.wide,
        setting=item.theme.setting,
        rng=Random(item.seed),
    )


def catalogue(dataset: Dataset, seed: int) -> list[Item]:
    """The items of a data set, in an order that tells nothing."""
    rng = Random(f"{seed}/{dataset.key}/items")
    titles = {theme.key: _titles(theme, dataset.size, rng) for theme in dataset.themes}
    drawings = {theme.key: [0] * len(theme.drawings) for theme in dataset.themes}
    texts = {theme.key: [0] * len(theme.descriptions) for theme in dataset.themes}
    items = []
    for number, (theme, style) in enumerate(_spread(dataset, rng), start=1):
        name, title = dataset.name_item(number), next(titles[theme.key])
        drawing = drawing_for(title, theme, drawings[theme.key])
        drawings[theme.key][drawing] += 1
        text = description_for(title, theme, texts[theme.key])
        if text is not None:
            texts[theme.key][text] += 1
        items.append(
            Item(
                item_id=name,
                title=title,
                description="" if text is None else theme.descriptions[text],
                theme=theme,
                style=style,
                drawing=drawing,
                seed=f"{seed}/{dataset.key}/{name}",
                wide=dataset.wide,
            )
        )
    return items


def _spread(dataset: Dataset, rng: Random) -> list[tuple[Theme, Style]]:
    """Every theme in every style about equally often, every theme and style exactly so."""
    count = len(dataset.themes) * len(STYLES)
    rounds, rest = divmod(dataset.size, count)
    pairs = [(theme, style) for theme in dataset.themes for style in STYLES] * rounds
    extra = rest // len(dataset.themes)
    shift = rng.randrange(len(STYLES))
    for i, theme in enumerate(dataset.themes):
        for k in range(extra):
            pairs.append((theme, STYLES[(i + shift + 2 * k) % len(STYLES)]))
    rng.shuffle(pairs)
    return pairs


def _titles(theme: Theme, most: int, rng: Random) -> Iterator[str]:
    """The theme's titles in a new order; a second round numbers them as a series."""
    order = rng.sample(theme.titles, len(theme.titles))
    for number in range(1, most + 1):
        for title in order:
            yield title if number == 1 else f"{title} ({number})"
