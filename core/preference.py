"""Stage 2, recurrent user preference inference: a preference rewritten per block (figure 2)."""

from collections.abc import Generator, Mapping, Sequence

from core import prompts
from core.language_model import Decoding, TextGenerator
from core.records import Block, Item, ItemSummary, Preference
from core.streams import Stream
from core.writing import model_text

BLOCK_SIZE = 3  # the paper's number of items per block
DECODING = Decoding(max_new_tokens=96)


def split_blocks(items: Sequence[Item], size: int = BLOCK_SIZE) -> tuple[Block, ...]:
    """Cut a history into blocks of `size`, oldest first; the last one may be shorter.

    Counting from the oldest item keeps every block but the last when an item is appended.
    """
    return tuple(
        Block(number, tuple(items[start : start + size]))
        for number, start in enumerate(range(0, len(items), size), 1)
    )


def infer_preference(
    block: Block,
    summaries: Mapping[str, ItemSummary],
    previous: Preference | None,
    noun: str,
    model: TextGenerator,
    decoding: Decoding = DECODING,
) -> Generator[str, None, Preference]:
    """Write the preference after `block`, given the one before it.

    Args:
        block: the items that are new since `previous`.
        summaries: item id -> summary, for at least the block's items.
        previous: the preference before this block, or None for the first.
        noun: ``video`` or ``product``.
        model: the user summariser.
        decoding: greedy by default, so that a screen can be reproduced.

    Yields:
        The text so far, ever longer.

    Returns:
        The preference, ended at a whole sentence.
    """
    prompt = prompts.preference(
        [summaries[item.item_id].fused.text for item in block.items],
        noun,
        previous.written.text if previous else None,
    )
    text = prompt.answer_start
    yield text
    stream = Stream(model.generate(prompt, decoding))
    for piece in stream:
        text += piece
        yield text
    return Preference(block, model_text(prompt, model, decoding, stream.value))
