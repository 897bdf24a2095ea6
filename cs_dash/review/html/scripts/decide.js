/* A decision is recorded while all watch: its slide shows it at once. */
for (const form of document.querySelectorAll(".decision")) {
  const fields = form.querySelector(".fields");
  const problem = form.querySelector(".problem");
  const name = form.elements.name;
  if (name) name.value = localStorage.getItem("cs-dash-name") || "";

  const edit = (on) => {
    fields.hidden = !on;
    form.classList.toggle("editing", on);
    if (!on) problem.hidden = true;
  };
  const refuse = (text) => { problem.textContent = text; problem.hidden = false; };
  const close = () => { edit(false); form.closest(".frame").focus({ preventScroll: true }); };

  form.addEventListener("change", (event) => { if (event.target.name === "verdict") edit(true); });
  form.addEventListener("click", (event) => {
    if (event.target.name === "verdict") edit(true);
    if (event.target.dataset.do === "cancel") { form.reset(); close(); }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); form.reset(); close(); }
    if (event.key === " " && event.target.name === "verdict") edit(true);
    if (event.key === "Enter" && event.target.name === "verdict" && fields.hidden) { event.preventDefault(); event.target.checked = true; edit(true); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    if (name) localStorage.setItem("cs-dash-name", name.value);
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(document.body.dataset.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...values, item: form.dataset.item, seen: form.dataset.seen }),
      });
      const content = await answer.json().catch(() => ({}));
      if (content.seen) form.dataset.seen = content.seen;
      if (content.text) {
        form.querySelector(".asked").textContent = "Decision";
        form.querySelector(".decided").textContent = content.text;
        form.querySelector(".decided").hidden = false;
      }
      if (!content.saved) { refuse(content.message || "Could not save the decision. Reload the page and try again."); return; }
      for (const field of form.querySelectorAll("input")) {
        if (field.type === "radio") field.defaultChecked = field.checked;
        else field.defaultValue = field.value;
      }
      close();
    } catch {
      refuse("Could not save the decision because the server does not answer. Your entries are still here.");
    } finally {
      button.disabled = false;
    }
  });
}

ACTIONS.decide = () => {
  const first = frames[current].querySelector(".decision [name=verdict]:checked") || frames[current].querySelector(".decision [name=verdict]");
  if (first) first.focus();
};
