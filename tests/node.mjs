// Runs code that tests send: one JSON a line with the body of an async function and its argument; prints what it returns.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

const AsyncFunction = (async () => {}).constructor;

for await (const line of createInterface({ input: process.stdin })) {
  const { code, question } = JSON.parse(line);
  let answer;
  try {
    answer = { value: await new AsyncFunction("question", "readFile", code)(question, readFile) };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
