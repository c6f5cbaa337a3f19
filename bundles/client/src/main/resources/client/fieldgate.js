// The client of a Fieldgate gateway, for Chrome and Edge 93, Firefox 92, Safari 15.4 and Node.js 22, or later. One ES module, no dependency, no build step.
//
// FieldgateSocket  a connection to any path: by WebSocket, else by server-sent events, else by long poll; it comes back by itself
// FieldgateLive    the protocol fieldgate.live.v1 on top of it: devices, subscriptions that resume, read and write
//
// SPDX-License-Identifier: Apache-2.0

const DEFAULTS = {
  protocols: [],
  transports: ["websocket", "sse", "poll"],
  probeMs: 5_000,
  firstRetryMs: 500,
  longestRetryMs: 30_000,
  queueMaxMessages: 256,
  queueMaxBytes: 1_048_576,
  silenceMs: 40_000,
  credentials: "same-origin",
};

/** A connection that has lasted so long counts as good: the next retry is an early one again. */
const STABLE_MS = 5_000;

/** For so long after a loss only the transport that has worked is tried: a gateway that restarts is no reason to fall back. */
const LOYAL_MS = 60_000;

/** For so long a fallback is taken at once; then the first transport gets another chance at the next connection. */
const REMEMBER_MS = 600_000;

/** What was handed to a WebSocket so shortly before it was lost may not have arrived. */
const DOUBT_MS = 10_000;
const DOUBT_MESSAGES = 256;

const LONGEST_RETRY_AFTER_MS = 300_000;
const POST_MS = 20_000;
const POST_MESSAGES = 64;
const POST_BYTES = 131_072;

/** What a POST has around its messages, at most. */
const POST_FRAME_BYTES = 128;

const ACK_MESSAGES = 32;
const ACK_CHARS = 32_768;
const ACK_MS = 1_000;
const DRAIN_MS = 2_000;
const LONGEST_EVENT_CHARS = 16_777_216;

const POLL_TYPE = "application/vnd.fieldgate.poll+json";
const STREAM_TYPE = "text/event-stream";
const PROBLEM_TYPE = "application/problem+json";

/** A browser can set no header of a WebSocket, so a token goes as a subprotocol and a ticket in the query. */
const TOKEN_SUBPROTOCOL = "fieldgate.token.";
const TICKET_PARAMETER = "fieldgate-ticket";
const TICKETS = "/api/tickets";

/** What may stand both in a header and in a subprotocol (RFC 9110, 5.6.2). */
const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;

/** Close codes (RFC 6455, 7.4) after which it is worth coming back. */
const PASSING_CODES = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015]);

/** What transport.http and security close with when a client may not stay (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;

/** Statuses that pass. */
const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Statuses that say that this way of talking is not to be had here, which another may be. */
const OTHER_WAY_STATUSES = new Set([405, 406, 415, 426, 501, 505]);

/** Something that went wrong; code is a word for programs, message a sentence for people. */
export class FieldgateError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "FieldgateError";
    this.code = code;
  }
}

class FieldgateEvent extends Event {
  constructor(type, fields) {
    super(type);
    Object.assign(this, fields);
  }
}

/**
 * Why a link has ended, and what to do: "next": try another transport; "again": the same session may be had again; "retry": come back
 * later, with a new session; "unauthorized": wait until the application says that we may come in; "fatal": give up and tell the application.
 */
class LinkEnd extends Error {
  constructor(verdict, reason, { code = 1006, status = 0, retryAfterMs = 0 } = {}) {
    super(reason);
    Object.assign(this, { verdict, code, status, retryAfterMs });
  }

  static ofClose(code, reason) {
    const verdict = code === POLICY_VIOLATION ? "unauthorized" : PASSING_CODES.has(code) ? "retry" : "fatal";
    return new LinkEnd(verdict, reason, { code });
  }

  static async ofStatus(response, opened) {
    const { status } = response;
    const detail = await problem(response);
    const retryAfterMs = Math.min(Math.max(waitOf(response), 0), LONGEST_RETRY_AFTER_MS);
    const code = status === 413 ? 1009 : 1006;
    return new LinkEnd(LinkEnd.#verdict(status, opened), detail, { code, status, retryAfterMs });
  }

  static #verdict(status, opened) {
    if (PASSING_STATUSES.has(status)) {
      return opened ? "again" : "retry";
    }
    if (status === 401 || (status === 403 && !opened)) {
      return "unauthorized";
    }
    if (opened) {
      // 403: the session is another user's than the one that we are now. A new one may be had, or is refused for good.
      return status === 403 || status === 404 || status === 410 ? "retry" : "fatal";
    }
    return status === 410 ? "retry" : OTHER_WAY_STATUSES.has(status) ? "next" : "fatal";
  }
}

/** How long a refusal asks to wait, in milliseconds: seconds or a date (RFC 9110, 10.2.3). */
function waitOf(response) {
  const after = response.headers.get("Retry-After") ?? "";
  const ms = /^\s*\d+\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isFinite(ms) ? ms : 0;
}

/** What a refusal says of itself (RFC 9457), else its status. */
async function problem(response) {
  const status = `${response.status} ${response.statusText}`.trim();
  try {
    const { detail, title } = await response.json();
    return detail ?? title ?? status;
  } catch {
    return status;
  }
}

function toBase64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** A copy of what is to be sent, for the caller may change its bytes: a string or an ArrayBuffer. */
function copied(data) {
  if (typeof data === "string") {
    return data;
  }
  if (data instanceof ArrayBuffer) {
    return data.slice(0);
  }
  if (ArrayBuffer.isView(data)) {
    return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  }
  throw new TypeError("send takes a string, an ArrayBuffer or a view of one");
}

/** The size in bytes; of a text the least that it can have. */
const sizeOf = (data) => (typeof data === "string" ? data.length : data.byteLength);
const sum = (list) => list.reduce((total, data) => total + sizeOf(data), 0);
const wrapped = (data) => (typeof data === "string" ? data : { binary: toBase64(new Uint8Array(data)) });
const unwrapped = (message) => (typeof message === "string" ? message : fromBase64(message.binary).buffer);

/** Splits a text/event-stream (HTML Standard, 9.2.6) into its events. */
class EventStream {
  #rest = "";
  #event = { type: "", id: "", data: [] };
  #size = 0;

  /** Takes what has come and returns the events that are complete. */
  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) {
      if (line !== "") {
        this.#field(line);
      } else {
        if (this.#event.data.length > 0) {
          events.push({ ...this.#event, data: this.#event.data.join("\n") });
        }
        this.#event = { type: "", id: "", data: [] };
        this.#size = 0;
      }
    }
    if (this.#size + this.#rest.length > LONGEST_EVENT_CHARS) {
      throw new LinkEnd("fatal", `an event has more than ${LONGEST_EVENT_CHARS} characters`, { code: 1009 });
    }
    return events;
  }

  #field(line) {
    const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
    this.#size += line.length;
    if (name === "data") {
      this.#event.data.push(value);
    } else if (name === "event") {
      this.#event.type = value;
    } else if (name === "id") {
      this.#event.id = value;
    }
  }
}

/** Who we are, and how it is said: by a cookie, which the browser does alone, by a token or by tickets, which count once. */
class Identity {
  #token;
  #ticket;
  #offersProtocols;

  constructor({ token, ticket, protocols }) {
    if (token !== undefined && !(typeof token === "string" && TOKEN.test(token))) {
      throw new TypeError("token: it is no token"); // which it was is nothing for a log
    }
    if (ticket !== undefined && !["boolean", "function"].includes(typeof ticket)) {
      throw new TypeError("ticket: true, false or a function is expected");
    }
    this.#token = token;
    this.#ticket = ticket ?? false;
    this.#offersProtocols = protocols.length > 0;
  }

  /** The headers that say it. */
  get headers() {
    return this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
  }

  /** Whether requests need a ticket each. */
  get isByTicketAlone() {
    return this.#token === undefined && typeof this.#ticket === "function";
  }

  /** Whether a WebSocket needs a ticket: browsers break one off whose only subprotocol, the token, is not agreed to. */
  get needsTicket() {
    return this.#ticket !== false || (this.#token !== undefined && !this.#offersProtocols);
  }

  /** What a WebSocket offers besides the subprotocols that are meant. */
  get protocols() {
    return this.#token === undefined || this.needsTicket ? [] : [TOKEN_SUBPROTOCOL + this.#token];
  }

  /** Gets a ticket and puts it into an address. */
  async ticketed(target, context, signal) {
    const ticketed = new URL(target);
    ticketed.searchParams.set(TICKET_PARAMETER, await (typeof this.#ticket === "function" ? this.#asked() : Identity.#fetched(context, signal)));
    return ticketed;
  }

  async #asked() {
    try {
      return await this.#ticket();
    } catch (failure) {
      throw new LinkEnd(failure.code === "unauthorized" ? "unauthorized" : "retry", `there is no ticket: ${failure.message}`);
    }
  }

  static async #fetched(context, signal) {
    const response = await context.request({ method: "POST", headers: { Accept: "application/json" }, signal }, new URL(TICKETS, context.url));
    if (!response.ok) {
      throw await LinkEnd.ofStatus(response, false);
    }
    return (await response.json()).ticket;
  }
}

/*
 * A link is one session by one transport. It tells its listener opened(protocol), message(data), trouble(end) when it has to fetch
 * the session back, mended() when it has it again, and once ended(end). After close or abort it tells nothing.
 */

class WebSocketLink {
  #context;
  #listener;
  #socket = null;
  #recent = [];
  #ticketing = new AbortController();

  constructor(context, listener) {
    this.#context = context;
    this.#listener = listener;
  }

  start() {
    const { identity, url } = this.#context;
    if (!identity.needsTicket) {
      this.#open(url);
      return;
    }
    const { signal } = this.#ticketing;
    identity.ticketed(url, this.#context, signal).then(
      (ticketed) => signal.aborted || this.#open(ticketed),
      (failure) => this.#listener.ended(failure instanceof LinkEnd ? failure : new LinkEnd("next", `a ticket cannot be fetched: ${failure.message}`)),
    );
  }

  #open(url) {
    const { identity, options, platform } = this.#context;
    try {
      this.#socket = new platform.WebSocket(url.href.replace(/^http/, "ws"), [...options.protocols, ...identity.protocols]);
    } catch (failure) {
      this.#listener.ended(new LinkEnd("next", `the browser refuses a WebSocket: ${failure.message}`));
      return;
    }
    const socket = this.#socket;
    let opened = false;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      opened = true;
      this.#listener.opened(socket.protocol);
    };
    socket.onmessage = (event) => this.#listener.message(event.data);
    socket.onclose = ({ code, reason }) => this.#listener.ended(opened
      ? LinkEnd.ofClose(code, reason || `the WebSocket was closed with ${code}`)
      : new LinkEnd("next", "a WebSocket could not be opened"));
  }

  get waitingMessages() {
    return 0;
  }

  get waitingBytes() {
    return this.#socket.bufferedAmount;
  }

  send(data) {
    this.#socket.send(data);
    this.#recent.push({ data, at: this.#context.platform.now() });
    this.#forget();
  }

  close(code, reason) {
    this.#drop(code, reason);
  }

  abort() {
    this.#drop();
  }

  leave() {
    // The browser closes a WebSocket with its page.
  }

  /** What may have arrived, and what certainly has not. */
  leftover() {
    this.#forget();
    return { unsure: this.#recent.map(({ data }) => data), unsent: [] };
  }

  #forget() {
    const { options: { queueMaxBytes }, platform } = this.#context;
    const doubtful = platform.now() - DOUBT_MS;
    let size = sum(this.#recent.map(({ data }) => data));
    while (this.#recent.length > 0
        && (this.#recent.length > DOUBT_MESSAGES || size > queueMaxBytes || this.#recent[0].at < doubtful)) {
      size -= sizeOf(this.#recent.shift().data);
    }
  }

  #drop(...why) {
    this.#ticketing.abort();
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close(...why);
    }
  }
}

/** Not a link: asks why there is none, for a WebSocket that is refused tells a page nothing. */
class Inquiry {
  #context;
  #listener;
  #abort = new AbortController();

  constructor(context, listener) {
    this.#context = context;
    this.#listener = listener;
  }

  async start() {
    let end = new LinkEnd("next", "a WebSocket could not be opened");
    try {
      const response = await this.#context.request({ headers: { Accept: PROBLEM_TYPE }, signal: this.#abort.signal });
      if (!response.ok) {
        const told = await LinkEnd.ofStatus(response, false);
        // All else is said of a request, as 426 is, and not of the WebSocket.
        end = told.verdict === "unauthorized" || told.verdict === "retry" ? told : end;
      }
    } catch (failure) {
      end = failure instanceof LinkEnd ? failure : new LinkEnd("next", `the gateway cannot be reached: ${failure.message}`);
    }
    this.#abort.abort();
    this.#listener.ended(end);
  }

  abort() {
    this.#abort.abort();
  }

  leave() {
    // There is no session to be left.
  }
}

/** What the client says where there is no WebSocket: one POST at a time, each message with its number, repeated until it is taken. */
class Outbox {
  #context;
  #ended;
  #session = null;
  #most = {};
  #messages = [];
  #first = 1;
  #posted = 0;
  #received = 0;
  #acked = 0;
  #unackedChars = 0;
  #ackTimer = 0;
  #ackDue = false;
  #busy = false;
  #failingSince = null;
  #failures = 0;
  #stopped = false;
  #abort = null;
  #drained = null;

  constructor(context, ended) {
    this.#context = context;
    this.#ended = ended;
  }

  open({ session, "post.max.messages": messages = POST_MESSAGES, "post.max.bytes": bytes = POST_BYTES }) {
    this.#session = session;
    this.#most = { messages: Math.min(messages, POST_MESSAGES), bytes: Math.min(bytes, POST_BYTES) };
    this.#pump();
  }

  get messages() {
    return this.#messages;
  }

  add(data) {
    this.#messages.push(data);
    this.#pump();
  }

  /** Notes that the message of a number has come: the gateway is told with the next POST, or with one of its own before long. */
  received(number, data, tell) {
    this.#received = number;
    if (!tell) {
      this.#acked = number;
      return;
    }
    this.#unackedChars += sizeOf(data);
    if (number - this.#acked >= ACK_MESSAGES || this.#unackedChars >= ACK_CHARS) {
      this.#acknowledge();
    } else {
      this.#ackTimer ||= this.#context.platform.setTimeout(() => this.#acknowledge(), ACK_MS);
    }
  }

  leftover() {
    const unsure = Math.max(0, this.#posted - this.#first + 1);
    return { unsure: this.#messages.slice(0, unsure), unsent: this.#messages.slice(unsure) };
  }

  /** Waits until all has been taken, but not for long. */
  drain() {
    if (this.#messages.length === 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#drained = resolve;
      this.#context.platform.setTimeout(resolve, DRAIN_MS);
    });
  }

  stop() {
    this.#stopped = true;
    this.#context.platform.clearTimeout(this.#ackTimer);
    this.#abort?.abort();
  }

  #acknowledge() {
    this.#ackDue = true;
    this.#pump();
  }

  async #pump() {
    if (this.#busy || this.#stopped || this.#session === null || (this.#messages.length === 0 && !this.#ackDue)) {
      return;
    }
    this.#busy = true;
    let progress = false;
    try {
      progress = await this.#post();
      this.#failingSince = null;
      this.#failures = progress ? 0 : this.#failures + 1;
    } catch (end) {
      this.#judge(end);
    }
    if (!this.#stopped && !progress) {
      await this.#context.pause(this.#failures);
    }
    this.#busy = false;
    if (this.#messages.length === 0) {
      this.#drained?.();
    }
    this.#pump();
  }

  #judge(end) {
    if (this.#stopped) {
      return;
    }
    const verdict = end.verdict ?? "again";
    this.#ackDue = this.#received > this.#acked;
    this.#failures++;
    this.#failingSince ??= this.#context.platform.now();
    if (verdict !== "again") {
      this.#ended(end);
    } else if (this.#context.platform.now() - this.#failingSince > this.#context.resumeMs) {
      this.#ended(new LinkEnd("retry", `nothing could be sent: ${end.message}`));
    }
  }

  /** Posts as many messages as fit, at least one if there is one; tells whether all was well. */
  async #post() {
    const { platform } = this.#context;
    const batch = this.#batch();
    const ack = this.#received;
    platform.clearTimeout(this.#ackTimer);
    this.#ackTimer = 0;
    this.#ackDue = false;
    this.#unackedChars = 0;
    this.#posted = Math.max(this.#posted, this.#first + batch.length - 1);
    this.#abort = new AbortController();
    const limit = platform.setTimeout(() => this.#abort.abort(), POST_MS);
    try {
      const response = await this.#context.request({
        method: "POST",
        headers: { "Content-Type": POLL_TYPE, "Fieldgate-Session": this.#session },
        body: JSON.stringify(batch.length > 0 ? { ack, seq: this.#first, messages: batch } : { ack }),
        signal: this.#abort.signal,
      });
      if (!response.ok && response.status !== 409) {
        throw await LinkEnd.ofStatus(response, true);
      }
      const { next } = await response.json();
      this.#acked = Math.max(this.#acked, ack);
      return this.#taken(next, batch.length);
    } finally {
      platform.clearTimeout(limit);
    }
  }

  #batch() {
    const batch = [];
    let size = 0;
    for (const data of this.#messages.slice(0, this.#most.messages)) {
      const message = wrapped(data);
      size += new Blob([JSON.stringify(message)]).size + 1;
      if (batch.length > 0 && size > this.#most.bytes - POST_FRAME_BYTES) {
        break;
      }
      batch.push(message);
    }
    return batch;
  }

  #taken(next, offered) {
    const count = next - this.#first;
    if (!(count >= 0 && count <= this.#messages.length)) {
      throw new LinkEnd("retry", `the gateway expects message ${next}, which is not there`);
    }
    this.#messages.splice(0, count);
    this.#first = next;
    return count > 0 || offered === 0;
  }
}

/** What server-sent events and long poll have in common: a session that is fetched back after a failure, as long as the gateway holds it. */
class HttpLink {
  #listener;
  #outbox;
  #session = null;
  #received = 0;
  #abort = null;
  #stopped = false;
  #broken = false;

  constructor(context, listener) {
    this.context = { ...context, resumeMs: 0 };
    this.#listener = listener;
    this.#outbox = new Outbox(this.context, (end) => this.#end(end));
  }

  async start() {
    const { now } = this.context.platform;
    let failures = 0;
    let since = null;
    while (!this.#stopped) {
      const began = now();
      let end = new LinkEnd("again", "the connection was cut");
      let answered = false;
      try {
        answered = await this.#exchange();
      } catch (failure) {
        end = failure instanceof LinkEnd ? failure : this.#unreachable(failure);
      }
      if (answered) {
        failures = 0;
        since = null;
        continue;
      }
      if (this.#stopped) {
        return;
      }
      if (now() - began > STABLE_MS) {
        failures = 0;
        since = null;
      }
      since ??= now();
      if (this.#session === null || end.verdict !== "again") {
        this.#end(end);
      } else if (now() - since > this.context.resumeMs) {
        this.#end(new LinkEnd("retry", end.message));
      } else {
        if (failures > 0) {
          this.#broken = true;
          this.#listener.trouble(end);
        }
        await this.context.pause(failures++, end.retryAfterMs);
      }
    }
  }

  get waitingMessages() {
    return this.#outbox.messages.length;
  }

  get waitingBytes() {
    return sum(this.#outbox.messages);
  }

  send(data) {
    this.#outbox.add(data);
  }

  async close(code, reason) {
    this.#stop();
    await this.#outbox.drain();
    this.#outbox.stop();
    this.#farewell({ code, reason });
  }

  abort() {
    this.#stop();
    this.#outbox.stop();
    this.#farewell({ code: 1000 });
  }

  /** The page goes: the gateway need not hold the session for its return. */
  leave() {
    this.#farewell({ code: 1000 });
  }

  leftover() {
    return this.#outbox.leftover();
  }

  // For the two kinds of link. Each has receive(), which fetches once, and tells whether all was well and more may be fetched at once.

  /** A request for what the gateway says, with a limit to how long it may be silent: the response, and touch(), which renews the limit. */
  async get(accept) {
    const { platform, options, url } = this.context;
    const target = new URL(url);
    const headers = { Accept: accept };
    if (this.#session === null) {
      if (options.protocols.length > 0) {
        target.searchParams.set("subprotocol", options.protocols.join(","));
      }
    } else {
      headers["Last-Event-ID"] = `${this.#session}.${this.#received}`;
    }
    const abort = (this.#abort = new AbortController());
    let timer = 0;
    const touch = () => {
      platform.clearTimeout(timer);
      timer = platform.setTimeout(() => abort.abort(), options.silenceMs);
    };
    touch();
    abort.signal.addEventListener("abort", () => platform.clearTimeout(timer));
    const response = await this.context.request({ headers, signal: abort.signal }, target);
    if (!response.ok) {
      const end = await LinkEnd.ofStatus(response, this.#session !== null);
      abort.abort();
      throw end;
    }
    if (!(response.headers.get("Content-Type") ?? "").startsWith(accept)) {
      abort.abort();
      throw new LinkEnd(this.#session === null ? "next" : "again", `something else than ${accept} has come`);
    }
    return { response, touch };
  }

  /** The gateway says who we are: the first time that is news. */
  greeted(greeting) {
    if (this.#session === null) {
      this.#session = greeting.session;
      this.context.resumeMs = (greeting["resume.s"] ?? 30) * 1000;
      this.#outbox.open(greeting);
      this.#listener.opened(greeting.subprotocol ?? "");
    } else if (greeting.session !== this.#session) {
      throw new LinkEnd("retry", "the gateway has begun another session");
    }
  }

  /** The session is there again after trouble. */
  reached() {
    if (this.#broken) {
      this.#broken = false;
      this.#listener.mended();
    }
  }

  /** A message of a number, which may have come before. */
  came(number, data, acknowledged) {
    if (number <= this.#received) {
      return;
    }
    if (number !== this.#received + 1) {
      throw new LinkEnd("retry", `message ${this.#received + 1} is lost, ${number} has come`);
    }
    this.#received = number;
    this.#outbox.received(number, data, !acknowledged);
    this.#listener.message(data);
  }

  /** The number behind the last dot of an event's id or a cursor. */
  static numberOf(cursor) {
    return Number(cursor.slice(cursor.lastIndexOf(".") + 1));
  }

  async #exchange() {
    try {
      return await this.receive();
    } finally {
      this.#abort?.abort();
    }
  }

  #unreachable(failure) {
    return new LinkEnd(this.#session === null ? "next" : "again", `the gateway cannot be reached: ${failure.message}`);
  }

  #end(end) {
    if (!this.#stopped) {
      this.#stop();
      this.#outbox.stop();
      this.#listener.ended(end);
    }
  }

  #stop() {
    this.#stopped = true;
    this.#abort?.abort();
  }

  #farewell(close) {
    if (this.#session !== null) {
      this.context.request({
        method: "POST",
        headers: { "Content-Type": POLL_TYPE, "Fieldgate-Session": this.#session },
        body: JSON.stringify({ close }),
        keepalive: true,
      }).catch(() => {});
    }
  }
}

/** Server-sent events, by fetch: EventSource hides why it fails. */
class SseLink extends HttpLink {
  async receive() {
    const { response, touch } = await this.get(STREAM_TYPE);
    this.reached();
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const stream = new EventStream();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return false;
      }
      touch();
      stream.take(decoder.decode(value, { stream: true })).forEach((event) => this.#take(event));
    }
  }

  #take({ type, id, data }) {
    switch (type) {
      case "session":
        this.greeted(JSON.parse(data));
        break;
      case "close": {
        const { code, reason } = JSON.parse(data);
        throw LinkEnd.ofClose(code, reason || `the gateway has closed the session with ${code}`);
      }
      case "":
      case "message":
        this.came(HttpLink.numberOf(id), data);
        break;
      case "json":
        this.came(HttpLink.numberOf(id), JSON.parse(data));
        break;
      case "binary":
        this.came(HttpLink.numberOf(id), fromBase64(data).buffer);
        break;
      default:
        // A later gateway may say more.
        break;
    }
  }
}

/** Long poll: one exchange after the other, each of which says what has come before. */
class PollLink extends HttpLink {
  async receive() {
    const { response } = await this.get(POLL_TYPE);
    const answer = await response.json();
    this.reached();
    this.greeted(answer);
    const messages = answer.messages ?? [];
    const last = HttpLink.numberOf(answer.cursor);
    messages.forEach((message, i) => this.came(last - messages.length + 1 + i, unwrapped(message), true));
    if (answer.close) {
      const { code, reason } = answer.close;
      throw LinkEnd.ofClose(code, reason || `the gateway has closed the session with ${code}`);
    }
    return true;
  }
}

const LINKS = { websocket: WebSocketLink, sse: SseLink, poll: PollLink };
const INQUIRY = "inquiry";

/** A connection to a path of a gateway, much like a WebSocket, that comes back by itself. fieldgate.d.ts says what each part means. */
export class FieldgateSocket extends EventTarget {
  static #EVENTS = ["open", "message", "lost", "state", "close"];

  #options;
  #platform;
  #url;
  #context;
  #state = "connecting";
  #transport = "";
  #protocol = "";
  #link = null;
  #isOpen = false;
  #untried = [];
  #queue = [];
  #failures = 0;
  #lostAt = 0;
  #chosenAt = 0;
  #trusted = "";
  #timers = { probe: 0, retry: 0, stable: 0 };
  #nudges = [];

  constructor(url, options = {}) {
    super();
    const { platform, ...given } = options;
    this.#options = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
    this.#options.protocols = [this.#options.protocols].flat();
    for (const name of this.#options.transports) {
      if (!Object.hasOwn(LINKS, name)) {
        throw new TypeError(`transports: ${name} is none of ${Object.keys(LINKS).join(", ")}`);
      }
    }
    this.#platform = platform ?? browser();
    this.#url = new URL(url, globalThis.document?.baseURI);
    this.#url.protocol = this.#url.protocol.replace(/^ws/, "http");
    this.#url.hash = "";
    const identity = new Identity(this.#options);
    const fetched = (target, request) => this.#platform.fetch(target.href, {
      cache: "no-store",
      credentials: this.#options.credentials,
      redirect: "error",
      ...request,
      headers: { ...request.headers, ...identity.headers },
    });
    this.#context = {
      url: this.#url,
      options: this.#options,
      platform: this.#platform,
      identity,
      // At once where it can be: what is sent while the page goes must not wait.
      request: (request, target = this.#url) => (identity.isByTicketAlone
        ? identity.ticketed(target).then((ticketed) => fetched(ticketed, request))
        : fetched(target, request)),
      pause: (failures, atLeastMs = 0) => new Promise((resolve) => {
        this.#platform.setTimeout(resolve, atLeastMs + (failures === 0 ? 0 : this.#delay(failures - 1)));
      }),
    };
    for (const type of FieldgateSocket.#EVENTS) {
      this[`on${type}`] = null;
      this.addEventListener(type, (event) => this[`on${type}`]?.(event));
    }
    this.#listen();
    queueMicrotask(() => this.#connect());
  }

  get url() {
    return this.#url.href;
  }

  get state() {
    return this.#state;
  }

  get transport() {
    return this.#transport;
  }

  get protocol() {
    return this.#protocol;
  }

  get bufferedAmount() {
    return sum(this.#queue) + (this.#isOpen ? this.#link.waitingBytes : 0);
  }

  send(data) {
    if (this.#state === "closed") {
      throw new FieldgateError("closed", "the connection is closed for good");
    }
    if (this.#state === "unauthorized") {
      throw new FieldgateError("unauthorized", "the gateway does not let us in");
    }
    const message = copied(data);
    const { queueMaxMessages, queueMaxBytes } = this.#options;
    const waiting = this.#queue.length + (this.#isOpen ? this.#link.waitingMessages : 0);
    const bytes = this.bufferedAmount;
    if (waiting >= queueMaxMessages || (bytes > 0 && bytes + sizeOf(message) > queueMaxBytes)) {
      throw new FieldgateError("full", `${waiting} messages with ${bytes} bytes wait already`);
    }
    if (this.#isOpen) {
      this.#link.send(message);
    } else {
      this.#queue.push(message);
    }
  }

  close(code = 1000, reason = "") {
    if (code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new RangeError(`a client may close with 1000 or 3000 to 4999, not with ${code}`);
    }
    if (this.#state !== "closed") {
      const link = this.#link;
      const isOpen = this.#isOpen;
      this.#forgetLink();
      if (isOpen) {
        link.close(code, reason);
      } else {
        link?.abort();
      }
      this.#finish(code, reason, true, 0);
    }
  }

  reconnect() {
    if (this.#state === "closed") {
      throw new FieldgateError("closed", "the connection is closed for good");
    }
    const link = this.#link;
    if (this.#isOpen) {
      this.#lose(new LinkEnd("retry", "the application wants a new connection"));
    }
    this.#forgetLink();
    link?.abort();
    this.#connect();
  }

  #connect() {
    if (this.#state !== "closed") {
      this.#platform.clearTimeout(this.#timers.retry);
      this.#untried = this.#order();
      this.#become("connecting", {});
      this.#tryNext(new LinkEnd("retry", "there is no transport to be tried"));
    }
  }

  #order() {
    const names = this.#preferred();
    return names.every((name) => name === "websocket") ? [...names, INQUIRY] : names;
  }

  #preferred() {
    const { transports } = this.#options;
    const isFresh = this.#trusted === transports[0] || this.#platform.now() - this.#chosenAt < REMEMBER_MS;
    if (this.#trusted !== "" && isFresh && this.#platform.now() - this.#lostAt < LOYAL_MS) {
      return [this.#trusted];
    }
    const first = this.#platform.recall(this.#url.href, REMEMBER_MS);
    return transports.includes(first) ? [first, ...transports.filter((name) => name !== first)] : [...transports];
  }

  #tryNext(last) {
    const name = this.#untried.shift();
    if (name === undefined) {
      this.#wait(last);
      return;
    }
    if (name === "websocket" && typeof this.#platform.WebSocket !== "function") {
      this.#tryNext(new LinkEnd("next", "there is no WebSocket in this browser"));
      return;
    }
    const mine = (tell) => (...told) => (this.#link === link ? tell(...told) : undefined);
    const link = new (name === INQUIRY ? Inquiry : LINKS[name])(this.#context, {
      opened: mine((protocol) => this.#opened(name, protocol)),
      message: mine((data) => this.#tell("message", { data })),
      trouble: mine((end) => this.#become("waiting", { reason: end.message })),
      mended: mine(() => this.#become("open", {})),
      ended: mine((end) => this.#ended(end)),
    });
    this.#link = link;
    const { probeMs } = this.#options;
    this.#timers.probe = this.#platform.setTimeout(
      mine(() => this.#ended(new LinkEnd("next", `there was no answer ${name === INQUIRY ? "" : `by ${name} `}within ${probeMs} ms`))), probeMs);
    link.start();
  }

  #opened(name, protocol) {
    this.#platform.clearTimeout(this.#timers.probe);
    this.#timers.stable = this.#platform.setTimeout(() => (this.#failures = 0), STABLE_MS);
    if (this.#trusted !== name) {
      this.#trusted = name;
      this.#chosenAt = this.#platform.now();
      this.#platform.remember(this.#url.href, name);
    }
    this.#isOpen = true;
    this.#transport = name;
    this.#protocol = protocol;
    const link = this.#link;
    this.#become("open", {});
    this.#tell("open", { transport: name, protocol });
    while (this.#link === link && this.#queue.length > 0) {
      link.send(this.#queue.shift());
    }
  }

  #ended(end) {
    const link = this.#link;
    const wasOpen = this.#isOpen;
    if (wasOpen) {
      this.#lose(end);
    }
    if (this.#link !== link) {
      return; // the application has closed or reconnected meanwhile
    }
    this.#forgetLink();
    if (!wasOpen) {
      link.abort();
    }
    // A path that has been there comes back: its handler is being replaced.
    const passes = end.status === 404 && this.#trusted !== "";
    if (end.verdict === "fatal" && !passes) {
      this.#finish(end.code, end.message, end.code !== 1006, end.status);
    } else if (end.verdict === "unauthorized") {
      this.#rest(end);
    } else if (end.verdict === "next") {
      this.#tryNext(end);
    } else {
      this.#wait(end);
    }
  }

  /** The session has gone: what certainly was not sent waits for the next one, the rest is told. */
  #lose(end) {
    const { unsure, unsent } = this.#link.leftover();
    this.#queue.unshift(...unsent);
    this.#isOpen = false;
    this.#lostAt = this.#platform.now();
    this.#tell("lost", { code: end.code, reason: end.message, unsure });
  }

  #forgetLink() {
    this.#platform.clearTimeout(this.#timers.probe);
    this.#platform.clearTimeout(this.#timers.stable);
    this.#link = null;
    this.#isOpen = false;
    this.#transport = "";
    this.#protocol = "";
  }

  #wait(end) {
    const retryInMs = Math.round(end.retryAfterMs + this.#delay(this.#failures++));
    this.#timers.retry = this.#platform.setTimeout(() => this.#connect(), retryInMs);
    this.#become("waiting", { reason: end.message, status: end.status, retryInMs });
  }

  /** Trying again makes no sense before someone has logged in. Who that will be is open, so nothing is left to be sent then. */
  #rest(end) {
    const unsent = this.#queue;
    this.#queue = [];
    this.#become("unauthorized", { reason: end.message, status: end.status, retryInMs: 0, unsent });
  }

  /** Doubles up to the longest; between half of that and all of it, so that many clients do not come at once. */
  #delay(failures) {
    const { firstRetryMs, longestRetryMs } = this.#options;
    return Math.min(longestRetryMs, firstRetryMs * 2 ** failures) * (0.5 + this.#platform.random() / 2);
  }

  #finish(code, reason, wasClean, status) {
    this.#platform.clearTimeout(this.#timers.retry);
    this.#nudges.forEach((remove) => remove());
    const unsent = this.#queue;
    this.#queue = [];
    this.#become("closed", { reason, status });
    this.#tell("close", { code, reason, wasClean, status, unsent });
  }

  #become(state, { reason = "", status = 0, retryInMs = 0, unsent = [] }) {
    if (state !== this.#state || state === "waiting") {
      this.#state = state;
      this.#tell("state", { state, transport: this.#transport, reason, status, retryInMs, unsent });
    }
  }

  #tell(type, fields) {
    this.dispatchEvent(new FieldgateEvent(type, fields));
  }

  /** A network that comes back, or a page that is looked at again, is a good moment to try. */
  #listen() {
    const on = (target, type, listener) => {
      target?.addEventListener?.(type, listener);
      this.#nudges.push(() => target?.removeEventListener?.(type, listener));
    };
    const { window, document } = this.#platform;
    on(window, "online", () => this.#nudge());
    on(document, "visibilitychange", () => document.hidden || this.#nudge());
    on(window, "pagehide", (event) => event.persisted || this.#link?.leave());
  }

  #nudge() {
    if (this.#state === "waiting" && this.#link === null) {
      this.#connect();
    }
  }
}

/** What the client needs of its surroundings; tests give another one. */
function browser() {
  const key = (url) => `fieldgate.transport ${url}`;
  return {
    WebSocket: globalThis.WebSocket,
    fetch: (...request) => globalThis.fetch(...request),
    setTimeout: (task, ms) => globalThis.setTimeout(task, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => performance.now(),
    random: Math.random,
    window: globalThis.window,
    document: globalThis.document,
    recall(url, forMs) {
      try {
        const [name, at] = globalThis.sessionStorage.getItem(key(url)).split(" ");
        return Date.now() - Number(at) < forMs ? name : "";
      } catch {
        return ""; // nothing remembered, or the page may not remember anything
      }
    },
    remember(url, name) {
      try {
        globalThis.sessionStorage.setItem(key(url), `${name} ${Date.now()}`);
      } catch {
        // then it is found out again
      }
    },
  };
}

const LIVE_PROTOCOL = "fieldgate.live.v1";
const MOST_PENDING = 256;
const MOST_HELD = 1_000;
const MOST_UNTYPED = 10_000;

/** A subscription, as long as it is not closed. */
class FieldgateSubscription {
  #close;

  constructor(filters, options, listener, close) {
    this.filters = [...filters];
    this.mode = options.mode ?? "latest";
    this.epoch = options.epoch;
    this.seq = options.since;
    this.isActive = false; // until the gateway has agreed
    this.listener = typeof listener === "function" ? { samples: listener } : listener;
    this.#close = close;
  }

  close() {
    return this.#close(this);
  }
}

/** The points of a gateway, by fieldgate.live.v1. fieldgate.d.ts says what each part means. */
export class FieldgateLive extends EventTarget {
  static #EVENTS = ["state", "devices", "lagged", "error", "close"];

  #socket;
  #platform;
  #requestMs;
  #checkMs;
  #state = "connecting";
  #session = 0;
  #hasOpened = false;
  #isInSession = false;
  #isGreeted = false;
  #pending = new Map();
  #lastId = 0;
  #types = new Map();
  #untyped = new Set();
  #held = [];
  #subscription = null;
  #first = null;
  #subscribing = null;
  #check = 0;
  #heardAt = 0;

  constructor(url = "/live", { requestMs = 15_000, checkMs = 20_000, ...options } = {}) {
    super();
    this.#requestMs = requestMs;
    this.#checkMs = checkMs;
    this.#platform = options.platform ?? browser();
    for (const type of FieldgateLive.#EVENTS) {
      this[`on${type}`] = null;
      this.addEventListener(type, (event) => this[`on${type}`]?.(event));
    }
    this.#socket = new FieldgateSocket(url, { ...options, protocols: [LIVE_PROTOCOL], platform: this.#platform });
    this.#socket.onopen = () => this.#greet();
    this.#socket.onmessage = (event) => this.#received(event.data);
    this.#socket.onlost = (event) => this.#lost(event.reason);
    this.#socket.onstate = (event) => this.#follow(event);
    this.#socket.onclose = (event) => this.#closed(event);
  }

  get state() {
    return this.#state;
  }

  get transport() {
    return this.#socket.transport;
  }

  async devices() {
    return this.#learn("repeat");
  }

  async read(points) {
    const one = typeof points === "string";
    const { samples } = await this.#request({ op: "read", points: one ? [points] : [...points] }, "repeat");
    await this.#ensureTypes(samples);
    const decoded = samples.map((sample) => this.#decoded(sample));
    return one ? decoded[0] : decoded;
  }

  async write(point, value) {
    const { sample } = await this.#request({ op: "write", point, value: encoded(value) }, "once");
    await this.#ensureTypes([sample]);
    return this.#decoded(sample);
  }

  subscribe(filters, options, listener) {
    const subscription = typeof options === "function"
      ? new FieldgateSubscription(filters, {}, options, (one) => this.#unsubscribe(one))
      : new FieldgateSubscription(filters, options ?? {}, listener, (one) => this.#unsubscribe(one));
    this.#replaced();
    this.#subscription = subscription;
    return new Promise((resolve, reject) => {
      if (this.#state === "closed") {
        this.#subscription = null;
        reject(new FieldgateError("closed", "the connection is closed for good"));
        return;
      }
      if (this.#socket.state === "unauthorized") {
        this.#subscription = null;
        reject(new FieldgateError("unauthorized", "the gateway does not let us in"));
        return;
      }
      this.#first = { resolve, reject };
      if (this.#isGreeted) {
        this.#subscribe().catch((failure) => this.#refused(subscription, failure));
      }
    });
  }

  close() {
    this.#socket.close();
  }

  reconnect() {
    this.#socket.reconnect();
  }

  // Sessions.

  async #greet() {
    const session = ++this.#session;
    this.#hasOpened = true;
    this.#isInSession = true;
    this.#isGreeted = false;
    this.#heardAt = this.#platform.now();
    try {
      // Asked before all that waits, for it tells the types of values.
      const learned = this.#learn("session");
      this.#handAll();
      await learned;
      let asked = null;
      while (session === this.#session && this.#subscription !== null && this.#subscription !== asked) {
        const subscription = (asked = this.#subscription);
        await this.#subscribe().catch((failure) => this.#refused(subscription, failure));
      }
    } catch (failure) {
      if (session === this.#session && failure.code === "timeout") {
        this.#socket.reconnect();
        return;
      }
      if (failure.code !== "lost" && failure.code !== "closed") {
        this.#tell("error", { error: failure });
      }
    }
    if (session === this.#session && this.#socket.state === "open") {
      this.#isGreeted = true;
      this.#watch(session);
      this.#become("open", {});
    }
  }

  #follow({ state, reason, status, retryInMs }) {
    if (state === "open" && this.#isInSession) {
      this.#handAll(); // the session has been fetched back
    }
    if (state === "unauthorized") {
      this.#giveUp(state, reason || "the gateway does not let us in");
    }
    if (state !== "open" || this.#isGreeted) {
      this.#become(state, { reason, status, retryInMs });
    }
  }

  #lost(reason) {
    this.#session++;
    this.#isInSession = false;
    this.#isGreeted = false;
    this.#subscribing = null;
    this.#platform.clearTimeout(this.#check);
    for (const entry of [...this.#pending.values()]) {
      if (entry.kind === "session") {
        this.#fail(entry.id, "lost", reason);
      } else if (entry.isSent && entry.kind === "once") {
        this.#fail(entry.id, "lost", "the connection was lost; whether the device has done it is not known");
      }
      entry.isSent = false;
    }
  }

  #closed({ code, reason, status }) {
    this.#session++;
    this.#platform.clearTimeout(this.#check);
    this.#giveUp("closed", reason || "the connection is closed");
    this.#subscription = null;
    this.#tell("close", { code, reason, status });
  }

  /** Nothing that waits will be answered. A subscription that the gateway had agreed to is asked for again if there is a connection again. */
  #giveUp(code, reason) {
    for (const id of [...this.#pending.keys()]) {
      this.#fail(id, code, reason);
    }
    if (this.#first) {
      this.#first.reject(new FieldgateError(code, reason));
      this.#first = null;
      this.#subscription = null;
    }
  }

  /** A WebSocket that is half dead says nothing: so something is asked when it has been silent. The other transports watch themselves. */
  #watch(session) {
    this.#check = this.#platform.setTimeout(async () => {
      if (session === this.#session && this.#socket.transport === "websocket" && this.#platform.now() - this.#heardAt >= this.#checkMs) {
        try {
          await this.#learn("session");
        } catch (failure) {
          if (session === this.#session && failure.code === "timeout") {
            this.#socket.reconnect();
          }
        }
      }
      if (session === this.#session) {
        this.#watch(session);
      }
    }, this.#checkMs);
  }

  // Requests. Of each one kind says what becomes of it when the connection is lost: "repeat" it, it is done "once", or it is of the "session".

  #request(request, kind) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const isOpen = this.#socket.state === "open";
      if (this.#socket.state === "closed") {
        reject(new FieldgateError("closed", "the connection is closed for good"));
      } else if (this.#socket.state === "unauthorized") {
        reject(new FieldgateError("unauthorized", "the gateway does not let us in"));
      } else if (kind === "once" && !isOpen && this.#hasOpened) {
        reject(new FieldgateError("offline", "there is no connection to the gateway; nothing was sent"));
      } else if (this.#pending.size >= MOST_PENDING) {
        reject(new FieldgateError("busy", `${MOST_PENDING} requests wait already`));
      } else {
        const entry = { id, kind, text: JSON.stringify({ ...request, id }), isSent: false, resolve, reject };
        entry.timer = this.#platform.setTimeout(() => this.#late(entry), this.#requestMs);
        this.#pending.set(id, entry);
        if (isOpen && this.#isInSession) {
          this.#hand(entry);
        }
      }
    });
  }

  #handAll() {
    for (const entry of [...this.#pending.values()]) {
      this.#hand(entry);
    }
  }

  #hand(entry) {
    if (!entry.isSent) {
      try {
        entry.isSent = true;
        this.#socket.send(entry.text);
      } catch (failure) {
        this.#fail(entry.id, "busy", failure.message);
      }
    }
  }

  #late(entry) {
    if (entry.isSent) {
      this.#fail(entry.id, "timeout", "the gateway has not answered in time");
    } else {
      this.#fail(entry.id, "offline", "there is no connection to the gateway; nothing was done");
    }
  }

  #fail(id, code, detail) {
    this.#settle(id)?.reject(new FieldgateError(code, detail));
  }

  #settle(id) {
    const entry = this.#pending.get(id);
    if (entry) {
      this.#platform.clearTimeout(entry.timer);
      this.#pending.delete(id);
    }
    return entry;
  }

  #received(text) {
    const message = JSON.parse(text);
    this.#heardAt = this.#platform.now();
    switch (message.op) {
      case "samples":
      case "lagged":
        this.#sampled(message);
        break;
      case "ok":
        if (message.id === this.#subscribing?.id) {
          this.#subscribed(message);
        }
        this.#settle(message.id)?.resolve(message);
        break;
      case "error":
        this.#fail(message.id, message.code, message.detail);
        break;
      default:
        // A later gateway may say more.
        break;
    }
  }

  // Subscriptions.

  async #subscribe() {
    const subscription = this.#subscription;
    const { filters, mode, epoch, seq } = subscription;
    const resume = seq === undefined ? {} : { since: seq, epoch };
    this.#subscribing = { id: this.#lastId + 1, subscription, isResumed: seq !== undefined };
    await this.#request({ op: "subscribe", filters, mode, ...resume }, "session");
  }

  /** From here on what comes is of this subscription. */
  #subscribed({ epoch, resumed }) {
    const { subscription, isResumed } = this.#subscribing;
    const isRestarted = subscription.epoch !== undefined && subscription.epoch !== epoch;
    this.#subscribing = null;
    subscription.epoch = epoch;
    subscription.isActive = true;
    if (subscription !== this.#subscription) {
      return;
    }
    if (isResumed && resumed === false) {
      subscription.seq = undefined;
      this.#hold({ subscription, lagged: { missed: 0, gap: true, restarted: isRestarted }, samples: [] });
    }
    this.#first?.resolve(subscription);
    this.#first = null;
  }

  #refused(subscription, failure) {
    if (failure.code === "lost" || failure.code === "closed" || this.#subscription !== subscription) {
      return; // it is asked for again, or has been told otherwise
    }
    if (failure.code === "timeout") {
      this.#socket.reconnect();
    } else if (this.#first) {
      this.#subscription = null;
      this.#first.reject(failure);
      this.#first = null;
    } else {
      this.#tell("error", { error: failure });
    }
  }

  #replaced() {
    this.#first?.reject(new FieldgateError("replaced", "another subscription has taken its place"));
    this.#first = null;
  }

  async #unsubscribe(subscription) {
    if (subscription === this.#subscription) {
      this.#replaced();
      this.#subscription = null;
      if (this.#isGreeted) {
        await this.#request({ op: "unsubscribe" }, "session").catch(() => {});
      }
    }
  }

  #sampled({ op, missed, samples }) {
    const subscription = this.#subscription;
    if (!subscription?.isActive || this.#subscribing?.subscription === subscription) {
      return; // of a subscription that has been replaced
    }
    if (samples.length > 0) {
      subscription.seq = samples.at(-1).seq;
    }
    this.#hold({ subscription, lagged: op === "lagged" ? { missed, gap: false, restarted: false } : null, samples });
  }

  // Types: a number may come as a string, bytes do, so the devices are asked before samples of a new point are handed on.

  #hold(message) {
    this.#held.push(message);
    if (this.#held.length > 1 && this.#held.length < MOST_HELD) {
      return; // the first one has been asked for
    }
    if (this.#held.length < MOST_HELD && this.#isUnknown(message.samples)) {
      this.#ensureTypes(message.samples).then(() => this.#release());
    } else {
      this.#release();
    }
  }

  #release() {
    while (this.#held.length > 0) {
      const { subscription, lagged, samples } = this.#held[0];
      if (this.#isUnknown(samples) && this.#held.length < MOST_HELD) {
        this.#ensureTypes(samples).then(() => this.#release());
        return;
      }
      this.#held.shift();
      this.#deliver(subscription, lagged, samples);
    }
  }

  #deliver(subscription, lagged, samples) {
    if (subscription !== this.#subscription) {
      return;
    }
    try {
      if (lagged) {
        subscription.listener.lagged?.(lagged);
        this.#tell("lagged", lagged);
      }
      if (samples.length > 0) {
        subscription.listener.samples(samples.map((sample) => this.#decoded(sample)));
      }
    } catch (failure) {
      // The listener's own fault, which must not stop the stream: the console shows it.
      queueMicrotask(() => {
        throw failure;
      });
    }
  }

  #isUnknown(samples) {
    return samples.some(({ point }) => !this.#types.has(point) && !this.#untyped.has(point))
      && this.#untyped.size < MOST_UNTYPED;
  }

  async #ensureTypes(samples) {
    if (this.#isUnknown(samples)) {
      await this.#learn("session").catch(() => {});
      samples.filter(({ point }) => !this.#types.has(point)).forEach(({ point }) => this.#untyped.add(point));
    }
  }

  async #learn(kind) {
    const { devices } = await this.#request({ op: "devices" }, kind);
    this.#types = new Map(devices.flatMap((device) => device.points.map((point) => [point.id, point.type])));
    this.#types.forEach((type, point) => this.#untyped.delete(point));
    this.#tell("devices", { devices });
    return devices;
  }

  #decoded(sample) {
    const { value } = sample;
    if (typeof value !== "string") {
      return sample;
    }
    switch (this.#types.get(sample.point)) {
      case "integer":
        return { ...sample, value: BigInt(value) };
      case "bytes":
        return { ...sample, value: fromBase64(value) };
      default:
        return sample;
    }
  }

  #become(state, { reason = "", status = 0, retryInMs = 0 }) {
    if (state !== this.#state || state === "waiting") {
      this.#state = state;
      this.#tell("state", { state, transport: this.transport, reason, status, retryInMs });
    }
  }

  #tell(type, fields) {
    this.dispatchEvent(new FieldgateEvent(type, fields));
  }
}

/** A value as it travels. */
function encoded(value) {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return value instanceof Uint8Array ? toBase64(value) : value;
}
