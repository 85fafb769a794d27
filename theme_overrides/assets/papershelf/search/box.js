/** The search box in the header of every page: keys that reach it; what it suggests is loaded when a reader enters it. */

const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".ps-box input"));

/** Return whether somebody writes where an event comes from. @param {Event} event */
export function isWriting(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Load the suggestions; without them the box is a plain form. */
function wake() {
  import("./suggest.js").catch(() => dispatchEvent(new Event("papershelf:missing")));
}

if (input) {
  const hint = document.createElement("kbd");
  hint.setAttribute("aria-hidden", "true");
  hint.textContent = "/";
  input.after(hint);
  input.addEventListener("focus", wake, { once: true });
  if (document.activeElement === input) wake();
}
document.addEventListener("keydown", (event) => {
  const called = (event.key === "/" && !isWriting(event) && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  if (!called || !input) return;
  event.preventDefault();
  input.focus();
  input.select();
});
