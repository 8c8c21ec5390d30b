"""What a recommender's adapter was made for and with; kept beside it as ``scorer_card.json``."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import WeightsError
from core.files import write_json

FILE = "scorer_card.json"


@dataclass(frozen=True, slots=True)
class ScorerCard:
    """What an adapter was made with.

    `core.models` holds the first three of these to it, `core.local_models` the fourth.

    Attributes:
        base: name of the checkpoint that it was trained on.
        prompt_version: wording of the question.
        order: of the prompt.
        base_weights: fingerprint of that checkpoint's weights; empty on cards before it was kept.
        base_sha: of all of that checkpoint's files.
        yes_id: token id of the label yes.
        no_id: token id of the label no.
        preference_characters: longest preference that is asked about.
        tiles: picture sizes that a cover is cut to, ``[[height, width], ...]``.
        loss: that it was trained with.
        scale: Platt scaling fitted on validation users: P = sigmoid(scale * margin + shift).
        shift: of the same.
        transformers: version it was trained with.
    """

    base: str
    base_sha: str
    prompt_version: str
    order: str
    yes_id: int
    no_id: int
    preference_characters: int
    tiles: list[list[int]]
    loss: str
    scale: float
    shift: float
    transformers: str
    base_weights: str = ""

    def write(self, adapter: Path) -> None:
        """Put the card beside its adapter."""
        write_json(adapter / FILE, asdict(self))

    @classmethod
    def read(cls, adapter: Path) -> "ScorerCard":
        """Read an adapter's card.

        Raises:
            WeightsError: if there is none, or it is not one.
        """
        try:
            return cls(**json.loads((adapter / FILE).read_text("utf-8")))
        except FileNotFoundError as error:
            raise WeightsError(
                f"The adapter {adapter} has no {FILE}; train it with `python -m train.finetune`."
            ) from error
        except (ValueError, TypeError, OSError, RecursionError) as error:
            raise WeightsError(f"{adapter / FILE} is not a scorer card: {error}") from error

    def check(self, **found: object) -> None:
        """Compare with what the adapter is about to be used with.

        Raises:
            WeightsError: naming the first thing that differs.
        """
        for name, value in found.items():
            if getattr(self, name) != value:
                raise WeightsError(
                    f"The recommender was fine-tuned with {name} {getattr(self, name)!r}, and this "
                    f"Tasteline has {value!r}. Take the adapter that belongs to it."
                )
