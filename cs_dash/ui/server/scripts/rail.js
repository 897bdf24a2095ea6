// The rail: which page is open, links that take the scope along, what the data say beside them, opened and closed.
const shell = document.querySelector(".cs-shell");
const rail = document.getElementById("cs-rail");
const root = document.getElementById("root");
const html = document.documentElement;
const base = new URL("./", document.baseURI);
const narrow = matchMedia("(max-width: 900px)");
const part = name => shell.querySelector(`[data-shell=${name}]`);

/** The part of a query that belongs to the scope and goes along from page to page. */
function scopeOf(query) {
  const names = shell.dataset.scope.split(" ");
  return new URLSearchParams([...query].filter(([name]) => names.includes(name) || name.startsWith("f.")));
}

/** A link of the shell in the scope of the address. */
function inScope(href) {
  const url = new URL(href, base);
  for (const [name, value] of scopeOf(new URLSearchParams(location.search))) url.searchParams.append(name, value);
  return url.href;
}

function openPage() {
  return location.pathname.slice(base.pathname.length) || shell.dataset.home;
}

function followAddress() {
  const page = openPage();
  for (const link of rail.querySelectorAll("a")) {
    link.dataset.href ??= link.getAttribute("href");
    link.href = inScope(link.dataset.href);
    if (link.dataset.page === page || link.dataset.part?.split(" ").includes(page)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

let shown = "", asking;
async function followData(load) {
  const query = scopeOf(new URLSearchParams(location.search));
  query.set("language", navigator.language);
  const key = `${openPage()}?${query}#${load ?? ""}`;
  if (key === shown) return;
  shown = key;
  asking?.abort();
  asking = new AbortController();
  let data;
  try {
    const answer = await fetch(new URL(`rail.json?${query}`, base), {signal: asking.signal});
    data = await answer.json();
  } catch { return; }  // the next change asks again
  const tables = data.tables ?? [];
  for (const entry of rail.querySelectorAll("[data-needs]")) entry.hidden = !tables.includes(entry.dataset.needs);
  const count = rail.querySelector(".cs-count");
  count.hidden = !data.at_risk;
  count.textContent = data.at_risk ?? "";
  count.title = data.at_risk === 1 ? "1 account at risk" : `${data.at_risk} accounts at risk`;
  part("workspace").textContent = data.workspace ?? "";
  part("load").textContent = [data.as_of, data.load && `load ${data.load}`].filter(Boolean).join(" · ");
}

let later;
function follow() {
  followAddress();
  clearTimeout(later);
  later = setTimeout(followData, 400);  // after the page itself has asked
}
addEventListener("cs-address", follow);
followAddress();
followData();
// A page that shows another load than before begins with a new caption, and that begins with an animation.
document.addEventListener("animationstart", event => {
  if (event.animationName === "cs-shown") followData(event.target.closest("[data-load]")?.dataset.load);
});

function drawer(open) {
  html.dataset.drawer = open ? "open" : "closed";
  root.inert = open;
  part("menu").setAttribute("aria-expanded", String(open));
  if (open) (rail.querySelector("[aria-current]") ?? rail.querySelector("a")).focus();
  else if (narrow.matches && rail.contains(document.activeElement)) part("menu").focus();
}

function keepRail(state) {
  html.dataset.rail = state;
  try { localStorage.setItem("cs-rail", state); } catch { /* no storage */ }
  part(state === "open" ? "close" : "open").focus();
}

shell.addEventListener("click", event => {
  const action = event.target.closest("[data-shell]")?.dataset.shell;
  if (action === "menu") drawer(html.dataset.drawer !== "open");
  else if (action === "close" && narrow.matches) drawer(false);
  else if (action === "close") keepRail("closed");
  else if (action === "open") keepRail("open");
  else if (action === "search") openSearch();
  else if (action === "skip") {
    const main = document.querySelector(".stMain");
    main?.setAttribute("tabindex", "-1");
    main?.focus();
  } else if (event.target.closest("#cs-rail a") && html.dataset.drawer === "open") drawer(false);
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && html.dataset.drawer === "open") drawer(false);
});
narrow.addEventListener("change", () => { if (!narrow.matches) drawer(false); });
