"""`python -m train.finetune`: trains the stages of a config, one after the other.

Every stage has a folder in --out: adapter or weights, resolved config, data fingerprint, versions,
losses and their plot. A finished stage is not trained again; a killed one goes on.
"""

import argparse
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, get_args

from accelerate import Accelerator, InitProcessGroupKwargs

from core.checkpoints import fingerprint, load_frozen, made_fast
from core.commands import command
from core.encoding import PromptEncoder
from core.errors import MsrError
from core.image_budget import keep_within
from core.language_model import LanguageModel
from core.llava_assembly import llava_processor
from core.local_models import checkpoint_source, release_models
from core.memory import RememberingModel
from core.mllm_msr import Models
from core.models import load_models
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT, Role, find_profile
from core.results import weights_hash
from core.settings import Settings, sqlite_url
from core.store import Store
from core.transformers_model import TransformersModel
from core.weights import embedded_checkpoint, vision_checkpoint
from train import language, runs, vision
from train.arguments import positive
from train.averaging import train_averaged
from train.config import RATES, STAGES, Config, Given, read_config, refuse_bad_numbers
from train.language import Trained
from train.learners import Loss
from train.loop import Schedule, learning_dtype, leave_together
from train.lora import ADAPTER, write_card
from train.preference_examples import PlantedLife, target_preferences
from train.progress import say
from train.real import real_choices, real_lives
from train.result_files import precision
from train.score_examples import Choice, Phase
from train.splits import content_of, population
from train.worlds import World

ALONE = ("tower", "item-summarizer")  # small, and several processes would draw the same files


class Finetuning:
    """One run of a config: what its stages share."""

    def __init__(self, config: dict[str, Any], out: Path, max_steps: int | None) -> None:
        """Open the store and find the language model's weights."""
        self.config, self.out, self.max_steps = config, out, max_steps
        self.settings = Settings.from_environment()
        self.store = Store(sqlite_url((out / "training.db").resolve()))
        # Before any model: it tells each process its GPU. While the first one writes texts for
        # days, the others wait.
        patient = InitProcessGroupKwargs(timeout=timedelta(days=30))
        self.processes = Accelerator(kwargs_handlers=[patient])
        self.text = Path()
        if set(config) & {"tower", "item-summarizer", "user-summarizer"}:
            self.text = embedded_checkpoint(self.settings.home, say)

    def run(self, stage: str, loss: str | None = None) -> None:
        """Train one stage, unless it is finished; with another loss it has another folder."""
        folder = self.out / (f"{stage}-{loss}" if loss else stage)
        asked = {"loss": loss, "averaged": 1} if loss else {}  # losses are compared in one each
        given = Given(self.config["run"] | self.config[stage] | asked)
        if "phases" in given:
            given["phases"] = [Given(phase) for phase in given["phases"]]
        if "dataset" in given:  # prepared anew, it has other test users, or more to read
            store, name = Store(self.settings.database_url), given["dataset"]
            given["population"] = population(store.user_ids(name), store.item_ids(name))
            given["content"] = content_of(store, name)
            given |= self._met(given["profile"])
        cache = given.pop("cache", str(self.out / "worlds"))  # a path of this machine
        refuse_bad_numbers(given, stage)
        self._cap_steps(stage, given)
        earlier = [self.out / before for before in STAGES[: STAGES.index(stage)]]
        runs.refuse_outdated(folder, earlier)
        if (finished := runs.config_of(folder)) is not None:
            _refuse_another(finished, given, folder)
            say(f"{stage} is finished: {folder}")
            return
        if stage in ALONE and self.processes.num_processes > 1:
            raise MsrError(f"{stage} is trained by one process; start it without accelerate.")
        now = given | {"processes": self.processes.num_processes, "precision": precision()}
        with self.processes.main_process_first():
            before = runs.begun(folder, now)
        _refuse_another(before, now, folder)
        rates = {key: value for key, value in given.items() if key in RATES}
        schedule = Schedule(**rates | {"learning_rate": given["learning_rate"]})
        started = runs.start_clock(folder) if self.processes.is_main_process else 0.0
        trains = {
            "tower": self._tower,
            "item-summarizer": self._item_summarizer,
            "user-summarizer": self._user_summarizer,
            "recommender": self._recommender,
        }
        losses, data = trains[stage](Given(given | {"cache": cache}), schedule, folder)
        if self.processes.is_main_process:
            runs.write_run(folder, given, losses, data, started)
        say(f"{stage} is finished: {folder}")

    def _met(self, profile: str) -> Config:
        """What a real stage reads and learns behind, other than its config says."""
        ours = any(role.adapter for role in find_profile(profile).roles)  # else as published
        return {
            "quantize": bool(self.settings.quantize),
            "image_tokens": self.settings.image_tokens,
            "shipped": weights_hash(self.settings.assets / "embedded") if ours else None,
        }

    def _cap_steps(self, stage: str, given: Given) -> None:
        """Epochs of a recommender are steps once its examples are counted; before they are 0."""
        if stage == "recommender" and "steps" not in given and "epochs" in given:
            given["steps"] = 0
            if self.max_steps:
                given["max_steps"] = self.max_steps
            return
        steps = given["steps"]
        given["steps"] = min(steps, self.max_steps or steps)

    def _tower(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        return vision.train_tower(config, schedule, folder, self.text)

    def _item_summarizer(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        return language.train_item_summarizer(
            config, schedule, folder, self.store, self.text, self._parts
        )

    def _user_summarizer(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        if "dataset" in config:
            return self._real_user_summarizer(config, schedule, folder)
        with self.processes.main_process_first():
            lives, _ = self._lives(config)
        return language.train_user_summarizer(
            config, schedule, folder, self.text, lives, self._user_model
        )

    def _recommender(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        if "dataset" in config:
            return self._real_recommender(config, schedule, folder)
        with self.processes.main_process_first():  # the others find its texts in the store
            phases = [
                Phase(
                    p["share"],
                    self._choices(Given(config | p)),
                    without_image=p.get("without_image", 0.0),
                    without_title=p.get("without_title", 0.0),
                )
                for p in config["phases"]
            ]
        start = self.out / "item-summarizer" / ADAPTER
        train = partial(
            language.train_recommender,
            config,
            model=language.model_with_eyes(self.text, self._parts),
            processor=llava_processor(self.text),
            phases=phases,
            start=start,
            base=VISION_CHECKPOINT,
        )
        return train_averaged(config.get("averaged", 1), schedule, folder, train)

    def _choices(self, config: Config) -> list[Choice]:
        """By preferences that the user summariser writes, or by those that it should write."""
        seed = config["seed"]
        if config["preferences"] == "planted":
            lives, worlds = language.training_lives(config, self.store, seed, None)
            rng = Random(f"{seed}/planted")
            written = [target_preferences(life, rng) for life in lives]
        else:
            lives, worlds = self._lives(config)
            model = self._user_model(self.out / "user-summarizer" / ADAPTER)
            written = language.write_preferences(lives, model)
        return language.planted_choices(
            lives, worlds, written, self.store, seed, hard=config["hard"]
        )

    def _real_recommender(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        """On a prepared data set; item summaries and preferences come from the profile's models."""
        profile = find_profile(config["profile"])
        start = self._shipped(profile.recommender)
        if start is None and config.get("averaged", 1) > 1:
            raise MsrError(
                "The mean of trainings needs an adapter that all of them begin with, and the "
                f"profile {profile.name} has none; leave out `averaged`."
            )
        with self.processes.main_process_first():
            phases = self._real_phases(config)
        release_models()  # two checkpoints of 7B do not fit beside each other
        source = checkpoint_source(profile.recommender.checkpoint, self.settings, say)
        revision = profile.recommender.revision
        model, processor = load_frozen(
            source,
            quantize=bool(self.settings.quantize),
            dtype=learning_dtype(),
            revision=revision,
        )
        if self.settings.image_tokens is not None:  # as it will be asked
            keep_within(model, processor, self.settings.image_tokens)
        train = partial(
            language.train_recommender,
            config,
            model=made_fast(model),
            processor=processor,
            phases=phases,
            start=start,
            base=profile.recommender.checkpoint,
        )
        trained = train_averaged(config.get("averaged", 1), schedule, folder, train)
        if not self.processes.is_main_process:
            return trained
        write_card(
            folder / ADAPTER,
            base=profile.recommender.checkpoint,
            base_sha=fingerprint(source, revision),
            base_weights=fingerprint(source, revision, weights_only=True),
            labels=PromptEncoder(processor, "recommender").label_ids,
            tiles=processor.image_processor.image_grid_pinpoints,
            config=config,
        )
        return trained

    def _real_phases(self, config: Config) -> list[Phase]:
        """By preferences as they should be, or as the run's user summariser, or the profile's."""
        writes = self.out / "user-summarizer" / ADAPTER
        own = writes if "user-summarizer" in self.config else None
        store, models = self._real(config, own)
        lives = real_lives(config, store, models.item_summarizer)
        phases = []
        for phase in config.get("phases", [Given(share=1.0, preferences="own")]):
            if (kind := phase["preferences"]) not in ("target", "own"):
                raise MsrError(
                    f"The config has preferences = {kind!r}; choose of target, own, as long as it "
                    "has a dataset."
                )
            mine = lives[: phase.get("users")]
            if kind == "target":
                rng = Random(f"{config['seed']}/target")
                written = [target_preferences(life, rng) for life in mine]
            else:
                written = language.write_preferences(mine, models.user_summarizer)
            choices = real_choices(mine, written, store, config["seed"])
            phases.append(Phase(phase["share"], choices))
        return phases

    def _real_user_summarizer(self, config: Config, schedule: Schedule, folder: Path) -> Trained:
        """On what a prepared data set's users took together; goes on from what is shipped."""
        writes = find_profile(config["profile"]).user_summarizer
        if writes.checkpoint != TEXT_CHECKPOINT:
            raise MsrError(
                f"[user-summarizer] teaches {TEXT_CHECKPOINT}, and the profile "
                f"{config['profile']} writes preferences with {writes.checkpoint} as published; "
                "leave it out of the config."
            )
        with self.processes.main_process_first():
            store, models = self._real(config, None)
            lives = real_lives(config, store, models.item_summarizer)
        return language.train_user_summarizer(
            config, schedule, folder, self.text, lives, self._user_model, self._shipped(writes)
        )

    def _real(self, config: Config, user_summarizer: Path | None) -> tuple[Store, Models]:
        """Where prepared data sets are, and the profile's models."""
        store = Store(self.settings.database_url)
        name = config["profile"]
        return store, load_models(self.settings, store, say, name, user_summarizer=user_summarizer)

    def _shipped(self, role: Role) -> Path | None:
        return self.settings.assets / "embedded" / role.adapter if role.adapter else None

    @property
    def _parts(self) -> Path:
        return self.out / "tower" / vision.PARTS_FILE

    def _lives(self, config: Config) -> tuple[list[PlantedLife], dict[str, World]]:
        model = self._remembering(
            vision_checkpoint(self.settings.home, self._parts, say),
            VISION_CHECKPOINT,
            self.out / "item-summarizer" / ADAPTER,
        )
        return language.training_lives(config, self.store, config["seed"], model)

    def _user_model(self, adapter: Path) -> LanguageModel:
        return self._remembering(self.text, TEXT_CHECKPOINT, adapter)

    def _remembering(self, source: Path, name: str, adapter: Path) -> LanguageModel:
        model = TransformersModel.load(source, name=name, adapter=adapter)
        return RememberingModel(model, self.store)


def _refuse_another(finished: Config, given: Config, folder: Path) -> None:
    odd = sorted(k for k in {*finished, *given} if finished.get(k) != given.get(k))
    if odd:
        raise MsrError(
            f"{folder} holds a run with {odd[0]} = {finished.get(odd[0])!r}, and this one would "
            f"have {given.get(odd[0])!r}. Name another --out, or remove that folder."
        )


@command
def main(argv: list[str]) -> None:
    """Train what the config names."""
    parser = argparse.ArgumentParser(
        prog="python -m train.finetune",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, required=True, help="TOML, see train/configs")
    parser.add_argument("--stage", choices=STAGES, help="only this one (default: all in order)")
    parser.add_argument(
        "--loss", choices=get_args(Loss), help="another recommender beside that of the config"
    )
    parser.add_argument("--max-steps", type=positive, metavar="N", help="stop every stage early")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    arguments = parser.parse_args(argv)
    config = read_config(arguments.config)
    stages = [stage for stage in STAGES if stage in config]
    if arguments.loss and arguments.stage not in (None, "recommender"):
        raise MsrError(f"--loss is of the recommender, and --stage names {arguments.stage}.")
    asked = "recommender" if arguments.loss else arguments.stage
    if asked and asked not in stages:
        raise MsrError(f"{arguments.config} has no stage [{asked}].")
    arguments.out.mkdir(parents=True, exist_ok=True)
    run = Finetuning(config, arguments.out, arguments.max_steps)
    for stage in [asked] if asked else stages:
        run.run(stage, arguments.loss)
    leave_together()


if __name__ == "__main__":
    sys.exit(main())
