"""LoRA adapters: found, checked, and put into a base model or beside it."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from huggingface_hub import snapshot_download
from peft import PeftConfig, PeftModel, PeftType, get_peft_model_state_dict
from safetensors import safe_open

from core.checkpoints import fingerprint
from core.errors import WeightsError
from core.hub import or_one_line
from core.kept_pictures import KeptPictures

WEIGHTS = "adapter_model.safetensors"
CHANGES_OTHERS = (  # settings of PEFT that reach beyond the layers an adapter adds
    "alora_invocation_tokens",
    "layer_replication",
    "megatron_config",
    "modules_to_save",
    "target_parameters",
    "trainable_token_indices",
)


def find_adapter(source: str) -> Path:
    """The folder of a LoRA adapter: one that is here, or one on the Hugging Face Hub.

    Args:
        source: a folder, ``owner/name``, or ``owner/name@commit``.

    Raises:
        WeightsError: if it cannot be had, or holds no safetensors; pickles are refused, since
            opening one runs what it says.
    """
    with or_one_line(f"The adapter {source} is no folder here, nor to be had"):
        folder = Path(source).expanduser()
        if not folder.is_dir():
            name, _, commit = source.partition("@")
            given = snapshot_download(
                name, revision=commit or None, allow_patterns=["*.json", WEIGHTS]
            )
            folder = Path(given)
    if not (folder / WEIGHTS).is_file():
        raise WeightsError(
            f"The adapter {source} has no {WEIGHTS}; weights in pickles are refused. Save "
            "it as safetensors."
        )
    return folder


def merged(model: Any, adapter: Path) -> Any:
    """A base model with an adapter added to its weights; as fast as without one.

    Raises:
        WeightsError: if the adapter is not one for this model, which is spoilt then.
    """
    with or_one_line(f"The adapter {adapter} could not be loaded"):
        tuned = _injected(model, adapter, "default")
        _fill(tuned, adapter, "default")
        return tuned.merge_and_unload()


class SharedWeights:
    """A base model, adapters beside its weights, and what it made of pictures, all held once.

    The model answers one question at a time, as it was published or with one of them.
    """

    def __init__(self, model: Any, picture_bytes: int | None = None) -> None:
        """Take a base model; it stays as it is until an adapter comes.

        Args:
            model: as it was loaded.
            picture_bytes: to keep of pictures, see `KeptPictures`.
        """
        self.model = model
        self.pictures = KeptPictures(picture_bytes)
        self._tuned: PeftModel | None = None
        self._lock = threading.Lock()

    def add(self, adapter: Path) -> str:
        """Put an adapter beside the weights; one that is refused leaves no trace.

        Returns:
            Its fingerprint, by which it is asked for.

        Raises:
            WeightsError: if it is not one for this model, or changes what others share.
        """
        _stands_beside(adapter)
        with or_one_line(f"The adapter {adapter} could not be loaded"), self._lock:
            name = fingerprint(adapter)
            if self._tuned is None:
                tuned = _injected(self.model, adapter, name)
                undo = tuned.unload
            elif name in self._tuned.peft_config:
                return name
            else:
                tuned = self._tuned
                undo = partial(_forget, tuned, name)
            try:
                _fill(tuned, adapter, name)
            except BaseException:
                undo()
                raise
            self._tuned = tuned.eval()
        return name

    def forget_pictures(self) -> None:
        """Let go of what is kept of pictures, while no question is being answered."""
        with self._lock:
            self.pictures.forget()

    @contextmanager
    def answering(self, adapter: str | None) -> Generator[None, None, None]:
        """Have the model to oneself, with one adapter or with none, for as long as this lasts."""
        with self._lock:
            if self._tuned is not None:
                if adapter is None:
                    self._tuned.base_model.disable_adapter_layers()
                else:
                    self._tuned.base_model.enable_adapter_layers()
                    self._tuned.set_adapter(adapter, inference_mode=True)
            yield


def _injected(model: Any, adapter: Path, name: str) -> PeftModel:
    """A model with an adapter's layers, which do nothing yet."""
    config = PeftConfig.from_pretrained(adapter)
    config.inference_mode = True
    return PeftModel(model, config, name, autocast_adapter_dtype=False)


def _fill(tuned: PeftModel, adapter: Path, name: str) -> None:
    """Load an adapter's weights, and see that each has its place.

    PEFT would drop those that have none without a word and leave the base model's scores.
    """
    tuned.load_adapter(adapter, name, autocast_adapter_dtype=False)
    found = _names(adapter)
    wanted = set(get_peft_model_state_dict(tuned, adapter_name=name, save_embedding_layers=False))
    if found != wanted:
        odd = sorted(found ^ wanted)
        raise WeightsError(
            f"The adapter {adapter} does not fit its model: {len(odd)} weights differ, the first "
            f"is {odd[0]}."
        )


def _forget(tuned: PeftModel, name: str) -> None:
    if name in tuned.peft_config:
        tuned.delete_adapter(name)


def _stands_beside(adapter: Path) -> None:
    """Refuse what would change the base model's own answers, or a head that is read directly."""
    with or_one_line(f"The adapter {adapter} could not be loaded"):
        config = PeftConfig.from_pretrained(adapter)
        head = any(".lm_head." in name for name in _names(adapter))
    plain = config.peft_type == PeftType.LORA and not any(
        getattr(config, setting, None) for setting in CHANGES_OTHERS
    )
    plain &= getattr(config, "bias", "none") == "none"  # others change weights as they are put in
    # New layers add nothing, so that one which is refused half-way leaves no trace, either.
    plain &= getattr(config, "init_lora_weights", True) is True
    if head or not plain:
        raise WeightsError(
            f"The adapter {adapter} changes the model's head, its biases or its base weights, so "
            "that it cannot stand beside them. Train one of the language model's layers alone."
        )


def _names(adapter: Path) -> set[str]:
    """Of an adapter's weights, out of the file's header alone."""
    with safe_open(adapter / WEIGHTS, "pt") as file:
        return set(file.keys())
