// Watches a page of Streamlit: when something was pressed, when its script spoke, when what is shown last changed.
(() => {
  const seen = {pressed: 0, changed: 0, heard: 0, before: 0};
  const main = node => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    // What a table's canvas holds is its text for screen readers, written when all else is done.
    return element && element.closest('[data-testid="stMain"]') && !element.closest('canvas');
  };
  new MutationObserver(changes => {
    if (changes.some(change => change.attributeName === 'data-test-script-state' || main(change.target))) {
      seen.changed = performance.now();
    }
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  // A script has ended when its last message has come: what it sent may be what is shown already.
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => { seen.heard += 1; seen.spoke = seen.changed = performance.now(); });
    }
  };
  // A table is drawn on a canvas, of which no mutation tells.
  const drawn = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (...given) {
    seen.changed = performance.now();
    return drawn.apply(this, given);
  };
  for (const name of ['pointerup', 'keydown']) {
    window.addEventListener(name, event => { seen.pressed = event.timeStamp; seen.before = seen.heard; }, true);
  }
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = () => ({
    charts: all('[data-testid="stVegaLiteChart"]').filter(chart => chart.querySelector('svg .mark-group path, svg [class*=mark-] > *')).length,
    tables: all('[data-testid="stDataFrame"] canvas, .cs-table').filter(table => table.offsetWidth > 0 && table.offsetHeight > 0).length,
  });
  const finished = () => {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
    const drawing = all('[data-testid="stVegaLiteChart"]').length;
    return state === 'notRunning' && shown().charts === drawing && !document.querySelector(
      '[data-testid="stMain"] [data-stale="true"], [data-testid="stMain"] [data-testid="stSkeleton"]');
  };
  window.watched = {
    shown,
    // Milliseconds from the last press, or from the start of the navigation, until nothing changed any more,
    // and until the server had sent everything; null until then.
    took: ({charts, tables, quiet, since}) => {
      const there = shown();
      const start = since === 'press' ? seen.pressed : 0;
      const ran = seen.heard > (since === 'press' ? seen.before : 0);
      const still = performance.now() - seen.changed > quiet;
      const all = ran && still && finished() && there.charts >= charts && there.tables >= tables;
      return all ? [seen.changed - start, seen.spoke - start] : null;
    },
    still: quiet => performance.now() - seen.changed > quiet,
    seen,
  };
})();
