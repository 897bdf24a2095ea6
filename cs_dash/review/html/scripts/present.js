"use strict";
/* Which slide is shown, and how: presented, all in a grid, or below each other. The address names the slide. */
const root = document.documentElement;
const frames = [...document.querySelectorAll(".frame")];
const narrow = matchMedia("(max-width: 760px) and (orientation: portrait)");
const SPEAKER = "#speaker-window";
const isSpeaker = location.hash.startsWith(SPEAKER);
let current = 0;

function mode() { return root.dataset.mode; }

function setMode(name) {
  root.dataset.mode = name;
  // Below each other, on a phone, drawings and tables scroll sideways.
  document.querySelectorAll(".main").forEach((part) => { if (name === "read") part.tabIndex = 0; else part.removeAttribute("tabindex"); });
  if (name === "overview") frames[current].querySelector(".open").focus();
  else if (name === "present") frames[current].focus({ preventScroll: true });
}

function show(index, quietly) {
  current = Math.min(Math.max(index, 0), frames.length - 1);
  frames.forEach((frame, at) => {
    frame.classList.toggle("current", at === current);
    frame.classList.toggle("next", at === current + 1);
    if (at !== current) frame.querySelectorAll("details[open]").forEach((details) => { details.open = false; });
  });
  document.getElementById("place").textContent = `${current + 1} / ${frames.length}`;
  if (!isSpeaker) history.replaceState(null, "", `#${frames[current].id}`);
  if (mode() === "present") frames[current].focus({ preventScroll: true });
  if (mode() === "overview") frames[current].querySelector(".open").focus();
  document.dispatchEvent(new CustomEvent("shown", { detail: { quietly } }));
}

function indexOf(hash) {
  const name = decodeURIComponent(hash.slice(1));
  const at = frames.findIndex((frame) => frame.id === name);
  return at >= 0 ? at : /^\d+$/.test(name) ? Number(name) - 1 : -1;
}

/* The server chose a size for each slide's type by an estimate; where a text is longer still, it is made smaller. */
function fit(slide) {
  const overflows = () => [...slide.querySelectorAll(".body, .row, .beside, .main, .strip")].some(
    (part) => part.scrollHeight > part.clientHeight + 1 || part.getBoundingClientRect().bottom > slide.querySelector(".foot").getBoundingClientRect().top + 1);
  let scale = Number(slide.dataset.fit) / 100;
  while (overflows() && scale > 0.5) {
    scale -= 0.05;
    slide.style.setProperty("--f", scale);
  }
}

function isTyping(target) { return target.closest("input, select, textarea, .decision.editing") !== null; }

function theme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.querySelector("[data-do=theme]").textContent = dark ? "Dark" : "Light";
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (root.requestFullscreen) root.requestFullscreen();
}

const ACTIONS = {
  back: () => show(current - 1),
  forward: () => show(current + 1),
  overview: () => setMode(mode() === "overview" ? "present" : "overview"),
  theme,
  screen: fullScreen,
  help: () => document.getElementById("help").showModal(),
};

document.addEventListener("click", (event) => {
  const link = event.target.closest(".open");
  if (link) {
    event.preventDefault();
    root.dataset.mode = "present";
    show(frames.indexOf(link.closest(".frame")));
    return;
  }
  const action = event.target.closest("[data-do]");
  if (action) { if (ACTIONS[action.dataset.do]) ACTIONS[action.dataset.do](action); return; }
  const others = "a, button, input, label, summary, details, form, dialog, nav";
  if (mode() !== "present" || event.target.closest(others) || !getSelection().isCollapsed) return;
  show(current + (event.clientX < innerWidth / 5 ? -1 : 1));
});

let touched = null;
document.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
document.addEventListener("touchend", (event) => {
  if (!touched || mode() !== "present" || event.target.closest("form, .sheet")) return;
  const across = event.changedTouches[0].clientX - touched.clientX;
  const down = event.changedTouches[0].clientY - touched.clientY;
  if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) show(current + (across < 0 ? 1 : -1));
}, { passive: true });

let idle = 0;
document.addEventListener("mousemove", () => {
  root.classList.remove("quiet");
  clearTimeout(idle);
  idle = setTimeout(() => root.classList.add("quiet"), 3000);
});
addEventListener("hashchange", () => { if (!isSpeaker && indexOf(location.hash) >= 0) show(indexOf(location.hash)); });
narrow.addEventListener("change", () => { if (["read", "present"].includes(mode())) setMode(narrow.matches ? "read" : "present"); });
