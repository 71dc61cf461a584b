"""The descriptor of a case folder, judged by the library of the standard."""

import json
import warnings
from pathlib import Path

import pytest

from scorta.errors import InputError, OutputError
from scorta.report.datapackage import datapackage, write_datapackage
from scorta.tables import CASE_TABLES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import frictionless

GOOD = {
    "parties": "party,name,kind\nUA,Ukraine,nation\nPL,Poland,nation\n",
    "places": "place,party,latitude,colour\nHUB,UA,50.1,red\nDEPOT,PL,,\n",
    "items": "item,mass_kg,shelf_life_days\ngenerator,1450,\n",
    "stocks": "place,item,quantity,expires_on,reserved_for\nDEPOT,generator,70,2023-01-31,\n",
    "needs": "need,place,item,quantity,required_by,priority,state\n"
    "N1,HUB,generator,120,2022-12-04,1,\nN2,HUB,generator,,2022-12-04,1,draft\n",
    "pledges": "pledge,donor,recipient,item,quantity,state\nP1,PL,,generator,60.5,in transit\n",
    "lines": "line,place,capacity_per_month\nL,HUB,5\nL,HUB,6\n",
    "processes": "process,place,item,lead_time_days,whole\nMAKE,HUB,generator,0,no\n",
}

BROKEN = {
    "type": ("stocks", "70", "lots"),
    "required": ("stocks", "70", ""),
    "minimum": ("stocks", "70", "-1"),
    "date": ("stocks", "2023-01-31", "31/01/2023"),
    "enum": ("parties", "nation", "state"),
    "reference": ("stocks", "DEPOT", "DEPPOT"),
    "key": ("needs", "N2", "N1"),
    "boolean": ("processes", "no", "maybe"),
    "whole": ("needs", "04,1,d", "04,1.5,d"),
    "maximum": ("places", "50.1", "91"),
}


def folder_of(path, tables):
    """Write the tables of a case as CSV files."""
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def is_valid(descriptor: Path) -> bool:
    """Tell what the library says of a described folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frictionless.validate(str(descriptor)).valid


def test_good_folder_is_valid(tmp_path):
    """The library finds a good folder valid as described, an unknown column and an empty cell included."""
    descriptor = write_datapackage(folder_of(tmp_path, GOOD))
    assert is_valid(descriptor)
    assert {resource["name"] for resource in json.loads(descriptor.read_text())["resources"]} == set(GOOD)


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_folder_is_invalid(broken, tmp_path):
    """The library finds one wrong cell by the description alone."""
    table, right, wrong = BROKEN[broken]
    assert right in GOOD[table]
    assert not is_valid(write_datapackage(folder_of(tmp_path, GOOD | {table: GOOD[table].replace(right, wrong, 1)})))


def test_every_table_is_described_whole():
    """With all headings given, every field, key and reference to one table stands in a descriptor that is valid."""
    described = datapackage({name: table.names for name, table in CASE_TABLES.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not list(frictionless.Package.metadata_validate(described))
    for resource in described["resources"]:
        table = CASE_TABLES[resource["name"]]
        assert tuple(field["name"] for field in resource["schema"]["fields"]) == table.names
        assert tuple(resource["schema"].get("primaryKey", ())) == table.key
        links = [link["fields"][0] for link in resource["schema"].get("foreignKeys", [])]
        assert links == [field.name for field in table if len(field.refers_to) == 1]


def test_reference_to_a_missing_table_is_left_out():
    """A reference is described only where the table it names is in the case."""
    (alone,) = datapackage({"places": ["place", "party"]})["resources"]
    assert "foreignKeys" not in alone["schema"]


def test_earlier_descriptor_is_replaced(tmp_path):
    """The descriptor follows the files: written again it takes the place of the earlier one, and leaves nothing."""
    write_datapackage(folder_of(tmp_path, {"parties": GOOD["parties"]}))
    descriptor = write_datapackage(folder_of(tmp_path, GOOD))
    assert len(json.loads(descriptor.read_text())["resources"]) == len(GOOD)
    assert len(list(tmp_path.iterdir())) == len(GOOD) + 1


def test_folder_without_a_table_is_an_error(tmp_path):
    """A folder that holds no table is not described."""
    (tmp_path / "readme.csv").write_text("a\n")
    with pytest.raises(InputError, match="holds no CSV file"):
        write_datapackage(tmp_path)


def test_file_that_is_no_text_is_an_error(tmp_path):
    """A file that is not UTF-8 is not guessed at."""
    (tmp_path / "needs.csv").write_bytes("need,quantité\n".encode("latin-1"))
    with pytest.raises(InputError, match="cannot be read"):
        write_datapackage(tmp_path)


def test_descriptor_that_cannot_be_put_is_an_error(tmp_path):
    """Where the descriptor cannot be written nothing half-written is left."""
    (folder_of(tmp_path, GOOD) / "datapackage.json" / "in the way").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot be written"):
        write_datapackage(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(GOOD) + 1
