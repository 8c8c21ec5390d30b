"""From a generation to the text that is shown: whole sentences, with their provenance."""

import re

from core.language_model import Decoding, Generation, TextGenerator
from core.prompts import Prompt
from core.records import ModelText, Provenance

# Titles are full of full stops that end no sentence: "Dr. Strangelove", "Super Mario Bros. 3".
_SHORT = ("Bros", "Dr", "Lt", "Mr", "Mrs", "Ms", "Prof", "Sgt", "St", "Vol", "vs")
_NOT_SHORT = "".join(rf"(?<!\b{word}\.)" for word in _SHORT)
# Chinese and Japanese have no space between sentences.
_UNSPACED = r"(?<=[。！？])\s*(?![。！？」』”’）\s]|$)"
SENTENCE_END = re.compile(rf"(?<=[.!?]){_NOT_SHORT}\s+|{_UNSPACED}", re.IGNORECASE)
_ENDED = re.compile(rf"[.!?。！？]{_NOT_SHORT}[\"')”」』’）]?$", re.IGNORECASE)


def model_text(
    prompt: Prompt,
    model: TextGenerator,
    decoding: Decoding,
    generation: Generation,
    most: int | None = None,
) -> ModelText:
    """Put a generation together with the words it was started with and its provenance.

    Args:
        prompt: what was asked.
        model: who answered.
        decoding: how.
        generation: the answer.
        most: keep at most this many sentences, where the prompt asked for so many.
    """
    whole = " ".join(f"{prompt.answer_start} {generation.text}".split())
    return ModelText(
        text=whole_sentences(whole, most),
        prompt=prompt.shown,
        provenance=Provenance(
            checkpoint=model.checkpoint.name,
            checkpoint_sha=model.checkpoint.sha,
            prompt_version=prompt.version,
            decoding=str(decoding),
            seed=decoding.seed,
            tokens=generation.tokens,
            milliseconds=round(generation.milliseconds, 1),
        ),
    )


def whole_sentences(text: str, most: int | None = None) -> str:
    """Drop a last sentence that the token limit cut in two, unless it is the only one."""
    sentences = SENTENCE_END.split(text.strip())
    if len(sentences) > 1 and not _ENDED.search(sentences[-1]):
        sentences.pop()
    return " ".join(sentences[:most])
