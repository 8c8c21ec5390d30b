"""The embedded profile's eyes: a small convolutional tower in the place of CLIP's (ours).

CLIP came with convolutional towers as well as transformers. At a few million parameters and an
hour of a CPU, convolutions see and a transformer does not yet (docs/decisions.md has both). The
class is registered with transformers, so that LLaVA-NeXT's own class builds, saves and loads it.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutputWithPooling


class ConvTowerConfig(PretrainedConfig):  # type: ignore[misc]  # transformers is not typed
    """Sizes of the tower.

    Attributes:
        widths: channels after each halving of the picture.
        image_size: side of a view in pixels.
        patch_size: side of the square that one token stands for, in pixels.
        normalized: whether batch norms are still there; they are folded away after training.
    """

    model_type = "tasteline_conv_tower"

    def __init__(
        self,
        widths: tuple[int, ...] = (32, 64, 128, 192),
        image_size: int = 96,
        patch_size: int = 32,
        normalized: bool = False,
        **options: Any,
    ) -> None:
        """Keep the sizes; LLaVA-NeXT asks for `hidden_size`."""
        self.widths = list(widths)
        self.image_size = image_size
        self.patch_size = patch_size
        self.normalized = normalized
        self.hidden_size = self.widths[-1]
        super().__init__(**options)


class ConvTower(PreTrainedModel):  # type: ignore[misc]  # transformers is not typed
    """Residual convolutions on a sixteenth of the picture's side, averaged over the picture.

    A view has as many tokens as patches. They share what was seen and differ in their place, so
    that the projector can make each of them another word about the picture.
    """

    config_class = ConvTowerConfig
    main_input_name = "pixel_values"

    def __init__(self, config: ConvTowerConfig) -> None:
        """Build the layers."""
        super().__init__(config)
        stages: list[nn.Module] = []
        before = 3
        for number, width in enumerate(config.widths):
            stages.append(_Convolution(before, width, 2, config.normalized))
            if number:
                stages.append(_Residual(width, config.normalized))
            before = width
        self.stages = nn.Sequential(*stages)
        patches = (config.image_size // config.patch_size) ** 2
        self.places = nn.Parameter(torch.randn(patches, config.hidden_size))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Leave torch's own initialisation."""

    def forward(self, pixel_values: Tensor, **_: Any) -> BaseModelOutputWithPooling:
        """Look at views.

        Args:
            pixel_values: ``(rows, 3, side, side)``, from -1 to 1.

        Returns:
            The tokens' features, ``(rows, patches, hidden)``, as the only hidden state, and what
            they share, ``(rows, hidden)``, as ``pooler_output``.
        """
        found = self.stages(pixel_values.contiguous(memory_format=torch.channels_last))
        seen = found.mean((2, 3))
        tokens = self.placed(seen)
        return BaseModelOutputWithPooling(
            last_hidden_state=tokens, pooler_output=seen, hidden_states=(tokens,)
        )

    def placed(self, seen: Tensor) -> Tensor:
        """Tokens of what was seen: ``(rows, hidden)`` to ``(rows, patches, hidden)``."""
        return seen[:, None] + self.places


class _Convolution(nn.Module):
    def __init__(self, before: int, after: int, stride: int, normalized: bool) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(before, after, 3, stride, 1, bias=not normalized)
        self.norm = nn.BatchNorm2d(after) if normalized else nn.Identity()

    def linear(self, given: Tensor) -> Tensor:
        found: Tensor = self.norm(self.convolution(given))
        return found

    def forward(self, given: Tensor) -> Tensor:
        return functional.relu(self.linear(given))


class _Residual(nn.Module):
    def __init__(self, width: int, normalized: bool) -> None:
        super().__init__()
        self.first = _Convolution(width, width, 1, normalized)
        self.second = _Convolution(width, width, 1, normalized)

    def forward(self, given: Tensor) -> Tensor:
        return functional.relu(given + self.second.linear(self.first(given)))


def without_norms(tower: ConvTower) -> ConvTower:
    """The same function with every batch norm folded into its convolution."""
    plain = ConvTower(ConvTowerConfig(**{**tower.config.to_dict(), "normalized": False}))
    plain.places = tower.places
    pairs = zip(_convolutions(tower.eval()), _convolutions(plain), strict=True)
    for normalized, bare in pairs:
        assert isinstance(normalized.norm, nn.BatchNorm2d)
        folded = fuse_conv_bn_eval(normalized.convolution, normalized.norm)
        bare.convolution.load_state_dict(folded.state_dict())
    return plain


def _convolutions(tower: ConvTower) -> list[_Convolution]:
    return [module for module in tower.modules() if isinstance(module, _Convolution)]


AutoConfig.register(ConvTowerConfig.model_type, ConvTowerConfig)
AutoModel.register(ConvTowerConfig, ConvTower)
