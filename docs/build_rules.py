"""Write the page of the rules from their descriptions; `--check` only tells whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from scorta.problem import RULES, Rule

HERE = Path(__file__).parent
PAGE = HERE / "look-up" / "rules.md"
GOLDEN = "tests/rooms/problem/golden"

OPENING = """# Rules of a plan

<!-- Written by docs/build_rules.py from the rules themselves. -->

Each rule stands here as a sentence, as the equation that the solver keeps, and as its rows are written out in a tiny
case that a person checked by hand. What the numbers mean is said in [what a plan means](../understand/meaning-of-a-plan.md).

In the equations *s* is a spot (a place, an item and a lot), *c* the spot of a component, *d* that of a dated lot or a
substitute, *t* a bucket and *t'* a bucket before it or the same, *m* a move (a leg with the goods of a spot), *p* a
process, *x* an expansion, *n* a need (each occurrence by itself). These are decided:
"""

COLUMNS = (
    ("stock[s,t]", "what lies at a spot at the end of a bucket"),
    ("ship[m,t]", "what leaves over a leg in a bucket"),
    ("start[p,t]", "the units that a process starts, or the kits put together, in a bucket"),
    ("use[d,c,t]", "what is taken from a dated lot or a substitute in place of a component"),
    ("expire[s,t]", "what is thrown away because its life ends"),
    ("issue[n,s,t]", "what a need receives from a spot in a bucket"),
    ("unmet[n]", "what a need never receives"),
    ("handover[pledge,t]", "what changes owner under a pledge"),
    ("ask[giver,receiver,item,t]", "what is given beyond the pledges, where gifts are open"),
    ("purchase[contract,t]", "what is bought under a contract, over each leg"),
    ("undelivered[contract]", "what of a firm quantity is not handed over when it is due"),
    ("called[contract,t]", "whether anything is called off from a contract with a minimum order in a bucket"),
    ("of_firm[contract,t]", "what is firm of a purchase under a contract with a minimum order"),
    ("run[p,t], line_on[line,t]", "whether a process is set up, or a line runs, in a bucket"),
    ("used[leg,t], sent[n,t]", "whether a leg with a fixed cost is used, or a need receives anything, in a bucket"),
    ("expand[x,t]", "how many of an expansion are decided on the first day of a bucket"),
    ("given[party]", "the value that a party gives in the plan"),
    ("over_share[key]", "the most that a party of a key gives above its share"),
    ("below_floor[owner,item,t], below_objective[owner,item,t]", "what a level lacks"),
    ("over_storage[place,t], over_maximum[owner,item,t]", "what receipts force over a limit"),
)
"""What is decided, and what it is."""

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
            *_table("column", COLUMNS),
            "These are known beforehand:\n",
            *_table("word", GIVEN),
            *map(_entry, RULES.values()),
        ]
    )


def _table(head: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield a table of words and what they mean."""
    yield f"| {head} | what it is |\n|---|---|"
    for word, meaning in rows:
        yield f"| `{word}` | {meaning} |"
    yield ""


def _entry(rule: Rule) -> str:
    """Return the paragraph of one rule, with the first of its golden files."""
    files = sorted((HERE.parent / GOLDEN).glob(f"{rule.name}-*.txt"))
    names = ", ".join(f"`{path.stem}`" for path in files)
    lines = [
        f"## {rule.name}\n\n{rule.sentence}\n",
        f"```text\n{rule.equation}\n```\n",
        f"Unit: {rule.unit}. Added in `scorta/problem/{rule.file}`. Checked by hand in `{GOLDEN}`: {names}.\n",
    ]
    if files:
        lines.append(f"`{files[0].stem}`:\n\n```text\n{files[0].read_text(encoding='utf-8').strip()}\n```\n")
    return "\n".join(lines)


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
