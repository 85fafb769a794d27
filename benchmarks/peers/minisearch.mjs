/** MiniSearch with its defaults, titles counting twice. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import MiniSearch from "minisearch";

const OPTIONS = { idField: "n", fields: ["title", "text"], storeFields: ["card"], searchOptions: { boost: { title: 2 } } };

export async function build(documents, folder) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(documents.map(({ title, text }, n) => ({ n, title, text, card: [title, text.slice(0, 320)] })));
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
}

export async function open(folder, load) {
  await load(new URL(import.meta.resolve("minisearch")).pathname);
  await load(join(folder, "index.json"));
  const index = MiniSearch.loadJSON(await readFile(join(folder, "index.json"), "utf8"), OPTIONS);
  return async (text) => index.search(text).map(({ id }) => id);
}

export const whole = true;
