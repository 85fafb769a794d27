/** Merges two desks, and updates the ids of renamed papers; only the desk page uses this. */

import { desk, empty } from "./desk.js";

/** @typedef {import("./desk.js").State} State */

/** Merge another desk into this one: nothing is lost, and two notes on a paper are both kept. @param {State} into @param {State} from */
export function mergeDesks(into, from) {
  for (const [id, entry] of Object.entries(from.papers)) {
    const known = into.papers[id];
    const note = known?.note && entry.note && !known.note.includes(entry.note) ? `${known.note}\n\n${entry.note}` : known?.note || entry.note;
    into.papers[id] = { ...entry, ...known, title: known?.title || entry.title, ...(note ? { note } : {}) };
  }
  for (const [name, ids] of Object.entries(from.lists)) into.lists[name] = [...new Set([...(into.lists[name] ?? []), ...ids])];
}

/** Replace former ids of papers by their current ids. @param {Map<string, string>} renamed */
export function follow(renamed) {
  const now = (/** @type {string[]} */ ids) => [...new Set(ids.map((id) => renamed.get(id) ?? id))];
  desk.change((state) => {
    for (const [old, id] of renamed) {
      const from = { ...empty(), papers: { [id]: state.papers[old] ?? { title: "" } } };
      delete state.papers[old];
      mergeDesks(state, from);
    }
    for (const [name, ids] of Object.entries(state.lists)) state.lists[name] = now(ids);
    state.compare = now(state.compare);
  });
}
