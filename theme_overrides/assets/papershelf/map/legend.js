/** The legend: a button for each colour, and a list of all topics; each highlights its papers. */

import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { OTHERS } from "./choice.js";
import { inOthers, inTopic } from "./points.js";

/** Return a legend that can show what is chosen. @param {import("./points.js").Points} points @param {(topic: number) => void} onChoose */
export function makeLegend(points, onChoose) {
  const { colours, topics } = points;
  const entries = colours.map((topic, n) => ({ topic, name: topics[topic].name, colour: `--ps-map-${n}`, papers: inTopic(points, topic).length }));
  const others = inOthers(points).length;
  if (others) entries.push({ topic: OTHERS, name: label("map_view.others"), colour: "--ps-map-other", papers: others });
  const buttons = entries.map(({ topic, name, colour, papers }) => {
    const dot = make("span", { class: "ps-map__dot", style: `background: var(${colour})`, "aria-hidden": "true" });
    const button = make("button", { type: "button", "aria-pressed": "false" }, dot, name, " ", make("small", {}, sayNumber(papers)));
    button.addEventListener("click", () => onChoose(topic));
    return { topic, button };
  });
  const options = topics.map(({ name, parent }, n) => make("option", { value: String(n) }, parent >= 0 ? `– ${name}` : name));
  const select = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": label("map_view.topic") }, make("option", { value: "-1" }, label("map_view.any_topic")), ...options));
  select.hidden = !topics.length;
  select.addEventListener("change", () => onChoose(Number(select.value)));
  /** @param {number} chosen */
  const show = (chosen) => {
    for (const { topic, button } of buttons) button.setAttribute("aria-pressed", String(topic === chosen));
    select.value = String(Math.max(-1, chosen));
  };
  const root = make("div", { class: "ps-map__legend", role: "group", "aria-label": label("map_view.legend") }, ...buttons.map(({ button }) => button));
  return { root, select, show };
}
