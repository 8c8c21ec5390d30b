"""The state at each prompt's last token, with what prompts share computed once."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.kept_pictures import Layers
from core.packing import pack, packed_attention

BATCH_TOKENS = 8192  # of one batch, padding included


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
    packed = pack(inputs, image_id, starts)
    with packed_attention(model):
        output = model.model(**packed.inputs, use_cache=False)
    hidden: Tensor = output.last_hidden_state[0, packed.last]
    return hidden


def up_to_picture(model: Any, inputs: dict[str, Tensor], image_id: int | None) -> Layers:
    """Keys and values of what one prompt begins with, up to the end of its picture."""
    pictured = torch.tensor(image_id, device=inputs["input_ids"].device)
    end = int(inputs["input_ids"][0].eq(pictured).nonzero().max()) + 1
    inputs = inputs | {name: inputs[name][:, :end] for name in ("input_ids", "attention_mask")}
    output = model.model(**inputs, use_cache=True)
    return tuple((layer.keys, layer.values) for layer in output.cache.layers)
