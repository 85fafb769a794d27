/** The map with its controls: the reader's actions change the selection, and the selection changes the view. */

import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { OTHERS_ID, addressOf, readState } from "./address.js";
import { Camera } from "./camera.js";
import { Card } from "./card.js";
import { Choice, OTHERS } from "./choice.js";
import { makeFinder } from "./finder.js";
import { Grid } from "./grid.js";
import { followKeys } from "./keys.js";
import { makeLegend } from "./legend.js";
import { Panel } from "./panel.js";
import { followPointers } from "./pointers.js";
import { openSame } from "./source.js";
import { Stage } from "./stage.js";
import { makeTools } from "./tools.js";

const PAUSE = 300;

export class Atlas {
  /** @param {import("./points.js").Points} points */
  constructor(points) {
    this.points = points;
    this.q = "";
    this.turn = 0;
    this.listing = false;
    this.choice = new Choice(points);
    this.camera = new Camera(points);
    this.grid = new Grid(points);
    this.stage = new Stage({ points, camera: this.camera, choice: this.choice });
    this.status = make("p", { class: "ps-map__status" });
    this.say = (/** @type {unknown} */ fault) => this.#tell(label("shared.sentence", { text: fault instanceof Error ? fault.message : fault }));
    this.engine = () => openSame(points);
    this.card = new Card(this.stage, async (n) => (await (await this.engine()).cards([n]))[0]);
    this.panel = new Panel(this.engine, this.say, () => this.#clear());
    this.field = makeFinder((text, typing) => void this.#search(text, typing));
    this.legend = makeLegend(points, (topic) => this.#choose(() => this.choice.toggle(topic)));
    const mode = this.#follow();
    this.tools = makeTools(this.stage, mode, () => this.#toggleList());
    this.stage.root.append(this.tools.root);
    this.body = make("div", { class: "ps-map__body" }, this.stage.root, this.panel.root);
    const bar = make("div", { class: "ps-map__bar" }, this.field, this.legend.select, this.status);
    this.root = make("div", { class: "ps-map" }, bar, this.legend.root, this.body);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
  }

  /** Listen to keys and pointers, and return the way in which the pointer draws. */
  #follow() {
    const { card, stage } = this;
    followKeys(stage, {
      walk: (step) => void this.#walk(step),
      open: () => card.link && location.assign(card.link),
      letGo: () => (stage.at < 0 ? this.#clear() : card.close()),
    });
    stage.board.addEventListener("pointerleave", () => card.leave());
    stage.onView = () => {
      card.place();
      clearTimeout(this.pause);
      if (!stage.gliding) this.pause = setTimeout(() => this.#settle(), PAUSE); // slow frames are no end
    };
    return followPointers(stage, this.grid, {
      onHover: (n) => (n < 0 ? card.leave() : card.pinned || card.open(n, false).catch(this.say)),
      onTap: (n) => (n < 0 ? card.close() : card.open(n, true).catch(this.say)),
      onLasso: (outline) => {
        this.tools.setLasso(false);
        this.#choose(() => {
          this.choice.drawn = this.grid.enclosed(outline);
          this.choice.settle();
        });
      },
    });
  }

  /** Show what the address says. */
  begin() {
    const { q, topic, view } = readState(location.search);
    if (view) this.camera.view = this.camera.within(view);
    this.choice.topic = topic === OTHERS_ID ? OTHERS : this.points.topics.findIndex(({ id }) => id === topic);
    this.field.value = q;
    if (q) void this.#search(q, false);
    else this.#choose(() => this.choice.settle());
  }

  /** @param {string} text @param {boolean} typing */
  async #search(text, typing) {
    const turn = ++this.turn;
    this.q = text.trim();
    try {
      const answer = this.q ? await (await this.engine()).search(text, { typing }) : null;
      if (turn !== this.turn) return;
      this.#choose(() => {
        this.choice.found = answer?.documents ?? null;
        this.choice.settle();
      }, typing);
    } catch (fault) {
      if (turn === this.turn) this.say(fault);
    }
  }

  /** Change the choice and everything that shows it. @param {() => void} change @param {boolean} [typing] */
  #choose(change, typing = false) {
    change();
    const { choice, stage } = this;
    if (stage.at >= 0 && !choice.has(stage.at)) this.card.close();
    this.legend.show(choice.topic);
    stage.repaint();
    this.#bringIntoView();
    const hint = matchMedia("(pointer: coarse)").matches ? label("map_view.finger") : label("map_view.mouse");
    this.#tell(choice.lit ? label("map_view.lit", { papers: label("count.papers", { count: sayNumber(choice.documents.length) }) }) : hint, typing);
    if (!typing) this.#settle();
  }

  /** Move the map to the chosen papers where none of them is in view. */
  #bringIntoView() {
    const { choice, camera, grid, points, stage } = this;
    if (!choice.documents.length || camera.isWhole || grid.inView(camera).some((n) => choice.has(n))) return;
    stage.glide(camera.around(points, choice.documents));
  }

  #clear() {
    this.field.value = this.q = "";
    this.turn += 1;
    this.listing = false;
    this.#choose(() => this.choice.clear());
    this.stage.board.focus();
  }

  #toggleList() {
    if (this.choice.lit) return this.panel.title.focus();
    this.listing = !this.listing;
    this.#settle();
    if (this.listing) this.panel.title.focus();
  }

  /** Put the state into the address, and list what is chosen or in view. */
  #settle() {
    const { choice, camera, listing } = this;
    const topic = choice.topic === OTHERS ? OTHERS_ID : (this.points.topics[choice.topic]?.id ?? "");
    history.replaceState(null, "", addressOf({ q: this.q, topic, view: camera.isWhole ? null : camera.view }));
    this.tools.list.setAttribute("aria-expanded", String(Boolean(choice.lit) || listing));
    const shown = choice.lit ? this.#chosen() : listing ? this.#inView() : null;
    this.body.classList.toggle("has-panel", Boolean(shown));
    this.panel.show(shown).catch(this.say);
  }

  #chosen() {
    const { choice, q } = this;
    const topic = choice.topic < 0 ? "" : this.points.topics[choice.topic].id;
    const name = [q && label("paper.term", { phrase: q }), choice.topicName, choice.drawn && label("map_view.drawn")].filter(Boolean).join(label("list.comma"));
    const search = choice.drawn || choice.topic === OTHERS ? null : { ...(q && { q, meaning: "off" }), ...(topic && { topic }) };
    const papers = label("count.papers", { count: sayNumber(choice.documents.length) });
    return { documents: choice.documents, what: label("shared.named", { name: papers, text: name }), name, search };
  }

  #inView() {
    const documents = this.grid.inView(this.camera);
    const papers = label("count.papers", { count: sayNumber(documents.length) });
    return { documents, what: label("map_view.in_view", { papers }), name: label("map_view.part"), search: null };
  }

  /** Go to the next paper that is lit and in view, as one reads. @param {1 | -1} step */
  async #walk(step) {
    const order = this.grid.inView(this.camera).filter((n) => this.choice.has(n));
    if (!order.length) return this.#tell(label("map_view.none_lit"));
    const at = order.indexOf(this.stage.at);
    const next = at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
    const card = await this.card.open(order[next], true).catch(this.say);
    if (card) this.#tell(label("map_view.place", { number: next + 1, total: order.length, title: card.title }));
  }

  /** Show a text, and let screen readers hear it unless somebody is typing. @param {string} text @param {boolean} [typing] */
  #tell(text, typing = false) {
    this.status.textContent = text;
    if (!typing) say(text);
  }
}
