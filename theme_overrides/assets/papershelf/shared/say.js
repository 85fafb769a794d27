/** What screen readers hear: one place on every page that they listen to from the start, before it speaks. */

export const status = document.createElement("span");
status.className = "ps-unseen";
status.setAttribute("role", "status");
document.body.append(status);

/** Tell screen readers. @param {string} text */
export function say(text) {
  status.textContent = text;
}
