"""Bring the catalogues of the languages up to date with the sentences in the source; `--check` only compares.

What is new or changed comes into each catalogue without a translation, and what is gone leaves it. Until somebody has
translated a sentence it is said in English.
`--whole` tells which they are; a release has none. A new language begins as a file that is as good as empty:
`touch src/scorta/languages/pl.po`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import click
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from scorta import check, read
from scorta.cli import main as door
from scorta.cli.help import paragraphs
from scorta.report.views import MONEY, VIEWS
from scorta.rules import TierKind
from scorta.tables import CASE_TABLES, PLAN_TABLES

SOURCE = Path(__file__).parent.parent / "src" / "scorta"
LANGUAGES = SOURCE / "languages"
SAID: dict[str, tuple[int | str, ...]] = {
    "mark": (0,),
    "say": (0,),
    "said": (0,),
    "InputError": (0, 1),
    "OutputError": (0, 1),
    "SolverError": (0, 1),
    "BrokenPlanError": (0, 1),
    "Column": (0, 3, "empty"),
    "View": ("title", "meaning", "nothing"),
}
"""What takes sentences to be said, and which of its arguments they are: by place or by name."""

COUNTED = "say_count"
"""What takes two forms of one sentence: about one thing, and about many."""

HEADER = """# Scorta in {name}.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals};\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
"""What stands at the head of a catalogue."""


def sentences() -> Catalog:
    """Return every sentence that the program can say, and every word that a cell which is shown may be one of."""
    found = Catalog(fuzzy=False)
    for path in sorted(SOURCE.rglob("*.py")):
        for sentence in said(path.read_text(encoding="utf-8")):
            found.add(sentence)
    for sentence in filter(None, (*of_findings(), *of_fields(), *of_choices(), *of_tiers(), *of_commands())):
        found.add(sentence)
    return found


def of_findings() -> Iterator[str | tuple[str, str]]:
    """Yield what is said of each kind of finding, and what to do."""
    for kind in (*check.FINDINGS, *read.FINDINGS):
        yield (kind.one, kind.sentence) if kind.one else kind.sentence
        yield kind.next_step


def of_fields() -> Iterator[str]:
    """Yield what each field of a case means, and its unit."""
    for field in (field for table in CASE_TABLES.values() for field in table):
        yield from (field.meaning, field.unit)


def of_choices() -> Iterator[str]:
    """Yield the words of which cells that are shown are one."""
    for view in chain([MONEY], *((each, *each.below) for each in VIEWS.values())):
        described = {field.name: field for field in PLAN_TABLES[view.table]}
        for name in (name for name in view.fields if view.column(name).kind == "choice" and name in described):
            yield from described[name].choices
    for table in ("needs", "pledges"):
        yield from CASE_TABLES[table]["state"].choices


def of_tiers() -> Iterator[str]:
    """Yield what each kind of tier is called, and what its value counts."""
    for kind in TierKind:
        yield from (kind.about.name, kind.about.counts)


def of_commands() -> Iterator[str]:
    """Yield what the help of the program and of each command says."""
    for command in (door, *door.commands.values()):
        yield from (command.short_help or "", *paragraphs(command.help or ""), *paragraphs(command.epilog or ""))
        yield from (param.help or "" for param in command.params if isinstance(param, click.Option))


def said(source: str) -> Iterator[str | tuple[str, str]]:
    """Yield the sentences of a file, those of which there are two forms as a pair."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == COUNTED:
            forms = [text for part in node.args[:2] for text in texts(part)]
            if len(forms) == 2:  # what is counted later, as the sentences of a finding, is no text here
                yield (forms[0], forms[1])
        for at in SAID.get(node.func.id, ()):
            parts = node.args[at : at + 1] if isinstance(at, int) else [k.value for k in node.keywords if k.arg == at]
            yield from (text for part in parts for text in texts(part))


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument may be: one, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))


def catalogue(path: Path) -> Catalog:
    """Return the catalogue of a language as it stands in its file."""
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=path.stem)


def refresh(path: Path) -> str:
    """Return the text of a catalogue that has every sentence, and no other."""
    found, fresh = catalogue(path), BytesIO()
    found.update(sentences(), no_fuzzy_matching=True)
    write_po(fresh, found, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, no_location=True)
    head = HEADER.format(
        name=Locale.parse(path.stem).english_name, code=path.stem, plurals=found.plural_forms.strip("; ")
    )
    return head + fresh.getvalue().decode("utf-8")


def gaps(path: Path) -> list[Message]:
    """Return the sentences that a catalogue does not have yet, or that nobody has read since they changed."""
    found = catalogue(path)
    return [one for one in found if one.id and (one.fuzzy or not all([one.string] if one.string == "" else one.string))]


def run(arguments: list[str]) -> int:
    """Refresh every catalogue, or check them, and tell what they lack; return the exit code."""
    stale, open_ = [], 0
    for path in sorted(LANGUAGES.glob("*.po")):
        text = refresh(path)
        if text != path.read_text(encoding="utf-8"):
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
        lacking = gaps(path)
        open_ += len(lacking)
        if lacking:
            print(f"{path.name}: {len(lacking)} of {len(sentences())} sentences are said in English", file=sys.stderr)
        if "--whole" in arguments:
            print(*(one.id if isinstance(one.id, str) else one.id[0] for one in lacking), sep="\n", file=sys.stderr)
    if stale and "--check" in arguments:
        print(f"not up to date: {', '.join(stale)}; run docs/build_languages.py", file=sys.stderr)
        return 1
    return int("--whole" in arguments and open_ > 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
