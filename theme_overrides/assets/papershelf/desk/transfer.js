/** Exports the whole desk as a file, and lists in the formats of the site. */

import { openEngine } from "../search/open.js";
import { saveFile } from "../shared/save.js";
import { desk, isDesk, readDesk } from "./desk.js";
import { mergeDesks } from "./merge.js";

/** Export the desk. */
export function exportDesk() {
  saveFile(`${JSON.stringify(desk.state, null, 1)}\n`, "desk.json", "application/json");
}

/** Merge the desk in a file into this one, and return a message for the reader. @param {File} file @returns {Promise<string>} */
export async function importDesk(file) {
  const text = await file.text();
  if (!isDesk(JSON.parse(text))) throw new Error(label("settings.no_desk"));
  const { state, refused } = readDesk(text);
  const before = Object.keys(desk.state.papers).length;
  desk.change((own) => mergeDesks(own, state));
  const added = Object.keys(desk.state.papers).length - before;
  const number = Object.keys(state.papers).length;
  return refused ? label("settings.imported_some", { number, added, refused }) : label("settings.imported", { number, added });
}

/** Return the present ids of those papers that this shelf has. @param {string[]} ids */
export async function findHere(ids) {
  const engine = await openEngine();
  const found = await engine.documentsOf(ids);
  const cards = await engine.cards(ids.flatMap((id) => found.get(id) ?? []));
  return cards.map(({ id }) => id);
}

/** Save papers in a format, and return the ids that are not on this shelf. @param {string[]} ids @param {string} format @param {string} name */
export async function exportPapers(ids, format, name) {
  const engine = await openEngine();
  const found = await engine.documentsOf(ids);
  const documents = ids.flatMap((id) => found.get(id) ?? []);
  const { text, ending, media } = await engine.exportAs(documents, format);
  saveFile(text, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "papers"}.${ending}`, media);
  return ids.filter((id) => !found.has(id));
}
