"""Files of results: what made them, and what stays when more is written."""

import json
import shlex
import subprocess
import sys
from collections.abc import Container, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from filelock import FileLock

from core.checkpoints import best_dtype
from core.errors import MsrError
from core.files import write_json
from core.results import NOT_OURS, weights_hash
from core.settings import Settings

PACKAGES = ("peft", "scikit-learn", "tasteline", "torch", "transformers")
ROOT = Path(__file__).parent.parent
OF_WEIGHTS = ("weights", "shipped")
CASES = "cases"  # of a protocol: a hash of who is tested on what, by data set
CONTENT = "content"  # the same of what there is to learn from


def provenance_of(module: str, given: Sequence[str]) -> dict[str, Any]:
    """Which command makes a result, today and with what.

    Texts differ a little with the precision that a machine writes them in; margins are float32.
    """
    return {
        "command": f"python -m {module} {shlex.join(given)}",
        "date": datetime.now(UTC).date().isoformat(),
        "versions": {name: version(name) for name in PACKAGES},
        "precision": precision(),
        "commit": commit_of(ROOT),
    }


def of_shipped() -> dict[str, Any]:
    """Which weights were shipped: a result of those of before says so where it is shown."""
    assets = Settings.from_environment().assets
    return {"protocol": {"shipped": weights_hash(assets / "embedded")}}


def versions_in(python: str, names: Sequence[str]) -> dict[str, str]:
    """Of packages that another interpreter has.

    Raises:
        MsrError: if it is none, or lacks one.
    """
    asks = (
        "import json, sys; from importlib.metadata import version; "
        "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
    )
    try:
        found = subprocess.check_output(
            [python, "-c", asks, *names], text=True, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise MsrError(f"{python} is no interpreter that has {', '.join(names)}.") from error
    return dict(json.loads(found))


def precision() -> str:
    """What models learn and write in on this machine."""
    return str(best_dtype()).removeprefix("torch.")


def commit_of(root: Path) -> str | None:
    """The commit of a checkout, marked as dirty if files were edited since; None if it is none.

    Results that were written since count for nothing, but those of a search, which fits go by.
    """
    if not (root / ".git").exists():  # installed, maybe inside of somebody else's checkout
        return None
    try:
        commit = _git(root, "describe", "--always", "--exclude=*", "--abbrev=12")
        edited = _git(root, "diff", "--name-only", "HEAD").splitlines()
    except (OSError, subprocess.CalledProcessError):
        return None
    results = "assets/results/"
    is_dirty = any(not one.startswith(results) or f"{results}tuning_" in one for one in edited)
    return f"{commit}{'-dirty' * is_dirty}"


def _git(root: Path, *command: str) -> str:
    run = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def check_out(file: Path, holds: str) -> dict[str, Any]:
    """What a file of results holds, so that it is known to take more before anything is computed.

    Args:
        file: to be written; it need not be there.
        holds: a key that results of this kind have.

    Raises:
        MsrError: if it cannot be written, or holds something else.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=file.parent):
            pass
        known: Any = json.loads(file.read_text("utf-8")) if file.exists() else {}
    except OSError as error:
        raise MsrError(f"Results cannot be written to {file}: {error.strerror}.") from error
    except ValueError:
        known = None
    if not isinstance(known, dict) or (known and holds not in known):
        raise MsrError(
            f"{file} is there and holds no results of this kind ({holds!r}); name another one, or "
            "remove it."
        )
    return known


def write(file: Path, result: dict[str, Any]) -> None:
    """Write results whole, or not at all; methods that the file already has are kept if they can.

    A file of other weights loses what they wrote or scored; what no weight of ours enters stays,
    without its difference to what did. It can also be added to such a file, which stays as it is.
    """
    with FileLock(file.with_suffix(".lock")):  # another command may write to the same
        _write(file, result)


def _write(file: Path, result: dict[str, Any]) -> None:
    if file.exists() and "methods" in result:
        result = _merged(check_out(file, "methods"), result, file)
    if file.exists() and "searched" in result:  # another search of the same kind beside this one
        known = check_out(file, "searched")
        result |= {part: known.get(part, {}) | result[part] for part in ("searched", "best")}
    write_json(file, result)


def _merged(known: dict[str, Any], result: dict[str, Any], file: Path) -> dict[str, Any]:
    """A result with what stays of those that were there."""
    before, protocol = known.get("protocol", {}), result["protocol"]
    rows = known.get("methods", {})
    if (alike := _is_alike(before, protocol)) and result["methods"].keys() <= NOT_OURS:
        protocol = protocol | before
    elif not alike or any(before.get(key) != protocol.get(key) for key in OF_WEIGHTS):
        rows = {
            name: {key: value for key, value in row.items() if key != "behind"}
            for name, row in rows.items()
            if alike and name in NOT_OURS
        }
        of = "other weights" if alike else "another protocol"
        print(f"{file}: results of {of} are replaced", file=sys.stderr, flush=True)
    _forget_differences(rows, to=result["methods"])
    return result | {"protocol": protocol, "methods": rows | result["methods"]}


def _forget_differences(methods: dict[str, Any], to: Container[str]) -> None:
    """A kept row was paired with what stood in the file before."""
    for row in methods.values():
        if known := row.get("behind"):
            row["behind"] = {name: found for name, found in known.items() if name not in to}


def _is_alike(before: dict[str, Any], protocol: dict[str, Any]) -> bool:
    """Whether two protocols are one but for the weights; files of old tell less of their data."""
    but = {*OF_WEIGHTS, *({CASES, CONTENT} - before.keys())}
    return all(before.get(key) == protocol.get(key) for key in (before | protocol).keys() - but)
