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


def test_its_figures_are_the_truth(company_truth: Truth) -> None:
    last, retention, flaws = company_truth.bridge[-1], company_truth.retention, company_truth.blemishes
    for figure in (
        f"EUR {last.mrr_end:,.2f} in {last.accounts_end} paying accounts",
        f"{retention.accounts_start} accounts, NRR {retention.nrr:.1%}, GRR {retention.grr:.1%}, "
        f"logo retention {retention.logo_retention:.1%}",
        f"{company_truth.tickets:,}, of them how-to {company_truth.howto_share:.1%}",
        f"{flaws['tickets_without_account']} tickets have no account, {flaws['tickets_by_account_name']} name it",
        f"{flaws['tickets_by_former_name']} carry the former name of {next(iter(company_truth.former_names))}",
        f"{flaws['duplicate_tickets']} tickets and {flaws['duplicate_subscriptions']} contract lines",
        f"{flaws['left_without_event']} accounts left without an entry in the churn log, and "
        f"{flaws['event_but_paying']} are in it",
        f"{company_truth.articles}, of them {sum(company_truth.articles_by_topic.values())} about "
        f"{len(company_truth.articles_by_topic)}",
        f"*{company_truth.badly_covered}* is covered badly",
        *(f"*{topic.replace('-', ' ')}*" for topic in company_truth.topics_without_article),
        f"{flaws['reasons_contradicted_by_comment']} entries of the churn log give the price",
    ):
        assert figure.replace("%", " %") in TEXT, figure
    for number in company_truth.improvements:
        (row,) = [line for line in TEXT.splitlines() if f"shipped {number.shipped}" in line]
        assert f"*{number.topic.replace('-', ' ')}*" in row
        says = (
            "too recent"
            if not number.tellable
            else f"by {-number.effect:.0%}".replace("%", " %")
            if number.effect
            else "nothing"
        )
        assert says in row
