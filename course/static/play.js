// The picture of course/playing.py, and what the controls around it need.

function render({ model, el }) {
  const image = document.createElement("img");
  image.style.cssText = "max-width:100%;height:auto;display:block";
  const draw = () => {
    const { svg, alt } = model.get("picture");
    image.alt = alt;
    image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  };
  draw();
  model.on("change:picture", draw);
  el.append(image);

  // JupyterLab would insert, delete or move cells at keys pressed on a control. It heeds this attribute on what has the
  // focus. While Ctrl or Cmd is down it is off, so that saving still works.
  const shortcuts = (frame, on) => {
    for (const one of frame.querySelectorAll("select, button, input, [tabindex], [contenteditable]"))
      one.toggleAttribute("data-lm-suppress-shortcuts", !on);
  };
  const withCtrl = ({ type, key, currentTarget }) => {
    if (key === "Control" || key === "Meta") shortcuts(currentTarget, type === "keydown");
  };

  const others = new MutationObserver(lookAfter); // controls arrive in any order
  function lookAfter() {
    const frame = el.closest(".course-play");
    if (!frame) return;
    shortcuts(frame, false);
    for (const heard of ["keydown", "keyup"]) frame.addEventListener(heard, withCtrl);
    for (const control of frame.querySelectorAll(".widget-slider")) {
      const words = control.querySelector(".widget-label").textContent;
      control.querySelector(".noUi-handle")?.setAttribute("aria-label", words);
      const typed = control.querySelector(".widget-readout");
      typed?.setAttribute("aria-label", words + ", typed");
      typed?.setAttribute("role", "textbox");
    }
    others.observe(frame, { childList: true, subtree: true });
  }
  const arrived = new ResizeObserver(lookAfter); // a view is on the page when it has a size
  arrived.observe(el);
  return () => [arrived, others].forEach((one) => one.disconnect());
}

export default { render };
