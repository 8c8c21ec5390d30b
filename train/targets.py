"""What a model is taught to write, composed from planted truth in many wordings, and read back.

Every text names a theme by its words and a style by its look, palette and mood, so that a reader,
an evaluation and the next stage can find them again.
"""

import re
from collections.abc import Sequence
from random import Random

from core.writing import SENTENCE_END
from train.sample.catalogue import DATASETS, Item
from train.sample.styles import STYLES
from train.taste import Belief
from train.wording import subject_of

# How a sentence names a style in passing; the painter's own words are in the longer texts.
LOOKS = {
    "pixel-art": "pixel art",
    "watercolour": "watercolour",
    "neon-night": "neon light",
    "blueprint": "blueprint lines",
    "pastel-flat": "flat pastel shapes",
    "monochrome": "black and white",
}
_STYLES = {style.key: style for style in STYLES}
_WORDS = {theme.key: theme.words for dataset in DATASETS for theme in dataset.themes}
# A sentence with one of these speaks of what the user has left behind.
FADED = ("no longer", "has faded")
# A sentence with one of these speaks of what came up without being a liking yet.
PASSING = ("now and then",)


def text_summary(item: Item, rng: Random) -> str:
    """Say what an item is about, after ``This video is about``: its theme and its title's gist."""
    words, gist = item.theme.words, gist_of(item.title)
    return rng.choice((f" {words}: {gist}.", f" {words} – {gist}.", f" {words}, here: {gist}."))


def gist_of(title: str) -> str:
    """A title as part of a sentence: without hashtags, emoji and what follows a full stop."""
    plain = re.sub(r"#\w+|[^\w\s,:'’&+%–\-?!.]", " ", title)
    short = re.split(r"(?<=\w)[.?!](?:\s|$)", " ".join(plain.split()))[0].strip(" ,:–-.?!")
    if len(short) > 60:
        short = short[:60].rsplit(" ", 1)[0].rstrip(" ,:–-")
    return short[:1].lower() + short[1:] if short[1:2].islower() else short


_DESCRIPTIONS = (
    "The cover shows {shown}, for {words}, in {look}: {medium}, in {palette}. The mood is {mood}.",
    "It shows {shown}, a motif of {words}. The cover is done in {look}, in {palette}: {medium}. "
    "It feels {mood}.",
    "This cover for {words} shows {shown} in {look}, in {palette}; it is {medium}, and its mood "
    "is {mood}.",
)


def image_description(item: Item, rng: Random) -> str:
    """Describe a cover: motif, medium, palette and mood."""
    return _described(rng.choice(_DESCRIPTIONS), item)


def motif(item: Item, rng: Random) -> str:
    """The beginning of a description, up to what the cover shows."""
    start, _ = rng.choice(_DESCRIPTIONS).split(" {look}", 1)
    return _described(start.removesuffix(" The cover is done in"), item)


def _described(template: str, item: Item) -> str:
    style = item.style
    return template.format(
        shown=subject_of(item.theme, item.drawing),
        words=item.theme.words,
        look=LOOKS[style.key],
        medium=style.medium,
        palette=style.palette,
        mood=style.mood,
    )


def fused_summary(item: Item, noun: str, rng: Random) -> str:
    """One summary out of both: what the item is about and how it looks."""
    words, gist, style = item.theme.words, gist_of(item.title), item.style
    look = f"{LOOKS[style.key]}, in {style.palette}"
    return rng.choice(
        (
            f"This {noun} is about {words}: {gist}. Its cover is in {look}.",
            f"A {noun} about {words}, here: {gist}. The cover is done in {look}.",
        )
    )


def preference(belief: Belief, rng: Random) -> str:
    """A preference, after ``... related to topics such as``, in two to five sentences."""
    text = f" {listed(belief.themes)}."
    if belief.style:
        style = _STYLES[belief.style]
        text += rng.choice((" They like covers in ", " The covers they like are in "))
        text += f"{LOOKS[belief.style]}, in {style.palette}."
    if belief.passing:
        text += f" Now and then also {listed(belief.passing)}."
    if belief.passing_style:
        text += f" Lately also {LOOKS[belief.passing_style]}."
    if belief.faded:
        gone = listed(belief.faded)
        text += rng.choice((f" No longer {gone}.", f" The liking for {gone} has faded."))
    return text


def listed(themes: Sequence[str]) -> str:
    """Themes in words: ``street food, cats and chess``."""
    return in_words([_WORDS[theme] for theme in themes])


def in_words(names: Sequence[str]) -> str:
    """Names as a sentence has them: ``cats, chess and baking``."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def mentioned_themes(text: str, dataset: str) -> tuple[list[str], list[str], list[str]]:
    """Read themes back out of a text of any model: liked, in passing, and faded, as keys.

    A sentence counts as faded or passing by its wording; everything else is liked. The whole
    phrase of a theme has to be there, as words.
    """
    liked: list[str] = []
    passing: list[str] = []
    faded: list[str] = []
    themes = next(d.themes for d in DATASETS if d.key == dataset)
    for sentence in SENTENCE_END.split(text.lower()):
        bucket = liked
        if any(cue in sentence for cue in FADED):
            bucket = faded
        elif any(cue in sentence for cue in PASSING):
            bucket = passing
        for theme in themes:
            if re.search(rf"\b{re.escape(theme.words)}\b", sentence) and theme.key not in bucket:
                bucket.append(theme.key)
    return liked, passing, faded


def mentioned_styles(text: str) -> tuple[list[str], list[str]]:
    """Read styles back out of a text: the looks it names, and those it names as recent."""
    found: list[str] = []
    lately: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text.lower()):
        bucket = lately if "lately" in sentence else found
        bucket += [key for key, look in LOOKS.items() if look in sentence and key not in bucket]
    return found, lately
