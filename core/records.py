"""What the stages hand to each other: frozen records, never database rows or tensors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Layout = Literal["microlens", "amazon"]
Variant = Literal["recurrent", "direct", "text-only"]
TextKind = Literal["text_summary", "image_description", "fusion", "preference"]
NOUNS: Mapping[Layout, str] = {"microlens": "video", "amazon": "product"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A prepared data set; `root` is the folder that its items' covers are relative to."""

    name: str
    layout: Layout
    root: Path
    users: int = 0
    items: int = 0
    interactions: int = 0

    @property
    def noun(self) -> str:
        """What an item is called in prompts and on screen."""
        return NOUNS[self.layout]


@dataclass(frozen=True, slots=True)
class Item:
    """Something a user watched or bought.

    Attributes:
        item_id: unique within its data set.
        title: untrusted text, as published.
        description: untrusted text; empty where the data set has none.
        cover: picture file relative to the data set's root, or None.
    """

    item_id: str
    title: str
    description: str = ""
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What the model may read of a user, oldest first, and the item that came next."""

    dataset: Dataset
    user_id: str
    items: tuple[Item, ...]
    next_item: Item


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a model output comes from.

    Attributes:
        checkpoint: name of the model, for example ``SmolLM2-135M-Instruct``.
        checkpoint_sha: SHA-256 of its weights, or the revision they came from, that of an adapter
            if there is one, and the precision they were used in: ``ca4d...-float32``.
        prompt_version: version of the template that made the prompt.
        decoding: ``greedy``, or ``sample`` with its parameters; of scores which margin it is.
        seed: of the sampling; 0 when greedy.
        tokens: generated tokens, or the prompts' tokens for scores.
        milliseconds: wall time of the model call.
    """

    checkpoint: str
    checkpoint_sha: str
    prompt_version: str
    decoding: str
    seed: int
    tokens: int
    milliseconds: float

    @property
    def weights(self) -> str:
        """For people: the first eight digits of checkpoint's and adapter's hash, and how they ran.

        ``ca4d1f00+9b2e77aa 4bit bfloat16``: in 4 bit, what is computed in bfloat16.
        """
        parts = self.checkpoint_sha.split("-")
        hashes = "+".join(part[:8] for part in parts if len(part) >= 32)
        return " ".join([hashes, *(part for part in parts if len(part) < 32)]).strip()


@dataclass(frozen=True, slots=True)
class ModelText:
    """A text that a model wrote, the prompt it answered, and its provenance."""

    text: str
    prompt: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """Stage 1: one item in words.

    `image_description` is None when no picture was read, and `no_image` then says why.
    `fused` is the text summary itself when there was nothing to fuse it with.
    """

    item_id: str
    text_summary: ModelText
    image_description: ModelText | None
    fused: ModelText
    no_image: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of consecutive history items; `index` counts from 1."""

    index: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """Stage 2: what the model believes the user likes after reading a block."""

    block: Block
    written: ModelText


@dataclass(frozen=True, slots=True)
class Score:
    """Stage 3: one candidate under one preference.

    Attributes:
        margin: logit(yes) - logit(no), in nats.
        p_yes: sigmoid(margin); relative to the candidates shown, never a chance of a click.
        label_mass: probability that the model's first token is a label at all.
        rank: from 1; equal margins share the worst rank among them.
    """

    item_id: str
    margin: float
    p_yes: float
    label_mass: float
    rank: int


@dataclass(frozen=True, slots=True)
class ScorePrompt:
    """What the first candidate's prompt was; the others differ in title and picture.

    `provenance` is of the whole block: its milliseconds are those of all candidates.
    """

    prompt: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the method for one user; it grows block by block while it is live.

    Attributes:
        candidates: the items scored, in drawn order; `next_item_id` is one of them.
        preferences: one per block read so far.
        scores: for each preference scored, the candidates in their drawn order.
        score_prompts: for each of `scores`, what was asked.
        seconds: wall time by stage.
    """

    dataset: str
    layout: Layout
    user_id: str
    profile: str
    variant: Variant
    history: tuple[Item, ...]
    next_item_id: str
    candidates: tuple[Item, ...]
    summaries: tuple[ItemSummary, ...] = ()
    preferences: tuple[Preference, ...] = ()
    scores: tuple[tuple[Score, ...], ...] = ()
    score_prompts: tuple[ScorePrompt, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def noun(self) -> str:
        """What an item is called in prompts and on screen."""
        return NOUNS[self.layout]
