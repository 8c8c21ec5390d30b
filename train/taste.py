"""What can be known of a planted taste after each block: the truth that preferences are held to.

A user's taste is planted; an item outside it now and then is noise. `update` reads a history the
way a careful person would: a theme that comes back is a liking, one that came once may be a whim,
most of all in a look that the user does not like, and one that stays away while another takes its
place has faded.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST_THEMES = 2  # a simulated user likes two things at a time
IN_LOOK = 0.25  # what an item in the user's look says beyond another: a whim has any look


@dataclass(frozen=True, slots=True)
class Belief:
    """What a careful reader believes after a block, all as keys of themes and styles.

    Attributes:
        themes: what the user likes, strongest first.
        passing: what came up and may be a whim.
        style: the look that the user likes.
        passing_style: another look that came up as often in this block.
        faded: themes that this block let go of.
    """

    themes: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    style: str = ""
    passing_style: str = ""
    faded: tuple[str, ...] = ()


def update(belief: Belief, themes: Sequence[str], styles: Sequence[str]) -> Belief:
    """Read one block: the themes and styles of its items, oldest first."""
    counts, look = Counter(themes), belief.style or Counter(styles).most_common(1)[0][0]
    evidence = {theme: 1.0 for theme in belief.passing}
    evidence |= {theme: 2.5 for theme in belief.themes}
    evidence = {theme: 0.6 * known for theme, known in evidence.items()}
    for theme, style in zip(themes, styles, strict=True):
        evidence[theme] = evidence.get(theme, 0.0) + 1.0 + IN_LOOK * (style == look)
    order = sorted(evidence, key=lambda theme: -evidence[theme])
    liked = [t for t in order if evidence[t] >= 1.0][:MOST_THEMES]
    passing = [t for t in order if t not in liked and counts[t]]
    faded = tuple(theme for theme in belief.themes if theme not in liked)
    style, passing_style = _look(
        belief, [s for t, s in zip(themes, styles, strict=True) if t in liked]
    )
    return Belief(
        themes=tuple(liked),
        passing=tuple(passing),
        style=style,
        passing_style=passing_style,
        faded=faded,
    )


def _look(belief: Belief, styles: Sequence[str]) -> tuple[str, str]:
    """The look that is liked and one that may take its place, from what is of the user's taste."""
    counts = Counter(styles)
    if not belief.style:
        return (counts.most_common(1)[0][0], "") if counts else ("", "")
    others = [style for style, _ in counts.most_common() if style != belief.style]
    if not others:
        return belief.style, ""
    rival = max(others, key=lambda style: (counts[style], style == belief.passing_style))
    known = counts[rival] + 0.5 * (rival == belief.passing_style)
    if known >= 2 and not counts[belief.style]:
        return rival, ""
    return belief.style, rival if counts[rival] >= counts[belief.style] else ""
