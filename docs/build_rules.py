"""Write the page of the rules from their descriptions; `--check` only tells whether it is up to date."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scorta.rules import Column, Rule

HERE = Path(__file__).parent
PAGE = HERE / "look-up" / "rules.md"
GOLDEN = "tests/rooms/problem/golden"
SOURCE = HERE.parent / "src" / "scorta"

OPENING = """# Rules of a plan

<!-- Written by docs/build_rules.py from the rules themselves. -->

Each rule stands here as a sentence, as the equation that the solver keeps, and as its rows are written out in a tiny
case that a person checked by hand. What the numbers mean is said in [what a plan means](../understand/meaning-of-a-plan.md).

In the equations *s* is a spot (a place, an item and a lot), *c* the spot of a component, *d* that of a dated lot or a
substitute, *t* a bucket and *t'* a bucket before it or the same, *m* a move (a leg with the goods of a spot), *p* a
process, *x* an expansion, *n* a need (each occurrence by itself). These are decided:
"""

WITHOUT = """# Rules that only the checker sees

The problem has no rows of these rules: it keeps them by having no column that would break them, or they are about the
tables that a plan is written in. The checker does not know that, and looks.
"""

GIVEN = (
    ("share", "the share of a bucket's flow that arrives in a bucket"),
    ("alive", "the share of what came in that can still be used on the day after the bucket"),
    (
        "gives, takes, hours",
        "what a unit started gives (product by yield, co-products), takes (components in force) and uses",
    ),
    ("factor", "the units that one unit of a substitute meets, 1 for the goods themselves"),
    ("adds", "hours that one expansion adds in a bucket, from the day it is ready, while its line stands"),
    ("most", "the most that there can be of a flow that is tied to a switch"),
    ("lot, minimum", "the least that is started, run, received or called off, if anything is"),
    ("mass, value", "tonnes and EUR of a unit"),
    ("before", "the value that a party has given already"),
    ("allowed", "the share of a party and its `maximum_excess`"),
    ("opening, receipts", "what lies there on the first day, and what comes in without a decision"),
    ("pledged", "what is left of all pledges of a giver and item, whenever they are available"),
)
"""What is known beforehand, and what it is."""


def write_page() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            OPENING,
            *_table("column", ((f"{column}[{column.about}]", column.meaning) for column in Column)),
            "These are known beforehand:\n",
            *_table("word", GIVEN),
            *map(_entry, (rule for rule in Rule if rule.has_rows)),
            WITHOUT,
            *map(_entry, (rule for rule in Rule if not rule.has_rows)),
        ]
    )


def _table(head: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a table of words and what they mean."""
    yield f"| {head} | what it is |\n|---|---|"
    for word, meaning in rows:
        yield f"| `{word}` | {meaning} |"
    yield ""


def _entry(rule: Rule) -> str:
    """Return the paragraph of one rule: what it says, who adds it, who checks it, and the first of its golden files."""
    lines = [f"## {rule}\n\n{rule.words.sentence}\n"]
    if rule.has_rows:
        lines.append(f"```text\n{rule.words.equation}\n```\n")
    lines.append(f"Unit: {rule.words.unit}. {' '.join(_keepers(rule))}\n")
    files = sorted((HERE.parent / GOLDEN).glob(f"{rule}-*.txt"))
    if files:
        names = ", ".join(f"`{path.stem}`" for path in files)
        lines.append(f"Checked by hand in `{GOLDEN}`: {names}.\n")
        lines.append(f"`{files[0].stem}`:\n\n```text\n{files[0].read_text(encoding='utf-8').strip()}\n```\n")
    return "\n".join(lines)


def _keepers(rule: Rule) -> Iterator[str]:
    """Yield who adds a rule, and who checks it: the files that name it."""
    yield f"Added in {_files('problem', rule)}." if rule.has_rows else f"No rows: {rule.words.kept_by}."
    if rule.seen_as == (rule,):
        yield f"Checked in {_files('verify', rule)}."
    else:
        yield f"Checked under {' and '.join(f'`{seen}`' for seen in rule.seen_as)}."


def _files(room: str, rule: Rule) -> str:
    """Return the files of a room that name a rule."""
    word = re.compile(rf"\bRule\.{rule.name}\b")
    paths = sorted(path for path in (SOURCE / room).glob("*.py") if word.search(path.read_text(encoding="utf-8")))
    return ", ".join(f"`scorta/{room}/{path.name}`" for path in paths) or "no file"


def run(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit code."""
    text = write_page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is not up to date: run python docs/build_rules.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
