"""Tests leave alone what is the user's: settings, caches, network and GPU.

Databases are SQLite always, and PostgreSQL where TASTELINE_TEST_POSTGRES names a server.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

for name in [name for name in os.environ if name.startswith("TASTELINE_")]:
    if name != "TASTELINE_TEST_POSTGRES":
        del os.environ[name]
SCRATCH = tempfile.mkdtemp(prefix="tasteline-tests-")
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ |= {name: SCRATCH for name in ("TASTELINE_HOME", "GRADIO_TEMP_DIR")}
os.environ |= {"CUDA_VISIBLE_DEVICES": "", "HF_HUB_OFFLINE": "1", "RAY_ADDRESS": "local"}
if "PYTEST_XDIST_WORKER" in os.environ:  # processes side by side: a core for each
    os.environ.setdefault("OMP_NUM_THREADS", "1")

SERVER = os.environ.get("TASTELINE_TEST_POSTGRES", "")
needs_server = pytest.mark.skipif(not SERVER, reason="TASTELINE_TEST_POSTGRES names no server")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_server)])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A function that gives the URL of an empty database, another one at every call."""
    if request.param == "sqlite":
        numbers = count()
        yield lambda: f"sqlite:///{tmp_path / f'store{next(numbers)}.db'}"
        return
    url, made = make_url(SERVER), []
    engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def create() -> str:
        made.append(f"tasteline_{uuid4().hex}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return url.set(database=made[-1]).render_as_string(hide_password=False)

    yield create
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
