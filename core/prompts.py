"""Every prompt of the method, with its version and its place in the paper.

The wording follows the paper (figures 2 and 3 and the section "Multimodal Item Summarization");
app, training and evaluation all use these functions, so a model is asked the same way everywhere.
Change a sentence and raise its version: remembered outputs are keyed by the prompt itself, the
version says on screen which wording made a text.

Titles, descriptions and model texts are untrusted: `quote` takes out what could end a turn,
open a picture slot or change the reading direction.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.covers import Cover
from core.records import Item, TextKind

TITLE_CHARACTERS = 160
DESCRIPTION_CHARACTERS = 500
SUMMARY_CHARACTERS = 400
PREFERENCE_CHARACTERS = 1500
PICTURE, ANSWER_STARTS = "<image>\n", "\n\n[answer starts with]"  # where a prompt is shown

PREFERENCE_FIRST = "recommend-2p"  # version of the preference-first question
IMAGE_FIRST = "recommend-1"  # of the image-first one
PromptOrder = Literal["preference-first", "image-first"]
QUESTIONS: Mapping[str, str] = {"preference-first": PREFERENCE_FIRST, "image-first": IMAGE_FIRST}

JOINERS = "\u200c\u200d"  # between letters of Persian, and the parts of an emoji
# Role and turn markers of the chat templates we know, and <image>, which opens a picture slot.
MARKERS = re.compile(r"<\|[^|<>]{0,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<image>|<empty_output>", re.I)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One user turn, at most one picture in it, and the first words of the answer.

    Attributes:
        kind: what the answer is.
        version: of the wording, shown beside every output.
        before: text before the picture.
        cover: the picture, or None for a text-only turn.
        after: text after the picture.
        answer_start: words put into the model's mouth; part of the text that is shown.
    """

    kind: TextKind | Literal["score"]
    version: str
    before: str = ""
    cover: Cover | None = None
    after: str = ""
    answer_start: str = ""

    @property
    def shown(self) -> str:
        """The prompt as a person reads it, with ``<image>`` where the picture goes."""
        picture = PICTURE if self.cover else ""
        answer = f"{ANSWER_STARTS} {self.answer_start}" if self.answer_start else ""
        return f"{self.before}{picture}{self.after}{answer}"


def quote(text: str, limit: int) -> str:
    """Make untrusted text safe to quote: one line, no markers, at most `limit` characters."""
    text, previous = text[: 8 * limit], None  # or a text of nested markers would take minutes
    while previous != text:  # taking one marker out may join the halves of another
        previous, text = text, MARKERS.sub(" ", text)
    visible = "".join(
        " " if unicodedata.category(c)[0] in "CZ" and c not in JOINERS else c for c in text
    )
    line = " ".join(visible.split()).replace('"', "'")
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def text_summary(item: Item, noun: str) -> Prompt:
    """Ask for the text summary of an item (paper: text summarization prompt)."""
    description = quote(item.description, DESCRIPTION_CHARACTERS)
    about = f'\nIts description is: "{description}"' if description else ""
    return Prompt(
        kind="text_summary",
        version="text-summary-1",
        after=f'The title of a {noun} is: "{quote(item.title, TITLE_CHARACTERS)}"{about}\n'
        f"In one short sentence, what is this {noun} about?",
        answer_start=f"This {noun} is about",
    )


def image_description(cover: Cover, noun: str) -> Prompt:
    """Ask for the image description of a cover (paper: image description prompt)."""
    return Prompt(
        kind="image_description",
        version="image-description-1",
        cover=cover,
        after=f"Please describe the cover of this {noun} in one continuous paragraph: its content, "
        "colours, objects, text and notable elements, in one or two sentences.",
    )


def fusion(item: Item, noun: str, summary: str, description: str) -> Prompt:
    """Ask for one summary out of both (paper: fusion prompt)."""
    return Prompt(
        kind="fusion",
        version="fusion-1",
        after=f'Two notes about one {noun}, "{quote(item.title, TITLE_CHARACTERS)}":\n'
        f"Text: {quote(summary, SUMMARY_CHARACTERS)}\n"
        f"Picture: {quote(description, SUMMARY_CHARACTERS)}\n"
        "Please combine them into one summary of one or two sentences that keeps both the "
        "content and the visual style.",
    )


def preference(summaries: Sequence[str], noun: str, previous: str | None) -> Prompt:
    """Ask for the preference after one block (paper: figure 2); the first has no `previous`.

    The figure lists the items before the previous preference; we put them after it, next to the
    question, because a small model writes about what it read last (docs/decisions.md).

    Args:
        summaries: fused summaries of the block's items, oldest first.
        noun: ``video`` or ``product``.
        previous: the preference before this block, or None.
    """
    verb, likes = ("watched", "content") if noun == "video" else ("bought", "products")
    listed = "\n".join(f"- {quote(summary, SUMMARY_CHARACTERS)}" for summary in summaries)
    known, also = "", ""
    if previous is not None:
        known = f"[User's Previous Preference]\n{quote(previous, PREFERENCE_CHARACTERS)}\n\n"
        also = " as well as the known user's previous preference"
    return Prompt(
        kind="preference",
        version="preference-1",
        after=f"{known}"
        f"Below is a chronological summary list of {noun}s recently {verb} by a user:\n{listed}\n\n"
        f"Based on the content and visual style of the {noun}s listed above{also}"
        f", please summarize the user's preferences. Name the concrete subjects of these {noun}s.",
        answer_start=f"The user appears to have a preference for {likes} related to topics such as",
    )


def recommend(
    preference_text: str, item: Item, cover: Cover | None, noun: str, order: PromptOrder
) -> Prompt:
    """Ask whether the user would interact with a candidate (paper: figure 3).

    ``image-first`` is the paper's order. ``preference-first`` (ours) moves all that the candidates
    of a user share to the front, the question included, so that it is computed once; only picture
    and title are left for each. A checkpoint keeps the order it was fine-tuned with.
    """
    title = quote(item.title, TITLE_CHARACTERS)
    given = f"the cover image and the title of a {noun}" if cover else f"the title of a {noun}"
    task = (
        f"You will be given {given} and the summarized preference of a user, and your task is to "
        f"predict whether the user would interact with the {noun}. Please only respond 'yes' or "
        "'no' based on your judgment.\n\nBased on the previous interaction history, the user's "
        f'preference can be summarized as: "{quote(preference_text, PREFERENCE_CHARACTERS)}"\n\n'
    )
    if order == "image-first":
        question = (
            f"Please predict whether this user would interact with the {noun} at the next "
            f'opportunity. The {noun}\'s title is "{title}"'
            + (f", and the given image is this {noun}'s cover." if cover else ".")
            + " Answer 'yes' or 'no'."
        )
        return Prompt("score", IMAGE_FIRST, cover=cover, after=task + question)
    question = (
        f"Please predict whether this user would interact with the following {noun} at the next "
        "opportunity. Answer 'yes' or 'no'.\n\n"
    )
    return Prompt(
        "score", PREFERENCE_FIRST, before=task + question, cover=cover, after=f'Title: "{title}"'
    )


def titles_only(history: Sequence[Item], item: Item, noun: str) -> Prompt:
    """Ask the same of a user's bare titles: the question of TALLRec (Bao et al., 2023).

    Args:
        history: oldest first.
        item: the candidate.
        noun: ``video`` or ``product``.
    """
    verb = "watched" if noun == "video" else "bought"
    titles = ", ".join(f'"{quote(one.title, TITLE_CHARACTERS)}"' for one in history)
    return Prompt(
        "score",
        "titles-only-1",
        before=f"A user has {verb} these {noun}s, oldest first: {titles}.\n\n"
        f"Please predict whether this user would interact with the following {noun} at the next "
        "opportunity. Answer 'yes' or 'no'.\n\n",
        after=f'Title: "{quote(item.title, TITLE_CHARACTERS)}"',
    )
