"""A page as axe sees it, the checker of accessibility."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOR_RULES = ["color-contrast", "link-in-text-block"]
"""What a theme decides; all else is the same in both."""
NOT_OURS = {
    # Streamlit gives the area of its uploader a name, and the role "presentation" as the button in it does the work.
    "presentation-role-conflict": '[data-testid="stFileUploaderDropzone"]',
}
"""Rule -> the one element of Streamlit's own, not to be changed from outside, that may break it."""


WITHOUT_SCROLLING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".cs-table-box { overflow: visible !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
"""axe judges no color of a page with a table that scrolls and cells that stick in it."""


def violations(page: Page, rules: list[str], kind: Literal["tag", "rule"] = "tag") -> list[str]:
    """Return what axe finds on the page as it stands: the rule, the element and why, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # evaluated by the debugger, so the page's content policy need not allow it
    page.evaluate(WITHOUT_SCROLLING)
    options = {"runOnly": {"type": kind, "values": rules}, "resultTypes": ["violations"]}
    outcome: dict[str, Any] = {}
    for _ in range(20):
        outcome = page.evaluate("options => axe.run(document, options)", options)
        if outcome["passes"] or outcome["violations"]:
            break
        page.wait_for_timeout(500)  # a page that is being drawn anew has nothing to judge yet
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    assert outcome["passes"] or outcome["violations"]
    gave_up = [
        (rule["id"], rule["error"]["message"], rule["nodes"]) for rule in outcome["incomplete"] if "error" in rule
    ]
    assert gave_up == []
    return [
        f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in outcome["violations"]
        for node in violation["nodes"]
        if not is_theirs(page, violation["id"], node["target"])
    ]


def is_theirs(page: Page, rule: str, target: list[str]) -> bool:
    """Return whether an element is the one of Streamlit's that may break this rule."""
    selector = NOT_OURS.get(rule)
    return bool(selector) and page.locator(target[0]).first.evaluate("(element, of) => element.matches(of)", selector)
