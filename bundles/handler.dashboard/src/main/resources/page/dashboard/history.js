// The last two minutes of one point, in bounded memory.

export const WINDOW_S = 120;

const CAPACITY = 480;
const SPACING_S = WINDOW_S / CAPACITY;
const HOLD_S = 3;

/** Times in seconds, ascending, and values; a value of null is a gap. */
export class History {
  times = [];
  values = [];

  /** Adds a value. Of values that come closer than the spacing only the last is kept. */
  add(time, value) {
    const count = this.times.length;
    if (count > 1 && time - this.times[count - 2] < SPACING_S) {
      this.times[count - 1] = time;
      this.values[count - 1] = value;
      return;
    }
    // No news means no change: the line stays level until shortly before the value that follows.
    if (count > 0 && value !== null && this.values[count - 1] !== null && time - this.times[count - 1] > HOLD_S) {
      this.#push(time - SPACING_S, this.values[count - 1]);
    }
    this.#push(time, value);
    this.#forget(time - WINDOW_S);
  }

  /** Breaks the line; the last value has held until now. */
  gap(time) {
    const last = this.values.at(-1) ?? null;
    if (last !== null) {
      this.#push(time, last);
      this.#push(time, null);
    }
  }

  /** The values to draw, the last one held until now. */
  upTo(now) {
    const last = this.values.at(-1) ?? null;
    return [[...this.times, Math.max(now, this.times.at(-1) ?? 0)], [...this.values, last]];
  }

  #push(time, value) {
    this.times.push(time);
    this.values.push(value);
  }

  /** Keeps one value from before the window, from which the line comes in. */
  #forget(oldest) {
    let drop = Math.max(0, this.times.length - 2 * CAPACITY);
    while (drop + 1 < this.times.length && this.times[drop + 1] < oldest) {
      drop++;
    }
    if (drop > 0) {
      this.times.splice(0, drop);
      this.values.splice(0, drop);
    }
  }
}
