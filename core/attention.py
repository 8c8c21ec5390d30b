"""Attention for bfloat16 models on CPUs: in float32, and without a copy of keys for every head.

Plain matrix products in bfloat16 repeat keys and values for every query head and copy them once
more, at every step of decoding; fused attention in bfloat16 is slow on CPUs without matrix units.
Fused attention in float32 does neither, and rounds less.
"""

from typing import Any

from torch import Tensor
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

NAME = "float32"


def _attend(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **options: Any,
) -> tuple[Tensor, None]:
    """As transformers calls it; the mask is boolean, see `sdpa_mask`."""
    attended, _ = sdpa_attention_forward(
        module, query.float(), key.float(), value.float(), attention_mask, **options
    )
    return attended.to(query.dtype), None


AttentionInterface.register(NAME, _attend)
AttentionMaskInterface.register(NAME, sdpa_mask)
