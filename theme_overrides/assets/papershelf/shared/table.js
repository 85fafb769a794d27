/** Gives a reader a table of the page: copied, as a table for documents and as Markdown for plain text, or as CSV. Hidden rows are left out. */

/** What a spreadsheet would read as a formula, as in `escape_cell` (`generator/text/escaping/lines.py`). */
const FORMULA = /(^|;)(?=[\s"']*[=+\-@＝＋－＠])/gu;

/** Return the rows that a reader sees. @param {HTMLTableElement} table */
function listRows(table) {
  return [...table.rows].filter((row) => !row.hidden);
}

/** Return the text of a cell on one line. @param {Element} cell */
function textOf(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const part of copy.querySelectorAll(".ps-no-copy")) part.remove();
  const items = [...copy.querySelectorAll("li")].map((item) => item.textContent);
  return (items.length ? items.join(", ") : (copy.textContent ?? "")).replaceAll(/\s+/g, " ").trim();
}

/** Return a table as Markdown. @param {HTMLTableElement} table */
export function toMarkdown(table) {
  const [head, ...rows] = listRows(table).map((row) => [...row.cells].map((cell) => textOf(cell).replaceAll("|", "\\|")));
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

/** Return a table as CSV. @param {HTMLTableElement} table */
export function toCsv(table) {
  const quote = (/** @type {string} */ text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (/** @type {HTMLTableRowElement} */ row) => [...row.cells].map((cell) => quote(textOf(cell).replaceAll(FORMULA, "$1'")));
  return listRows(table)
    .map((row) => `${line(row).join(",")}\r\n`)
    .join("");
}

/** Return a table as HTML without the controls of this page. @param {HTMLTableElement} table */
function toHtml(table) {
  const copy = /** @type {HTMLTableElement} */ (table.cloneNode(true));
  for (const part of copy.querySelectorAll(".ps-no-copy, tr[hidden]")) part.remove();
  for (const button of copy.querySelectorAll("th > button")) button.replaceWith(button.textContent ?? "");
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
