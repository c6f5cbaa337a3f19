// The client's side of the live protocol (docs/protocol.md): one connection that comes back by itself.

const SUBPROTOCOL = "fieldgate.live.v1";
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const ANSWER_MS = 15_000;
const CHECK_MS = 20_000;

/** A request that the gateway has refused, or not answered. */
export class RequestError extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/**
 * A subscription to all points. The listener has three methods: state(name), of connecting, open and lost; devices(list);
 * and samples(list).
 */
export class Live {
  #url;
  #listener;
  #socket = null;
  #pending = new Map();
  #lastId = 0;
  #attempts = 0;
  #retry = 0;
  #check = 0;
  #epoch = null;
  #seq = 0;

  constructor(url, listener) {
    this.#url = url;
    this.#listener = listener;
    listener.state("connecting");
  }

  /** Connects now, unless there is a connection. */
  connect() {
    if (this.#socket) {
      return;
    }
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(JSON.parse(event.data));
    socket.onclose = () => this.#closed(socket);
  }

  /** Asks again for the devices. */
  async refresh() {
    const answer = await this.#request({ op: "devices" });
    this.#listener.devices(answer.devices);
  }

  /** Writes a point; the promise has the sample that the device has confirmed. */
  async write(point, value) {
    const answer = await this.#request({ op: "write", point, value });
    return answer.sample;
  }

  #request(request) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new RequestError("offline", "There is no connection to the gateway."));
        return;
      }
      const id = ++this.#lastId;
      const timer = setTimeout(() => this.#fail(id, "timeout", "The gateway has not answered."), ANSWER_MS);
      this.#pending.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ ...request, id }));
    });
  }

  #fail(id, code, detail) {
    const waiting = this.#take(id);
    waiting?.reject(new RequestError(code, detail));
  }

  #take(id) {
    const waiting = this.#pending.get(id);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.#pending.delete(id);
    }
    return waiting;
  }

  async #opened() {
    const socket = this.#socket;
    try {
      await this.refresh();
      const resume = this.#epoch === null ? {} : { since: this.#seq, epoch: this.#epoch };
      const answer = await this.#request({ op: "subscribe", filters: ["**"], ...resume });
      this.#epoch = answer.epoch;
      this.#attempts = 0;
      this.#listener.state("open");
      this.#check = setInterval(() => this.#checkAlive(socket), CHECK_MS);
    } catch {
      socket.close();
    }
  }

  /** A connection that is half dead says nothing: so something is asked now and then, which also finds new devices. */
  async #checkAlive(socket) {
    try {
      await this.refresh();
    } catch {
      socket.close();
      this.#closed(socket);
    }
  }

  #received(message) {
    switch (message.op) {
      case "samples":
      case "lagged":
        if (message.samples.length > 0) {
          this.#seq = message.samples.at(-1).seq;
        }
        this.#listener.samples(message.samples);
        break;
      case "ok":
        if (message.resumed === false) {
          this.#seq = 0;
        }
        this.#take(message.id)?.resolve(message);
        break;
      case "error":
        this.#fail(message.id, message.code, message.detail);
        break;
      default:
        // A later gateway may say more; what this page does not know it does not need.
        break;
    }
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearInterval(this.#check);
    for (const id of [...this.#pending.keys()]) {
      this.#fail(id, "offline", "The connection was lost; whether the device has done it is not known.");
    }
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts++);
    this.#retry = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
    this.#listener.state("lost");
  }
}
