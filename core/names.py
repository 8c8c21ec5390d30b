"""What an item is called in a sentence: the short of its title (ours)."""

import re

CHARACTERS = 48
_YEAR = re.compile(r"\(((?:19|20)\d\d)\)")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|#\w+|#")


def name_of(title: str, told: str | None = None) -> str:
    """A title without what a catalogue puts behind it and without hashtags, not too long.

    A year alone stays there: it tells two things of one name apart, and the time of a taste.

    Args:
        title: of the item.
        told: what is known of the item beside; a year that does not stand in it is left out.
    """
    plain = " ".join(_ASIDE.sub(" ", title).split())
    if not plain:  # hashtags or asides alone
        plain = " ".join(title.replace("#", " ").split())
    if len(plain) > CHARACTERS:
        plain = plain[: CHARACTERS + 1].rsplit(" ", 1)[0][:CHARACTERS]
    name = re.sub(r", (The|A|An)$", "", plain.rstrip(" .,:;–-")) or plain
    years = [year for year in _YEAR.findall(title) if told is None or year in told]
    years = [year for year in years if year not in name]
    return f"{name} ({years[-1]})" if years else name
