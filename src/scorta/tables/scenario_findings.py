"""What can be found about the scenario."""

from scorta.tables.findings import FindingKind

SCENARIO: tuple[FindingKind, ...] = (
    FindingKind(
        "scenario-missing-key",
        "error",
        "The scenario does not give `{field}`.",
        "Add {example} to {file}.",
        "The scenario lacks its title, its first day or its horizon.",
    ),
    FindingKind(
        "scenario-wrong-type",
        "error",
        "`{field}` of the scenario is `{value}`, which is not {wanted}.",
        "Write it as {example}.",
        "A key of the scenario has a value of the wrong kind.",
    ),
    FindingKind(
        "scenario-unknown-key",
        "error",
        "The scenario has no key `{field}`.",
        "Remove it, or use one of {known}.{hint}",
        "The scenario has a key that does not exist; often a slip of the pen.",
    ),
    FindingKind(
        "scenario-unknown-choice",
        "error",
        "`{value}` is not a choice of `{field}`.",
        "Write one of {choices}.{hint}",
        "A tier, a kind of bucket or a policy on gifts is not one of those that exist.",
    ),
    FindingKind(
        "scenario-repeated-tier",
        "error",
        "The tier `{value}` stands twice in `tiers`.",
        "Keep it once, where it should be solved.",
        "A tier is named more than once.",
    ),
    FindingKind(
        "horizon-empty",
        "error",
        "The horizon holds no bucket.",
        'Add a block such as [[horizon]] with bucket = "week" and count = 8 to {file}.',
        "The horizon has no block.",
    ),
    FindingKind(
        "horizon-count",
        "error",
        "`{field}` is {value}, and a block has at least 1 bucket.",
        "Write how many buckets the block has, such as count = 8.",
        "A block of the horizon counts less than one bucket.",
    ),
    FindingKind(
        "horizon-too-long",
        "error",
        "The horizon is too long: {length}.",
        "Use fewer or longer buckets: at most {most} of them and at most {years} years in all.",
        "The horizon has more buckets, or more years, than a plan can hold.",
    ),
)
"""Every kind of finding about the scenario: its keys, tiers and horizon."""
