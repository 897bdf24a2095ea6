/* The speaker's window is this same file once more: it shows the notes, and both tell each other which slide is on. */
let partner = isSpeaker ? window.opener : null;
const began = { at: Date.now() };

ACTIONS.speaker = () => {
  partner = window.open(`${location.href.split("#")[0]}${SPEAKER}-${current + 1}`, "cs-dash-speaker", "popup,width=1180,height=820");
};
ACTIONS.restart = () => { began.at = Date.now(); tick(); };

function tell(message) { if (partner && !partner.closed) partner.postMessage(message, "*"); }

addEventListener("message", (event) => {
  // A file has no origin of its own; all that a message can do is to change the slide.
  const known = event.origin === location.origin || location.protocol === "file:";
  if (!event.data || !(event.source === partner || (known && event.data.speaker))) return;
  if (!isSpeaker) partner = event.source;
  if (event.data.hello) tell({ slide: current });
  else if (Number.isInteger(event.data.slide) && event.data.slide !== current) show(event.data.slide, true);
});

document.addEventListener("shown", (event) => {
  if (isSpeaker) {
    document.querySelectorAll("#speaker article").forEach((notes) => { notes.hidden = notes.dataset.of !== frames[current].id; });
    document.getElementById("speaker-place").textContent = `Slide ${current + 1} of ${frames.length}`;
  }
  if (!event.detail.quietly) tell({ slide: current, speaker: isSpeaker });
});

function tick() {
  const now = new Date();
  const seconds = Math.floor((now - began.at) / 1000);
  document.getElementById("time").textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  document.getElementById("elapsed").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
