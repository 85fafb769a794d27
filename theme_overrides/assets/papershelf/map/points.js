/** The papers on the map as columns, in the order of the search index. Independent of the page. */

const FORMAT = 1;

/**
 * @typedef {{id: string, name: string, parent: number}} Topic
 * @typedef {{topic: number, x: number, y: number, papers: number}} Label
 * @typedef {{side: number, numbering: string, topics: Topic[], colours: number[], labels: Label[], x: Int32Array, y: Int32Array,
 *   year: number[], of: number[][], colour: Uint8Array, placed: number[]}} Points
 */

/** Return the points that a file holds. @param {any} values @returns {Points} */
export function readPoints(values) {
  if (values.format !== FORMAT) throw new Error(label("map_view.other_format", { found: values.format, known: FORMAT }));
  /** @type {Topic[]} */
  const topics = values.topics.map((/** @type {[string, string, number]} */ [id, name, parent]) => ({ id, name, parent }));
  const x = Int32Array.from(values.x);
  const colours = /** @type {number[]} */ (values.colours);
  const colourOf = topics.map((_, number) => {
    const at = colours.indexOf(rootOf(topics, number));
    return at < 0 ? colours.length : at;
  });
  /** @type {number[][]} */
  const of = values.of;
  return {
    side: values.side,
    numbering: values.numbering,
    topics,
    colours,
    x,
    of,
    labels: values.labels.map((/** @type {number[]} */ [topic, atX, atY, papers]) => ({ topic, x: atX, y: atY, papers })),
    y: Int32Array.from(values.y),
    year: values.year,
    colour: Uint8Array.from(of, (numbers) => (numbers.length ? colourOf[numbers[0]] : colours.length)),
    placed: Array.from(x.keys()).filter((n) => x[n] >= 0),
  };
}

/** @param {Topic[]} topics @param {number} number */
function rootOf(topics, number) {
  let at = number;
  while (topics[at].parent >= 0) at = topics[at].parent;
  return at;
}

/** Return the papers under a topic or one below it. @param {Points} points @param {number} topic */
export function inTopic({ topics, of, placed }, topic) {
  const below = topics.map((_, number) => {
    let at = number;
    while (at >= 0 && at !== topic) at = topics[at].parent;
    return at === topic;
  });
  return placed.filter((n) => of[n].some((number) => below[number]));
}

/** Return the papers whose first topic has no colour of its own. @param {Points} points */
export function inOthers({ colour, colours, placed }) {
  return placed.filter((n) => colour[n] === colours.length);
}
