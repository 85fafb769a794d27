/** The button that opens the texts by which a paper is cited, and formulas that are copied as the TeX that they came from. */

const cite = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".ps-cite"));
const more = document.querySelector(".ps-page--paper > .ps-bar-do > :last-child");
if (cite && more) {
  // Beside the other buttons; without a script the summary does the same.
  const button = document.createElement("button");
  button.className = "ps-do ps-do--cite";
  button.textContent = /** @type {HTMLElement} */ (cite.firstElementChild).textContent;
  button.ariaExpanded = "false";
  button.addEventListener("click", async () => (await import("./desk/cite.js")).openTexts(cite, button));
  more.before(button);
}

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection?.rangeCount || !event.clipboardData) return;
  const part = selection.getRangeAt(0).cloneContents();
  const formulas = /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-tex]"));
  if (!formulas.length) return;
  for (const formula of formulas) formula.replaceWith(`$${formula.dataset.tex}$`);
  const holder = document.createElement("div");
  holder.className = "ps-unseen";
  holder.append(part);
  document.body.append(holder);
  event.clipboardData.setData("text/plain", holder.innerText.trim());
  holder.remove();
  event.preventDefault();
});
