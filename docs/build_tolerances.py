"""Write every tolerance into the page on how a plan is computed; `--check` only tells whether it is up to date."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src" / "scorta"
PAGE = HERE / "understand" / "how-a-plan-is-computed.md"
BEGIN, END = "<!-- Written by docs/build_tolerances.py. -->\n\n", "\n<!-- So far. -->"
NAME = re.compile(r"[A-Z][A-Z_]*_(TOLERANCE(_PER_UNIT|_EUR)?|GAP)")
"""What a tolerance is called."""


def tolerances() -> Iterator[tuple[str, float, str, str]]:
    """Yield the name of each tolerance, its value, its meaning and its file."""
    for path in sorted(SOURCE.rglob("*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node, after in itertools.pairwise(body):
            if isinstance(node, ast.Assign) and NAME.fullmatch(getattr(node.targets[0], "id", "")):
                name, said = node.targets[0].id, after.value.value
                parts = path.relative_to(SOURCE.parent).with_suffix("").parts
                value = getattr(importlib.import_module(".".join(parts)), name)
                meaning = " ".join(said.split("\n\n")[0].split())
                yield name, value, meaning, "/".join(parts[1:]) + ".py"


def write_page() -> str:
    """Return the page with the table of tolerances in its place."""
    rows = [f"| `{name}` | {value:g} | {meaning} | `{file}` |" for name, value, meaning, file in tolerances()]
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    table = "\n".join(["| tolerance | value | meaning | in |", "|---|---|---|---|", *rows])
    return before + BEGIN + table + "\n" + END + rest.split(END)[1]


def run(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit code."""
    text = write_page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
    elif text != PAGE.read_text(encoding="utf-8"):
        print(f"{PAGE.name} is not up to date: run python docs/build_tolerances.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
