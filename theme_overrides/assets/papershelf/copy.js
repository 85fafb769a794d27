/** Adds a copy button to every code block, and copies formulas as their TeX source. */

import { say } from "./shared/say.js";

for (const code of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("pre > code"))) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ps-copy";
  button.textContent = label("copy.copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.innerText);
      button.textContent = label("copy.copied");
    } catch {
      getSelection()?.selectAllChildren(code);
      button.textContent = label("copy.selected");
    }
    say(button.textContent);
    setTimeout(() => (button.textContent = label("copy.copy")), 2000);
  });
  code.parentElement?.append(button);
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
