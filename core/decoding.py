"""Texts of one prompt or several, decoded in step; those that have ended leave the batch (ours).

transformers decodes a batch until the longest of its texts ends, and its continuous batching is
made for GPUs: here it takes longer than that (docs/decisions.md).
"""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence
from transformers import (
    DynamicCache,
    DynamicLayer,
    LogitsProcessorList,
    RepetitionPenaltyLogitsProcessor,
    SuppressTokensLogitsProcessor,
    TemperatureLogitsWarper,
    TopPLogitsWarper,
)

from core import attention
from core.errors import MsrError
from core.language_model import Decoding
from core.packing import pack, packed_attention


@torch.inference_mode()
def decode(
    model: Any,
    encoded: dict[str, Tensor],
    image_id: int | None,
    decoding: Decoding,
    ended: Callable[[list[int]], bool],
) -> Iterator[list[list[int]]]:
    """Write on from each prompt.

    Args:
        model: LLaVA-NeXT, or a text model.
        encoded: right-padded prompts, on the model's device.
        image_id: of the tokens that pictures take the place of; never written.
        decoding: how tokens are chosen.
        ended: whether a text ends with its last token.

    Raises:
        MsrError: if the library that computes is another one than this was written for.

    Yields:
        After every step, the token ids of every text so far, in the order of the prompts; the same
        lists each time.
    """
    packed, cache = pack(encoded, image_id), DynamicCache()
    with packed_attention(model):
        read = model.model(**packed.inputs, cache=cache, use_cache=True)
    if cache.get_seq_length() != len(packed.parent):  # all that comes after would be nonsense
        raise MsrError(
            "This transformers does not fill the cache that it is given; install the release that "
            "pyproject.toml asks for."
        )
    states = read.last_hidden_state[0, packed.last]
    exact = model.config.get_text_config()._attn_implementation == attention.NAME
    seen = _stretch(cache, packed.paths, decoding.max_new_tokens, exact)
    given, held = encoded["input_ids"], encoded["attention_mask"].bool()
    before = given.where(held, given[:, :1])  # what a repetition penalty looks at
    choose = _choice(decoding, image_id, states.device)
    texts: list[list[int]] = [[] for _ in packed.paths]
    rows = list(range(len(texts)))
    for left in reversed(range(decoding.max_new_tokens)):
        chosen = choose(before, model.lm_head(states).float())
        for row, token in zip(rows, chosen.tolist(), strict=True):
            texts[row].append(token)
        yield texts
        going = [place for place, row in enumerate(rows) if not ended(texts[row])]
        if not going or not left:
            return
        if len(going) < len(rows):
            rows = [rows[place] for place in going]
            still = torch.tensor(going, device=chosen.device)
            chosen, before, seen = chosen[still], before[still], seen[still]
            cache.batch_select_indices(still)
        before = torch.cat([before, chosen[:, None]], 1)
        seen = torch.cat([seen, seen.new_ones(len(seen), 1)], 1)
        states = model.model(
            input_ids=chosen[:, None],
            attention_mask=seen,
            position_ids=seen.sum(1, keepdim=True) - 1,
            cache=cache,
        ).last_hidden_state[:, -1]


class _Rows(DynamicLayer):  # type: ignore[misc]
    """Keys and values of one layer, a row for each text, with room for what will be written.

    transformers copies all of them at every step, and attention in float32 (`core.attention`)
    copied them once more; its static layers give what is still empty, too.
    """

    def __init__(self, keys: Tensor, values: Tensor, room: int) -> None:
        """Take what was read, ``(rows, heads, length, size)``, and how many tokens may follow."""
        super().__init__()
        self.lazy_initialization(keys, values)
        self._kept = [functional.pad(of, (0, 0, 0, room)) for of in (keys, values)]
        self._cut(keys.shape[2])

    def update(
        self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any
    ) -> tuple[Tensor, Tensor]:
        """Write what was read last behind the rest, and give all."""
        place = slice(self.keys.shape[2], self.keys.shape[2] + key_states.shape[2])
        for kept, new in zip(self._kept, (key_states, value_states), strict=True):
            kept[:, :, place] = new
        return self._cut(place.stop)

    def batch_select_indices(self, indices: Tensor) -> None:
        """Only these rows go on."""
        self._kept = [kept[indices] for kept in self._kept]
        self._cut(self.keys.shape[2])

    def _cut(self, length: int) -> tuple[Tensor, Tensor]:
        self.keys, self.values = (kept[:, :, :length] for kept in self._kept)
        return self.keys, self.values


def _stretch(cache: Any, paths: list[Tensor], room: int, exact: bool) -> Tensor:
    """Give every prompt a row of its own keys and values, padded on the left.

    Args:
        cache: of a pack, ``(1, heads, nodes, size)`` in every layer.
        paths: the nodes of each prompt.
        room: how many tokens may follow.
        exact: whether attention is in float32.

    Returns:
        Which places of a row hold something, int64, ``(rows, longest)``.
    """
    nodes = pad_sequence(paths, batch_first=True, padding_side="left")
    for number, layer in enumerate(cache.layers):
        read = (layer.keys.float(), layer.values.float()) if exact else (layer.keys, layer.values)
        keys, values = (of[0][:, nodes].transpose(0, 1) for of in read)
        cache.layers[number] = _Rows(keys, values, room)
    held = [torch.ones_like(path) for path in paths]
    return pad_sequence(held, batch_first=True, padding_side="left")


def _choice(
    decoding: Decoding, image_id: int | None, device: torch.device
) -> Callable[[Tensor, Tensor], Tensor]:
    """Chooses a token for every row, by what was read and written before and its logits."""
    change = LogitsProcessorList()
    if decoding.repetition_penalty != 1:
        change.append(RepetitionPenaltyLogitsProcessor(decoding.repetition_penalty))
    if image_id is not None:
        change.append(SuppressTokensLogitsProcessor([image_id]))
    if decoding.temperature == 0:
        return lambda before, logits: change(before, logits).argmax(-1)
    change.append(TemperatureLogitsWarper(decoding.temperature))
    change.append(TopPLogitsWarper(decoding.top_p))
    chance = torch.Generator(device).manual_seed(decoding.seed)

    def drawn(before: Tensor, logits: Tensor) -> Tensor:
        shares: Tensor = change(before, logits).softmax(-1)
        return shares.multinomial(1, generator=chance)[:, 0]

    return drawn
