"""Python in the pages: every public name has its paragraph, and what stands there runs."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

import scorta as sc
from scorta.report import VIEW_NAMES

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("README.md", "docs/look-up/python.md", "docs/do/plan-again.md", "docs/do/ask-what-if.md")
CLASSES = (sc.Case, sc.Plan, sc.Answer)


def paragraphs(root: Path) -> dict[str, str]:
    """Return what stands under each heading that is a name."""
    page = (root / "docs" / "look-up" / "python.md").read_text(encoding="utf-8")
    parts = re.split(r"^#+ (.*)$", page, flags=re.MULTILINE)
    return {head.strip("`"): body for head, body in zip(parts[1::2], parts[2::2], strict=True) if head.startswith("`")}


def public(kind: type) -> dict[str, Any]:
    """Return what a class of the door defines itself, but for what every object has."""
    return {name: value for name, value in vars(kind).items() if not name.startswith("_")}


def test_every_name_has_its_paragraph(root: Path) -> None:
    """Functions, classes and errors, the methods of each class and its properties; and nothing that there is not."""
    found = paragraphs(root)
    methods = {
        f"{kind.__name__}.{name}"
        for kind in CLASSES
        for name, value in public(kind).items()
        if inspect.isfunction(value) or isinstance(value, classmethod)
    }
    assert set(found) == set(sc.__all__) | methods
    for kind in CLASSES:
        fields = [*public(kind), *(name for name in kind.__dataclass_fields__ if not name.startswith("_"))]
        bodies = "".join(body for name, body in found.items() if name.partition(".")[0] == kind.__name__)
        assert [name for name in fields if f".{name}" not in bodies and f"{kind.__name__}.{name}" not in found] == []


def test_every_word_of_a_function_is_told(root: Path) -> None:
    """Each parameter stands in the paragraph of its function or method."""
    found = paragraphs(root)
    doors = {name: getattr(sc, name) for name in sc.__all__ if inspect.isfunction(getattr(sc, name))}
    doors |= {f"{kind.__name__}.{name}": getattr(kind, name) for kind in CLASSES for name in public(kind)}
    for name, door in doors.items():
        if callable(door):
            words = inspect.signature(door).parameters.values()
            named = [word.name for word in words if word.name != "self" and word.kind == word.KEYWORD_ONLY]
            assert [word for word in named if f"{word}" not in found[name]] == [], name


def test_every_view_is_named(root: Path) -> None:
    """The page lists the views of `scorta show`, in their order."""
    listed = paragraphs(root)["Plan"].partition("<!-- views -->")[2].partition("\n\n")[0]
    assert re.findall(r"`plan\.(\w+)`", listed) == list(VIEW_NAMES)


@pytest.fixture
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder in which the examples lie."""
    (tmp_path / "examples").symlink_to(root / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", PAGES)
def test_python_in_a_page_runs(name: str, root: Path) -> None:
    """The blocks of a page, one after the other, as a reader types them."""
    blocks = BLOCK.findall((root / name).read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, name, "exec"), names)


def test_no_page_with_python_is_forgotten(root: Path) -> None:
    """Every page that shows Python is run above."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    found = {str(page.relative_to(root)) for page in pages if BLOCK.search(page.read_text(encoding="utf-8"))}
    assert found == set(PAGES)


@pytest.mark.usefixtures("desk")
def test_the_notebook_runs(root: Path) -> None:
    """Its cells of code, one after the other, as in a notebook: what a cell ends with shows itself."""
    notebook = json.loads((root / "examples" / "winter.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 5
    for cell in cells:
        assert cell["outputs"] == []
        *lines, last = "".join(cell["source"]).rstrip().split("\n")
        exec(compile("\n".join(lines), "winter.ipynb", "exec"), names)
        if re.match(r"[\w.]+(\(|$|\[)", last):
            shown = eval(last, names)
            assert shown is None or hasattr(shown, "_repr_html_"), last
        else:
            exec(compile(last, "winter.ipynb", "exec"), names)
