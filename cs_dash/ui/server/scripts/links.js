// A link of ours to another page, or to another state of this one, is one run over the connection that is open, as a
// link of the navigation is: the browser learns the new address and is told that it changed.
document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
      || link.hasAttribute("download") || link.target === "_blank") return;
  const target = new URL(link.href), home = new URL("./", document.baseURI);
  const page = target.pathname.slice(home.pathname.length);
  if (target.origin !== home.origin || !target.pathname.startsWith(home.pathname) || !/^[A-Za-z0-9-]*$/.test(page)) return;
  event.preventDefault();
  openAddress(target);
});
function openAddress(target) {
  const href = target.href.replace(/[?]$/, "");
  if (href === location.href) return;
  history.pushState({}, "", href);
  dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}

// Who goes back several steps at once has left a page before the browser hears that it runs: its path would be written
// as a new step, and the way back would lead there again. What nobody clicked for since then changes no path.
let wentBack = false;
addEventListener("popstate", event => { wentBack = event.isTrusted; }, true);
for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { wentBack = false; }, true);

// Everything that follows the address hears of each change of it, also of those that are written without a click.
for (const name of ["pushState", "replaceState"]) {
  const write = history[name];
  history[name] = function (...change) {
    const before = location.href;
    if (wentBack && new URL(change[2] ?? before, document.baseURI).pathname !== location.pathname) return;
    write.apply(this, change);
    if (location.href !== before) dispatchEvent(new Event("cs-address"));
  };
}
addEventListener("popstate", () => dispatchEvent(new Event("cs-address")));

document.addEventListener("click", async event => {
  const button = event.target.closest("#cs-copy, [data-copy]");
  if (!button) return;
  const text = button.dataset.copy ?? location.href, label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // without https a page may not use the clipboard directly
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = label; }, 1500);
});

// A menu of the scope closes by a click elsewhere and by Escape; only one is open.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.cs-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("details.cs-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A link to a field of a page leads to it: the field is brought into view once, and may be written in at once.
let pointedAt = "";
new MutationObserver(() => {
  const field = document.querySelector(".cs-pointed-at")?.closest("[class*='st-key-field_']");
  const input = field?.querySelector("input");  // it may come later than the words below it
  if (!input || pointedAt === location.href) return;
  pointedAt = location.href;
  field.scrollIntoView({block: "center"});
  input.focus({preventScroll: true});
}).observe(document.documentElement, {childList: true, subtree: true});
addEventListener("cs-address", () => { if (location.href !== pointedAt) pointedAt = ""; });
