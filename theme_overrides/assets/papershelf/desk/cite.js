/** The texts by which papers are cited, read from their pages: for one paper, and for a list in the order of a style. */

import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { pageUrl } from "../shared/site.js";

/**
 * @typedef {{form: string, name: string, text: string}} Citation
 * @typedef {[form: string, name: string, number: string]} Style and what it writes before the first reference; nothing where it sorts them
 */

const AT_ONCE = 6;
const SHOWN = 2000; // milliseconds in which a button says what it did
const ORDER = new Intl.Collator("en", { ignorePunctuation: true, numeric: true });

/** Return how a paper is cited, in the forms that its page offers, and last what may be pasted into a chat. @param {string} id @returns {Promise<Citation[]>} */
export async function readCitations(id) {
  const answer = await fetch(pageUrl(`papers/${id}`), { cache: "no-store" }); // who goes to the page itself gets the newest one
  if (!answer.ok) throw new Error(label("cite.failed"));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const texts = [...page.querySelectorAll(".ps-cite dd")].map((text) => ({
    form: /** @type {HTMLElement} */ (text).dataset.form ?? "",
    name: text.previousElementSibling?.textContent ?? "",
    text: text.textContent ?? "",
  }));
  return [...texts, { form: "chat", name: label("cite.chat"), text: writeChat(page, answer.url) }];
}

/** Return title, summary, abstract and a link of a paper as Markdown, formulas as their TeX. @param {Document} page @param {string} url */
function writeChat(page, url) {
  for (const formula of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-tex]"))) formula.replaceWith(`$${formula.dataset.tex}$`);
  const say = (/** @type {Element | null | undefined} */ part) => part?.textContent?.trim() ?? "";
  const heading = [...page.querySelectorAll("h2")].find((each) => say(each) === label("paper.abstract"));
  const abstract = heading ? [`## ${say(heading)}`] : [];
  for (let part = heading?.nextElementSibling; part && part.localName !== "h2"; part = part.nextElementSibling) if (!part.querySelector(".ps-why")) abstract.push(say(part));
  const way = /** @type {HTMLAnchorElement | null} */ (page.querySelector(".ps-ways:not(.ps-ways--find) a"));
  return [`# ${say(page.querySelector("h1"))}`, say(page.querySelector(".ps-lead")), ...abstract, way ? `[${say(way)}](${way.href})` : `<${url}>`].filter(Boolean).join("\n\n");
}

/** Return a row of buttons, each of which copies a paper in one form; they come when its page has been read. @param {string} id */
export function makeCite(id) {
  const row = make("p", { class: "ps-row", role: "group", "aria-label": label("cite.copy") }, make("small", { class: "ps-note-line" }, label("cite.copy")));
  readCitations(id).then(
    (citations) => row.append(...citations.map(makeButton)),
    (fault) => row.append(fault instanceof Error ? fault.message : fault),
  );
  return row;
}

/** @param {Citation} citation */
function makeButton({ name, text }) {
  const button = make("button", { type: "button", class: "ps-button" }, name);
  button.addEventListener("click", () => copy(button, name, text, () => button.after(make("input", { readonly: "", value: text, "aria-label": name }))));
  return button;
}

/** Open or close the texts on a paper's page, each with a button that copies it. @param {HTMLDetailsElement} place @param {HTMLElement} from the button beside “Save” */
export function openTexts(place, from) {
  place.open = !place.open;
  from.setAttribute("aria-expanded", String(place.open));
  for (const code of place.querySelectorAll("pre > code:only-child")) {
    const name = code.closest("dd")?.previousElementSibling?.textContent ?? "";
    const button = make("button", { type: "button", class: "ps-copy", "aria-label": label("report.copy", { what: name }) }, label("copy.copy"));
    button.addEventListener("click", () => copy(button, name, code.textContent ?? "", () => getSelection()?.selectAllChildren(code)));
    code.after(button);
  }
}

/** Copy a text, and say so in its button for a while. @param {HTMLElement} button @param {string} name @param {string} text @param {() => void} show what helps where nothing may be copied */
async function copy(button, name, text, show) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = label("copy.copied");
    say(label("report.copied", { what: name }));
  } catch {
    show();
    say(label("copy.selected"));
    return;
  }
  setTimeout(() => (button.textContent = before), SHOWN);
}

/**
 * Return the references of papers in a style, one a line.
 * A style that numbers keeps the order of the list; another sorts by names, year and title, which is what its references begin with.
 * @param {string[]} ids @param {Style} style
 */
export async function listReferences(ids, [form, , number]) {
  /** @type {Citation[][]} */
  const papers = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) papers.push(...(await Promise.all(ids.slice(at, at + AT_ONCE).map(readCitations))));
  const texts = papers.flatMap((citations) => citations.filter((citation) => citation.form === form).map(({ text }) => text));
  const dated = (/** @type {string} */ text) => text.replace("n.d.", "0");
  const lines = number ? texts.map((text, n) => number.replace("1", String(n + 1)) + text) : texts.sort((a, b) => ORDER.compare(dated(a), dated(b)));
  return lines.map((line) => `${line}\n`).join("");
}
