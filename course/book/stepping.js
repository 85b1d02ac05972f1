
// In the book no kernel stands behind a graph: what it would hold is stored in the page, and `shown` lives as long as the page does.
for (const stored of document.querySelectorAll("script.course-steps")) {
  const state = JSON.parse(stored.textContent);
  const heard = new Set();
  const model = {
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      heard.forEach((act) => act());
    },
    on: (_, act) => heard.add(act), // `shown` is all that ever changes
    off: (_, act) => heard.delete(act),
    save_changes() {},
  };
  const el = document.createElement("div");
  stored.before(el);
  render({ model, el });
}
