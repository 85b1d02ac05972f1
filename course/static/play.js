// The picture of course/playing.py, and what the controls around it need.

const ASK_EVERY = 300; // milliseconds between two questions to the kernel while somebody drags
const PATIENCE = 3000; // milliseconds after which a kernel that does not answer is said to be silent
const SILENT =
  "No answer from the kernel, so the picture stays as it is. If a cell is running, wait for it; " +
  "if not, run the cell above this picture again: click into it and press Shift+Enter.";

/** Says so below the picture when controls are moved and no kernel answers: it was restarted, or never started. */
function tellIfSilent(model, said) {
  let waiting, asked = 0;
  const heard = () => {
    clearTimeout(waiting);
    waiting = undefined;
    said.textContent = "";
  };
  model.on("change:heard", heard);
  return () => {
    if (Date.now() - asked < ASK_EVERY) return;
    asked = Date.now();
    waiting ??= setTimeout(() => (said.textContent = SILENT), PATIENCE);
    try {
      model.send({});
    } catch (error) {
      console.debug("The kernel has gone.", error); // nobody answers: the note will say so
    }
  };
}

function render({ model, el }) {
  const image = document.createElement("img");
  image.style.cssText = "max-width:100%;height:auto;display:block";
  const place = document.createElement("div"); // where a window is narrower than readable words, it scrolls
  place.style.overflowX = "auto";
  place.append(image);
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  said.className = "course-play-said";
  const draw = () => {
    const { svg, alt, least_width } = model.get("picture");
    image.style.minWidth = `${least_width}px`;
    image.alt = alt;
    image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  };
  draw();
  model.on("change:picture", draw);
  el.append(place, said);

  const withCtrl = ({ type, key, currentTarget }) => {
    if (key === "Control" || key === "Meta") keepKeys(controlsOf(currentTarget), type === "keyup");
  };
  const controlsOf = (frame) => frame.querySelectorAll("select, button, input, [tabindex], [contenteditable]");
  const moved = tellIfSilent(model, said);

  let frame; // holds the picture and its controls, which arrive in any order
  const others = new MutationObserver(lookAfter);
  function lookAfter() {
    keepKeys(controlsOf(frame), true);
    for (const control of frame.querySelectorAll(".widget-slider")) {
      const words = control.querySelector(".widget-label").textContent;
      const handle = control.querySelector(".noUi-handle");
      handle?.setAttribute("aria-label", words);
      const stands = handle?.getAttribute("aria-valuetext"); // 9.000000000000002 is read aloud digit by digit
      const rounded = String(Number(Number(stands).toPrecision(10)));
      if (stands && rounded !== "NaN" && rounded !== stands) handle.setAttribute("aria-valuetext", rounded);
      const typed = control.querySelector(".widget-readout");
      typed?.setAttribute("aria-label", words + ", typed");
      typed?.setAttribute("role", "textbox");
    }
  }
  const enter = (found) => {
    frame = found;
    for (const heard of ["keydown", "keyup"]) frame.addEventListener(heard, withCtrl);
    for (const act of ["keydown", "pointerup", "change"]) frame.addEventListener(act, moved);
    escapeToCell(frame);
    others.observe(frame, { childList: true, subtree: true, attributeFilter: ["aria-valuetext"] });
    lookAfter();
  };
  const stop = onceOnPage(el, enter, ".course-play");
  const showStill = insteadOfStill(el);
  return () => {
    showStill();
    stop();
    others.disconnect();
  };
}

export default { render };
