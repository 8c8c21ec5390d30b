"""`python -m app.export_static --out DIR`: the recorded runs as files that any host can serve.

Everything a visitor can see of a recorded run is painted ahead by the same views as the live page;
`app/assets/static.js` puts the right piece on screen. There is no model behind it, so what needs
one is left out: live runs, measurements, edits.
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from app.experiments import Experiments
from app.export import Picture
from app.handlers import Explore
from app.library import Library, open_store
from app.paint import paint_story
from app.screen import VIEWS, Screen
from app.ui import ASSETS, mount_script, thumbnails
from app.views import compare, page, why
from app.views.evidence import evidence
from app.views.render import render
from core.commands import command
from core.datasets.sources import ensure_sample
from core.errors import MsrError
from core.fusion import measured_weights
from core.models import load_models
from core.personas import read_personas
from core.recording import Recording, load_recordings
from core.results import read_results
from core.rivals import SYSTEMS, System
from core.settings import Settings

MARK = "site.json"  # says that a folder is one of ours
_PAGE = re.compile(r'href="(evidence|about)([#"])')
Recorded = Collection[tuple[str, str]]
"""Data set and user id of every recorded run."""
_COVER = re.compile(r'(src="covers/[^"/]+/[^"]+)"')


@command
def main(argv: list[str]) -> None:
    """Write the site and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m app.export_static", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder, new or an earlier export")
    out = parser.parse_args(argv).out
    settings = Settings.from_environment()
    store, _ = open_store(settings)  # all of it is recorded
    ensure_sample(store, settings.assets)
    recordings, refused = load_recordings(settings.assets / "recordings")
    library = Library(store, read_personas(settings.assets / "sample"), recordings)
    results = read_results(settings.assets / "results")
    load = partial(load_models, settings, store)
    weights = measured_weights(results, settings.profile)
    explore = Explore(library, store, load, load, weights)
    picture = thumbnails(store, settings.home / "thumbnails")
    size = write_site(explore, recordings, results, picture, out)
    for line in refused:
        print(f"left out: {line}", file=sys.stderr)
    print(f"{len(recordings)} recorded runs, {size / 1e6:.1f} MB: serve {out} with any file host.")


def write_site(
    explore: Explore,
    recordings: Sequence[Recording],
    results: Mapping[str, Any],
    picture: Picture,
    out: Path,
) -> int:
    """Write the pages, a JSON file for each recorded run, and the covers they show.

    Returns:
        Bytes written.

    Raises:
        MsrError: if there is nothing to show, or the folder holds something else.
    """
    if not recordings:
        raise MsrError("There is no recorded run to export. `python -m train.record` makes some.")
    if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
        raise MsrError(f"{out} is not empty and no earlier export. Choose another --out.")
    css = (ASSETS / "page.css").read_text("utf-8")
    people = [(person.dataset, person.user_id) for person in explore.library.personas]
    known = {(r.run.dataset, r.run.user_id) for r in recordings}
    ordered = [one for one in people if one in known] + sorted(known.difference(people))
    screens = [explore.library.open(*one) for one in ordered]  # as on the page
    runs = [{"dataset": s.run.dataset, "user": s.run.user_id} for s in screens]
    first = explore.library.first()
    start = next((n for n, screen in enumerate(screens) if screen.run is first.run), 0)
    stories = [_story(explore, screen, known) for screen in screens]
    files: dict[str, str | bytes] = {MARK: json.dumps(runs)}
    for at, story in zip(runs, stories, strict=True):
        files[f"stories/{at['dataset']}/{at['user']}.json"] = json.dumps(story, ensure_ascii=False)
    scripts = {"mount": mount_script(), "script": (ASSETS / "static.js").read_text("utf-8")}
    files["index.html"] = render(
        "static.html", css=css, story=stories[start], start=start, runs=runs, **scripts
    )
    files["evidence.html"] = _linked(evidence(results, recordings, css, live=False))
    files["about.html"] = _linked(render("about.html", css=css, live=False))
    for screen in screens:
        for item in (*screen.run.history, *screen.run.candidates):
            thumbnail = picture(screen.run.dataset, item.item_id)
            if thumbnail:
                files[f"covers/{screen.run.dataset}/{item.item_id}.webp"] = thumbnail
    for name in files:  # made of user and item ids, and a recording may come from anywhere
        if not (out / name).resolve().is_relative_to(out.resolve()):
            raise MsrError(f"A recorded run would be written outside of {out}: {name!r}.")
    for folder in ("stories", "covers"):
        shutil.rmtree(out / folder, ignore_errors=True)  # what is recorded no more
    return sum(_write(out / name, content) for name, content in files.items())


def _story(explore: Explore, screen: Screen, recorded: Recorded) -> dict[str, Any]:
    """Every piece of the page for one recorded run."""
    desk = Experiments(explore)
    known = [system for system in SYSTEMS if _answers(desk, screen, system)]
    pairs = {}
    for left, right in product(known, repeat=2):
        chosen = desk.choose(desk.choose(screen, "left", left), "right", right)
        pairs[f"{left} {right}"] = _linked(compare.compare(chosen))
    blocks = [screen.at(block) for block in range(1, len(screen.blocks) + 1)]
    reasons = [
        {
            item.item_id: _linked(why.why(replace(at, picked=item.item_id)))
            for item in screen.run.candidates
        }
        for at in blocks
    ]
    return {
        "shown": [{view: _painted(replace(at, view=view)) for view in VIEWS} for at in blocks],
        "picker": _recorded_only(explore.library, screen, recorded),
        "picked": [at.picked_id for at in blocks],
        "why": reasons,
        "systems": known,
        "compare": pairs,
    }


def _painted(screen: Screen) -> dict[str, str]:
    pieces = paint_story(screen)._asdict().items()
    return {name: _linked(str(piece)) for name, piece in pieces}


def _answers(desk: Experiments, screen: Screen, system: System) -> bool:
    """Whether a system has answered, or needs no model to do so."""
    try:
        return desk.choose(screen, "left", system).answer(system) is not None
    except MsrError:
        return False


def _recorded_only(library: Library, screen: Screen, recorded: Recorded) -> str:
    """The picker without data sets and people that have nothing recorded."""
    state = library.picker(screen)
    names = {dataset for dataset, _ in recorded}
    kept = tuple(dataset for dataset in state.datasets if dataset.name in names)
    people = tuple(p for p in state.people if (state.dataset, p.user_id) in recorded)
    return page.picker(replace(state, datasets=kept, people=people))


def _linked(painted: str) -> str:
    """With the addresses that files have."""
    return _COVER.sub(r'\1.webp"', _PAGE.sub(r'href="\1.html\2', painted))


def _write(path: Path, content: str | bytes) -> int:
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


if __name__ == "__main__":
    sys.exit(main())
