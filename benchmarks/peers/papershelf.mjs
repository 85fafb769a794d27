/** This project's own engine, as its site serves it; the index is built by Python. */

import { join } from "node:path";

const BUNDLES = ["shared/show.js", "search/engine.js", "search/browse.js"];
const FIRST = 6; // results that come at once, as in results.js

/** Return a search over a folder with engine and index; `load` reads one of its files. */
export async function open(folder, load) {
  for (const name of BUNDLES) await load(join(folder, "bundles/assets/papershelf", name));
  const { Engine } = await import(join(folder, "assets/papershelf/search/engine.js"));
  const engine = await Engine.open((file) => load(join(folder, "search/index", file)));
  return async (text) => {
    const { documents } = await engine.search(text, { meaning: true });
    await engine.cards(documents.slice(0, FIRST));
    return documents;
  };
}
