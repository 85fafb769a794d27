/** Sorts, filters, copies and saves a fact table; its order and filter are in the URL. */

import { saveFile } from "../shared/save.js";
import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { copyTable, toCsv } from "../shared/table.js";
import { fold } from "../shared/words.js";

const table = /** @type {HTMLTableElement} */ (document.querySelector(".ps-fact-table"));
const heads = [...table.rows[0].cells];
const body = table.tBodies[0];
const rows = [...body.rows];
const texts = rows.map((row) => fold(row.textContent ?? ""));
const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", placeholder: label("tables.filter"), "aria-label": label("tables.filter") }));
const status = make("span", { role: "status", class: "ps-count" });

/** The column that the rows are sorted by, and whether the largest value is first. */
let column = -1;
let falling = false;

/** Return the value of a row by which it is sorted; null if the cell is empty. @param {HTMLTableRowElement} row */
function findSortValue(row) {
  const cell = row.cells[column];
  const text = (cell.querySelector("a") ?? cell).textContent?.trim() ?? "";
  const { number } = cell.dataset;
  return text ? (number ? Number(number) : text) : null;
}

/** Compare two rows; those without a value are last in both orders. @param {HTMLTableRowElement} one @param {HTMLTableRowElement} other */
function compare(one, other) {
  const [a, b] = [findSortValue(one), findSortValue(other)];
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const way = typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b));
  return falling ? -way : way;
}

/** Show the rows that have all words of the filter, in the chosen order. */
function show() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  const shown = new Set(rows.filter((_, n) => words.every((word) => texts[n].includes(word))));
  for (const row of rows) row.hidden = !shown.has(row);
  body.append(...(column < 0 ? rows : [...rows].sort(compare)));
  heads.forEach((head, n) => {
    if (n === column) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  status.textContent = words.length ? label("tables.shown", { shown: sayNumber(shown.size), papers: sayNumber(rows.length) }) : "";
}

/** Write the order and the filter into the URL, and show the rows. */
function change() {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries({ q: field.value.trim(), sort: column < 0 ? "" : `${falling ? "-" : ""}${column}` })) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(history.state, "", url);
  show();
}

/** Read the order and the filter from the URL. */
function read() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  const match = /^(-?)(\d+)$/.exec(asked.get("sort") ?? "");
  if (match && Number(match[2]) < heads.length) [falling, column] = [match[1] === "-", Number(match[2])];
}

heads.forEach((head, n) => {
  const button = make("button", { type: "button" }, head.textContent ?? "");
  button.addEventListener("click", () => {
    falling = n === column ? !falling : head.classList.contains("ps-number");
    column = n;
    change();
  });
  head.replaceChildren(button);
});
field.addEventListener("input", change);

const copy = make("button", { type: "button", class: "ps-button" }, label("compared.copy"));
copy.addEventListener("click", async () => {
  status.textContent = await copyTable(table);
});
const save = make("button", { type: "button", class: "ps-button" }, label("tables.save"));
save.addEventListener("click", () => {
  const name = `${table.dataset.name}.csv`;
  saveFile(toCsv(table), name, "text/csv");
  status.textContent = label("tables.saved", { name });
});
document.querySelector(".ps-fact-tools")?.append(field, copy, save, status);
read();
show();
