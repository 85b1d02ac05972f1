// What the widgets of the course share. This text stands before the script of each (see course/live.py).

/** Calls `arrived` once `el` is on the page. A view is made before it is put there. */
function onceOnPage(el, arrived) {
  const seen = new ResizeObserver(() => {
    if (!el.isConnected) return;
    seen.disconnect();
    arrived();
  });
  seen.observe(el);
  return () => seen.disconnect();
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
