"""What an item is called in a sentence: the short of its title (ours)."""

import re

CHARACTERS = 48
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|#\w+|#")


def name_of(title: str) -> str:
    """A title without what a catalogue puts behind it and without hashtags, not too long."""
    plain = " ".join(_ASIDE.sub(" ", title).split()) or title.strip("# ")
    if len(plain) > CHARACTERS:
        plain = plain[: CHARACTERS + 1].rsplit(" ", 1)[0][:CHARACTERS]
    return re.sub(r", (The|A|An)$", "", plain.rstrip(" .,:;–-"))
