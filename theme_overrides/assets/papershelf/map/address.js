/** The state of the map in the URL of the page, so that it can be shared and reloaded. */

/** @typedef {{q: string, topic: string, view: import("./camera.js").View | null}} State */

export const OTHERS_ID = "~other";

/** Return the state that an address holds. @param {string} query @returns {State} */
export function readState(query) {
  const values = new URLSearchParams(query);
  const numbers = (values.get("view") ?? "").split(",").map(Number);
  const [x, y, zoom] = numbers;
  const view = numbers.length === 3 && numbers.every(Number.isFinite) ? { x, y, zoom } : null;
  return { q: values.get("q") ?? "", topic: values.get("topic") ?? "", view };
}

/** Return the address of this page with a state. @param {State} state */
export function addressOf({ q, topic, view }) {
  const values = new URLSearchParams();
  if (q) values.set("q", q);
  if (topic) values.set("topic", topic);
  if (view) values.set("view", [Math.round(view.x), Math.round(view.y), Number(view.zoom.toFixed(4))].join(","));
  return `${location.pathname}${values.size ? `?${String(values).replaceAll("%2C", ",")}` : ""}`;
}
