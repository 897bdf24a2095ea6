/* The keys, and how it begins. Digits are collected until Enter. */
let digits = "";
const typed = document.getElementById("typed");

function collect(text) {
  digits = text.slice(0, 4);
  typed.textContent = digits ? `Slide ${digits}` : "";
  typed.hidden = !digits;
}

function columns() {
  const top = frames[0].offsetTop;
  return Math.max(frames.findIndex((frame) => frame.offsetTop > top), 1);
}

function steps(key, shift) {
  const grid = mode() === "overview";
  return {
    ArrowRight: 1, ArrowLeft: -1, ArrowDown: grid ? columns() : 1, ArrowUp: grid ? -columns() : -1,
    PageDown: 1, PageUp: -1, " ": shift ? -1 : 1, Home: -frames.length, End: frames.length,
  }[key];
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (mode() === "read" || document.querySelector("dialog[open]")) return;
  const target = event.target instanceof Element ? event.target : root;
  if (isTyping(target)) return;
  const inSheet = target.closest(".sheet");
  const onControl = target.closest("button, summary, a");
  if (event.key === "Escape" && frames[current].querySelector("details[open]")) {
    frames[current].querySelector("details").open = false;
    frames[current].focus({ preventScroll: true });
  } else if (/^\d$/.test(event.key)) collect(digits + event.key);
  else if (event.key === "Enter" && digits) { show(Number(digits) - 1); collect(""); }
  else if (event.key === "Escape" && digits) collect("");
  else if (event.key === "Enter" && mode() === "overview" && target.closest(".open")) return;
  else if ((event.key === " " || event.key === "Enter") && onControl && mode() !== "overview") return;
  else if (inSheet && ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", " "].includes(event.key)) return;
  else if (steps(event.key, event.shiftKey)) show(current + steps(event.key, event.shiftKey));
  else if (event.key === "o" || event.key === "Escape") ACTIONS.overview();
  else if (event.key === "i") data();
  else if (event.key === "d") theme();
  else if (event.key === "f") fullScreen();
  else if (event.key === "n") ACTIONS.speaker();
  else if (event.key === "e" && ACTIONS.decide) ACTIONS.decide();
  else if (event.key === "?" || event.key === "h") ACTIONS.help();
  else return;
  event.preventDefault();
});

function data() {
  const details = frames[current].querySelector("details.behind");
  if (!details || mode() !== "present") return;
  details.open = !details.open;
  if (details.open) details.querySelector(".sheet").focus();
  else frames[current].focus({ preventScroll: true });
}

document.fonts.ready.then(() => {
  const before = mode();
  root.dataset.mode = isSpeaker ? "speaker" : "present";
  if (!isSpeaker) frames.forEach((frame) => fit(frame.querySelector(".slide")));
  if (before) root.dataset.mode = before;
  root.dataset.ready = "yes";
});

if (isSpeaker) {
  root.dataset.mode = "speaker";
  document.title = `Notes: ${document.title}`;
  document.getElementById("speaker").hidden = false;
  show(Number(location.hash.slice(SPEAKER.length + 1) || 1) - 1, true);
  setInterval(() => { tick(); tell({ hello: true, speaker: true }); }, 1000);
  tick();
} else {
  setMode(narrow.matches ? "read" : "present");
  if (mode() === "present" || location.hash) show(Math.max(indexOf(location.hash), 0));
}
