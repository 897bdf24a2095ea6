"""How product and customer success work together: ten subjects, each with what it looks like at the four stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("reactive", "informed", "aligned", "optimised")


@dataclass(frozen=True)
class Statement:
    """One subject of the self-assessment.

    Attributes:
        key: its name in files and in the log.
        title: what it is about.
        traits: what it looks like at each stage, in the order of `STAGES`.
    """

    key: str
    title: str
    traits: tuple[str, str, str, str]


STATEMENTS: Mapping[str, Statement] = {
    statement.key: statement
    for statement in (
        Statement("shared_number", "The number both teams are measured by", (
            "Each team has its own numbers; none is shared.",
            "Each team reports its numbers to the other.",
            "Both teams share one adoption or how-to goal with one owner.",
            "Shared goals are reviewed every month and change both teams' plans.",
        )),
        Statement("decisions", "Who decides on customer requests", (
            "Nobody in particular, or whoever asks loudest.",
            "Product decides and informs customer success.",
            "Each item has one accountable owner whom both teams know.",
            "Owners decide by agreed criteria and compare the effect with the target.",
        )),
        Statement("rhythm", "How often the roadmap is discussed together", (
            "Only when something goes wrong.",
            "Once a quarter, as a presentation.",
            "Every month, with an agreed agenda.",
            "Every week or two, in a working session.",
        )),
        Statement("evidence", "What a request is based on", (
            "Single stories from single accounts.",
            "Lists of requests without numbers.",
            "Tickets, accounts and MRR behind every item.",
            "Evidence, a target and the effect measured after the release.",
        )),
        Statement("how_to", "How-to tickets", (
            "Support answers them one by one.",
            "Support counts them and sends a report.",
            "The largest topics have an owner in product.",
            "Product fixes the largest topics and the how-to share falls.",
        )),
        Statement("launches", "Releases", (
            "Customer success learns of releases from customers.",
            "Customer success is informed before a release.",
            "Both teams plan releases and choose the beta accounts.",
            "Every release has an adoption target that both teams follow.",
        )),
        Statement("closed_loop", "Informing the customers who asked", (
            "Customers find out by themselves.",
            "Everybody gets the release notes.",
            "CSMs inform the accounts that asked.",
            "Every account that asked is informed, and it is recorded.",
        )),
        Statement("journey", "The customer's journey", (
            "Nobody owns the whole journey.",
            "Customer success knows where accounts get stuck.",
            "Both teams agree on the milestones and on what adopted means.",
            "Stuck accounts lead to changes in the product and in the playbook.",
        )),
        Statement("data", "The data both teams look at", (
            "Each team has its own tools and reports.",
            "Reports are sent on request.",
            "Both teams look at the same figures.",
            "Decisions start from the same figures, with their caveats known.",
        )),
        Statement("after_release", "After a release", (
            "The teams move on to the next item.",
            "Complaints are collected.",
            "Adoption and tickets are looked at after each release.",
            "The measured effect decides what comes next.",
        )),
    )
}  # fmt: skip
