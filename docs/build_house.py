"""Count the house and write the figures into its page; `--check` only tells whether they are up to date.

`--of FOLDER` counts another checkout and prints the same figures, so that two states can be laid side by side.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "build" / "this-house.md"
BEGIN, END = "<!-- Counted by docs/build_house.py. -->\n\n", "\n<!-- So far. -->"

WORDS = {
    "need": ("needs",),
    "pledge": ("pledges",),
    "ask": ("asks",),
    "contract": ("contracts",),
    "leg": ("legs",),
    "stock and lot": ("stocks",),
    "floor, objective and maximum": ("levels",),
    "process and component": ("production",),
    "production line and expansion": ("lines",),
    "kit": ("kits",),
    "substitute": ("substitutes",),
    "budget line": ("budgets",),
    "burden-sharing key": ("keys",),
    "minimum lot and minimum shipment": ("switches",),
    "previous plan": ("previous",),
    "what-if": ("changes",),
    "party, place and item": ("world",),
    "tier": ("tiers",),
    "rule": ("rules",),
    "scenario": ("scenario",),
    "horizon": ("horizon",),
}
"""The planner's ideas, and the words that files are called by that are about one of them."""

MANY = 8
"""So many values passed by their place alone can be swapped without anybody seeing it."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function as it is counted: its lines of code without its docstring, its arguments, how deep it is nested."""

    name: str
    lines: int
    arguments: int
    depth: int
    has_docstring: bool
    is_method: bool


def trees(folder: Path) -> dict[Path, ast.Module]:
    """Return the files of a folder as they are parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}


def code_lines(path: Path, tree: ast.Module) -> set[int]:
    """Return the numbers of the lines of a file that are no blank, no comment and no docstring."""
    text = path.read_text(encoding="utf-8").splitlines()
    kept = {number for number, line in enumerate(text, 1) if line.strip() and not line.strip().startswith("#")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            kept -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return kept


def functions(path: Path, tree: ast.Module) -> Iterator[Function]:
    """Yield every function of a file."""
    code = code_lines(path, tree)
    methods = {id(one) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for one in node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = code & set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            named = [one for one in every if one.arg not in ("self", "cls")]
            is_method = id(node) in methods
            documented = ast.get_docstring(node) is not None
            yield Function(node.name, len(lines), len(named), _depth(node), documented, is_method)


_DEEPER = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def _depth(node: ast.AST) -> int:
    """Return how many blocks lie within one another in a function; one inside it is counted by itself."""
    inner = [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.FunctionDef | ast.ClassDef)]
    return max((_depth(child) + isinstance(child, _DEEPER) for child in inner), default=0)


def positional_calls(tree: ast.Module) -> int:
    """Count the calls that pass `MANY` or more values by their place."""
    calls = [
        [one for one in node.args if not isinstance(one, ast.Starred)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
    return sum(len(values) >= MANY and not all(isinstance(one, ast.Constant) for one in values) for values in calls)


def named_once(sources: dict[Path, ast.Module]) -> float:
    """Return the share of private functions that their file names in one place beside where they are made."""
    shares = []
    for path, tree in sources.items():
        text = path.read_text(encoding="utf-8")
        private = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for name in (name for name in private if name.startswith("_") and not name.startswith("__")):
            shares.append(len(re.findall(rf"\b{name}\b", text)) == 2)
    return mean(shares)


def mirrored(folder: Path) -> tuple[int, int]:
    """Return how many files have their test beside them by name, and how many there are to have one."""
    source, tests = folder / "src" / "scorta", folder / "tests" / "rooms"
    files = [path.relative_to(source) for path in source.rglob("*.py") if path.name != "__init__.py"]
    found = [path for path in files if (tests / path.parent / f"test_{path.name}").is_file()]
    return len(found), len(files)


def words_in_use() -> dict[str, tuple[str, ...]]:
    """Return of each idea the words by which a file of the house is called."""
    stems = {path.stem for path in (HOUSE / "src" / "scorta").rglob("*.py")}
    return {idea: tuple(word for word in words if word in stems) for idea, words in WORDS.items()}


def imported(room: str, order: list[str]) -> str:
    """Return the rooms that a room imports, in their order on the page."""
    source = HOUSE / "src" / "scorta"
    files = sorted((source / room).glob("*.py")) or [source / f"{room}.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    used = {*re.findall(r"^\s*from scorta\.(\w+)", text, flags=re.MULTILINE)} - {room}
    return ", ".join(one for one in order if one in used) or "nothing"


def write_imports(page: str) -> str:
    """Return the page with what each room imports in its row."""
    order = re.findall(r"^\| `(\w+)` \|.*\|.*\|.*\|.*\|$", page, flags=re.MULTILINE)
    for room in order:
        row = re.compile(rf"^(\| `{room}` \| [^|]* \|)[^|]*\|(.*\|.*\|)$", flags=re.MULTILINE)
        page = row.sub(lambda found, room=room: f"{found[1]} {imported(room, order)} |{found[2]}", page)
    return page


def percentiles(values: list[int]) -> str:
    """Return the middle, the nine in ten and the most of figures."""
    deciles = quantiles(values, n=10, method="inclusive")
    return f"{deciles[4]:.0f} / {deciles[8]:.0f} / {max(values)}"


def figures(folder: Path) -> list[tuple[str, str]]:
    """Return what is counted of a checkout."""
    sources, tests = trees(folder / "src" / "scorta"), trees(folder / "tests")
    code = {path: len(code_lines(path, tree)) for path, tree in sources.items()}
    tested = sum(len(code_lines(path, tree)) for path, tree in tests.items())
    every = [one for path, tree in sources.items() for one in functions(path, tree)]
    public = [one for one in every if not one.name.startswith("_")]
    beside, files = mirrored(folder)
    return [
        ("files", f"{len(sources)}"),
        ("thousand lines of code", f"{sum(code.values()) / 1000:.0f}"),
        ("lines of a file: middle / nine in ten / most", percentiles(list(code.values()))),
        ("lines of a function", percentiles([one.lines for one in every])),
        ("arguments of a function", percentiles([one.arguments for one in every])),
        ("blocks within one another", percentiles([one.depth for one in every])),
        (f"calls with {MANY} or more values by place", f"{sum(map(positional_calls, sources.values()))}"),
        ("private functions named once", f"{100 * named_once(sources):.0f} %"),
        ("public functions with a docstring", f"{100 * mean(one.has_docstring for one in public):.0f} %"),
        ("files with their test beside them by name", f"{beside} of {files}"),
        ("lines of tests for each of code", f"{tested / sum(code.values()):.1f}"),
    ]


def write_figures() -> str:
    """Return the figures of this house as they stand on its page."""
    in_use = words_in_use()
    spoken = mean(len(words) for words in in_use.values() if words)
    rows = [*figures(HOUSE), ("words for each idea", f"{spoken:.1f}")]
    table = "\n".join(f"| {name} | {figure} |" for name, figure in rows)
    ideas = "\n".join(f"| {idea} | {', '.join(f'`{word}`' for word in words)} |" for idea, words in in_use.items())
    return f"| counted | |\n|---|---|\n{table}\n\n| idea | its files, in every room |\n|---|---|\n{ideas}\n"


def run(arguments: list[str]) -> int:
    """Write the figures, check them, or print those of another checkout; return the exit code."""
    if "--of" in arguments:
        folder = Path(arguments[arguments.index("--of") + 1])
        print(*(f"{name}: {figure}" for name, figure in figures(folder)), sep="\n")
        return 0
    text = PAGE.read_text(encoding="utf-8")
    before, rest = write_imports(text).split(BEGIN)
    counted = before + BEGIN + write_figures() + END + rest.split(END)[1]
    if "--check" not in arguments:
        PAGE.write_text(counted, encoding="utf-8")
    elif counted != text:
        print(f"{PAGE.name} is not up to date: run python docs/build_house.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
