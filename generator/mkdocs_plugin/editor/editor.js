/** The editor of a record in a preview: a button on the page of a paper, and a dialog with the form that the preview sends. */

const PROBLEMS = 422;
const SAVED = "papershelf-saved";
const ANNOUNCED = 100; // milliseconds after which a screen reader has seen the empty element

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("ps-editor"));
const { paper, token, url, edit, loading, saving, failed, ask } = /** @type {Record<string, string>} */ (dialog.dataset);
const [form, alertBox, fields, status, cancel] = /** @type {[HTMLFormElement, ...HTMLElement[]]} */ (
  ["form", "#ps-editor-alert", "#ps-editor-fields", "#ps-editor-status", "#ps-editor-cancel"].map((name) => dialog.querySelector(name))
);
let source = "";
let before = "";
let isBusy = false;

/** @typedef {{field: string, message: string, hint: string}} Problem */
/** @typedef {{status: number, message: string, problems: Problem[], form: string, source: string, saved: string}} Answer */

/** Ask the preview for something. @param {string} what @param {object} body @returns {Promise<Answer>} */
async function request(what, body) {
  const headers = { "Content-Type": "application/json", "X-Papershelf-Token": token };
  try {
    const response = await fetch(url + what, { method: "POST", headers, body: JSON.stringify({ paper, ...body }) });
    return await response.json();
  } catch {
    return { status: 0, message: failed, problems: [], form: "", source: "", saved: "" };
  }
}

/** Return what is in the form, by field. */
function readValues() {
  /** @type {Record<string, string | boolean | string[]>} */
  const values = {};
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (fields.querySelectorAll("[data-field]"))) {
    const [first] = /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input, textarea, select"));
    const chosen = /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input:checked"));
    const control = field.dataset.control;
    values[field.dataset.field ?? ""] = control === "boxes" ? [...chosen].map((box) => box.value) : control === "flag" ? first.checked : first.value;
  }
  return values;
}

function isChanged() {
  return before !== "" && JSON.stringify(readValues()) !== before;
}

/** Return a problem as an item of a list: the message, then what to do. @param {Problem} problem */
function makeItem({ message, hint }) {
  const item = document.createElement("li");
  item.className = "ps-editor-problem";
  item.textContent = hint ? `${message} → ${hint}` : message;
  return item;
}

/** Show problems beside their fields and all others above them, and move the focus to the first. @param {string} message @param {Problem[]} problems */
function showProblems(message, problems) {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (fields.querySelectorAll(".ps-editor-problems"))) {
    const field = /** @type {HTMLElement} */ (list.closest("[data-field]"));
    const control = /** @type {HTMLElement} */ (field.querySelector("fieldset, input, textarea, select"));
    const own = problems.filter((problem) => problem.field === field.dataset.field);
    list.replaceChildren(...own.map(makeItem));
    list.hidden = !own.length;
    control.ariaInvalid = own.length ? "true" : null;
    if (own.length) control.setAttribute("aria-describedby", list.id);
    else control.removeAttribute("aria-describedby");
  }
  const others = document.createElement("ul");
  others.append(...problems.filter((problem) => !problem.field).map(makeItem));
  alertBox.replaceChildren(message, ...(others.childElementCount ? [others] : []));
  const first = /** @type {HTMLElement | null} */ (fields.querySelector("[aria-invalid]"));
  first?.closest("details")?.setAttribute("open", "");
  if (message) (first ?? alertBox).focus();
}

/** Open the dialog with the record as it is on disk now. */
async function open() {
  before = source = "";
  fields.replaceChildren();
  showProblems("", []);
  status.textContent = loading;
  dialog.showModal();
  const answer = await request("form", {});
  status.textContent = "";
  if (!answer.form) return showProblems(answer.message, answer.problems);
  source = answer.source;
  fields.innerHTML = answer.form; // the preview has escaped all texts of the record
  before = JSON.stringify(readValues());
  /** @type {HTMLElement | null} */ (fields.querySelector("textarea, input"))?.focus();
}

/** Have the form written; the page is loaded again as soon as it is built. */
async function save() {
  if (!source || isBusy) return;
  isBusy = true;
  showProblems("", []);
  status.textContent = saving;
  const answer = await request("save", { source, values: readValues() });
  isBusy = false;
  status.textContent = answer.saved ? answer.message : "";
  if (answer.status !== 200) return showProblems(answer.message, answer.status === PROBLEMS ? answer.problems : []);
  before = "";
  if (!answer.saved) return dialog.close();
  sessionStorage.setItem(SAVED, JSON.stringify({ paper, message: answer.message, problems: answer.problems }));
}

/** Say on the page that was built after a save what was saved, and what the checks warn of. @param {HTMLElement} button */
function tellSaved(button) {
  const kept = JSON.parse(sessionStorage.getItem(SAVED) ?? "null");
  sessionStorage.removeItem(SAVED);
  if (kept?.paper !== paper) return;
  const said = document.createElement("div");
  said.className = "ps-editor-saved";
  said.role = "status";
  /** @type {HTMLElement} */ (button.closest("p, .ps-bar-do")).after(said);
  const warnings = document.createElement("ul");
  warnings.append(...kept.problems.map(makeItem));
  button.focus();
  setTimeout(() => said.append(kept.message, ...(warnings.childElementCount ? [warnings] : [])), ANNOUNCED);
}

/** Close the dialog, unless changes would be lost that the reader wants to keep. */
function close() {
  if (!isChanged() || confirm(ask)) dialog.close();
}

const button = document.createElement("button");
button.className = "ps-do ps-do--edit";
button.textContent = edit;
button.addEventListener("click", open);
const bar = document.querySelector(".ps-page > .ps-bar-do");
const row = document.createElement("p");
if (bar) bar.lastElementChild?.before(button);
else document.querySelector("main h1")?.after(row);
if (!bar) row.append(button);
button.classList.toggle("ps-button", !bar);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void save();
});
cancel.addEventListener("click", close);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});
dialog.addEventListener("close", () => button.focus());
addEventListener("beforeunload", (event) => {
  if (dialog.open && isChanged()) event.preventDefault(); // also asks before MkDocs loads the page again, as after a change to another file
});
tellSaved(button);

export {};
