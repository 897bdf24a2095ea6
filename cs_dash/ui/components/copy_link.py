"""What is shown, in one quiet line, and the button that copies its address."""

from __future__ import annotations

from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import escaped

SCRIPT = """<script>
{
  const button = document.getElementById("cs-copy");
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {  // without https a page may not use the clipboard directly
      const field = document.createElement("textarea");
      field.value = location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy link"; }, 1500);
  };
}
</script>"""


def copy_link(caption: str) -> None:
    """Show `caption` and, beside it, a button that puts the page's address on the clipboard."""
    html(
        f'<span class="cs-shown">{escaped(caption)}</span>'
        f'<button id="cs-copy" class="cs-link" type="button">Copy link</button>{SCRIPT}',
        scripts=True,
    )
