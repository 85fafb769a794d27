/** Copies a table of the page to the clipboard, as a table for documents and as Markdown for plain text. */

/** Return the text of a cell on one line. @param {Element} cell */
function textOf(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const part of copy.querySelectorAll(".ps-no-copy")) part.remove();
  const items = [...copy.querySelectorAll("li")].map((item) => item.textContent);
  return (items.length ? items.join(", ") : (copy.textContent ?? "")).replaceAll(/\s+/g, " ").trim();
}

/** Return a table as Markdown. @param {HTMLTableElement} table */
export function toMarkdown(table) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells].map((cell) => textOf(cell).replaceAll("|", "\\|")));
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

/** Return a table as HTML without the controls of this page. @param {HTMLTableElement} table */
function toHtml(table) {
  const copy = /** @type {HTMLTableElement} */ (table.cloneNode(true));
  for (const part of copy.querySelectorAll(".ps-no-copy")) part.remove();
  for (const link of copy.querySelectorAll("a")) link.setAttribute("href", link.href);
  return copy.outerHTML;
}

/** Copy a table, and return a message for the reader. @param {HTMLTableElement} table */
export async function copyTable(table) {
  const forms = { "text/html": toHtml(table), "text/plain": toMarkdown(table) };
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })])))]);
    return label("compared.copied");
  } catch {
    getSelection()?.selectAllChildren(table);
    return label("compared.selected");
  }
}
