"""The themes of a preference, and which texts support them.

Reads the model's own text and nothing else: no second model, no list of expected themes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

from core.writing import SENTENCE_END

_LONGEST_THEME = 3  # words
_LONGEST_RUN = 4  # content words; a longer run is a list without commas, not a phrase

# Scripts that write no spaces; one character is one word there.
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{CJK}]+|[^\W\d_{CJK}][^\W{CJK}]*(?:['’\-][^\W{CJK}]+)*")

_FUNCTION_WORDS = """
a about above across after again against ago all almost along already also although always am among
an and another any anything are around as at away back be because been before behind being below
between both but by came can cannot could did do does doing done down during each either else enough
especially etc even ever every everything few first for found from further get gets getting give
given go goes going had has have having he hence her here hers him his how however i if in instead
into is it its itself just last least less let like likely likes liked made mainly make makes making
many may me might more most much must my near need neither never next no nor not nothing now of off
often on once one only onto or other others our out over own per perhaps quite rather really same
say see seem seems seen several shall she should since so some something sometimes still such take
taken takes than that the their theirs them then there these they thing things this those though
through thus to together too toward towards two three under until up upon us use used uses using
usually various very was way ways we well were what when where whether which while who whole whom
whose why will with within without would yet you your yours
""".split()

# Words that a preference is made with, whatever the user likes.
_BOILERPLATE = """
ability able activities activity additionally aim allow allows appeal appealing appeals appear
appears aspect aspects attention attract attracted based bring bringing brings called categories
category certain choice choices choose chooses choosing chosen clear combination content cover
covers create creating creative deep deeply demonstrate demonstrates describe described describes
designed different discussed easy educational element elements engaging enhance enjoy enjoying
enjoys entertaining enthusiast example examples exciting experience experienced experiences
explore exploring express expressed favorite favorites favourite favourites feature features
featuring focus focused focuses following form fun genre genres help helping helps highlight
highlighting highlights history implies imply implying importance important include included
includes including indicate indicates individual informative interest interested interesting
interests item items kind known lately learn learning list listed look looking lot love loves
mention mentioned moment moments multiple named new offer ones option options overall particular
particularly past people person popular potential potentially prefer preference preferences
preferred prefers previous product products provide provides purchased range recent recently
relate related seek seeking seem seems sense showcase showcases showcasing showing shows similar
specific strong style styles suggest suggesting suggests summaries summary theme themed themes
themselves title titled titles top topic topics type types understand understanding unique user
user's users variety video videos view viewer viewing visual visually visuals want wants watch
watched watching way ways well wide world
""".split()
# A sentence that says what the user has left behind names no theme of the preference.
_LEFT_BEHIND = re.compile(r"\b(?:no longer|has faded|have faded)\b", re.I)
_STOP_WORDS = frozenset(_FUNCTION_WORDS) | frozenset(_BOILERPLATE)

# A streamed page is painted four times a second, and little of it is new each time.
_remembered = lru_cache(maxsize=256)


@dataclass(frozen=True, slots=True)
class Theme:
    """A short phrase of a preference and the word stems that it is recognised by.

    Attributes:
        phrase: as a screen shows it.
        stems: of its content words.
        is_name: whether it is the name of an item, which is that item and no other.
    """

    phrase: str
    stems: frozenset[str]
    is_name: bool = False

    def matches(self, other: "Theme") -> bool:
        """Say whether two phrases are one theme: they share at least half of the longer one."""
        if self.is_name or other.is_name:
            return self.phrase == other.phrase
        longer = max(len(self.stems), len(other.stems))
        return 2 * len(self.stems & other.stems) >= longer

    def supported_by(self, stems: frozenset[str]) -> bool:
        """Say whether a text with these stems is about this theme: it has at least half of them."""
        return 2 * len(self.stems & stems) >= len(self.stems)


@dataclass(frozen=True, slots=True)
class ThemeChanges:
    """Themes of a preference against the one before it."""

    gained: tuple[Theme, ...]
    kept: tuple[Theme, ...]
    lost: tuple[Theme, ...]


@_remembered
def find_themes(text: str, names: tuple[str, ...] = ()) -> tuple[Theme, ...]:
    """Find the phrases of a preference: runs of up to three content words, in reading order.

    Args:
        text: a preference, or a part of one.
        names: of items; where one stands in the text, it is a phrase, however long.
    """
    themes: list[Theme] = []
    for part, is_name in _named_parts(_what_is_left(text), names):
        for phrase in [part] if is_name else map(_phrase, _content_runs(part)):
            theme = Theme(phrase, stems_of(phrase), is_name)
            if (theme.stems or is_name) and not any(theme.matches(known) for known in themes):
                themes.append(theme)
    return tuple(themes)


def _what_is_left(text: str) -> str:
    sentences = SENTENCE_END.split(text)
    return " ".join(one for one in sentences if not _LEFT_BEHIND.search(one))


def compare_themes(before: str, after: str, names: tuple[str, ...] = ()) -> ThemeChanges:
    """Sort the themes of two preferences into gained, kept and lost; `names` as above."""
    old, new = find_themes(before, names), find_themes(after, names)
    old_stems, new_stems = (stems_of(_what_is_left(text)) for text in (before, after))
    kept = tuple(t for t in new if _present(t, old, old_stems))
    return ThemeChanges(
        gained=tuple(t for t in new if t not in kept),
        kept=kept,
        lost=tuple(t for t in old if not _present(t, new, new_stems)),
    )


def find_support(theme: Theme, texts: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Find which texts, given as stems, support a theme that is no name; positions from 0."""
    return tuple(n for n, stems in enumerate(texts) if theme.supported_by(stems))


@_remembered
def stems_of(text: str) -> frozenset[str]:
    """Reduce a text to the stems of its content words."""
    return frozenset(stemmer("english").stemWords(_content_words(text)))  # it is not thread-safe


def _present(theme: Theme, themes: Iterable[Theme], stems: frozenset[str]) -> bool:
    if any(theme.matches(other) for other in themes):
        return True
    return not theme.is_name and theme.stems <= stems


def _named_parts(text: str, names: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Cut a text at the names in it; what is a name says so."""
    known = sorted(filter(None, names), key=len, reverse=True)  # the whole, not its beginning
    if not known:
        return [(text, False)]
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, known))})(?!\w)"
    return [(part, bool(odd % 2)) for odd, part in enumerate(re.split(pattern, text))]


def _phrase(run: Sequence[str]) -> str:
    return " ".join(run[-_LONGEST_THEME:] if len(run) <= _LONGEST_RUN else run[:_LONGEST_THEME])


def _is_content(word: str) -> bool:
    return word not in _STOP_WORDS and (len(word) > 2 or not word.isascii())


def _content_words(text: str) -> list[str]:
    return [word for word in _lowered_words(text) if _is_content(word)]


def _lowered_words(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _content_runs(text: str) -> list[list[str]]:
    """Cut a text at punctuation and function words; what is left between them are the runs."""
    runs: list[list[str]] = []
    for clause in re.split(r"[^\w\s'\-]+", _plain(text)):
        run: list[str] = []
        for word in [*_lowered_words(clause), ""]:
            if word and _is_content(word):
                run.append(word)
            elif run:
                runs.append(run)
                run = []
    return runs
