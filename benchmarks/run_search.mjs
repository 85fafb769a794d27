/**
 * Runs the real engine over an index on disk: reads queries as JSON lines from stdin, prints rankings, times and bytes.
 * Usage: node run_search.mjs INDEX_FOLDER ENGINE_FOLDER
 */

import { readFile, readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [index, code] = process.argv.slice(2);
const { Engine } = await import(join(code, "engine.js"));
let loaded = new Set();
const load = async (file) => {
  loaded.add(file);
  return new Uint8Array(await readFile(join(index, file)));
};
const sizes = new Map();
const sizeOf = async (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(await readFile(file)).length);
  return sizes.get(file);
};
const sources = [...(await readdir(code)).filter((name) => name.endsWith(".js")).map((name) => join(code, name)), join(code, "vendor/porter2.js")];
let engineBytes = 0;
for (const file of sources) engineBytes += await sizeOf(file);

const warm = await Engine.open(load);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  loaded = new Set();
  const cold = await Engine.open(load);
  await cold.cards((await cold.search(text)).documents.slice(0, 10));
  let bytes = engineBytes;
  for (const file of loaded) bytes += await sizeOf(join(index, file));
  await warm.search(text);
  const start = performance.now();
  const { documents } = await warm.search(text);
  await warm.cards(documents.slice(0, 10));
  const ms = performance.now() - start;
  console.log(JSON.stringify({ id, documents: documents.slice(0, 1000), ms, bytes }));
}
