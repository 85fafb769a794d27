/** The reader's selection, by words, by topic and by hand. Independent of the page. */

import { inOthers, inTopic } from "./points.js";

export const OTHERS = -2;
const NOTHING = -1;

export class Choice {
  /** @param {import("./points.js").Points} points */
  constructor(points) {
    this.points = points;
    this.topic = NOTHING;
    /** @type {number[] | null} */
    this.found = null;
    /** @type {number[] | null} */
    this.drawn = null;
    /** @type {Uint8Array | null} */
    this.lit = null;
    /** @type {number[]} */
    this.documents = [];
  }

  /** Work out which papers are chosen, the best answers first, else the latest on the shelf. */
  settle() {
    const { points, found, drawn, topic } = this;
    const under = topic === NOTHING ? null : topic === OTHERS ? inOthers(points) : inTopic(points, topic);
    const parts = [found, under, drawn].filter((part) => part !== null);
    this.lit = null;
    this.documents = [];
    if (!parts.length) return;
    const times = new Uint8Array(points.x.length);
    for (const part of parts) for (const n of part) times[n] += 1;
    const order = found ?? [...points.placed].reverse();
    this.documents = order.filter((n) => times[n] === parts.length && points.x[n] >= 0);
    this.lit = new Uint8Array(points.x.length);
    for (const n of this.documents) this.lit[n] = 1;
  }

  /** Forget everything. */
  clear() {
    this.topic = NOTHING;
    this.found = null;
    this.drawn = null;
    this.settle();
  }

  /** Choose a topic, or let it go when it is chosen already. @param {number} topic */
  toggle(topic) {
    this.topic = this.topic === topic ? NOTHING : topic;
    this.settle();
  }

  /** @param {number} n */
  has(n) {
    return !this.lit || this.lit[n] === 1;
  }

  /** Return the name of the chosen topic, if one is. */
  get topicName() {
    return this.topic === OTHERS ? label("map_view.others") : (this.points.topics[this.topic]?.name ?? "");
  }
}
