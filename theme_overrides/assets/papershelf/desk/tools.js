/** The actions for a list and for the whole desk: files, links, names. */

import { isOffered, isRefused, switchOffline } from "../offline.js";
import { FORMATS } from "../shared/save.js";
import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { pageUrl, sayNumber } from "../shared/site.js";
import { listReferences } from "./cite.js";
import { desk } from "./desk.js";
import { shareUrl } from "./share.js";
import { exportDesk, exportPapers, findHere, importDesk } from "./transfer.js";

/** @typedef {{key: string, name: string, ids: string[], own: boolean, shared?: boolean}} List */

const MANY = 300;

/** @param {string} text @param {() => unknown} work @param {string} [more] class */
function button(text, work, more = "") {
  const made = make("button", { type: "button", class: `ps-button ${more}`.trim() }, text);
  made.addEventListener("click", () => void work());
  return made;
}

/** @param {HTMLElement} line @param {string} text */
function tell(line, text) {
  line.textContent = text;
}

/**
 * Return the tools of a list.
 * @param {List} one @param {(key: string) => void} go
 */
export function makeTools(one, go) {
  const line = make("span", { class: "ps-note-line", role: "status" });
  const options = Object.entries({ "": label("shared.download"), ...FORMATS }).map(([value, name]) => make("option", { value }, name));
  const take = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": label("shared.download_list") }, ...options));
  take.addEventListener("change", async () => {
    const format = take.value;
    take.value = "";
    if (!format) return;
    try {
      const missing = await exportPapers(one.ids, format, one.name);
      const papers = label("count.papers", { count: sayNumber(one.ids.length - missing.length) });
      const rest = label("shared.not_here", { number: missing.length });
      tell(line, missing.length ? label("lists.saved_some", { papers, rest }) : label("lists.saved", { papers }));
    } catch (fault) {
      tell(line, label("shared.sentence", { text: fault instanceof Error ? fault.message : fault }));
    }
  });
  const share = button(label("lists.share"), async () => {
    const url = shareUrl(one.name, one.ids);
    try {
      await navigator.clipboard.writeText(url);
      tell(line, one.ids.length > MANY ? label("lists.shared_long") : label("lists.shared_now"));
    } catch {
      line.replaceChildren(label("lists.copy_this"), " ", make("input", { readonly: "", value: url, "aria-label": label("lists.link") }));
    }
  });
  const own = one.shared
    ? [button(label("lists.keep"), () => keepShared(one, go), "ps-button--main")]
    : one.own
      ? [button(label("lists.rename"), () => rename(one, go)), button(label("lists.delete"), () => remove(one, go))]
      : [];
  return make("div", { class: "ps-row" }, ...own, ...(one.ids.length ? [take, ...makeCopy(one, line), share] : []), line);
}

/** @param {number} copied @param {number} missing @param {string} style */
function sayCopied(copied, missing, style) {
  const papers = label("count.papers", { count: sayNumber(copied) });
  const rest = label("shared.not_here", { number: missing });
  return missing ? label("cite.copied_some", { papers, style, rest }) : label("cite.copied", { papers, style });
}

/** Return a menu that copies a list as references, where the site has styles. @param {List} one @param {HTMLElement} line what tells how it went */
function makeCopy({ ids }, line) {
  /** @type {import("./cite.js").Style[]} */
  const styles = JSON.parse(/** @type {HTMLElement | null} */ (document.querySelector("#ps-desk"))?.dataset.styles ?? "[]");
  if (!styles.length) return [];
  const options = [["", label("cite.list")], ...styles].map(([value, name]) => make("option", { value }, name));
  const menu = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": label("cite.this_list") }, ...options));
  menu.addEventListener("change", async () => {
    const style = styles.find(([form]) => form === menu.value);
    menu.value = "";
    if (!style) return;
    tell(line, label("cite.reading"));
    try {
      const here = await findHere(ids);
      const text = await listReferences(here, style);
      await navigator.clipboard.writeText(text).then(
        () => tell(line, sayCopied(here.length, ids.length - here.length, style[1])),
        () => line.replaceChildren(label("lists.copy_this"), " ", make("textarea", { readonly: "", rows: "6", "aria-label": style[1] }, text)),
      );
    } catch (fault) {
      tell(line, label("shared.sentence", { text: fault instanceof Error ? fault.message : fault }));
    }
  });
  return [menu];
}

/** @param {List} one @param {(key: string) => void} go */
function keepShared({ name, ids }, go) {
  desk.list(name, ids, true);
  go(`list:${name}`);
  say(label("lists.kept", { name }));
}

/** @param {List} one @param {(key: string) => void} go */
function rename({ name, ids }, go) {
  const next = prompt(label("lists.new_name"), name)?.trim();
  if (!next || next === name) return;
  desk.change((state) => {
    state.lists[next] = [...new Set([...(state.lists[next] ?? []), ...ids])];
    delete state.lists[name];
  });
  go(`list:${next}`);
  say(label("lists.renamed", { name: next }));
}

/** @param {List} one @param {(key: string) => void} go */
function remove({ name }, go) {
  if (!confirm(label("lists.ask_delete", { name }))) return;
  desk.change((state) => delete state.lists[name]);
  go("saved");
  say(label("lists.deleted", { name }));
}

/** Return the tools for the whole desk. @param {HTMLElement} keys the switch for keys @param {(key: string) => void} go */
export function makeSettings(keys, go) {
  const line = make("p", { class: "ps-note-line", role: "status" });
  const file = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: ".json,application/json", hidden: "", "aria-label": label("settings.file") }));
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      tell(line, await importDesk(chosen));
    } catch (fault) {
      const text = label("shared.sentence", { text: fault instanceof Error ? fault.message : fault });
      tell(line, fault instanceof SyntaxError ? label("settings.no_json", { file: chosen.name }) : label("shared.named", { name: chosen.name, text }));
    }
    file.value = "";
  });
  const add = button(label("mark.new_list"), () => {
    const name = prompt(label("lists.name"))?.trim();
    if (!name) return;
    desk.list(name, [], true);
    go(`list:${name}`);
    say(label("lists.made", { name }));
  });
  const clear = button(label("settings.clear"), () => {
    if (!confirm(label("settings.ask_clear"))) return;
    desk.change((state) => Object.assign(state, { papers: {}, lists: {}, compare: [] }));
    say(label("settings.cleared"));
  });
  const check = make("a", { href: pageUrl("desk/check").href }, label("check.title"));
  const settings = make("details", { class: "ps-settings" }, make("summary", {}, label("settings.title")), make("p", {}, label("settings.why")));
  settings.append(
    make(
      "p",
      { class: "ps-row" },
      button(label("settings.export"), exportDesk),
      button(label("settings.import"), () => file.click()),
      file,
    ),
    line,
    make("p", {}, keys),
    ...makeOffline(),
    make("p", {}, clear),
  );
  return make("div", {}, make("p", { class: "ps-row" }, add), make("p", {}, check), settings);
}

/** Return the switch for offline reading, if this site offers it. */
function makeOffline() {
  if (!isOffered()) return [];
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = !isRefused();
  box.addEventListener("change", () => void switchOffline(box.checked));
  return [make("p", {}, make("label", { class: "ps-switch" }, box, ` ${label("settings.offline")}`))];
}
