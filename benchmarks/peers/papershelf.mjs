/** This project's own engine, as its site serves it; the index is built by Python. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Return a search over a folder with engine and index; `load` reads one of its files. */
export async function open(folder, load) {
  const code = join(folder, "assets/papershelf");
  for (const part of ["search", "shared"]) {
    const scripts = await readdir(join(code, part), { recursive: true });
    for (const name of scripts) if (name.endsWith(".js")) await load(join(code, part, name));
  }
  const { Engine } = await import(join(code, "search/engine.js"));
  const engine = await Engine.open((file) => load(join(folder, "search/index", file)));
  return async (text) => {
    const { documents } = await engine.search(text, { meaning: true });
    await engine.cards(documents.slice(0, 10));
    return documents;
  };
}
