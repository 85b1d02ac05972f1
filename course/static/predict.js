// A prediction: one of four choices, and what it assumes. The texts come from course/predicting.py; no kernel is needed.

const REACH = 4; // cells below this one in which the answer may be folded away

/** The cells below that answer the question: down to the words that are folded away, or else the next one alone. */
function answering(el) {
  const found = [];
  let cell = el.closest(".jp-Cell");
  for (let passed = 0; cell && passed < REACH; passed += 1) {
    cell = cell.nextElementSibling;
    if (!cell || cell.querySelector(".course-predict, h2")) break;
    found.push(cell);
    if (cell.querySelector("details")) return found;
  }
  return found.slice(0, 1);
}

/** Until somebody has chosen, what answers the question shows nothing, also under Run All. */
function hideFollowing(el, hide) {
  for (const cell of answering(el)) cell.classList.toggle("course-predict-later", hide);
}

/** Opens what the lesson has folded away below: the outputs, and the words that go with them. */
function openFollowing(el) {
  for (const cell of answering(el)) {
    cell.querySelector(".jp-OutputPlaceholder")?.click();
    const folded = cell.querySelector("details");
    if (folded) folded.open = true;
  }
}

let count = 0; // of widgets in this page: choices of one question share a name

function render({ model, el }) {
  const group = `course-predict-${(count += 1)}`;
  const box = document.createElement("fieldset");
  box.className = "course-predict";
  const legend = document.createElement("legend");
  legend.innerHTML = `<strong>Predict.</strong> ${model.get("question")}`;
  box.append(legend);
  const inputs = Object.entries(model.get("choices")).map(([letter, words]) => {
    const line = document.createElement("label");
    line.className = "course-predict-choice";
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: group, value: letter });
    input.addEventListener("change", () => choose(letter));
    const text = document.createElement("span");
    text.innerHTML = `<strong>${letter}.</strong> ${words}`;
    line.append(input, text);
    box.append(line);
    return input;
  });
  const said = document.createElement("div");
  said.className = "course-predict-said";
  said.setAttribute("role", "status");
  const open = document.createElement("button");
  open.type = "button";
  open.className = "course-predict-open";
  open.textContent = "Open what follows";
  open.addEventListener("click", () => openFollowing(el));
  box.append(said, open);

  function choose(letter) {
    if (model.get("chosen") !== letter) {
      model.set("chosen", letter);
      try {
        model.save_changes(); // for Python's copy, which nothing here waits for
      } catch (error) {
        console.debug("The kernel has gone; choosing goes on without it.", error);
      }
    }
    if (model.get("replies")[letter][0]) openFollowing(el);
  }

  function update() {
    const letter = model.get("chosen");
    open.hidden = !letter;
    hideFollowing(el, !letter);
    if (!letter) return;
    const [right, words] = model.get("replies")[letter];
    said.dataset.sign = right ? "✓" : "✗";
    said.innerHTML = `${right ? "✓ Yes." : `✗ Not ${letter}.`} ${words}`;
    for (const input of inputs) input.checked = input.value === letter;
  }

  // Arrow keys change the choice; JupyterLab would move the selection from cell to cell.
  const keydown = (event) => {
    keepKeys(inputs, !(event.ctrlKey || event.metaKey));
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  };
  box.addEventListener("keydown", keydown);
  keepKeys([...inputs, open], true);
  model.on("change:chosen", update);
  update();
  el.append(box);
  const stop = onceOnPage(el, update);
  const showStill = insteadOfStill(el);
  return () => {
    stop();
    showStill();
    for (const cell of document.querySelectorAll(".course-predict-later")) cell.classList.remove("course-predict-later");
    model.off("change:chosen", update);
  };
}

export default { render };
