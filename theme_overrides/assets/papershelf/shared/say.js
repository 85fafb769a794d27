/** Announcements for screen readers: one live region on every page, present from the start. */

export const status = document.createElement("span");
status.className = "ps-unseen";
status.setAttribute("role", "status");
document.body.append(status);

/** Announce a text to screen readers. @param {string} text */
export function say(text) {
  status.textContent = text;
}
