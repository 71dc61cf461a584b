"""Every kind of finding about contracts and budgets."""

from scorta.tables.findings import FindingKind

_CONTRACTS = (
    FindingKind(
        "no-contracts",
        "warning",
        "The table has no row, so nobody buys anything from industry.",
        "Fill it, or remove the file: without it purchases need no contract.",
        "The table of contracts is there but empty, and some party is industry.",
    ),
    FindingKind(
        "supplier-not-industry",
        "error",
        "The supplier {value} of the contract {contract} is not industry, so the contract covers nothing.",
        "Correct the supplier, or its kind in `parties`; what a nation gives is a pledge.",
        "A contract names a supplier that is a nation or an organisation.",
    ),
    FindingKind(
        "buyer-is-industry",
        "error",
        "The buyer {value} of the contract {contract} is industry, which buys without contracts.",
        "Correct the buyer, or remove the row.",
        "A contract names a buyer that is industry.",
    ),
    FindingKind(
        "deliver-to-other-party",
        "error",
        "The contract {contract} delivers to {value}, which is {owner}'s and not {buyer}'s.",
        "Name a place of {buyer}, or leave deliver_to empty.",
        "A contract names a place of delivery that is not the buyer's.",
    ),
    FindingKind(
        "contract-undeliverable",
        "warning",
        "Nothing can be delivered under the contract {contract}: no leg brings {item} from a place of {supplier} "
        "where it lies, comes in or is made to {where}.",
        "Add the leg, stock or process, or correct the supplier, the item or deliver_to.",
        "A contract has something left that no leg can bring from its supplier to its buyer.",
    ),
    FindingKind(
        "option-without-window",
        "warning",
        "The option of the contract {contract} has no until_date, so it may be called off to the last day of the plan.",
        "Fill until_date with the last day on which the option can be delivered.",
        "A contract has an option and does not say until when.",
    ),
    FindingKind(
        "contract-without-price",
        "warning",
        "The contract {contract} has no unit_price_eur, so what is bought under it costs nothing.",
        "Fill the price; write 0 if it is truly free.",
        "A contract has no price.",
    ),
    FindingKind(
        "price-magnitude",
        "warning",
        "A unit of {item} costs {value} under the contract {contract}; {usual} {what}: one may be in the wrong unit.",
        "Check both; nothing needs to be done if they are right.",
        "The price of a contract is at least 300 times the value of its item, or at most a 300th of it; where the item "
        "has no value, the median of the other contracts of that item counts.",
    ),
    FindingKind(
        "minimum-order-too-large",
        "warning",
        "The contract {contract} has a minimum order of {value}, above its firm quantity and option ({quantity}).",
        "Correct it; as it stands, all that is left must be ordered at once.",
        "A contract asks for more at once than it holds.",
    ),
    FindingKind(
        "minimum-order-never-fits",
        "warning",
        "The contract {contract} is never called off as it stands: that takes {least} of {item} at once, and all legs "
        "from {supplier} to {where} together carry no more than {most} in any bucket.",
        "Lower its minimum order, raise the capacity of the legs, or plan in longer buckets.",
        "A minimum order, or what is left of the option if that is less, is heavier than all that the legs of the "
        "contract carry in any bucket, within its days and their open days.",
    ),
    FindingKind(
        "receipt-of-other-item",
        "error",
        "The receipt of {item} names the contract {value}, which is for {other}.",
        "Correct the contract or the item.",
        "A scheduled receipt names a contract of another item.",
    ),
    FindingKind(
        "receipt-of-other-buyer",
        "warning",
        "The receipt at {place} names the contract {value}, whose buyer {buyer} does not own that place.",
        "Correct the contract or the place; as it stands, {buyer} pays.",
        "A scheduled receipt comes to a place of another party than the buyer of its contract.",
    ),
    FindingKind(
        "receipts-above-contract",
        "warning",
        "Receipts bring {received} under the contract {contract}, more than its firm quantity and option ({quantity}).",
        "Correct the receipts or the contract; nothing is left of it.",
        "Scheduled receipts bring more under a contract than it holds.",
    ),
)

_BUDGETS = (
    FindingKind(
        "budget-year-outside",
        "warning",
        "The budget of {party} is for {value}, and the plan touches {years}, so the row has no effect.",
        "Correct the year, or lengthen the horizon.",
        "A budget is for a calendar year of which no day lies in the plan.",
    ),
    FindingKind(
        "budget-year-missing",
        "warning",
        "{party} has budgets for some years of the plan, but none for {years}: it is not limited then.",
        "Add rows for these years; write 0 where nothing may be spent.",
        "A party has a budget for some calendar years of the plan and not for all.",
    ),
    FindingKind(
        "budget-magnitude",
        "warning",
        "The budget of {party} for {year} is {value}, and {usual} in its other years: one may be in the wrong unit.",
        "Check both; nothing needs to be done if they are right.",
        "A budget is at least 300 times the median of the same party's other rows, or at most a 300th of it.",
    ),
    FindingKind(
        "budget-above-gdp",
        "warning",
        "The budget of {party} for {year} is {value}, more than its gross domestic product of {gdp}.",
        "Check the unit of both.",
        "A party may spend more in a year than it produces.",
    ),
    FindingKind(
        "budget-below-price",
        "warning",
        "{party} may spend {amount} in {year}, and one unit costs at least {price} under its contracts.",
        "Check the unit: budgets are in EUR, not in millions.",
        "All budgets of a party for a year together do not pay for one unit of anything it has a contract for.",
    ),
    FindingKind(
        "budget-below-receipts",
        "warning",
        "{party} may spend {amount} in {year}, and receipts under its contracts alone cost {cost}.",
        "Raise the budget, or expect it to be exceeded by that much and nothing to be added.",
        "What scheduled receipts cost is more than the budget of their year.",
    ),
)

BUYING: tuple[FindingKind, ...] = (*_CONTRACTS, *_BUDGETS)
"""Every kind of finding about contracts and budgets."""
