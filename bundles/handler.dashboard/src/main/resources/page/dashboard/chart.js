// A small live chart. uPlot is a script of its own and lies in the window.

import { WINDOW_S } from "./history.js";

const HEIGHT = 56;

/** A chart that has just begun shows at least so much; from there on it grows to the whole window. */
const YOUNG_S = 10;

/** What the style sheet says the colours are, now that it is light or dark. */
function colours(element) {
  const style = getComputedStyle(element);
  return { line: style.getPropertyValue("--line").trim(), fill: style.getPropertyValue("--fill").trim() };
}

/** The scale: a percentage is out of 100, a boolean out of 1, all else as it moves, but noise is not blown up to mountains. */
function scale(point) {
  if (point.type === "boolean") {
    return () => [-0.15, 1.15];
  }
  if (point.unit === "%") {
    return (u, min, max) => [Math.min(0, min ?? 0), Math.max(100, max ?? 100)];
  }
  return (u, min, max) => {
    if (min === null || min === undefined) {
      return [0, 1];
    }
    const least = Math.max(Math.abs(max), Math.abs(min)) * 0.02 || 1;
    const span = Math.max(max - min, least);
    const middle = (max + min) / 2;
    return [middle - span * 0.6, middle + span * 0.6];
  };
}

/** Draws one point's history into an element until it is destroyed. */
export class Chart {
  #plot;
  #element;

  /** hovered is called with an index of the data, or null. */
  constructor(element, point, hovered) {
    this.#element = element;
    const { line, fill } = colours(element);
    const stepped = point.type !== "decimal";
    this.#plot = new uPlot({
      width: Math.max(50, element.clientWidth),
      height: HEIGHT,
      padding: [4, 0, 0, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7, fill: line, width: 0 } },
      scales: { x: { time: false, range: (u, min, max) => [Math.max(max - WINDOW_S, Math.min(min, max - YOUNG_S)), max] }, y: { range: scale(point) } },
      series: [{}, {
        stroke: line,
        fill,
        fillTo: (u) => u.scales.y.min,
        width: 1.5,
        points: { show: false },
        paths: stepped ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.linear(),
      }],
      hooks: { setCursor: [(u) => hovered(u.cursor.left >= 0 ? u.cursor.idx : null)] },
    }, [[], []], element);
  }

  draw(data) {
    const width = this.#element.clientWidth;
    if (width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT });
    }
    this.#plot.setData(data);
  }

  destroy() {
    this.#plot.destroy();
  }
}
