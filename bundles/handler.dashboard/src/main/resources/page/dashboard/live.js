// Between the page and the client, which does the work: a subscription to all points.

import { FieldgateLive } from "../client/fieldgate.js";

const REFRESH_MS = 20_000;

/**
 * Tells its listener state(event) and lagged(event), as the client has them, devices(list) and samples(list).
 */
export class Live {
  #live;
  #listener;
  #isSubscribed = false;

  constructor(url, listener) {
    this.#live = new FieldgateLive(url);
    this.#live.onstate = (event) => listener.state(event);
    this.#live.onlagged = (event) => listener.lagged(event);
    this.#live.ondevices = ({ devices }) => listener.devices(devices);
    this.#listener = listener;
    this.#subscribe();
    // Finds devices that have gone; those that come show by their samples.
    setInterval(() => document.hidden || this.#live.state !== "open" || this.#live.devices().catch(() => {}), REFRESH_MS);
  }

  /** Connects anew: as another user, or after having been refused. */
  reconnect() {
    this.#live.reconnect();
    this.#subscribe();
  }

  /** Once the gateway has agreed it holds for every session that follows. */
  #subscribe() {
    if (!this.#isSubscribed) {
      this.#isSubscribed = true;
      // Why it is refused, if it is, the state tells.
      this.#live.subscribe(["**"], (samples) => this.#listener.samples(samples)).catch(() => (this.#isSubscribed = false));
    }
  }

  /** Writes a point; the promise has the sample that the device has confirmed. */
  write(point, value) {
    return this.#live.write(point, value);
  }
}
