"""The few rules of style that the framework has no option for.

They hang on names that the framework documents (a container's key) or keeps for tests (`data-testid`), never on the
generated class names, and hide nothing that a keyboard or a screen reader needs.
"""

from __future__ import annotations

from cs_dash.look.theme import DARK, LIGHT

PHONE = "640px"
HEADER = "3.75rem"  # height of the framework's own bar, under which the page scrolls

RULES = """
:root { --quiet: %(muted)s; --paper: %(background)s; --rule: %(border)s; }
.stApp { font-variant-numeric: tabular-nums; font-feature-settings: "cv11", "ss03"; }
.stMainBlockContainer { max-width: 1360px; padding-left: 2rem; padding-right: 2rem; }

/* the scope stays in sight: one bar under the navigation */
*:has(> .st-key-scope_bar) { position: sticky; top: %(header)s; z-index: 90; }
.st-key-scope_bar { background: var(--paper); padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }

/* a page's title and its answer */
.stMainBlockContainer h1 { letter-spacing: -0.012em; padding: 0.75rem 0 0.25rem; }
.stMainBlockContainer h2 { letter-spacing: -0.006em; }

/* figures: the change and its comparison may take a second line, never be cut */
.stMetric [data-testid="stMetricValue"] { letter-spacing: -0.02em; line-height: 1.2; }
.stMetric :has(> [data-testid="stMetricDelta"]) { flex-wrap: wrap; row-gap: 0.2rem; }
.stMetric [data-testid="stMetricDeltaDescription"] * { white-space: normal; color: var(--quiet); opacity: 1; }
.stMetric [data-testid="stMetricLabel"] * { white-space: normal; }

/* charts: the title is the finding and wraps; the subtitle says what is drawn */
.chart-title { font-size: 15px; font-weight: 600; line-height: 1.35; text-wrap: pretty; overflow-wrap: anywhere; }
.chart-subtitle { font-size: 12px; line-height: 1.4; color: var(--quiet); margin-top: 0.15rem; }
/* drawings measure their words without these features, and would be cut short of room for them */
.stVegaLiteChart svg { font-variant-numeric: normal; font-feature-settings: normal; }
#vg-tooltip-element { font-variant-numeric: tabular-nums; }

/* doubts and notes */
.note { font-size: 12px; line-height: 1.45; color: var(--quiet); }

@media (max-width: %(phone)s) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .st-key-scope_bar { overflow-x: auto; flex-wrap: nowrap; gap: 0.5rem; scrollbar-width: none; }
  .st-key-scope_bar > * { flex: 0 0 auto; }
  .st-key-figures { display: grid; grid-template-columns: 1fr 1fr; gap: 0.6rem; align-items: stretch; }
  .st-key-figures > * { width: auto; min-width: 0; height: auto; }
  .st-key-figures [data-testid="stMetricChart"] { display: none; }
  .st-key-figures .stMetric { height: 100%%; }
  .st-key-figures .stMetric > div { padding: 0.65rem 0.75rem; }
  .st-key-figures [data-testid="stMetricDeltaDescription"] { font-size: 12px; }
  .stMetric [data-testid="stMetricValue"] { font-size: 22px; }
}

@media print {
  header[data-testid="stHeader"], .st-key-scope_bar button, [data-testid="stToolbar"] { display: none; }
  .st-key-scope_bar { position: static; }
  .stMainBlockContainer { max-width: none; padding: 0; }
  [class*="st-key-chart_"], .stMetric, .stVegaLiteChart, .stDataFrame { break-inside: avoid; }
  h1, h2, .chart-title { break-after: avoid; }
}
"""


def css() -> str:
    """Return the rules as one `<style>` element, to be put on a page once with `st.html`."""
    tokens = {
        name: f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in ("muted", "background", "border")
    }
    return f"<style>{RULES % (tokens | {'phone': PHONE, 'header': HEADER})}</style>"
