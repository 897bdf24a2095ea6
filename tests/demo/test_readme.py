"""data/README.md says what the truth says."""

from pathlib import Path

from cs_dash.demo.company import FILES, USAGE_HEADER, Company, sheets
from cs_dash.demo.truth import Truth

TEXT = (Path(__file__).parents[2] / "data" / "README.md").read_text("utf-8")


def test_every_file_and_column_is_described(company: Company) -> None:
    headers = {name: header for name, (header, _) in sheets(company).items()} | {"usage.xlsx": USAGE_HEADER}
    for name in FILES:
        (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{name}`")]
        assert [column for column in headers[name] if column not in row] == [], name


def test_its_figures_are_the_truth(known: Truth) -> None:
    last, kept, flaws = known.bridge[-1], known.retention, known.blemishes
    for figure in (
        f"EUR {last.mrr_end:,.2f} in {last.accounts_end} paying accounts",
        f"{kept.accounts_start} accounts, NRR {kept.nrr:.1%}, GRR {kept.grr:.1%}, "
        f"logo retention {kept.logo_retention:.1%}",
        f"{known.tickets:,}, of them how-to {known.howto_share:.1%}",
        f"{flaws['tickets_without_account']} tickets have no account, {flaws['tickets_by_account_name']} name it",
        f"{flaws['tickets_by_former_name']} carry the former name of {next(iter(known.former_names))}",
        f"{flaws['duplicate_tickets']} tickets and {flaws['duplicate_subscriptions']} contract lines",
        f"{flaws['left_without_event']} accounts left without an entry in the churn log, and "
        f"{flaws['event_but_paying']} are in it",
        f"{known.articles}, of them {sum(known.articles_by_topic.values())} about {len(known.articles_by_topic)}",
        f"*{known.badly_covered}* is covered badly",
        *(f"*{topic.replace('-', ' ')}*" for topic in known.topics_without_article),
        f"{flaws['reasons_contradicted_by_comment']} entries of the churn log give the price",
    ):
        assert figure.replace("%", " %") in TEXT, figure
    for each in known.improvements:
        (row,) = [line for line in TEXT.splitlines() if f"shipped {each.shipped}" in line]
        assert f"*{each.topic.replace('-', ' ')}*" in row
        says = (
            "too recent"
            if not each.tellable
            else f"by {-each.effect:.0%}".replace("%", " %")
            if each.effect
            else "nothing"
        )
        assert says in row
