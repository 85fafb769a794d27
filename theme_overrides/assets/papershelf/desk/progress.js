/** Shows how much of each reading path the reader has marked as read, and a button on each step that marks its paper. */

import { act, CARD, paperOf } from "./cards.js";
import { CHANGED, desk } from "./desk.js";

/** @param {string} id */
function isRead(id) {
  return desk.has(id, "read");
}

/** Return a bar, and a link to the first step that has not been read. @param {string[]} ids @param {number} read */
function showWay(ids, read) {
  const bar = document.createElement("progress");
  [bar.max, bar.value] = [ids.length, read];
  bar.setAttribute("aria-hidden", "true"); // the text before it says the same
  const next = ids.findIndex((id) => !isRead(id));
  const heading = document.querySelectorAll(".ps-page--path > h2")[next];
  if (!heading) return [bar];
  const link = document.createElement("a");
  link.href = `#${heading.id}`;
  link.textContent = label("paths.next", { number: next + 1 });
  return [bar, link];
}

/** Add to each step the button that marks its paper, once. */
function dress() {
  for (const card of document.querySelectorAll(`${CARD}:not(:has(> .ps-button))`)) {
    const paper = paperOf(card);
    if (!paper) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ps-button";
    button.textContent = label("mark.mark_read");
    button.setAttribute("aria-label", label("shared.named", { name: label("mark.mark_read"), text: paper.title }));
    button.addEventListener("click", () => void act("read", paper, button));
    card.append(button);
  }
}

function refresh() {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-steps]"))) {
    line.dataset.all ??= line.textContent ?? "";
    const ids = (line.dataset.steps ?? "").split(" ");
    const read = ids.filter(isRead).length;
    const text = read ? label("paths.read", { number: read, papers: ids.length }) : line.dataset.all;
    line.replaceChildren(text, ...(read && line.matches(".ps-progress") ? showWay(ids, read) : []));
  }
  for (const button of document.querySelectorAll(`${CARD} > .ps-button`)) {
    button.setAttribute("aria-pressed", String(isRead(paperOf(button)?.id ?? "")));
  }
}

dress();
document.addEventListener(CHANGED, refresh);
refresh();
