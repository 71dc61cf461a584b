"""Run the commands that stand in the pages and put their real output under them; `--check` only compares.

On a page, a block of the kind `console` holds lines `$ scorta ...`, each followed by what it prints; a line `...` there
stands for what is left out, between as many lines as stand before and after it. A block with the caption of a file
(`winter/needs.csv`) is written to that file before the commands of the page are run. A comment `% $ scorta ...` is run
before them, and shows nothing.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
EXAMPLES = DOCS.parent / "examples"
SESSION = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNSEEN = re.compile(r"^% \$ (scorta .*)$", re.MULTILINE)
LEFT_OUT = "..."
"""The line that stands for what is left out."""

MADE = {"make demo": "scorta demo"}
"""What the words of the Makefile run."""

ENTRY = "from scorta.cli import main; main(prog_name='scorta')"


def pages_with_examples() -> list[Path]:
    """Return the pages on which commands are shown with their output."""
    pages = [README, *sorted([*DOCS.glob("learn/*.md"), *DOCS.glob("do/*.md")])]
    return [page for page in pages if SESSION.search(page.read_text(encoding="utf-8"))]


def refresh(page: Path) -> str:
    """Return the page with the output that its commands have today."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(EXAMPLES / "walk", folder / "examples" / "walk")
        for path, content in FILE.findall(text):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        for command in UNSEEN.findall(text):
            _run(command, folder)
        return SESSION.sub(lambda block: f"```console\n{_play(block[1], folder)}```", text)


def _play(session: str, folder: Path) -> str:
    """Run the commands of one block."""
    parts = (part.partition("\n") for part in session.removeprefix("$ ").split("\n$ "))
    return "\n".join(f"$ {command}\n{_cut(_run(command, folder), shown)}" for command, _, shown in parts)


def _cut(output: str, shown: str) -> str:
    """Leave out of what a command prints what the page leaves out."""
    before, cut, after = shown.partition(f"\n{LEFT_OUT}\n")
    if not cut:
        return output
    lines, last = output.splitlines(), len(after.splitlines())
    kept = [*lines[: len(before.splitlines())], LEFT_OUT, *(lines[-last:] if last else [])]
    return "\n".join(kept) + "\n"


def _run(command: str, folder: Path) -> str:
    """Run one command as a reader would, and return what it prints as its result."""
    words = shlex.split(MADE.get(command, command))
    if words[0] != "scorta":
        raise ValueError(f"only scorta is run in the pages, not {words[0]}")
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "SCORTA_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-c", ENTRY, *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 2):
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def run(arguments: list[str]) -> int:
    """Refresh every page, or check them; return the exit code."""
    stale = []
    for page in pages_with_examples():
        text = refresh(page)
        if text != page.read_text(encoding="utf-8"):
            stale.append(page)
            if "--check" not in arguments:
                page.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"not up to date: {', '.join(page.name for page in stale)}; run docs/build_examples.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
