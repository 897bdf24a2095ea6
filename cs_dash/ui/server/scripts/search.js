// The search: a field that opens with "/" or Ctrl-K, and below it what fits. Everything that the data call something is
// written as text, never as HTML.
const dialog = document.getElementById("cs-search");
const field = dialog.querySelector("input");
const list = document.getElementById("cs-matches");
const status = dialog.querySelector("[role=status]");
const KINDS = {account: "Account", topic: "Topic", page: "Page", metric: "Metric"};
let options = [], at = -1, searching, typed;

function openSearch() {
  if (dialog.open) return;
  if (html.dataset.drawer === "open") drawer(false);
  field.value = "";
  dialog.showModal();
  find();
}

function choose(index) {
  at = index;
  options.forEach((option, position) => option.setAttribute("aria-selected", String(position === at)));
  if (options[at]) {
    field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({block: "nearest"});
  } else field.removeAttribute("aria-activedescendant");
}

function text(tag, content, name) {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}

function show(matches) {
  options = matches.map((match, index) => {
    const option = document.createElement("a");
    option.id = `cs-match-${index}`;
    option.setAttribute("role", "option");
    option.tabIndex = -1;
    option.href = inScope(match.href);
    option.append(text("b", match.title), text("span", [KINDS[match.kind], match.hint].filter(Boolean).join(" · "), "note"));
    return option;
  });
  list.replaceChildren(...options);
  field.setAttribute("aria-expanded", String(options.length > 0));
  status.textContent = options.length || !field.value.trim() ? "" : "Nothing has this name.";
  choose(options.length ? 0 : -1);
}

async function find() {
  searching?.abort();
  searching = new AbortController();
  const sought = field.value;
  try {
    const answer = await fetch(new URL(`search.json?${new URLSearchParams({find: sought})}`, base), {signal: searching.signal});
    const {matches = []} = await answer.json();
    if (dialog.open && field.value === sought) show(matches);
  } catch (problem) {
    if (problem.name !== "AbortError") status.textContent = "The server does not answer.";
  }
}

field.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(find, 90);
});
field.addEventListener("keydown", event => {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step && options.length) {
    event.preventDefault();
    choose((at + step + options.length) % options.length);
  } else if (event.key === "Enter" && options[at]) {
    event.preventDefault();
    options[at].dispatchEvent(new MouseEvent("click", {
      bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey,
    }));
  }
});
list.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });

addEventListener("keydown", event => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const writes = event.target.closest?.("input, textarea, select, [contenteditable], [data-testid=stDataFrame], dialog");
  if (!chord && !(slash && !writes)) return;
  event.preventDefault();
  openSearch();
}, true);
