"""The state at each prompt's last token, with what prompts share computed once."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from transformers import DynamicCache

from core.kept_pictures import Layers
from core.packing import pack, packed_attention

BATCH_TOKENS = 8192  # of one batch, padding included
PAST_TOKENS = 4 * BATCH_TOKENS  # that one batch follows: 4 GB of a 7B's keys and values


def in_batches(
    model: Any, inputs: dict[str, Tensor], image_id: int | None, starts: Sequence[Layers] = ()
) -> Tensor:
    """Hidden state at each row's last prompt position, ``(rows, hidden)``.

    Args:
        model: LLaVA-NeXT, or a text model.
        inputs: right-padded prompts, on the model's device.
        image_id: of the tokens that pictures take the place of.
        starts: keys and values of what each row follows, as `up_to_picture` gives them; none where
            the rows are whole prompts.
    """
    longest = int(inputs["attention_mask"].sum(1).max())
    rows = max(1, BATCH_TOKENS // longest)
    return torch.cat(
        [
            _last_states(
                model,
                {k: v[at : at + rows] for k, v in inputs.items()},
                image_id,
                starts[at : at + rows],
            )
            for at in range(0, len(inputs["input_ids"]), rows)
        ]
    )


def _last_states(
    model: Any, inputs: dict[str, Tensor], image_id: int | None, starts: Sequence[Layers]
) -> Tensor:
    given: dict[str, Any] = {"use_cache": False}
    pasts = None
    if starts:
        cache, pasts = _side_by_side(starts)
        given = {"use_cache": True, "cache": cache}
    packed = pack(inputs, image_id, pasts)
    with packed_attention(model):
        output = model.model(**packed.inputs, **given)
    hidden: Tensor = output.last_hidden_state[0, packed.last]
    return hidden


def _side_by_side(starts: Sequence[Layers]) -> tuple[DynamicCache, list[range]]:
    """A copy of different starts' keys and values in one row, and where each prompt's are."""
    distinct = {id(start): start for start in starts}
    places, end = {}, 0
    for key, start in distinct.items():
        places[key] = range(end, end + length(start))
        end += length(start)
    cache = DynamicCache()
    for number, layer in enumerate(zip(*distinct.values(), strict=True)):  # no second copy of all
        keys, values = (torch.cat(part, 2) for part in zip(*layer, strict=True))
        cache.update(keys, values, number)
    return cache, [places[id(start)] for start in starts]


def length(start: Layers) -> int:
    """Tokens that these keys and values are of."""
    return int(start[0][0].shape[2])


def up_to_picture(model: Any, inputs: dict[str, Tensor], image_id: int | None) -> Layers:
    """Keys and values of what one prompt begins with, up to the end of its picture."""
    pictured = torch.tensor(image_id, device=inputs["input_ids"].device)
    end = int(inputs["input_ids"][0].eq(pictured).nonzero().max()) + 1
    inputs = inputs | {name: inputs[name][:, :end] for name in ("input_ids", "attention_mask")}
    output = model.model(**inputs, use_cache=True)
    return tuple((layer.keys, layer.values) for layer in output.cache.layers)
