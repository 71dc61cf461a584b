"""What can be found about burden-sharing keys."""

from scorta.tables.findings import FindingKind

SHARING: tuple[FindingKind, ...] = (
    FindingKind(
        "key-not-whole",
        "error",
        "The shares of the key {key} sum to {sum}, not to 1.",
        "Correct them on {rows}; up to {allowed} is let pass as rounding.",
        "The shares of the parties of a key do not make up the whole.",
    ),
    FindingKind(
        "key-of-one",
        "warning",
        "The key {key} has one party, {party}: there is nobody to share with.",
        "Add the other parties, or remove the key.",
        "A key names a single party.",
    ),
    FindingKind(
        "key-party-pledges-nothing",
        "warning",
        "{value} has a share of the key {key} but no pledge: it gives nothing, and others stand above their shares.",
        'Add its pledges, write `gifts = "open"` in the scenario to ask it, or leave it out of the key.',
        "Gifts are within pledges, and a party of a key has pledged nothing.",
    ),
    FindingKind(
        "key-cap-of-nothing",
        "warning",
        "{party} may give nothing above its share of the key {key}: where others give less, its gifts stop.",
        "Allow some excess, or leave the cell empty and let the plan keep the excess small.",
        "A key has a maximum excess of 0.",
    ),
    FindingKind(
        "key-without-pledges",
        "warning",
        "The case has no table of pledges, so gifts are free and nothing counts as given: the keys have no effect.",
        'Add the pledges; with an empty table and `gifts = "open"` the plan asks for what it needs, fairly shared.',
        "A case has keys and no pledges.",
    ),
    FindingKind(
        "key-items-without-value",
        "note",
        "What parties of keys give of {items} counts nothing: no value_eur.",
        "Fill value_eur of these items.",
        "A party of a key has pledged items that have no value.",
    ),
)
"""Every kind of finding about keys."""
