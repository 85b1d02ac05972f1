// What assistive technology needs of the theme's pages: levels of its headings, and a way to scroll what is wider than its place by keyboard.
function reachable() {
  for (const one of document.querySelectorAll("article pre, article mjx-container[display='true'], article .output, article table, article div:has(> img)")) {
    if (one.scrollWidth > one.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)) {
      one.tabIndex = 0;
    }
  }
}

window.addEventListener("load", () => {
  for (const caption of document.querySelectorAll("p.caption[role='heading']:not([aria-level])")) {
    caption.setAttribute("aria-level", "2");
  }
  Promise.resolve(window.MathJax?.startup?.promise).then(reachable);
  document.addEventListener("toggle", reachable, true); // a part that is unfolded has no width before
  window.addEventListener("resize", reachable);
});
