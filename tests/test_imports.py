"""The direction of imports: app -> core <- train, and one home for each heavy library."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = (
    "core/adapters.py",
    "core/attention.py",
    "core/decoding.py",
    "core/transformers_model.py",
    "core/checkpoints.py",
    "core/encoding.py",
    "core/kept_pictures.py",
    "core/last_states.py",
    "core/local_models.py",
    "core/packing.py",
    "core/tower.py",
    "core/llava_assembly.py",
    "core/gguf.py",
    "core/gpu_memory.py",
)
HOMES = {
    "torch": (*ENGINE, "train/"),
    "transformers": (*ENGINE, "train/"),
    "peft": (*ENGINE, "train/"),
    "sqlalchemy": ("core/store/",),
    "gradio": ("app/", "app.py"),
    "gradio_client": ("core/space_model.py",),
    "skia": ("train/sample/",),
}


def modules() -> Iterator[tuple[str, set[str]]]:
    for path in (ROOT / "app.py", *ROOT.glob("app/**/*.py"), *ROOT.glob("core/**/*.py"),
                 *ROOT.glob("train/**/*.py")):  # fmt: skip
        names = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                names.add(node.module or "")
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                names |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
        yield path.relative_to(ROOT).as_posix(), names


@pytest.mark.parametrize(("path", "names"), [pytest.param(*m, id=m[0]) for m in modules()])
def test_imports_point_one_way(path: str, names: set[str]) -> None:
    roots = {name.split(".")[0] for name in names}
    package = path.split("/")[0]
    forbidden = {"core": {"app", "train"}, "app": {"train"}, "train": {"app"}}.get(package, set())
    assert not roots & forbidden
    for library, homes in HOMES.items():
        if library in roots:
            assert path.startswith(homes), f"{path} imports {library}; it belongs in {homes}"


def test_rules_see_the_whole_code() -> None:
    found = dict(modules())
    assert "torch" in found["core/transformers_model.py"]
    assert "core.local_models" in found["core/models.py"]
    assert len(found) > 30


@pytest.mark.parametrize("command", ["train.sample", "train.evaluate"])
def test_command_without_the_drawing_engine_says_what_to_install(command: str) -> None:
    start = f"import runpy, sys; sys.modules['skia'] = None; runpy.run_module({command!r})"
    run = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 1
    assert "pip install -e '.[train]'" in run.stderr
    assert "Traceback" not in run.stderr
