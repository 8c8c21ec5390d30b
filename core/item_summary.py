"""Stage 1, item summarization: one item in words (paper: "Multimodal Item Summarization")."""

from collections.abc import Generator, Iterable

from core import prompts
from core.covers import open_cover
from core.errors import CoverError
from core.language_model import Decoding, LanguageModel, TextGenerator
from core.prompts import Prompt
from core.records import Dataset, Item, ItemSummary, ModelText
from core.streams import drain
from core.waves import in_waves
from core.writing import SENTENCE_END, model_text

DECODING = Decoding(max_new_tokens=64)
MOST_TEXTS = 3  # of an item: its text, its picture, both
BLIND = "This model does not see images."
SILENT = "The model said nothing about this picture."
TEXT_ONLY = "The text-only variant leaves the picture out."


def summarize_item(
    item: Item, dataset: Dataset, model: TextGenerator, *, read_image: bool = True
) -> ItemSummary:
    """Summarise an item's text and picture apart, bring both to a similar length, and fuse them.

    A picture that cannot be read costs the item its image description, never the run; the reason
    is kept in `no_image`. Nothing is fused then: the fused summary is the text summary.
    """
    noun = dataset.noun
    text = write(prompts.text_summary(item, noun), model, most=1)
    no_image = "" if read_image else TEXT_ONLY
    if not model.sees_images:
        no_image = BLIND
    cover = None
    if not no_image:
        try:
            cover = open_cover(dataset, item)
        except CoverError as error:
            no_image = str(error)
    if cover is None:
        return ItemSummary(item.item_id, text, None, text, no_image)
    image = write(prompts.image_description(cover, noun), model)
    if not image.text:
        return ItemSummary(item.item_id, text, None, text, SILENT)
    short_text, short_image = calibrate(text.text, image.text)
    fused = write(prompts.fusion(item, noun, short_text, short_image), model)
    if not fused.text:  # or the item would be a blank line of its block
        fused = text
    return ItemSummary(item.item_id, text, image, fused)


def summarize_items(
    items: Iterable[Item], dataset: Dataset, model: LanguageModel, *, read_image: bool = True
) -> Generator[int, None, list[ItemSummary]]:
    """Summarise several items in a few batches, each item once; alike to one after the other.

    Yields:
        How many texts were written, after every batch.
    """
    jobs = [
        lambda ahead, item=item: summarize_item(item, dataset, ahead, read_image=read_image)
        for item in {item.item_id: item for item in items}.values()
    ]
    return (yield from in_waves(jobs, model))


def write(prompt: Prompt, model: TextGenerator, most: int | None = None) -> ModelText:
    """Generate one short text, at most so many sentences of it."""
    generation = drain(model.generate(prompt, DECODING))
    return model_text(prompt, model, DECODING, generation, most)


def calibrate(text: str, description: str) -> tuple[str, str]:
    """Bring two summaries to a similar length, so that neither modality drowns the other.

    Paper: "the outputs of text summarization and image description are calibrated to similar
    lengths". The longer one loses whole sentences from its end while what stays is at least as
    long as the shorter one. What is still longer than one and a half times the shorter one, and
    than 40 characters, is cut there, between words.
    """
    limit = min(len(text), len(description))
    return _shorten(text, limit), _shorten(description, limit)


def _shorten(text: str, length: int) -> str:
    sentences = SENTENCE_END.split(text)
    while len(sentences) > 1 and len(" ".join(sentences[:-1])) >= length:
        sentences.pop()
    kept = " ".join(sentences)
    longest = max(40, length * 3 // 2)
    return kept if len(kept) <= longest else kept[:longest].rsplit(" ", 1)[0] + "…"
