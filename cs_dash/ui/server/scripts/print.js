// What the margins of each printed sheet say: page, scope and headline on top, day, load and number of the sheet below.
const margins = document.head.appendChild(document.createElement("style"));

/** A text as a string of a style sheet: nothing in it can end the string. */
function quoted(text) {
  return `"${[...text.replace(/\s+/g, " ").trim()].map(letter => `\\${letter.codePointAt(0).toString(16)} `).join("")}"`;
}

function words(selector) {
  return [...document.querySelectorAll(selector)].map(element => element.firstChild.textContent.trim());
}

/** Whether the charts stand on the dark: on paper the browser itself says that all is light. */
function wasDark() {
  const chart = document.querySelector(".stVegaLiteChart svg");
  const [, red] = getComputedStyle(chart ?? document.body).backgroundColor.match(/^rgb\((\d+)/) ?? [];
  return red !== undefined && Number(red) < 128;
}

addEventListener("beforeprint", () => {
  // The charts are drawn in the theme's colours; those for the dark are turned round on paper.
  html.dataset.theme = wasDark() ? "dark" : "light";
  const main = document.querySelector(".stMain");
  const title = main?.querySelector("h1")?.textContent ?? document.title;
  const headline = main?.querySelector(".cs-says")?.textContent ?? "";
  const scope = words(".st-key-scope_bar .cs-chip-on").join(" · ");
  const foot = ["load", "workspace"].map(name => part(name).textContent).filter(Boolean).join(" · ");
  const text = "font-family: var(--font), sans-serif; color: #667085; vertical-align: middle; font-size: 8.5pt;";
  margins.textContent = `@page {
    @top-left { content: ${quoted([title, scope].filter(Boolean).join(" · "))} "\\a " ${quoted(headline)}; white-space: pre-line;
      width: 85%; text-align: left; ${text} }
    @top-right { content: ${quoted(shell.dataset.name)}; width: 15%; text-align: right; ${text} }
    @bottom-left { content: ${quoted(foot)}; width: 70%; text-align: left; ${text} }
    @bottom-right { content: "Page " counter(page) " of " counter(pages); width: 30%; text-align: right; ${text} }
  }`;
});
