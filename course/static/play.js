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

  const others = new MutationObserver(lookAfter); // controls arrive in any order
  function lookAfter() {
    const frame = el.closest(".course-play");
    if (!frame) return;
    for (const one of frame.querySelectorAll("select, button, input, [tabindex], [contenteditable]"))
      one.setAttribute("data-lm-suppress-shortcuts", "true"); // of use only on what has the focus itself
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
