/** What the client is made of. Times are in milliseconds, sizes in bytes, where nothing else is said. */

/** A way to talk to the gateway. */
export type Transport = "websocket" | "sse" | "poll";

/**
 * - `connecting`: a transport is being tried
 * - `open`: there is a session
 * - `waiting`: there is no connection now; it is tried again by itself
 * - `unauthorized`: the gateway does not let us in, or no longer; nothing happens before `reconnect()`
 * - `closed`: for good, by `close()` or because trying again makes no sense
 */
export type State = "connecting" | "open" | "waiting" | "unauthorized" | "closed";

/** Something that went wrong. More codes may follow: have a default. */
export declare class FieldgateError extends Error {
  readonly name: "FieldgateError";

  /**
   * Of the client: `offline`: there is no connection, nothing was sent; `lost`: the connection was lost while the request was under way,
   * whether it was done is not known; `timeout`: the gateway has not answered, whether it was done is not known; `busy`, `full`: too much
   * waits already; `replaced`: another subscription has taken its place; `unauthorized`: the gateway does not let us in;
   * `closed`: the connection is closed for good.
   *
   * Of the gateway: those of docs/protocol.md, "Errors".
   */
  readonly code: string;

  constructor(code: string, message: string);
}

export interface ConnectOptions {
  /** The transports to be tried, in this order. Default: `["websocket", "sse", "poll"]`. */
  transports?: readonly Transport[];

  /** How long one transport is tried before the next one. Default: 5,000. */
  probeMs?: number;

  /** The first wait before a retry; each one that follows is twice as long. Default: 500. Chance takes up to half of a wait off. */
  firstRetryMs?: number;

  /** The longest wait before a retry. Default: 30,000. */
  longestRetryMs?: number;

  /** How many messages may wait to be sent. Default: 256. */
  queueMaxMessages?: number;

  /** How many bytes may wait to be sent. A single message may be larger. Default: 1,048,576. */
  queueMaxBytes?: number;

  /** How long a stream or a poll may be silent before it is fetched back. Must be more than the gateway's `wait.s` and `keepalive.s`. Default: 40,000. */
  silenceMs?: number;

  /** Whether requests carry cookies, as of `fetch`. Default: `"same-origin"`. */
  credentials?: RequestCredentials;

  /**
   * An API token, where there is no login whose cookie the browser sends by itself: in Node.js, in a page of another origin. It goes as
   * `Authorization: Bearer`; with a WebSocket, of which a page can set no header, as a subprotocol beside `protocols`, or, if there are
   * none, as a ticket.
   *
   * Whoever can read the page can read its token: give it a role and an end that suit that.
   */
  token?: string;

  /**
   * How a ticket is had, which goes into the address of a WebSocket, counts once and for half a minute. `true`: by `POST /api/tickets` before
   * each connect, with `token` or the login; then the token itself is not sent to the socket. A function has it from elsewhere, such
   * as a server of your own that holds the token, and is asked before each connect; without a `token` also before each request of the
   * other transports. If it rejects, that passes, unless with a `FieldgateError` of the code `unauthorized`.
   */
  ticket?: boolean | (() => string | Promise<string>);
}

export interface SocketOptions extends ConnectOptions {
  /** The subprotocols that are offered. Default: none. */
  protocols?: string | readonly string[];
}

/** A new session has begun: the handler knows nothing of earlier ones. What was queued is sent behind what a listener sends. */
export interface OpenEvent extends Event {
  readonly transport: Transport;

  /** The subprotocol that was agreed, or "". */
  readonly protocol: string;
}

export interface MessageReceivedEvent extends Event {
  readonly data: string | ArrayBuffer;
}

/** The session has gone. What was queued and not yet sent waits for the next one. */
export interface LostEvent extends Event {
  /** The close code (RFC 6455, 7.4); 1006 if there was none. */
  readonly code: number;
  readonly reason: string;

  /**
   * What was sent and may or may not have arrived; it is not repeated. By WebSocket what was sent in the last 10 s, up to 256
   * messages and `queueMaxBytes`; by the others what the gateway has not confirmed.
   */
  readonly unsure: readonly (string | ArrayBuffer)[];
}

export interface StateEvent extends Event {
  readonly state: State;

  /** The transport in use, or "". */
  readonly transport: Transport | "";

  /** Why, in words; "" if there is nothing to say. */
  readonly reason: string;

  /** The HTTP status of a refusal; 0 if there was none. */
  readonly status: number;

  /** In `waiting`: how long until the next try; 0 while a session is being fetched back. */
  readonly retryInMs: number;

  /** In `unauthorized`: what was queued and will not be sent. */
  readonly unsent: readonly (string | ArrayBuffer)[];
}

export interface ClosedEvent extends Event {
  /** The close code; 1006 if there was none. */
  readonly code: number;
  readonly reason: string;

  /** The HTTP status of a refusal; 0 if there was none. */
  readonly status: number;
}

export interface SocketClosedEvent extends ClosedEvent {
  readonly wasClean: boolean;

  /** What was queued and will not be sent. */
  readonly unsent: readonly (string | ArrayBuffer)[];
}

export interface SocketEvents {
  open: OpenEvent;
  message: MessageReceivedEvent;
  lost: LostEvent;
  state: StateEvent;
  close: SocketClosedEvent;
}

/**
 * A connection to a path of a gateway, much like a WebSocket, that comes back by itself.
 *
 * It connects at once, after the code that has made it. Over server-sent events and long poll a session outlives a broken connection as long
 * as the gateway holds it (30 s): nothing is lost or doubled, and the application sees the state `waiting` at most. When a session is gone
 * there is a `lost`, and with the next one an `open`.
 *
 * It comes back after the close codes 1001, 1005, 1006 and 1011 to 1015 and the statuses 408, 425, 429, 500 and 502 to 504, not before
 * `Retry-After`. After 401, 403 and the close code 1008 it is `unauthorized`: what is queued is given back, and when someone has logged in
 * `reconnect()` goes on. A WebSocket that is refused does not say why, so where no other transport follows the path is asked, once for
 * each refusal. After all else it says `close`. 404 counts as passing once a session has been open: a handler that is being replaced is back soon. It tries
 * at once when the browser is online again and when the page is looked at again.
 */
export declare class FieldgateSocket extends EventTarget {
  /** @param url absolute, or relative to the page; of `http:`, `https:`, `ws:` or `wss:` */
  constructor(url: string | URL, options?: SocketOptions);

  readonly url: string;
  readonly state: State;
  readonly transport: Transport | "";
  readonly protocol: string;

  /** How many bytes wait to be sent. */
  readonly bufferedAmount: number;

  onopen: ((event: OpenEvent) => void) | null;
  onmessage: ((event: MessageReceivedEvent) => void) | null;
  onlost: ((event: LostEvent) => void) | null;
  onstate: ((event: StateEvent) => void) | null;
  onclose: ((event: SocketClosedEvent) => void) | null;

  /**
   * Sends a message, or queues it while there is no connection. Bytes are copied.
   *
   * @throws FieldgateError `full` if the queue is full, `unauthorized` or `closed` if that is the state
   * @throws TypeError if it is neither text nor bytes
   */
  send(data: string | ArrayBuffer | ArrayBufferView): void;

  /**
   * Closes for good. The event `close` is there when this returns; what has been sent is still delivered if it can be within 2 s.
   *
   * @param code 1000 (default) or 3000 to 4999
   * @throws RangeError if the code is another
   */
  close(code?: number, reason?: string): void;

  /** Gives up the session and opens a new one at once; in `unauthorized` it tries again to come in. */
  reconnect(): void;

  addEventListener<K extends keyof SocketEvents>(
    type: K, listener: (this: FieldgateSocket, event: SocketEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

/**
 * What a point may say. An integer beyond ±(2^53 − 1) is a `bigint`, any other a `number`; bytes are a `Uint8Array`; `null`: nothing is known.
 */
export type Value = boolean | number | bigint | string | Uint8Array;

export interface Point {
  /** `driver/device/point`. */
  readonly id: string;
  readonly type: "boolean" | "integer" | "decimal" | "text" | "bytes";

  /** A UCUM code; "1" for a number without a unit. */
  readonly unit?: string;
  readonly access: "r" | "rw" | "w";
  readonly min?: number | string;
  readonly max?: number | string;
  readonly periodMs?: number;
  readonly description?: string;
}

export interface Device {
  readonly id: string;
  readonly description?: string;
  readonly points: readonly Point[];
}

export interface Sample {
  readonly point: string;
  readonly value: Value | null;

  /** More may follow. */
  readonly quality: "good" | "uncertain" | "bad";

  /** Why it is not simply good. */
  readonly code?: string;

  /** ISO 8601, UTC. */
  readonly time: string;

  /** Its place in the order of all samples of this run of the gateway. */
  readonly seq: number;
}

export interface Lagged {
  /** How many samples went by and will not come, at least. */
  readonly missed: number;

  /**
   * The gateway could not go on where the subscription was, so how many were missed is not known; what follows is a snapshot.
   */
  readonly gap: boolean;

  /** With a gap: the gateway was restarted (its epoch is another), `seq` begins anew. */
  readonly restarted: boolean;
}

export interface SubscribeOptions {
  /** What comes if this client cannot keep up: of each point the `latest` sample (default), or `every` sample as long as the gateway has it. */
  mode?: "latest" | "every";

  /** Go on behind this `seq` of this `epoch`, which the application has kept from an earlier subscription. */
  since?: number;
  epoch?: string;
}

export interface SubscriptionListener {
  /** Called with at least one sample, in ascending order of `seq`. */
  samples(samples: Sample[]): void;

  /** Called before the samples that follow the gap. */
  lagged?(lagged: Lagged): void;
}

export interface Subscription {
  readonly filters: readonly string[];
  readonly mode: "latest" | "every";

  /** Which run of the gateway the samples are of. */
  readonly epoch: string;

  /** The `seq` of the last sample; undefined if there was none. */
  readonly seq: number | undefined;

  /** No more samples come from when this is called; the promise is kept when the gateway knows. */
  close(): Promise<void>;
}

export interface LiveOptions extends ConnectOptions {
  /** How long a request may take, waiting for the connection included. Default: 15,000. */
  requestMs?: number;

  /** A WebSocket that has been silent for so long is asked something. Default: 20,000. */
  checkMs?: number;
}

export interface LiveEvents {
  state: Omit<StateEvent, "unsent">;
  devices: Event & { readonly devices: readonly Device[] };
  lagged: Event & Lagged;

  /** The gateway has refused what the client did by itself, such as a subscription after a reconnect. */
  error: Event & { readonly error: FieldgateError };
  close: ClosedEvent;
}

/**
 * The points of a gateway, by `fieldgate.live.v1`.
 *
 * Its state is `open` when the devices are known and the subscription goes on. After a reconnect it asks for the devices and subscribes again
 * from the last sample. Requests wait for the connection, but for a write while the connection is lost, which is refused with `offline`:
 * nothing is switched later than meant. Reads that were under way are repeated, writes never. In `unauthorized` all that waits is rejected;
 * a subscription that the gateway had agreed to goes on after `reconnect()`.
 */
export declare class FieldgateLive extends EventTarget {
  /** @param url absolute or relative to the page. Default: `/live` */
  constructor(url?: string | URL, options?: LiveOptions);

  readonly state: State;
  readonly transport: Transport | "";

  onstate: ((event: LiveEvents["state"]) => void) | null;

  /** Called whenever the devices were asked for: with each new session, by `devices()`, and when samples of a new point come. */
  ondevices: ((event: LiveEvents["devices"]) => void) | null;
  onlagged: ((event: LiveEvents["lagged"]) => void) | null;
  onerror: ((event: LiveEvents["error"]) => void) | null;
  onclose: ((event: ClosedEvent) => void) | null;

  devices(): Promise<readonly Device[]>;

  /** Reads from the hardware. If one point cannot be read all fail. */
  read(point: string): Promise<Sample>;
  read(points: readonly string[]): Promise<Sample[]>;

  /** Writes, and has the sample that the device has confirmed. An integer may be a `bigint` or a string of digits. */
  write(point: string, value: Value): Promise<Sample>;

  /**
   * Subscribes; the promise is kept when the gateway has agreed, however long it takes to connect. There is one subscription at a time:
   * a second one takes the place of the first.
   *
   * @param filters 1 to 64 of `driver/device/point`, with `*` for a segment and `**` for the rest
   */
  subscribe(filters: readonly string[], listener: SubscriptionListener | SubscriptionListener["samples"]): Promise<Subscription>;
  subscribe(
    filters: readonly string[], options: SubscribeOptions | undefined, listener: SubscriptionListener | SubscriptionListener["samples"]): Promise<Subscription>;

  /** As of `FieldgateSocket`. */
  reconnect(): void;

  /** Closes for good; what waits is rejected with `closed`. */
  close(): void;

  addEventListener<K extends keyof LiveEvents>(
    type: K, listener: (this: FieldgateLive, event: LiveEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}
