"""What a table and a field are: one description from which readers, checks, templates and pages are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["code", "text", "number", "whole", "date", "choice", "yes_no"]
"""How a cell is read: `code` is case-sensitive text that names a row; `whole` is a number without decimals."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table.

    `minimum` and `maximum` bound a number (both ends allowed); `refers_to` names the tables whose first field
    the cell must name (any one of them); `default` is what an empty cell means, in the cell's own spelling;
    `aliases` are former names that are still read. `zero_if_empty`: an empty number is 0, elsewhere it is no limit, or
    nothing known. `compared`: figures of one item that differ a thousandfold are doubtful. `unless`: a required cell
    may be empty where another field of its row has this value.
    """

    name: str
    type: FieldType
    meaning: str
    required: bool = False
    unit: str = ""
    refers_to: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str = ""
    minimum: float | None = None
    maximum: float | None = None
    example: str = ""
    aliases: tuple[str, ...] = ()
    zero_if_empty: bool = False
    compared: bool = False
    unless: tuple[str, str] = ("", "")

    @property
    def empty(self) -> str:
        """What an empty cell means, in the cell's own spelling; nothing where it is no limit, or nothing known."""
        return "0" if self.zero_if_empty else self.default

    def is_needed(self, row: Mapping[str, object]) -> bool:
        """Tell whether the cell of a row with these other cells must be filled."""
        other, value = self.unless
        return self.required and not (other and row.get(other) == value)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its fields in order, and the fields whose values together may stand on one row only (`key`).

    `needed` says what its absence means: `always` stops the case, `usually` is a warning, `no` is nothing. `named_by`
    are the fields whose cells, with a slash between them, name its rows in `changes`, where these are not `key`. `days`
    are the fields of the first and the last day on which a row holds. Several rows of one name may `follow` one another
    in time, or add up; those of lines do either.
    """

    name: str
    title: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    needed: Literal["always", "usually", "no"] = "no"
    named_by: tuple[str, ...] = ()
    days: tuple[str, str] = ("", "")
    rows_of_a_name: Literal["one", "follow", "add up"] = "one"

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name; `KeyError` where the table has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def naming(self) -> tuple[str, ...]:
        """The fields whose cells, with a slash between them, name a row in `changes`; empty cells are left out."""
        return self.named_by or self.key


def code(name: str, meaning: str, *refers_to: str, required: bool = False, example: str = "") -> Field:
    """Describe a field that names a row: of its own table, or of one of the tables in `refers_to`."""
    return Field(name, "code", meaning, required, refers_to=refers_to, example=example)


def text(name: str, meaning: str, example: str = "") -> Field:
    """Describe a field of free text."""
    return Field(name, "text", meaning, example=example)


def number(
    name: str,
    meaning: str,
    unit: str = "",
    *,
    required: bool = False,
    minimum: float | None = 0.0,
    maximum: float | None = None,
    default: str = "",
    example: str = "",
    zero_if_empty: bool = False,
    compared: bool = False,
) -> Field:
    """Describe a number with decimals, not negative unless `minimum` says otherwise."""
    return Field(
        name,
        "number",
        meaning,
        required,
        unit,
        minimum=minimum,
        maximum=maximum,
        default=default,
        example=example,
        zero_if_empty=zero_if_empty,
        compared=compared,
    )


def whole(
    name: str,
    meaning: str,
    unit: str = "",
    *,
    required: bool = False,
    minimum: float = 0,
    example: str = "",
    zero_if_empty: bool = False,
) -> Field:
    """Describe a number without decimals."""
    return Field(name, "whole", meaning, required, unit, minimum=minimum, example=example, zero_if_empty=zero_if_empty)


def date(name: str, meaning: str, *, required: bool = False, example: str = "") -> Field:
    """Describe a day, written as YYYY-MM-DD."""
    return Field(name, "date", meaning, required, "day", example=example)


def choice(
    name: str, meaning: str, *choices: str, required: bool = False, default: str = "", example: str = ""
) -> Field:
    """Describe a field whose cell is one of a few words."""
    return Field(name, "choice", meaning, required, choices=choices, default=default, example=example or choices[0])


def yes_no(name: str, meaning: str, default: str = "no") -> Field:
    """Describe a field that is `yes` or `no`."""
    return Field(name, "yes_no", meaning, default=default, example=default)


COMMON = (
    text("source", "Where the row comes from: a document, a page, a person; what was assumed starts with `assumed`."),
    text("note", "A remark for the reader; nothing is computed from it."),
    text("releasable_to", "Who may see the row: party codes with a space between them; empty for everybody."),
)
"""The three fields that every table may carry."""

BUCKET = whole("bucket", "The bucket of the horizon, from 0.", required=True, example="3")

ITEM = code("item", "The item.", "items", required=True)

CONDITION = Field(
    "condition",
    "choice",
    "Whether the goods can be issued as they are, or wait for repair.",
    required=True,
    choices=("serviceable", "repairable"),
)

LOT = (
    code("reserved_for", "The need or place the goods are reserved for; empty if free.", "needs", "places"),
    date("expires_on", "Last day the goods can be used; empty if they carry no date."),
)

QUANTITY = number("quantity", "How much, over the whole bucket.", "units", required=True)

LEAVES_FROM = date(
    "leaves_from",
    "First day of departure: of the bucket, of the open days of the leg, or of what covers the handover.",
    required=True,
)

LEAVES_UNTIL = date(
    "leaves_until",
    "Last day of departure: of the bucket, of the open days of the leg, or of what covers the handover.",
    required=True,
)
