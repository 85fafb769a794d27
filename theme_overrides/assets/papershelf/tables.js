/** Lets wide tables of hand-written pages scroll with the keyboard, too. */

// Material frames tables once the document is read.
addEventListener("load", () => {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) allowKeys(/** @type {HTMLElement} */ (target));
  });
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) sizes.observe(frame);
});

/**
 * Let a frame take the keys, with a name, while something of its table is out of view.
 *
 * @param {HTMLElement} frame
 */
function allowKeys(frame) {
  const wide = frame.scrollWidth > frame.clientWidth;
  for (const [name, value] of [
    ["tabindex", "0"],
    ["role", "group"],
    ["aria-label", label("keys.table")],
  ]) {
    if (wide) frame.setAttribute(name, value);
    else frame.removeAttribute(name);
  }
}
