// One point on the page.

import { Chart } from "./chart.js";
import { Control } from "./control.js";
import { format, isNumeric } from "./format.js";
import { History, WINDOW_S } from "./history.js";

const template = document.getElementById("card-template");
const seconds = () => performance.now() / 1000;

/** Takes samples at any rate and draws when told to: the text always, the chart only where it can be seen. */
export class Card {
  element = template.content.firstElementChild.cloneNode(true);
  point;
  dirty = false;
  visible = false;

  #parts = {};
  #history = new History();
  #sample = null;
  #chart = null;
  #control = null;
  #hovered = null;
  #data = [[], []];

  constructor(point, write) {
    this.point = point;
    for (const name of ["name", "badge", "lamp", "value", "unit", "chart", "caption", "about", "control", "locked", "error"]) {
      this.#parts[name] = this.element.querySelector(`.${name}`);
    }
    this.element.dataset.point = point.id;
    this.element.dataset.type = point.type;
    this.element.dataset.quality = "none";
    this.#parts.name.textContent = point.id.split("/").at(-1);
    this.#parts.name.title = point.id;
    this.#parts.about.textContent = point.description ?? "";
    this.#parts.lamp.hidden = point.type !== "boolean";
    if (!this.#drawable) {
      this.#parts.chart.remove();
      this.#parts.caption.remove();
    }
    if (point.access !== "r" && point.type !== "bytes") {
      this.#control = new Control(this.#parts.control, this.#parts.error, point, write);
      this.#parts.locked.id = `locked ${point.id}`.replaceAll(/[ /]/g, "-");
    }
    this.#showValue();
  }

  get #drawable() {
    return isNumeric(this.point) || this.point.type === "boolean";
  }

  /** The last sample, or null. */
  get sample() {
    return this.#sample;
  }

  /** How the value is: good, uncertain, bad or none; what is only simulated counts as good. */
  get condition() {
    if (this.#sample === null) {
      return "none";
    }
    return this.#sample.code === "simulated" ? "good" : this.#sample.quality;
  }

  /** Whether the user may write, and if not, what is to be said: an element, or null. */
  allow(hint) {
    if (this.#control) {
      this.#control.allow(hint === null ? "" : this.#parts.locked.id);
      this.#parts.locked.replaceChildren(...(hint === null ? [] : [hint.cloneNode(true)]));
      this.#parts.locked.hidden = hint === null;
    }
  }

  take(sample) {
    this.#sample = sample;
    this.dirty = true;
    const usable = this.#drawable && sample.quality !== "bad" && sample.value !== null;
    if (usable) {
      this.#history.add(seconds(), Number(sample.value));
    } else {
      this.#history.gap(seconds());
    }
  }

  /** The connection is lost: what happens now is not known. */
  gap() {
    this.#history.gap(seconds());
    this.dirty = true;
  }

  /** Called at most once per frame. */
  draw() {
    if (this.dirty) {
      this.dirty = false;
      this.#showValue();
    }
    if (this.visible && this.#drawable) {
      this.#drawChart();
    }
  }

  /** A card that cannot be seen needs no canvas. */
  setVisible(visible) {
    this.visible = visible;
    if (!visible) {
      this.dropChart();
    }
  }

  dropChart() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#hovered = null;
  }

  #showValue() {
    const sample = this.#sample;
    const [text, unit] = format(this.point, sample?.value);
    this.#set(this.#parts.value, text);
    this.#set(this.#parts.unit, unit);
    this.element.dataset.quality = sample?.quality ?? "none";
    this.element.dataset.on = String(sample?.value === true);
    const badge = sample === null ? "no value yet" : sample.code ?? (sample.quality === "good" ? "" : sample.quality);
    this.#set(this.#parts.badge, badge.replaceAll("-", " "));
    this.#parts.badge.dataset.code = badge;
    this.#parts.badge.hidden = badge === "";
    this.#parts.value.title = sample === null ? "" : `${sample.value === null ? "no value" : this.point.type === "bytes" ? text : sample.value} at ${new Date(sample.time).toLocaleString()}`;
    this.#control?.show(sample?.value ?? null);
  }

  #drawChart() {
    this.#chart ??= new Chart(this.#parts.chart, this.point, (index) => {
      this.#hovered = index;
      this.#showCaption();
    });
    this.#data = this.#history.upTo(seconds());
    this.#chart.draw(this.#data);
    this.#showCaption();
  }

  #showCaption() {
    const [times, values] = this.#data;
    if (this.#hovered !== null && values[this.#hovered] !== undefined && values[this.#hovered] !== null) {
      const age = Math.round(times.at(-1) - times[this.#hovered]);
      this.#set(this.#parts.caption, `${this.#text(values[this.#hovered])}  ·  ${age} s ago`);
      return;
    }
    const shown = values.filter((value, i) => value !== null && times[i] >= times.at(-1) - WINDOW_S);
    if (shown.length === 0 || this.point.type === "boolean") {
      this.#set(this.#parts.caption, "");
      return;
    }
    const least = this.#text(shown.reduce((a, b) => Math.min(a, b)));
    const greatest = this.#text(shown.reduce((a, b) => Math.max(a, b)));
    this.#set(this.#parts.caption, least === greatest ? "steady" : `${least} to ${greatest}`);
  }

  #text(value) {
    return format(this.point, this.point.type === "boolean" ? value === 1 : value).join(" ").trim();
  }

  #set(part, text) {
    if (part.textContent !== text) {
      part.textContent = text;
    }
  }
}
