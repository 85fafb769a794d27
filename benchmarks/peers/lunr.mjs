/** lunr as MkDocs and Material use it, with the index built beforehand, which loads faster than building in the page. */

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const lunr = require("lunr");

export async function build(documents, folder) {
  const index = lunr(function make() {
    this.ref("n");
    this.field("title", { boost: 2 });
    this.field("text");
    documents.forEach(({ title, text }, n) => this.add({ n, title, text }));
  });
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
  await writeFile(join(folder, "documents.json"), JSON.stringify(documents.map(({ title, text }) => [title, text.slice(0, 320)])));
}

export async function open(folder, load) {
  await load(join(require.resolve("lunr"), "../lunr.min.js"));
  JSON.parse(new TextDecoder().decode(await load(join(folder, "documents.json"))));
  const index = lunr.Index.load(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  await load(join(folder, "index.json"));
  return async (text) => index.query((query) => query.term(lunr.tokenizer(text))).map(({ ref }) => Number(ref));
}

/** Everything is loaded whatever the query. */
export const whole = true;
