// A graph to step through, one gradient at a time. The pictures, the questions and the right answers come from
// course/stepping.py; here they are shown, and what is typed is judged. No kernel is needed for either.

const NUMBER = String.raw`\(?([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\)?`;
const CALCULATION = new RegExp(`^${NUMBER}(?:[*/]${NUMBER})*$`, "i");
const NEARLY = 0.05; // so far off, for its size, a number may be a right one that was rounded on the way

/** The number somebody meant: -4, −4, 0.37, 0,37, 1/3, or a product such as -4 * 1. NaN if it cannot be read. */
export function read(text) {
  const plain = text
    .replace(/\s/g, "")
    .replace(/[\u2212\u2012\u2013]/g, "-")
    .replace(/[\u00d7\u00b7]/g, "*")
    .replace(/^([+-]?0*),(?=\d+$)/, "$1.")
    .replace(/^([+-]?\d+),(?=\d+$)(?!\d{3}$)/, "$1."); // 1,000 stays as it is: it may mean two things
  if (!CALCULATION.test(plain)) return NaN;
  const [first, ...rest] = plain.replace(/[()]/g, "").split(/(?=[*/])/);
  return rest.reduce((value, part) => {
    const operand = Number(part.slice(1));
    return part[0] === "*" ? value * operand : value / operand;
  }, Number(first));
}

/** As `judge`, but nobody hears the same sentence twice in a row: the second time, a step further. */
export function judgeAgain(text, question, before) {
  const verdict = judge(text, question);
  const again = !verdict.right && text.trim() && verdict.say === before;
  return again ? { right: false, say: `Still not. ${question.more}` } : verdict;
}

/** Whether a typed text is the answer to a question, and what to say if it is not. */
export function judge(text, question) {
  if (!text.trim()) return { right: false, say: "Type a number first. Or let Next show it." };
  const value = read(text);
  if (!Number.isFinite(value)) {
    return { right: false, say: "I cannot read that as a number. Write it like −4, 0.37 or 1/3." };
  }
  const near = (number) => Math.abs(value - number) <= question.tolerance + 1e-9 * Math.abs(number);
  if (near(question.answer)) return { right: true };
  const slip = question.slips.find(([number]) => near(number));
  if (slip) return { right: false, say: `Not yet. ${slip[1]}` };
  if (Math.abs(value - question.answer) <= NEARLY * Math.abs(question.answer)) {
    return { right: false, say: "Very close. Keep all digits on the way, and round at the end, to two or more decimals." };
  }
  return { right: false, say: `Not yet. ${question.nudge}` };
}

function make(tag, name, attributes = {}) {
  const element = document.createElement(tag);
  element.className = `course-step-${name}`;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function render({ model, el }) {
  const questions = model.get("questions");
  const last = questions.length;
  const id = `course-step-input-${ownNumber()}`; // a label has to name its input

  const root = make("div", "graph", { role: "group", tabindex: "0", "aria-label": "A graph to step through" });
  const picture = make("img", "picture");
  picture.style.minWidth = `${model.get("least_width")}px`;
  const place = make("div", "place");
  place.append(picture);
  picture.addEventListener("load", toQuestion);
  const form = make("div", "row");
  const label = make("label", "label", { for: id });
  const input = make("input", "input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  const row = make("div", "row");
  const said = make("div", "said", { role: "status", "aria-live": "polite" });
  const counted = make("span", "count");

  const button = (words, name, act) => {
    const made = make("button", name, { type: "button" });
    made.classList.add("course-step-button");
    made.textContent = words;
    // Not `disabled`, which would throw the focus away when the end is reached.
    made.addEventListener("click", () => made.getAttribute("aria-disabled") === "true" || act());
    return made;
  };
  const check = button("Check", "check", () => answer());
  const back = button("◂ Back", "back", () => go(shown() - 1, "One step back."));
  const next = button("Next ▸", "next", () => reveal());
  const all = button("Show all", "all", () => go(last, "Every gradient is shown."));
  const over = button("Start over", "over", () => go(model.get("first"), "From the beginning."));
  form.append(label, input, check);
  row.append(back, next, all, over, counted);
  root.append(place, form, said, row);

  const shown = () => model.get("shown");
  let before = ""; // what was said of the last number

  /** Where the picture scrolls, the question stands in the middle. */
  function toQuestion() {
    const svg = decodeURIComponent(picture.src);
    const [asked, all] = [/<text x="([\d.]+)"[^>]*>\?</, /viewBox="0 0 ([\d.]+) /].map((one) => one.exec(svg));
    if (asked) place.scrollLeft = (asked[1] / all[1]) * picture.clientWidth - place.clientWidth / 2;
  }

  function tell(words, sign = "") {
    said.dataset.sign = sign;
    said.textContent = sign ? `${sign} ${words}` : words;
  }

  function go(to, words, sign) {
    const stop = Math.max(model.get("first"), Math.min(last, to));
    if (stop === shown()) return;
    input.value = "";
    model.set("shown", stop);
    tell(words, sign);
    try {
      model.save_changes(); // for Python's copy, which nothing here waits for
    } catch (error) {
      console.debug("The kernel has gone; stepping goes on without it.", error);
    }
  }

  function reveal(praise = "") {
    const question = questions[shown()];
    if (!question) return;
    const end = shown() + 1 === last ? " That was the last one." : "";
    if (praise) go(shown() + 1, `Right: ${question.printed}.${end}`, praise);
    else go(shown() + 1, `${question.printed} on ${question.place}.${end}`);
  }

  function answer() {
    const question = questions[shown()];
    if (!question) return;
    const { right, say } = judgeAgain(input.value, question, before);
    before = say;
    if (right) return reveal("✓");
    tell(say, input.value.trim() ? "✗" : "");
    input.focus();
    input.select();
  }

  function update() {
    before = "";
    const k = shown();
    const lines = model.get("lines");
    const svg = model.get("frames")[k].map((i) => lines[i]).join("\n");
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    picture.alt = model.get("alts")[k];
    const done = k === last;
    const atInput = form.contains(document.activeElement);
    label.textContent = done ? "" : `The ? on ${questions[k].place}:`;
    form.style.visibility = done ? "hidden" : "visible";
    if (done && atInput) over.focus();
    counted.textContent = `${k} of ${last} gradients`;
    for (const one of [next, all]) one.setAttribute("aria-disabled", String(done));
    for (const one of [back, over]) one.setAttribute("aria-disabled", String(k === model.get("first")));
  }

  // Newer JupyterLabs hear of a key after this widget, which keeps it to itself (see keydown); older ones hear of it first.
  const focusable = [root, input, check, back, next, all, over];
  const shortcuts = (on) => keepKeys(focusable, !on);

  function keydown(event) {
    if (event.key === "Control" || event.key === "Meta") shortcuts(true);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    const typing = event.target === input && input.value !== "";
    if (event.key === "ArrowRight" && !typing) reveal();
    else if (event.key === "ArrowLeft" && !typing) go(shown() - 1, "One step back.");
    else if (event.key === "Enter" && event.target === input) answer();
    else return;
    event.preventDefault();
  }

  const keyup = (event) => (event.key === "Control" || event.key === "Meta") && shortcuts(false);
  const leave = () => shortcuts(false);
  root.addEventListener("keydown", keydown);
  escapeToCell(root);
  root.addEventListener("keyup", keyup);
  root.addEventListener("focusin", leave);
  model.on("change:shown", update);
  shortcuts(false);
  update();
  el.append(root);
  const showStill = insteadOfStill(el);
  return () => {
    showStill();
    model.off("change:shown", update);
  };
}

export default { render };
