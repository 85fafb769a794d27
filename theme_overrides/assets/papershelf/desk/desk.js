/** The reader's data for this site: papers with marks and notes, and lists. It is stored only in this browser. */

import { siteUrl } from "../shared/site.js";

/**
 * @typedef {{title: string, saved?: string, read?: string, hidden?: string, note?: string}} Entry
 * @typedef {"saved" | "read" | "hidden" | "note"} Mark
 * @typedef {{id: string, title: string, place: HTMLElement}} Paper on a page
 * @typedef {{format: 1, papers: Record<string, Entry>, lists: Record<string, string[]>, compare: string[]}} State
 */

export const CHANGED = "papershelf:desk";
export const MOST_COMPARED = 5;
/** The marks for papers: the name of each mark, the label of its button, and the announcements when it is set and removed. */
export const ACTIONS = /** @type {const} */ ([
  ["saved", label("mark.save"), label("mark.saved"), label("mark.not_saved")],
  ["read", label("mark.mark_read"), label("mark.read"), label("mark.not_read")],
  ["hidden", label("mark.hide"), label("mark.hidden"), label("mark.not_hidden")],
]);
const KEY = `${siteUrl("").pathname}.desk`;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MARKS = /** @type {const} */ (["saved", "read", "hidden", "note"]);
const LONGEST = { id: 120, name: 120, title: 2_000, note: 20_000 };

/** Return an empty desk. @returns {State} */
export function empty() {
  return { format: 1, papers: Object.create(null), lists: Object.create(null), compare: [] };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} id @returns {id is string} */
export function isId(id) {
  return typeof id === "string" && id.length <= LONGEST.id && ID.test(id);
}

/** Return the ids in a value that should be a list of ids, without duplicates. @param {unknown} value */
export function readIds(value) {
  return Array.isArray(value) ? [...new Set(value.filter(isId))] : [];
}

/** Return whether a value has the supported format. @param {unknown} value @returns {value is Record<string, unknown>} */
export function isDesk(value) {
  return isObject(value) && value.format === 1;
}

/** Return the desk in a text or file; other content is left out and counted. @param {string} text */
export function readDesk(text) {
  const state = empty();
  const value = JSON.parse(text);
  if (!isDesk(value)) throw new TypeError();
  let refused = 0;
  for (const [id, given] of Object.entries(isObject(value.papers) ? value.papers : {})) {
    if (isId(id) && isObject(given)) state.papers[id] = readEntry(given);
    else refused += 1;
  }
  for (const [name, ids] of Object.entries(isObject(value.lists) ? value.lists : {})) {
    if (name.trim() && name.length <= LONGEST.name && Array.isArray(ids)) state.lists[name] = readIds(ids);
    else refused += 1;
  }
  state.compare = readIds(value.compare).slice(0, MOST_COMPARED);
  return { state, refused };
}

/** @param {Record<string, unknown>} given */
function readEntry(given) {
  /** @type {Entry} */
  const entry = { title: typeof given.title === "string" ? given.title.slice(0, LONGEST.title) : "" };
  for (const mark of MARKS) {
    const value = given[mark];
    if (typeof value === "string" && value) entry[mark] = value.slice(0, LONGEST.note);
  }
  return entry;
}

/** The desk of this site. */
class Desk {
  constructor() {
    this.state = empty();
    /** Whether the data outlives this page. */
    this.kept = true;
    this.load();
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      this.load();
      document.dispatchEvent(new Event(CHANGED));
    });
  }

  /** Read the stored desk; unreadable data is moved to another name, never overwritten. */
  load() {
    let text = null;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      this.kept = false;
      return;
    }
    if (!text) {
      if (this.kept) this.state = empty();
      return;
    }
    try {
      this.state = readDesk(text).state;
    } catch {
      this.state = empty();
      try {
        localStorage.setItem(`${KEY}.unread`, text);
      } catch {
        this.kept = false;
      }
    }
  }

  /** Change the current desk, including changes by other tabs. @param {(state: State) => void} work */
  change(work) {
    if (this.kept) this.load();
    work(this.state);
    for (const [id, entry] of Object.entries(this.state.papers)) if (!MARKS.some((mark) => entry[mark]) && !this.listed(id)) delete this.state.papers[id];
    try {
      localStorage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      this.kept = false;
    }
    document.dispatchEvent(new Event(CHANGED));
  }

  /** @param {string} id */
  listed(id) {
    return Object.values(this.state.lists).some((ids) => ids.includes(id)) || this.state.compare.includes(id);
  }

  /** @param {string} id @param {Mark} mark */
  has(id, mark) {
    return Boolean(this.state.papers[id]?.[mark]);
  }

  /** Mark a paper, or remove the mark. @param {string} id @param {string} title @param {Mark} mark @param {string} [value] */
  mark(id, title, mark, value = new Date().toISOString().slice(0, 10)) {
    this.change((state) => {
      const entry = { ...state.papers[id], title: title || state.papers[id]?.title || "" };
      if (value) entry[mark] = value.slice(0, LONGEST.note);
      else delete entry[mark];
      state.papers[id] = entry;
    });
  }

  /** @param {string} id @param {string} title @param {Mark} mark */
  toggle(id, title, mark) {
    this.mark(id, title, mark, this.has(id, mark) ? "" : undefined);
  }

  /** Add papers to a list, or remove them from it. @param {string} name @param {string[]} ids @param {boolean} within @param {string} [title] of the one paper */
  list(name, ids, within, title = "") {
    this.change((state) => {
      const known = state.lists[name] ?? [];
      state.lists[name] = within ? [...new Set([...known, ...readIds(ids)])] : known.filter((id) => !ids.includes(id));
      for (const id of within ? readIds(ids) : []) state.papers[id] = { ...state.papers[id], title: state.papers[id]?.title || title };
    });
  }
}

export const desk = new Desk();
