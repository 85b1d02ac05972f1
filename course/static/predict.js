// A prediction: one of four choices, and what it assumes. The texts come from course/predicting.py; no kernel is needed.

const ELSEWHERE = "h1, h2, h3, .course-predict, .course-still details"; // another section, or another question

/**
 * The cells below that answer the question: all code up to the words that are folded away until somebody has chosen, if those come in
 * the same section; else code that follows one after the other, and what is folded away right after it.
 */
function answering(el) {
  const found = [];
  const first = el.closest(".jp-Cell")?.nextElementSibling;
  for (let cell = first; cell && !cell.querySelector(ELSEWHERE); cell = cell.nextElementSibling) {
    if (cell.matches(".jp-CodeCell")) found.push(cell);
    else if (cell.querySelector("summary")?.textContent.endsWith("once you have chosen")) return [...found, cell];
  }
  const beside = [];
  let cell = first;
  for (; cell?.matches(".jp-CodeCell"); cell = cell.nextElementSibling) beside.push(cell);
  return cell?.querySelector("details") ? [...beside, cell] : beside;
}

/**
 * Until somebody has chosen, what answers the question shows nothing, also under Run All. Gives back how to end that. Cells below may be
 * drawn later than the question, so it is looked for again as the notebook changes.
 */
function hideFollowing(el) {
  let hidden = [];
  function hide(cells) {
    for (const cell of hidden) if (!cells.includes(cell)) cell.classList.remove("course-predict-later");
    for (const cell of cells) cell.classList.add("course-predict-later");
    hidden = cells;
  }
  hide(answering(el));
  const notebook = el.closest(".jp-Notebook");
  if (!notebook) return () => hide([]);
  let waiting = 0;
  const changes = new MutationObserver(() => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      hide(answering(el));
    });
  });
  changes.observe(notebook, { childList: true, subtree: true });
  return () => {
    changes.disconnect();
    cancelAnimationFrame(waiting);
    hide([]);
  };
}

/** Opens what the lesson has folded away below: the outputs, and the words that go with them. */
function openFollowing(el) {
  for (const cell of answering(el)) {
    cell.querySelector(".jp-OutputPlaceholder")?.click();
    const folded = cell.querySelector("details");
    if (folded) folded.open = true;
  }
}

/** Fills an element with pieces of text: [element, words]. */
function put(element, pieces) {
  const nodes = pieces.map(([name, words]) => {
    if (!name) return document.createTextNode(words);
    const made = document.createElement(name);
    made.textContent = words;
    return made;
  });
  element.replaceChildren(...nodes);
}

function render({ model, el }) {
  const group = `course-predict-${ownNumber()}`; // choices of one question share a name
  const box = document.createElement("fieldset");
  box.className = "course-predict";
  const legend = document.createElement("legend");
  put(legend, [["strong", "Predict."], ["", " "], ...model.get("question")]);
  box.append(legend);
  const inputs = Object.entries(model.get("choices")).map(([letter, words]) => {
    const line = document.createElement("label");
    line.className = "course-predict-choice";
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: group, value: letter });
    input.addEventListener("change", () => choose(letter));
    const text = document.createElement("span");
    put(text, [["strong", `${letter}.`], ["", " "], ...words]);
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

  let showFollowing = () => {};

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
    showFollowing();
    if (!letter) {
      showFollowing = hideFollowing(el);
      return;
    }
    const [right, words] = model.get("replies")[letter];
    said.dataset.sign = right ? "✓" : "✗";
    put(said, [["", right ? "✓ Yes. " : `✗ Not ${letter}. `], ...words]);
    for (const input of inputs) input.checked = input.value === letter;
  }

  // Arrow keys change the choice; JupyterLab would move the selection from cell to cell.
  const keydown = (event) => {
    keepKeys(inputs, !(event.ctrlKey || event.metaKey));
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  };
  box.addEventListener("keydown", keydown);
  escapeToCell(box);
  keepKeys([...inputs, open], true);
  model.on("change:chosen", update);
  update();
  el.append(box);
  const stop = onceOnPage(el, update);
  const showStill = insteadOfStill(el);
  return () => {
    stop();
    showStill();
    showFollowing();
    model.off("change:chosen", update);
  };
}

export default { render };
