/**
 * Builds an index or searches one: node run.mjs build PEER FOLDER < documents, node run.mjs search PEER FOLDER < queries.
 * Searching prints, for each query, the documents found, the milliseconds warm, and the gzip bytes cold.
 */

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";

const [verb, peer, folder] = process.argv.slice(2);
const { build, open, whole } = await import(`./${peer}.mjs`);
const rows = [];
for await (const line of createInterface({ input: process.stdin })) rows.push(JSON.parse(line));

if (verb === "build") await build(rows, folder);
else {
  const sizes = new Map();
  let loaded = new Set();
  const load = async (file) => {
    loaded.add(file);
    const bytes = new Uint8Array(await readFile(file));
    if (!sizes.has(file)) sizes.set(file, gzipSync(bytes).length);
    return bytes;
  };
  const count = () => [...loaded].reduce((sum, file) => sum + sizes.get(file), 0);
  const warm = await open(folder, load);
  for (const { id, text } of rows) {
    if (!whole) {
      loaded = new Set();
      await (await open(folder, load))(text);
    }
    const bytes = count();
    await warm(text);
    const start = performance.now();
    const documents = await warm(text);
    console.log(JSON.stringify({ id, documents: documents.slice(0, 1000), ms: performance.now() - start, bytes }));
  }
}
