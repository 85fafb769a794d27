/** Pagefind: its service builds the index, many records under way at once; its own script searches. */

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import * as pagefind from "pagefind";

const AT_ONCE = 2000;

export async function build(documents, folder) {
  const { index } = await pagefind.createIndex({});
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const part = documents.slice(at, at + AT_ONCE);
    await Promise.all(part.map(({ title, text }, n) => index.addCustomRecord({ url: `/${at + n}`, content: `${title}. ${text}`, language: "en", meta: { title } })));
  }
  await index.writeFiles({ outputPath: folder });
  await pagefind.close();
  await copyFile(join(folder, "pagefind.js"), join(folder, "pagefind.mjs"));
}

let opened = 0;

export async function open(folder, load) {
  globalThis.document = { querySelector: () => ({ getAttribute: () => "en" }), currentScript: null };
  globalThis.window = globalThis;
  globalThis.location = new URL("https://example.org/");
  globalThis.fetch = async (address) => new Response(await load(String(address).split("?")[0]));
  await load(join(folder, "pagefind.js"));
  const search = await import(`${join(folder, "pagefind.mjs")}?${(opened += 1)}`);
  await search.options({ basePath: `${folder}/` });
  return async (text) => {
    const { results } = await search.search(text);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return shown.map(({ raw_url: raw, url }) => Number((raw ?? url).replace("/", "")));
  };
}
