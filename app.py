"""Start the demo: ``python app.py``. A Hugging Face Space starts it the same way."""

import functools
import sys

from app import zero_gpu
from app.arenas import share_arenas
from app.handlers import Explore
from app.library import Library, open_store
from app.ui import build_demo, launch_options, thumbnails
from core.datasets.sources import ensure_sample
from core.errors import MsrError
from core.fusion import measured_weights
from core.hub import what_is_missing
from core.models import load_models
from core.personas import read_personas
from core.profiles import find_profile
from core.recording import load_recordings
from core.results import read_results
from core.settings import Settings


def main() -> None:
    """Open the store, read the recorded runs, and serve the page."""
    share_arenas()
    settings = Settings.from_environment()
    store, missing = open_store(settings)
    ensure_sample(store, settings.assets)
    recordings, refused = load_recordings(settings.assets / "recordings")
    here = not settings.remote_urls and not zero_gpu.is_here()  # else the models are elsewhere
    library = Library(
        store,
        read_personas(settings.assets / "sample"),
        recordings,
        notes=[*missing, *refused],
        no_models=what_is_missing(find_profile(settings.profile)) if here else (),
    )
    load = functools.partial(load_models, settings, store)
    base = functools.partial(load, adapters=False)
    if zero_gpu.is_here():
        load, base = functools.partial(load, hosted=zero_gpu.hosted), zero_gpu.not_lent
    results = read_results(settings.assets / "results")
    weights = measured_weights(results, settings.profile) if settings.as_shipped else {}
    explore = Explore(library, store, load, base, weights)
    if zero_gpu.is_here() or settings.lend:
        # ZeroGPU: what is not there at the launch gets no GPU
        explore.load_ahead(print, once=zero_gpu.is_here())
    picture = thumbnails(store, settings.home / "thumbnails")
    demo = build_demo(explore, picture, lend=settings.lend)
    options = launch_options(settings, picture, recordings)
    try:
        demo.launch(**options)
    except OSError as error:  # Gradio's own words name settings that are not ours
        raise MsrError(
            f"{settings.host or 'This machine'} cannot be listened on at port {settings.port}. Set "
            "TASTELINE_PORT to a free one and TASTELINE_HOST to an address of this machine."
        ) from error


if __name__ == "__main__":
    try:
        main()
    except (MsrError, OSError) as error:  # OSError: of a file or folder
        sys.exit(f"error: {error}")
