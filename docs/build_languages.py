"""Bring the catalogues of the languages up to date with the sentences in the source; `--check` only compares.

What is new comes into each catalogue without a translation, what is gone leaves it, and where a sentence changed its
old translation is kept and marked `fuzzy` until somebody has read it. Until then the language is not offered. A new
language begins as a file that is as good as empty: `touch src/scorta/languages/pl.po`.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "scorta"
LANGUAGES = SOURCE / "languages"
SAID = {"mark": None, "say": None, "say_count": (1, 2)}
"""The functions that take a sentence, and where they take two: of one thing, and of many."""

HEADER = """# Scorta in {name}.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals};\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
"""What stands at the head of a catalogue."""


def sentences() -> Catalog:
    """Return every sentence that a page can say, with the file it stands in."""
    found = Catalog(fuzzy=False)
    for file, _, sentence, _, _ in extract_from_dir(SOURCE / "report", keywords=SAID):
        found.add(sentence, locations=[(f"report/{file}", 1)])
    return found


def catalogue(path: Path) -> Catalog:
    """Return the catalogue of a language as it stands in its file."""
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=path.stem)


def refresh(path: Path) -> str:
    """Return the text of a catalogue that has every sentence, and no other."""
    found, fresh = catalogue(path), BytesIO()
    found.update(sentences())
    write_po(fresh, found, width=120, omit_header=True, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    head = HEADER.format(
        name=Locale.parse(path.stem).english_name, code=path.stem, plurals=found.plural_forms.strip("; ")
    )
    return head + fresh.getvalue().decode("utf-8")


def run(arguments: list[str]) -> int:
    """Refresh every catalogue, or check them; return the exit code."""
    stale = []
    for path in sorted(LANGUAGES.glob("*.po")):
        text = refresh(path)
        if text != path.read_text(encoding="utf-8"):
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"not up to date: {', '.join(stale)}; run docs/build_languages.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
