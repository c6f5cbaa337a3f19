// The client's surroundings, in the hands of a test: time, WebSockets and requests.

const { port1, port2 } = new MessageChannel();

/** Lets the browser do what it has to do. A time-out of 0 would do, but browsers make many of them wait. */
function turn() {
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}

export class FakePlatform {
  sockets = [];
  requests = [];
  remembered = "";
  window = new EventTarget();
  document = Object.assign(new EventTarget(), { hidden: false });
  #time = 0;
  #timers = new Map();
  #lastTimer = 0;

  constructor() {
    const { sockets } = this;
    this.WebSocket = class extends FakeWebSocket {
      constructor(...given) {
        super(...given);
        sockets.push(this);
      }
    };
  }

  now = () => this.#time;
  random = () => 1;
  recall = () => this.remembered;

  remember(url, name) {
    this.remembered = name;
  }

  setTimeout(task, ms) {
    this.#timers.set(++this.#lastTimer, { task, at: this.#time + ms });
    return this.#lastTimer;
  }

  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  fetch(url, request) {
    const made = new FakeRequest(url, request);
    this.requests.push(made);
    return made.answer;
  }

  /** Lets everything happen that needs no time. */
  async settle() {
    for (let i = 0; i < 5; i++) {
      await turn();
    }
  }

  /** Lets time go by, each timer at its time. */
  async pass(ms) {
    await this.settle();
    const end = this.#time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due[0]);
      this.#time = Math.max(this.#time, due[1].at);
      due[1].task();
      await this.settle();
    }
    this.#time = end;
  }

  /** The newest WebSocket. */
  get socket() {
    return this.sockets.at(-1);
  }

  /** Requests of a method that nobody has answered. */
  open(method) {
    return this.requests.filter((request) => request.method === method && !request.isAnswered && !request.isAborted);
  }

  /** Waits for a request of a method. */
  async asked(method) {
    await this.settle();
    const [request] = this.open(method);
    if (!request) {
      throw new Error(`there is no ${method} among ${this.requests.map((r) => `${r.method} ${r.url}`)}`);
    }
    return request;
  }
}

class FakeWebSocket {
  sent = [];
  bufferedAmount = 0;
  closed = null;
  protocol = "";

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  send(data) {
    this.sent.push(data);
  }

  close(...why) {
    this.closed = why;
  }

  accept(protocol = "") {
    this.protocol = protocol;
    this.onopen?.({});
  }

  say(data) {
    this.onmessage?.({ data });
  }

  end(code = 1006, reason = "") {
    this.onclose?.({ code, reason });
  }
}

class FakeRequest {
  isAnswered = false;
  isAborted = false;
  #resolve;
  #reject;
  #stream = null;

  constructor(url, { method = "GET", headers = {}, body = null, signal, keepalive = false }) {
    Object.assign(this, { url, method, headers, keepalive, body: body === null ? null : JSON.parse(body) });
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal?.addEventListener("abort", () => {
      this.isAborted = true;
      const error = new DOMException("aborted", "AbortError");
      this.#reject(error);
      this.#stream?.error(error);
    });
  }

  json(status, body, headers = {}) {
    this.isAnswered = true;
    const type = status < 400 ? "application/vnd.fieldgate.poll+json" : "application/problem+json";
    this.#resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ...headers } }));
  }

  /** Begins a stream; text() goes on with it, cut() breaks it, end() ends it. */
  stream() {
    this.isAnswered = true;
    const body = new ReadableStream({
      start: (controller) => {
        this.#stream = controller;
      },
    });
    this.#resolve(new Response(body, { headers: { "Content-Type": "text/event-stream;charset=utf-8" } }));
    return this;
  }

  text(text) {
    this.#stream.enqueue(new TextEncoder().encode(text));
    return this;
  }

  bytes(...bytes) {
    this.#stream.enqueue(new Uint8Array(bytes));
    return this;
  }

  cut() {
    this.#stream.error(new TypeError("network error"));
  }

  end() {
    this.#stream.close();
  }

  fail() {
    this.isAnswered = true;
    this.#reject(new TypeError("Failed to fetch"));
  }
}
