// What the widgets of the course share. This text stands before the script of each (see course/live.py).

/**
 * Calls `arrived` once `el` is on the page, within what `place` selects: also out of sight, where nothing has a size. A view is made
 * before it is put there, and what is round it gets its class later.
 */
function onceOnPage(el, arrived, place = "body") {
  const look = () => {
    const found = el.closest(place);
    if (!found?.isConnected) return;
    stop();
    arrived(found);
  };
  const watches = [new ResizeObserver(look), new MutationObserver(look)];
  const stop = () => watches.forEach((one) => one.disconnect());
  watches[0].observe(el);
  watches[1].observe(document, { childList: true, subtree: true, attributeFilter: ["class"] });
  return stop;
}

/** Hides the still picture that stands for a widget as long as the widget lives; it is the last one before it. */
function insteadOfStill(el) {
  let still;
  const stop = onceOnPage(el, () => {
    const before = [...document.querySelectorAll(".course-still")].filter(
      (one) => one.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING
    );
    still = before.at(-1);
    if (still) still.hidden = true;
  });
  return () => {
    stop();
    if (still) still.hidden = false;
  };
}

// JupyterLab would insert, delete or move cells at keys pressed on a control. It heeds this attribute on what has the
// focus. While Ctrl or Cmd is down it is off, so that saving still works.
function keepKeys(elements, keep) {
  for (const one of elements) one.toggleAttribute("data-lm-suppress-shortcuts", keep);
}

/** A number that no other widget of the page has. Each widget has this script for itself, so it is the page that counts. */
function ownNumber() {
  const { dataset } = document.body;
  dataset.courseWidgets = 1 + Number(dataset.courseWidgets ?? 0);
  return dataset.courseWidgets;
}

/** Escape leads from a widget back to the cell that holds it, where arrow keys and Shift+Enter belong to the notebook again. */
function escapeToCell(root) {
  const escape = (event) => {
    const cell = event.key === "Escape" && root.closest(".jp-Cell");
    if (!cell) return;
    event.preventDefault();
    event.stopPropagation();
    cell.focus();
  };
  root.addEventListener("keydown", escape);
}
