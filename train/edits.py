"""Edits that a visitor might make to a preference, for the checks of what-if (ours)."""

import re

from core.explanation import sentences_of

_START = "such as "
# Other words for the same thing: what a reader would not call a change.
_PARAPHRASES = (
    ("The user appears to have a preference for", "This user seems to prefer"),
    ("They like covers in", "They enjoy covers in"),
    ("The covers they like are in", "They enjoy covers in"),
    ("Now and then also", "Every now and then also"),
    ("No longer", "They no longer want"),
)


def flip_theme(text: str, old: str, new: str) -> str:
    """Say one theme in the place of another."""
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text)


def add_theme(text: str, new: str) -> str:
    """Put a theme at the front of the list of topics; a text without one gets a sentence."""
    before, start, rest = text.partition(_START)
    if not start:
        return f"{text} They like {new}.".strip()
    glue = ", " if "," in sentences_of(rest)[0] or " and " in sentences_of(rest)[0] else " and "
    return f"{before}{start}{new}{glue}{rest}"


def delete_theme(text: str, theme: str) -> str:
    """Take a theme out of every list; a sentence that had nothing else goes too."""
    kept = [_without(sentence, theme) for sentence in sentences_of(text)]
    return " ".join(sentence for sentence in kept if sentence)


def _without(sentence: str, theme: str) -> str:
    word = re.escape(theme)
    if not re.search(rf"\b{word}\b", sentence):
        return sentence
    for glued in (
        rf", {word}(?=,| and )",
        rf"\b{word}, ",
        rf"\b{word} and ",
        rf"(,| and) {word}\b",
    ):
        shorter, count = re.subn(glued, "", sentence)
        if count:
            return shorter
    return ""


def paraphrase(text: str) -> str:
    """Say the same in other words."""
    for old, new in _PARAPHRASES:
        text = text.replace(old, new)
    return text
