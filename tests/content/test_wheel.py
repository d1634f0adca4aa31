"""The wheel carries the content, the same content, and nothing else: built, installed, and run from inside its zip."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from healthcheck_cli.content.load import find_content, load_content

pytest.importorskip("hatchling")

CHECKOUT = Path(__file__).parents[2]
PACKED = ("pyproject.toml", "README.md", "LICENSE", "healthcheck_cli", "checklists", "drug_rules")
SCRATCH = (
    "drug_rules/scratch.txt",
    "drug_rules/medicines/notes.yaml.bak",
    "drug_rules/rules/.half-done.yaml",
    "checklists/sections/old.yaml~",
    "checklists/facts/table.csv",
    "healthcheck_cli/try.csv",
    "healthcheck_cli/cli/.main.py.swp",
)
PRINT_HASH = """
import sys
sys.path.insert(0, sys.argv[1])
from healthcheck_cli.content.load import find_content, load_content
print(load_content(find_content()).sha256)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout that has scratch files lying about."""
    copy = tmp_path_factory.mktemp("copy")
    for name in PACKED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    for name in SCRATCH:
        (copy / name).write_text("scratch", encoding="utf-8")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"], copy)
    (built,) = (copy / "out").glob("*.whl")
    return built


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def content_hash(place: Path, folder: Path) -> str:
    """The hash of the content that the package at ``place`` finds by itself, in a process of its own."""
    return run([sys.executable, "-I", "-c", PRINT_HASH, str(place)], folder)


def test_the_wheel_holds_the_same_content_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    run([*pip, "--disable-pip-version-check", "--target", str(installed), str(wheel)], tmp_path)
    here = load_content(find_content(CHECKOUT)).sha256
    assert content_hash(installed, tmp_path) == here
    assert content_hash(wheel, tmp_path) == here  # from inside the zip


def test_every_module_and_content_file_is_shipped_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "healthcheck_cli").rglob("*.py")}
    content = {
        f"healthcheck_cli/_content/{path.relative_to(CHECKOUT)}"
        for folder in ("checklists", "drug_rules")
        for path in (CHECKOUT / folder).rglob("*.yaml")
        if not path.name.startswith(".")
    }
    assert shipped >= modules | content
    beside = shipped - modules - content
    assert {Path(name).suffix for name in beside} <= {".lark", ".txt", ".json", ".j2"}
    assert not [name for name in shipped if Path(name).name.startswith(".")]
    assert not [name for name in shipped for scratch in SCRATCH if name.endswith(scratch)]
