"""Whole walks in another language: from files to a page that can be read aloud."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from scorta.cli import main
from scorta.languages import offered, sentences
from scorta.languages.sentences import Language
from scorta.report import VIEW_NAMES
from scorta.tables import CASE_TABLES

WALK = Path(__file__).parents[2] / "examples" / "walk"
SINCE_MONDAY = """change,table,id,field,operation,value
earlier,pledges,P1,available_from,set,2022-11-07
two shifts,lines,LINE,capacity_per_month,multiply,2
"""
WHY = """The walk of one need

N1: 120 di generator a HUB, entro il 2022-12-04
  70 in tempo, 50 in ritardo, 0 senza copertura.

Che cosa lo ostacola, a partire dall'ostacolo maggiore
                                                                         In       In
 Che cosa lo ostacola                              Riga               tempo   totale   Giorni-unità
────────────────────────────────────────────────────────────────────────────────────────────────────
 l'impegno P1 di DE, per 60 di generator, può      pledges.csv:2         50        0            350
 partire solo dal 2022-11-21
 la linea LINE a PLANT-CZ non ha altre ore         lines.csv:2,          50        0            350
 disponibili                                       lines.csv:3
  Senza l'ostacolo, tante unità in più arriverebbero in tempo o in totale, e tanti giorni-unità di
  ritardo si eviterebbero.

Che cosa resterebbe
  Se si potesse derogare a ogni data, limite, soglia minima e quantità impegnata, ma a nessun altro
  fabbisogno, arriverebbe tutto in tempo.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan of the walk and that of a what-if."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "since-monday.csv").write_text(SINCE_MONDAY, encoding="utf-8")
    what_if = ["--change", str(folder / "since-monday.csv")]
    for name, more in (("monday", []), ("friday", what_if)):
        done = CliRunner().invoke(main, ["plan", str(WALK), "--out", str(folder / name), "--quiet", *more])
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def scorta(folder: Path) -> Callable[..., Result]:
    """Return what runs the command line on the walk; `environment` stands beside it."""

    def run(*words: str, **environment: str) -> Result:
        told = [str(folder / word) if word in ("monday", "friday") else word for word in words]
        return CliRunner().invoke(main, [*told, "--case", str(WALK)], env={"COLUMNS": "100", **environment})

    return run


def test_a_page_in_italian(scorta: Callable[..., Result]) -> None:
    """Why N1 is late, by an option or by the environment; the next page is in English again."""
    assert scorta("why", "N1", "--plan", "monday", "--language", "it").stdout == WHY
    assert scorta("why", "N1", "--plan", "monday", SCORTA_LANGUAGE="it").stdout == WHY
    assert "What stands in the way" in scorta("why", "N1", "--plan", "monday").stdout


def test_sentences_and_numbers_of_a_comparison(scorta: Callable[..., Result]) -> None:
    """What changed is told with the verbs and the signs of Italian."""
    told = scorta("compare", "monday", "friday", "--quiet", "--language", "it").stdout
    assert "Poiché DE ha anticipato P1 al 2022-11-07 (pledges.csv:2): 40 in più in tempo per N1." in told
    assert re.search(r"Speso, EUR +372\.600 +192\.600 +-180\.000\n", told)


@pytest.mark.parametrize("words", [["why", "N1", "--plan", "monday"], ["trace", "N1", "--plan", "monday"]])
def test_json_is_the_same_in_every_language(words: list[str], scorta: Callable[..., Result]) -> None:
    """A program reads English, its sentences too."""
    told = scorta(*words, "--json", "--language", "it").stdout
    assert json.loads(told) == json.loads(scorta(*words, "--json").stdout)


def test_a_language_that_is_not_there(scorta: Callable[..., Result]) -> None:
    """It is refused like any other word that is misspelt."""
    done = scorta("why", "N1", "--plan", "monday", SCORTA_LANGUAGE="xx")
    assert done.exit_code == 2
    assert "'en', 'it', 'uk'" in done.stderr


class _Hidden(NullTranslations):
    """A language whose letters are all points: what can still be read was said past the catalogues."""

    def gettext(self, message: str) -> str:
        """Hide a sentence that the catalogues have, and leave the places of its facts."""
        return FACT_OR_SIGN.sub(lambda found: found[1] or "·", message) if message in known() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Hide a sentence about so many things."""
        return self.gettext(msgid1 if n == 1 else msgid2)


FACT_OR_SIGN = re.compile(r"(\{\w*(?:!r)?\})|\w")


@cache
def known() -> frozenset[str]:
    """Return what the catalogues have a place for, translated or not."""
    found = read_po(BytesIO((Path(sentences.__file__).parent / "it.po").read_bytes()), locale="it")
    return frozenset(text for one in found for text in ([one.id] if isinstance(one.id, str) else one.id))


ROWS = [row.split(",") for path in WALK.glob("*.csv") for row in path.read_text(encoding="utf-8").splitlines()]
READ = {
    *("The walk of one need", "csv", "set", "multiply", "earlier", "two shifts", "since-monday", "monday", "friday"),
    *(*CASE_TABLES, *VIEW_NAMES, *(cell for row in ROWS for cell in row)),
    *("scorta", *main.commands, *offered(), "broken", "pdf", "xlsx", "json", "qq", "zz"),
}
"""What may be read in every language: title and cells of the case, names of tables, fields, views, commands, files."""
TEXT = re.compile(r'"(?:text|subtitle|description|tooltip)": (?:\{"value": )?"([^"]*)"')
"""What stands on a chart."""
PLACE = re.compile(r"/[\w./-]*|--?[\w-]+|[A-Z_|]{2,}")
"""What stands for something in a command: a path, an option, what it takes."""


def readable(page: str) -> set[str]:
    """Return the words of a page that may not be read in every language."""
    words = set(re.findall("[A-Za-z]{2,}", PLACE.sub(" ", page)))
    return words - set(re.findall("[A-Za-z]{2,}", " ".join(READ)))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The walk with a quantity and a day that are none."""
    folder = tmp_path_factory.mktemp("cases") / "broken"
    shutil.copytree(WALK, folder)
    rows = (folder / "needs.csv").read_text(encoding="utf-8")
    (folder / "needs.csv").write_text(rows.replace("120", "qq").replace("2022-12-04", "zz"), encoding="utf-8")
    return folder


LINES = (
    *("check CASE", "check BROKEN", "plan CASE --out zz.xlsx", "plan BROKEN", "demo --out zz"),
    *("plan CASE --change since-monday --from monday --freeze 7 --out zz", "fairness CASE", "ask CASE"),
    *(f"show monday {name}" for name in VIEW_NAMES),
    *("show friday changes", "show monday stock PL generator", "show monday years --by 2023-01-01"),
    *(f"why {about} --plan monday --case CASE" for about in ("N1", "PL generator", "zz")),
    *(f"trace {about} --plan monday --case CASE" for about in ("N1", "P1", "DEPOT-PL generator", "zz")),
    *("fix N1 --plan monday --case CASE", "compare monday friday --case CASE", "template zz --all --example"),
    *("--help", *(f"{name} --help" for name in main.commands)),
    *("zz", "show", "check zz", "check CASE zz", "check CASE --zz", "check CASE --all=zz", "plan --out", "show zz zz"),
    *("plan CASE --time-limit zz", "plan CASE --freeze zz", "plan CASE --freeze 0", "plan CASE --out zz.pdf"),
    *("fairness CASE --cap 2", "fairness CASE --cap zz", "show zz needs", "fix N1 --case CASE --touch zz"),
)
"""Every command, with what it prints where all goes well, where a case is broken and where something is misspelt."""


@pytest.mark.parametrize("line", LINES)
def test_nothing_is_said_past_the_catalogues(
    line: str, folder: Path, broken: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where every sentence is hidden, results, progress and errors have nothing left to read but names."""
    monkeypatch.setattr(sentences, "language", lambda code: Language(_Hidden()))
    monkeypatch.setattr("scorta.desk.demo_case", lambda: WALK)
    monkeypatch.chdir(tmp_path)
    places = {"CASE": WALK, "BROKEN": broken, "since-monday": folder / "since-monday.csv"}
    places |= {name: folder / name for name in ("monday", "friday")}
    words = [str(places.get(word, word)) for word in line.split()]
    done = CliRunner().invoke(main, words, prog_name="scorta", env={"COLUMNS": "160", "SCORTA_LANGUAGE": "it"})
    assert "··" in done.output
    assert readable(done.output) == set()


def test_no_word_of_a_chart_is_said_past_the_catalogues(
    scorta: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its labels, its key and its notes are in the language of the page."""
    monkeypatch.setattr(sentences, "language", lambda code: Language(_Hidden()))
    scorta("trace", "N1", "--plan", "monday", "--language", "it", "--chart", str(tmp_path / "chart.json"))
    chart = json.dumps(json.loads((tmp_path / "chart.json").read_text(encoding="utf-8")), ensure_ascii=False)
    told = "\n".join(TEXT.findall(chart))
    assert "·····" in told
    assert readable(told) == set()
