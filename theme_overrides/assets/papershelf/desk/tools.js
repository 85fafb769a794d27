/** What can be done with a list and with the whole desk: files, links, names. */

import { isOffered, isRefused, switchOffline } from "../offline.js";
import { say } from "../shared/say.js";
import { countOf, make } from "../shared/show.js";
import { pageUrl } from "../shared/site.js";
import { desk } from "./desk.js";
import { shareUrl } from "./share.js";
import { FORMATS, exportDesk, exportPapers, importDesk } from "./transfer.js";

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
  const options = Object.entries({ "": "Download as …", ...FORMATS }).map(([value, name]) => make("option", { value }, name));
  const take = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "Download this list" }, ...options));
  take.addEventListener("change", async () => {
    const format = take.value;
    take.value = "";
    if (!format) return;
    try {
      const missing = await exportPapers(one.ids, format, one.name);
      const rest = missing.length ? `; ${missing.length} are not on this shelf` : "";
      tell(line, `${countOf(one.ids.length - missing.length, "paper")} saved${rest}.`);
    } catch (fault) {
      tell(line, `${fault instanceof Error ? fault.message : fault}.`);
    }
  });
  const share = button("Copy a link to this list", async () => {
    const url = shareUrl(one.name, one.ids);
    try {
      await navigator.clipboard.writeText(url);
      tell(line, one.ids.length > MANY ? "Copied; the link is long, and some programs cut it." : "Copied. Whoever opens it sees these papers.");
    } catch {
      line.replaceChildren("Copy this: ", make("input", { readonly: "", value: url, "aria-label": "Link to this list" }));
    }
  });
  const own = one.shared ? [button("Keep this list", () => keepShared(one, go), "ps-button--main")] : one.own ? [button("Rename", () => rename(one, go)), button("Delete", () => remove(one, go))] : [];
  return make("div", { class: "ps-row" }, ...own, ...(one.ids.length ? [take, share] : []), line);
}

/** @param {List} one @param {(key: string) => void} go */
function keepShared({ name, ids }, go) {
  desk.list(name, ids, true);
  go(`list:${name}`);
  say(`Kept as “${name}”`);
}

/** @param {List} one @param {(key: string) => void} go */
function rename({ name, ids }, go) {
  const next = prompt("A new name for this list", name)?.trim();
  if (!next || next === name) return;
  desk.change((state) => {
    state.lists[next] = [...new Set([...(state.lists[next] ?? []), ...ids])];
    delete state.lists[name];
  });
  go(`list:${next}`);
  say(`Renamed to “${next}”`);
}

/** @param {List} one @param {(key: string) => void} go */
function remove({ name }, go) {
  if (!confirm(`Delete the list “${name}”? Its papers keep their marks.`)) return;
  desk.change((state) => delete state.lists[name]);
  go("saved");
  say(`Deleted the list “${name}”`);
}

/** Return what concerns the whole desk. @param {HTMLElement} keys the switch for keys @param {(key: string) => void} go */
export function makeSettings(keys, go) {
  const line = make("p", { class: "ps-note-line", role: "status" });
  const file = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: ".json,application/json", hidden: "", "aria-label": "Desk to import" }));
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      tell(line, await importDesk(chosen));
    } catch (fault) {
      tell(line, fault instanceof SyntaxError ? `${chosen.name} is no JSON file.` : `${chosen.name}: ${fault instanceof Error ? fault.message : fault}.`);
    }
    file.value = "";
  });
  const add = button("New list", () => {
    const name = prompt("Name of the new list")?.trim();
    if (!name) return;
    desk.list(name, [], true);
    go(`list:${name}`);
    say(`Made the list “${name}”`);
  });
  const clear = button("Empty the desk", () => {
    if (!confirm("Forget all marks, notes and lists of this site in this browser?")) return;
    desk.change((state) => Object.assign(state, { papers: {}, lists: {}, compare: [] }));
    say("The desk is empty");
  });
  const check = make("a", { href: pageUrl("desk/check").href }, "Check my bibliography");
  const settings = make(
    "details",
    { class: "ps-settings" },
    make("summary", {}, "Keep and settings"),
    make("p", {}, "Browsers forget: keep a copy of the desk as a file. Importing one adds to what is here."),
  );
  settings.append(
    make(
      "p",
      { class: "ps-row" },
      button("Export the desk", exportDesk),
      button("Import a desk", () => file.click()),
      file,
    ),
    line,
    make("p", {}, keys),
    ...makeOffline(),
    make("p", {}, clear),
  );
  return make("div", {}, make("p", { class: "ps-row" }, add), make("p", {}, check), settings);
}

/** Return the switch for reading without a network, where this site offers it. */
function makeOffline() {
  if (!isOffered()) return [];
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = !isRefused();
  box.addEventListener("change", () => void switchOffline(box.checked));
  return [make("p", {}, make("label", { class: "ps-switch" }, box, " Keep visited pages and the search for reading without a network"))];
}
