"""What can be found about legs, items, kits and substitutes."""

from scorta.tables.findings import FindingKind

WORLD: tuple[FindingKind, ...] = (
    FindingKind(
        "leg-to-itself",
        "error",
        "The leg {leg} starts and ends at {value}.",
        "Correct its origin or its destination, or remove it.",
        "A leg joins a place with itself.",
    ),
    FindingKind(
        "shared-capacity-differs",
        "error",
        "The leg {leg} gives {value} as the capacity of `{shared}`; the leg {other} on {first} gives {figure}.",
        "Write the same capacity_t_per_month on every leg that shares `{shared}`.",
        "Legs that share one capacity give different figures for it.",
    ),
    FindingKind(
        "item-without-mass",
        "error",
        "{item} has no mass, but {where} counts tonnes.",
        "Fill mass_kg of {item}; write 0 only if it truly weighs nothing.",
        "An item without mass can come to a leg or place that has a limit or a cost in tonnes.",
    ),
    FindingKind(
        "kit-cycle",
        "error",
        "The kit {value} contains itself: {cycle}.",
        "Remove one of these rows: a kit cannot be put together from itself.",
        "Kits contain each other in a circle.",
    ),
    FindingKind(
        "kit-without-rows",
        "warning",
        "{item} is a kit, and nothing says what goes into it.",
        "Add its components to `kits`, or write `item` as its kind; else only kits in stock are served.",
        "An item of kind `kit` has no row in the table of kits, so that none can be put together.",
    ),
    FindingKind(
        "kit-not-marked",
        "warning",
        "{item} has components in `kits`, but its kind is not `kit`.",
        "Write `kit` as its kind in `items`, or remove its rows; it is planned as a kit.",
        "The table of kits names an item that is not marked as a kit.",
    ),
    FindingKind(
        "kit-with-process",
        "note",
        "The process {process} makes {item}, which is also put together as a kit.",
        "Nothing, if both are meant.",
        "A kit can come about in two ways: by a process, and put together where it is asked for.",
    ),
    FindingKind(
        "component-without-quantity",
        "warning",
        "{item} uses 0 of {component}.",
        "Give the quantity used, or remove the row.",
        "A component of a process or kit has a quantity of 0, and is not used at all.",
    ),
    FindingKind(
        "reserved-for-kit",
        "warning",
        "{item} is reserved for the need {value}, which asks for the kit {other}: reserved goods do not go into kits.",
        "Leave the field empty, so that {item} can be put into the kit.",
        "Stock, or a pledge, is reserved for a need for kits, and names a component: only free goods go into kits.",
    ),
    FindingKind(
        "substitute-of-itself",
        "error",
        "{item} stands as a substitute of itself.",
        "Name another item, or remove the row.",
        "A row of substitutes names the same item twice.",
    ),
    FindingKind(
        "substitute-meets-nothing",
        "error",
        "A unit of {substitute} meets 0 units of {item}.",
        "Write how many units of {item} one unit of {substitute} meets, or remove the row.",
        "A substitute has a factor of 0.",
    ),
    FindingKind(
        "substitutes-gain",
        "warning",
        "{item} and {substitute} stand in for each other, and a unit counts as {count} once round.",
        "Correct one of the factors: together they should be no more than 1.",
        "Two items are substitutes of each other, each for more than the other is worth.",
    ),
    FindingKind(
        "substitutes-not-chained",
        "note",
        "{other} stands in for {substitute}, and {substitute} for {item}; {other} does not stand in for {item}.",
        "Add a row for {item} and {other}, if that is meant: substitutes are not chained.",
        "A substitute has a substitute of its own, which does not serve in its turn.",
    ),
    FindingKind(
        "substitute-made-of-it",
        "warning",
        "{substitute} may stand in for {item}, of which it is made.",
        "Write `no` in `for_components`: a plan could otherwise make {substitute} of itself.",
        "A substitute for components is itself made of the component it stands in for.",
    ),
    FindingKind(
        "nobody-refurbishes",
        "note",
        "Stock of {item} waits for repair, and no process refurbishes it.",
        "Add a process that makes {item} and has {item} among its components, if somebody does.",
        "Repairable stock serves only a process that has its own product among its components, and there is none.",
    ),
    FindingKind(
        "repairable-reserved",
        "warning",
        "Stock of {item} that waits for repair is reserved for {value}: the reservation is not kept.",
        "Leave the field empty.",
        "Repairable stock serves no need, and what is refurbished is free.",
    ),
)
"""Every kind of finding about legs, items, kits and substitutes."""
