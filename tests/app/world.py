"""A small world to paint: data sets, fake models that ramble as a 135M model does, a story."""

import csv
import itertools
import random
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw

from app.export import Picture
from app.export_static import write_site
from app.handlers import Explore
from app.library import Library
from app.ui import build_demo, launch_options, thumbnails
from core.datasets.sources import microlens_source
from core.errors import WeightsError
from core.fusion import LIVE, Weights
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.mllm_msr import Models, recommend
from core.personas import Persona
from core.prompts import Prompt
from core.recording import Recording
from core.records import Run
from core.rivals import Answer, ask, counted
from core.settings import Settings
from core.store import Store
from core.store.importer import import_dataset
from core.streams import drain
from core.why import Explanation, explain

HOSTILE = '<img src=x onerror="window.hacked=1"> ${1+1} `tick` {{7*7}} </script><b>x</b> \\n'

WATCHED = (
    "Night market noodles: 5 stalls you must try #streetfood",
    "How I fold dumplings in ten seconds 🥟",
    "Grandma's claypot rice, start to finish",
    "广州早茶吃什么？一条街吃到饱",
    "Crispy pancakes on a street cart, 4 a.m. shift",
    "Hand-pulled noodles, slow and loud",
    "Saturn's rings through a garden telescope",
    "What the space probes see today",
    "Building a telescope mount from plywood",
    "A meteor shower, hour by hour",
    "Why rockets shed their stages",
    "Moon craters explained with flour and marbles",
    "The rover that outlived its plan",
)
OTHERS = (
    "Kitten meets a vacuum cleaner for the first time",
    "Free kick tutorial, left foot only",
    "Ten knots every sailor knows",
    "Rebuilding a two-stroke engine in a shed",
    "Ballet basics: five positions",
    "Deep sea creatures that glow",
    "Watercress soup the lazy way",
    "Speed-solving a cube with one hand",
    "Mountain hut to hut, day three",
    "Street drummer stops the traffic",
    "Guidance computer, line by line",
    "How bees decide where to live",
    "Origami crane for absolute beginners",
    "Repairing a mechanical watch, real time",
    "Skateboard tricks from easy to absurd",
    "Ramen broth, 18 hours in 6 minutes",
    "Inside a lighthouse nobody lives in",
    "Chess endings that save half a point",
    "Growing chillies on a balcony",
    "Latte art with a cheap machine",
    "Knife skills for people who hate knives",
    "Counting penguins from orbit",
)
PREFERENCES = (
    "street food and home cooking, particularly noodles and dumplings. They enjoy watching videos "
    "about night market stalls, claypot rice and other traditional dishes that are prepared by "
    "hand. They also appear to be interested in the stories of the people who cook them, and in "
    "videos that are both informative and engaging.",
    "street food, particularly hand-pulled noodles and crispy pancakes. They enjoy watching videos "
    "about night market stalls and morning tea in busy cities. They also appear to be interested "
    "in the history of cooking, and in videos that are both informative and engaging, with a focus "
    "on traditional dishes and fashion design.",
    "videos that are both informative and engaging, with a focus on space exploration and building "
    "things by hand. They enjoy watching videos about Saturn's rings, the space probes and garden "
    "telescopes. They also appear to be interested in street food and in the history of cooking.",
    "space exploration and astronomy, particularly meteor showers, rockets and the moon. They "
    "enjoy watching videos about Saturn's rings and garden telescopes, and they appear to be "
    "interested in science experiments that can be explained with things found in a kitchen. They "
    "also appear to like street food.",
)


@dataclass
class FakeModel:
    """Answers at once, the same way each time; `before_token` lets a test look in or slow it."""

    suffix: str = ""
    before_token: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self._preferences = itertools.cycle(PREFERENCES)

    @property
    def batch_size(self) -> int:
        return 16

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint("SmolLM2-135M-Instruct", f"{'9f2c61a7d04b77aa' * 4}-float32")

    @property
    def sees_images(self) -> bool:
        return False

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        if prompt.kind == "preference":
            text = f" {next(self._preferences)}{self.suffix}"
        else:
            title = prompt.after.split('"')[1].lower()
            text = f" {title} and the people who make it.{self.suffix}"
        for word in text.split(" ")[1:]:
            self.before_token()
            yield f" {word}"
        return Generation(text, len(text.split()), 1900.0)

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        return tuple(drain(self.generate(prompt, decoding)) for prompt in prompts)

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        margins = []
        for prompt in prompts:
            rng = random.Random(prompt.after)
            drift = random.Random(prompt.before).uniform(-0.2, 0.2) if prompt.before else 0.0
            lean = 0.5 if any(w in prompt.after for w in ("orbit", "rover", "penguin")) else 0.0
            margins.append(Margin(rng.uniform(-0.6, 0.3) + drift + lean, 0.02, 210, 12.0))
        return tuple(margins)


def fake_models(model: FakeModel) -> Models:
    """One fake in all three roles."""
    return Models(model, model, model, "preference-first", "embedded")


def write_catalogue(folder: Path, name: str, suffix: str = "") -> None:
    """Write a MicroLens folder: mira's history, thirty others, covers but one."""
    folder.mkdir(parents=True)
    titles = [f"{title}{suffix}" for title in (*WATCHED, *OTHERS)]
    with (folder / f"{name}_titles.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("item", "title"), *enumerate(titles, 1)])
    rng = random.Random(3)
    lines = [f"mira\t{' '.join(map(str, range(1, len(WATCHED) + 1)))}", "short\t1"]
    for number in range(30):
        touched = rng.sample(range(1, len(titles) + 1), 6)
        lines.append(f"u{number:04}\t{' '.join(map(str, touched))}")
    (folder / f"{name}_pairs.tsv").write_text("\n".join(lines) + "\n")
    covers = folder / f"{name}_covers"
    covers.mkdir()
    for number in range(1, len(titles) + 1):
        if number != 4:
            _draw_cover(number).save(covers / f"{number}.webp", quality=70)


def _draw_cover(number: int) -> Image.Image:
    rng = random.Random(number)
    image = Image.new("RGB", (320, 180), tuple(rng.randrange(30, 220) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, r = rng.randrange(320), rng.randrange(180), rng.randrange(12, 70)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    return image


@dataclass(frozen=True)
class World:
    """A prepared store and what was recorded in it."""

    settings: Settings
    store: Store
    recordings: tuple[Recording, ...]

    @property
    def run(self) -> Run:
        """mira's recorded run."""
        return self.recordings[0].run

    @property
    def picture(self) -> Picture:
        """Finds thumbnails of this world's items."""
        return thumbnails(self.store, self.settings.home / "thumbnails")

    def explore(self, model: FakeModel | None = None, *, pace: float = 0.0) -> Explore:
        """Make the page's behaviour over this world."""
        models = fake_models(model or FakeModel())
        personas = [
            Persona(r.run.dataset, r.run.user_id, r.persona, r.line) for r in self.recordings
        ]
        library = Library(self.store, personas, self.recordings)
        base = fake_models(FakeModel("of the base"))
        weighed = {"videos": Weights({"margin": 1.0, "next": 2.0, "popular": 0.5}, -1.0, LIVE)}
        return Explore(
            library, self.store, lambda say: models, lambda say: base, weighed, pace=pace
        )


def make_world(folder: Path, suffix: str = "") -> World:
    """Prepare two data sets and record two users of the first, one of them a miss."""
    settings = replace(
        Settings.from_environment({}),
        home=folder / "home",
        database_url=f"sqlite:///{folder / 'home' / 'tasteline.db'}",
    )
    store = Store(settings.database_url)
    for name in ("clips", "videos"):
        write_catalogue(folder / name, name, suffix)
        import_dataset(store, microlens_source(folder / name, name))
    mira = record(store, "mira", FakeModel(suffix))
    dataset = store.dataset("videos")
    best = max(mira.scores[-1], key=lambda score: score.margin).item_id
    reports = explain(mira, 4, best, dataset, fake_models(FakeModel(suffix)), PREFERENCES[0])
    *_, explanation = reports
    untuned = fake_models(FakeModel(f" Untuned.{suffix}"))
    history = store.history("videos", "mira")
    rivals = (
        drain(ask("zero-shot", history, mira.candidates, lambda _: untuned)),
        counted("popularity", store, mira),
    )
    worst = min(mira.scores[-1], key=lambda score: score.margin).item_id
    miss = replace(mira, user_id="u0001", next_item_id=worst)
    return World(
        settings,
        store,
        (
            _recording(
                mira, f"Mira{suffix}", f"Cooks, then discovers space{suffix}", explanation, rivals
            ),
            _recording(miss, "Jonas", "Mends things at night"),
        ),
    )


def record(store: Store, user_id: str, model: FakeModel) -> Run:
    """Run the whole method for a user with a fake model."""
    history = store.history("videos", user_id)
    *_, last = recommend(history, store.candidates(history), fake_models(model))
    return last.run


def _recording(
    run: Run,
    persona: str,
    line: str,
    explanation: Explanation | None = None,
    rivals: tuple[Answer, ...] = (),
) -> Recording:
    return Recording(
        run=run,
        explanations=(explanation,) if explanation else (),
        rivals=rivals,
        persona=persona,
        line=line,
        checksum="5d41402abc4b2a76b9719d911017c592",
        recorded_at="2026-11-20T14:03:00Z",
        command="python -m train.record --dataset videos",
        versions={"torch": "2.13.0", "transformers": "5.23.0"},
    )


def written_site(world: World, out: Path) -> Path:
    """Write a world's recorded runs as files."""
    write_site(world.explore(), world.recordings, {}, world.picture, out)
    return out


class Server:
    """The demo on a free port; `model` and `fail` steer its live runs."""

    def __init__(self, world: World, suffix: str = "") -> None:
        self.fail: WeightsError | None = None
        self.model = FakeModel(suffix, before_token=lambda: time.sleep(0.01))
        self.explore = world.explore(self.model, pace=0.05)
        load = self.explore._load[True]
        self.explore._load[True] = lambda say: self._raise() if self.fail else load(say)
        self.demo = build_demo(self.explore, world.picture)
        options = launch_options(world.settings, world.picture)
        options |= {"server_name": "127.0.0.1", "server_port": None}
        _, self.url, _ = self.demo.launch(**options, prevent_thread_lock=True, quiet=True)

    def _raise(self) -> None:
        assert self.fail
        raise self.fail
