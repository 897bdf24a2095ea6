// Tables and the drawer.
let openedBy = "", shownDrawer = null;
const OPENERS = "a.cs-peek, tr[data-href] th > a";

// A click on a row, anywhere but on what is a link or a control itself, opens the row.
document.addEventListener("click", event => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.defaultPrevented || event.button || event.target.closest("a, button, summary, input, label")) return;
  if (String(getSelection())) return;  // text is being marked, to copy it
  openedBy = row.dataset.href;
  openAddress(new URL(openedBy, location.href));
});
document.addEventListener("click", event => {
  openedBy = event.target.closest(OPENERS)?.getAttribute("href") ?? openedBy;
}, true);

// The search of a table and the choice of its columns: what is written in the fields becomes part of the address.
document.addEventListener("submit", event => {
  const form = event.target.closest("form.cs-form");
  if (!form) return;
  event.preventDefault();
  const target = new URL(form.getAttribute("action"), location.href), fields = new FormData(form);
  for (const name of new Set(fields.keys())) {
    const value = fields.getAll(name).join(",").trim();
    if (value) target.searchParams.set(name, value);
  }
  openAddress(target);
});
document.addEventListener("search", event => {  // the cross in a search field empties it
  if (!event.target.value && event.target.form?.matches(".cs-find")) event.target.form.requestSubmit();
});

// A link that leads to the same view, drawn anew, is another element afterwards: the focus goes to the one in its place.
let focusWanted = "";
document.addEventListener("click", event => {
  focusWanted = event.target.closest("a[data-focus]")?.dataset.focus ?? "";
}, true);
new MutationObserver(() => {
  if (!focusWanted || document.activeElement !== document.body) return;
  [...document.querySelectorAll("a[data-focus]")].find(link => link.dataset.focus === focusWanted)?.focus({preventScroll: true});
}).observe(document.documentElement, {childList: true, subtree: true});

// The drawer is a dialog beside the page: the focus moves into it, and back to what opened it; Escape closes it.
new MutationObserver(() => {
  const link = document.querySelector("a.cs-follow:not([data-followed])");
  if (link) {  // what a click on a chart leads to
    link.dataset.followed = "yes";
    openAddress(new URL(link.getAttribute("href"), location.href));
  }
  const current = document.querySelector(".st-key-drawer");
  if (current === shownDrawer) return;
  const closed = shownDrawer && !current;
  shownDrawer = current;
  if (current) {
    for (const [name, value] of [["role", "dialog"], ["aria-labelledby", "cs-drawer-title"], ["tabindex", "-1"]])
      current.setAttribute(name, value);
    current.focus({preventScroll: true});
  } else if (closed && openedBy) {
    [...document.querySelectorAll(OPENERS)].find(link => link.getAttribute("href") === openedBy)?.focus({preventScroll: true});
    openedBy = "";
  }
}).observe(document.documentElement, {childList: true, subtree: true});
addEventListener("keydown", event => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (document.querySelector(":popover-open, dialog[open], [role=listbox]:not(#cs-matches)")) return;
  shownDrawer?.querySelector(".cs-close")?.click();
});
