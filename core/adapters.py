"""LoRA adapters: found, checked, and put into a base model or beside it."""

import itertools
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError
from peft import PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file

from core.errors import WeightsError, first_line
from core.kept_pictures import KeptPictures

WEIGHTS = "adapter_model.safetensors"


def find_adapter(source: str) -> Path:
    """The folder of a LoRA adapter: one that is here, or one on the Hugging Face Hub.

    Raises:
        WeightsError: if it cannot be had, or holds no safetensors; pickles are refused, since
            opening one runs what it says.
    """
    folder = Path(source).expanduser()
    try:
        if not folder.is_dir():
            folder = Path(snapshot_download(source, allow_patterns=["*.json", WEIGHTS]))
    except (OSError, ValueError, HfHubHTTPError) as error:
        raise WeightsError(
            f"The adapter {source} is no folder here, nor to be had: {first_line(error)}"
        ) from error
    if not (folder / WEIGHTS).is_file():
        raise WeightsError(
            f"The adapter {source} has no {WEIGHTS}; weights in pickles are refused. Save "
            "it as safetensors."
        )
    return folder


def merged(model: Any, adapter: Path) -> Any:
    """A base model with an adapter added to its weights; as fast as without one.

    Raises:
        WeightsError: if the adapter is not one for this model.
    """
    return SharedWeights(model).add(adapter).merge_and_unload()


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
        self._names: dict[Path, str] = {}  # that PEFT knows the adapters by
        self._numbers = itertools.count()  # one that did not fit has spent its name
        self._lock = threading.Lock()

    def add(self, adapter: Path) -> PeftModel:
        """Put an adapter beside the weights, known by its folder.

        Raises:
            WeightsError: if it cannot be read, or any of its weights has no place in the model;
                PEFT would drop those without a word and leave the base model's scores.
        """
        with self._lock:
            if adapter not in self._names:
                name = f"adapter-{next(self._numbers)}"
                self._tuned = self._loaded(adapter, name).eval()
                self._names[adapter] = name
            return self._tuned

    def _loaded(self, adapter: Path, name: str) -> PeftModel:
        options = {"adapter_name": name, "autocast_adapter_dtype": False}
        try:
            tuned = self._tuned
            if tuned is None:
                tuned = PeftModel.from_pretrained(self.model, adapter, **options)
            else:
                tuned.load_adapter(adapter, **options)
            found = set(load_file(adapter / WEIGHTS))
        except (OSError, ValueError, RuntimeError) as error:
            raise WeightsError(
                f"The adapter {adapter} could not be loaded: {first_line(error)}"
            ) from error
        wanted = set(
            get_peft_model_state_dict(tuned, adapter_name=name, save_embedding_layers=False)
        )
        if found != wanted:
            odd = sorted(found ^ wanted)
            raise WeightsError(
                f"The adapter {adapter} does not fit its model: {len(odd)} weights differ, the "
                f"first is {odd[0]}."
            )
        return tuned

    @contextmanager
    def answering(self, adapter: Path | None) -> Generator[None, None, None]:
        """Have the model to oneself, with one adapter or with none, for as long as this lasts."""
        with self._lock:
            if self._tuned is not None:
                if adapter is None:
                    self._tuned.base_model.disable_adapter_layers()
                else:
                    self._tuned.base_model.enable_adapter_layers()
                    self._tuned.set_adapter(self._names[adapter])
            yield
