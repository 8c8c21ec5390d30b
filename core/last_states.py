"""The state at each prompt's last token, with what prompts share computed once."""

from typing import Any

import torch
from torch import Tensor
from transformers import DynamicCache

from core.kept_pictures import Layers
from core.packing import pack, packed_attention

BATCH_TOKENS = 8192  # of one batch, padding included


def in_batches(
    model: Any, inputs: dict[str, Tensor], image_id: int | None, start: Layers = ()
) -> Tensor:
    """Hidden state at each row's last prompt position, ``(rows, hidden)``.

    Args:
        model: LLaVA-NeXT, or a text model.
        inputs: right-padded prompts, on the model's device.
        image_id: of the tokens that pictures take the place of.
        start: keys and values of what all rows begin with, as `up_to_picture` gives them.
    """
    past = start[0][0].shape[2] if start else 0
    if start:
        texts = ("input_ids", "attention_mask")  # the picture is in what they start with
        inputs = {name: inputs[name][:, past:] for name in texts}
    longest = int(inputs["attention_mask"].sum(1).max())
    rows = max(1, BATCH_TOKENS // longest)
    return torch.cat(
        [
            _last_states(model, {k: v[at : at + rows] for k, v in inputs.items()}, image_id, start)
            for at in range(0, len(inputs["input_ids"]), rows)
        ]
    )


def _last_states(
    model: Any, inputs: dict[str, Tensor], image_id: int | None, start: Layers
) -> Tensor:
    packed = pack(inputs, image_id, start[0][0].shape[2] if start else 0)
    given: dict[str, Any] = {"use_cache": False}
    if start:  # the cache copies what it is handed and grows on its own
        given = {"use_cache": True, "cache": DynamicCache(start)}
    with packed_attention(model):
        output = model.model(**packed.inputs, **given)
    hidden: Tensor = output.last_hidden_state[0, packed.last]
    return hidden


def up_to_picture(model: Any, inputs: dict[str, Tensor], image_id: int | None) -> Layers:
    """Keys and values of what all rows begin with, up to the end of their common picture."""
    first = {name: value[:1] for name, value in inputs.items()}
    pictured = torch.tensor(image_id, device=first["input_ids"].device)
    end = int(first["input_ids"][0].eq(pictured).nonzero().max()) + 1
    first |= {name: first[name][:, :end] for name in ("input_ids", "attention_mask")}
    output = model.model(**first, use_cache=True)
    return tuple((layer.keys, layer.values) for layer in output.cache.layers)
