// FieldgateSocket by WebSocket: opening, falling back, coming back.

import { FieldgateSocket } from "../../main/resources/client/fieldgate.js";
import { FakePlatform } from "./fakes.js";
import { equal, failure, ok, test } from "./harness.js";

const URL_ = "http://gateway.test/live";

function connect(options = {}) {
  const platform = options.platform ?? new FakePlatform();
  const socket = new FieldgateSocket(URL_, { ...options, platform });
  const seen = [];
  socket.onopen = (event) => seen.push(`open ${event.transport}`);
  socket.onmessage = (event) => seen.push(event.data);
  socket.onlost = (event) => seen.push(`lost ${event.code}`, ...event.unsure.map((data) => `unsure ${data}`));
  socket.onclose = (event) => seen.push(`close ${event.code}`);
  return { platform, socket, seen };
}

/** A WebSocket is refused, and so is the question why: the gateway cannot be reached. */
async function outage(platform) {
  platform.socket.end();
  (await platform.asked("GET")).fail();
  await platform.settle();
}

async function opened(options) {
  const made = connect(options);
  await made.platform.settle();
  made.platform.socket.accept();
  return made;
}

test("opens a WebSocket with the subprotocols, and talks both ways", async () => {
  const { platform, socket, seen } = connect({ protocols: "a" });
  await platform.settle();
  equal(platform.socket.url, "ws://gateway.test/live");
  equal(platform.socket.protocols, ["a"]);
  equal(socket.state, "connecting");
  platform.socket.accept("a");
  platform.socket.say("hello");
  socket.send("one");
  socket.send(new Uint8Array([1, 2, 3]).subarray(1));
  equal(platform.socket.sent, ["one", new Uint8Array([2, 3]).buffer]);
  equal(seen, ["open websocket", "hello"]);
  equal([socket.state, socket.transport, socket.protocol], ["open", "websocket", "a"]);
});

test("sends what was said before it was open, after the open event", async () => {
  const { platform, socket } = connect();
  socket.send("early");
  socket.addEventListener("open", () => socket.send("first"));
  await platform.settle();
  platform.socket.accept();
  equal(platform.socket.sent, ["first", "early"]);
});

test("refuses to hold more than its queue holds", async () => {
  const { platform, socket } = connect({ queueMaxMessages: 2, queueMaxBytes: 10 });
  socket.send("123456");
  equal((await failure(() => socket.send("123456"))).code, "full");
  socket.send("1234");
  equal((await failure(() => socket.send(""))).code, "full");
  equal(socket.bufferedAmount, 10);
  await platform.settle();
  platform.socket.accept();
  platform.socket.bufferedAmount = 8;
  equal((await failure(() => socket.send("123"))).code, "full");
  equal((await failure(() => socket.send({}))).name, "TypeError");
});

for (const code of [1001, 1006, 1011, 1012, 1013]) {
  test(`comes back after ${code}`, async () => {
    const { platform, socket, seen } = await opened();
    await platform.pass(6_000);
    platform.socket.end(code);
    equal(socket.state, "waiting");
    await platform.pass(499);
    equal(platform.sockets.length, 1);
    await platform.pass(1);
    equal(platform.sockets.length, 2);
    platform.socket.accept();
    equal(seen, ["open websocket", `lost ${code}`, "open websocket"]);
  });
}

for (const code of [1000, 1002, 1007, 1009, 4000]) {
  test(`does not come back after ${code}, and says so`, async () => {
    const { platform, socket, seen } = await opened();
    platform.socket.end(code, "because");
    equal(socket.state, "closed");
    await platform.pass(100_000);
    equal(platform.sockets.length, 1);
    equal(seen, ["open websocket", `lost ${code}`, `close ${code}`]);
    equal((await failure(() => socket.send("x"))).code, "closed");
  });
}

test("waits twice as long each time, up to 30 s, and anew after a connection that lasted", async () => {
  const { platform, socket } = await opened({ transports: ["websocket"] });
  const waits = [];
  socket.onstate = (event) => event.state === "waiting" && waits.push(event.retryInMs);
  platform.socket.end();
  for (let i = 0; i < 8; i++) {
    await platform.pass(waits.at(-1));
    await outage(platform);
  }
  equal(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  await platform.pass(30_000);
  platform.socket.accept();
  await platform.pass(4_900);
  platform.socket.end();
  equal(waits.at(-1), 30_000, "after a short connection");
  await platform.pass(30_000);
  platform.socket.accept();
  await platform.pass(5_000);
  platform.socket.end();
  equal(waits.at(-1), 500, "after a long one");
});

test("waits at least half of that, as chance will have it", async () => {
  const platform = new FakePlatform();
  platform.random = () => 0;
  const { socket } = await opened({ platform });
  let wait = 0;
  socket.onstate = (event) => (wait = event.retryInMs);
  platform.socket.end();
  equal(wait, 250);
});

test("tells what may not have arrived, and repeats nothing", async () => {
  const { platform, socket, seen } = await opened();
  socket.send("old");
  await platform.pass(10_001);
  socket.send("new");
  platform.socket.end();
  socket.send("while away");
  await platform.pass(500);
  platform.socket.accept();
  equal(seen, ["open websocket", "lost 1006", "unsure new", "open websocket"]);
  equal(platform.socket.sent, ["while away"]);
});

test("tries at once when the network is back or the page is looked at", async () => {
  const { platform } = await opened();
  platform.socket.end();
  platform.window.dispatchEvent(new Event("online"));
  equal(platform.sockets.length, 2);
  await outage(platform);
  platform.document.hidden = true;
  platform.document.dispatchEvent(new Event("visibilitychange"));
  equal(platform.sockets.length, 2);
  platform.document.hidden = false;
  platform.document.dispatchEvent(new Event("visibilitychange"));
  equal(platform.sockets.length, 3);
});

test("falls back to server-sent events when a WebSocket fails, and to long poll when they do", async () => {
  const { platform, socket, seen } = connect({ protocols: ["a", "b"] });
  await platform.settle();
  platform.socket.end();
  const sse = await platform.asked("GET");
  equal(sse.url, "http://gateway.test/live?subprotocol=a%2Cb");
  equal(sse.headers, { Accept: "text/event-stream" });
  sse.fail();
  const poll = await platform.asked("GET");
  equal(poll.headers.Accept, "application/vnd.fieldgate.poll+json");
  poll.json(200, { session: "s", cursor: "s.0", subprotocol: "b", messages: [] });
  await platform.settle();
  equal([socket.state, socket.transport, socket.protocol], ["open", "poll", "b"]);
  equal(seen, ["open poll"]);
  equal(platform.remembered, "poll");
});

test("falls back when there is no answer in time", async () => {
  const { platform, socket } = connect({ probeMs: 1000 });
  await platform.pass(1000);
  equal(platform.socket.closed, []);
  (await platform.asked("GET")).stream(); // a proxy that holds back what is in the stream
  await platform.pass(1000);
  ok(platform.requests[0].isAborted, "the stream is given up");
  (await platform.asked("GET")).json(200, { session: "s", cursor: "s.0", messages: [] });
  await platform.settle();
  equal(socket.transport, "poll");
});

test("begins with what worked before", async () => {
  const platform = new FakePlatform();
  platform.remembered = "sse";
  connect({ platform });
  await platform.asked("GET");
  equal(platform.sockets.length, 0);
});

test("needs no WebSocket at all", async () => {
  const platform = new FakePlatform();
  platform.WebSocket = undefined;
  connect({ platform });
  equal((await platform.asked("GET")).headers.Accept, "text/event-stream");
});

test("does not fall back for a minute when a WebSocket had worked", async () => {
  const { platform, socket } = await opened();
  let wait = 0;
  socket.onstate = (event) => (wait = event.retryInMs);
  platform.socket.end();
  const streams = () => platform.requests.filter(({ headers }) => headers.Accept === "text/event-stream");
  for (let i = 0; i < 6; i++) {
    await platform.pass(wait);
    await outage(platform);
  }
  equal(streams().length, 0);
  await platform.pass(60_000);
  platform.socket.end();
  await platform.settle();
  ok(streams().length > 0, "it falls back after a minute");
});

for (const [status, verdict] of [[401, "unauthorized"], [403, "unauthorized"], [404, "closed"], [400, "closed"], [426, "next"], [406, "next"], [503, "waiting"], [500, "waiting"], [429, "waiting"]]) {
  test(`takes the status ${status} for: ${verdict}`, async () => {
    const { platform, socket, seen } = connect();
    let last;
    socket.onstate = (event) => (last = event);
    await platform.settle();
    platform.socket.end();
    (await platform.asked("GET")).json(status, { title: "No", detail: "it may not be" });
    await platform.settle();
    equal(platform.open("GET").length, verdict === "next" ? 1 : 0, "requests");
    if (verdict === "closed") {
      equal([last.state, last.status, last.reason], ["closed", status, "it may not be"]);
      equal(seen, ["close 1006"]);
    } else if (verdict !== "next") {
      equal([last.state, last.status], [verdict, status]);
    }
  });
}

test("heeds Retry-After", async () => {
  const { platform, socket } = connect({ transports: ["sse"] });
  let last;
  socket.onstate = (event) => (last = event);
  (await platform.asked("GET")).json(503, {}, { "Retry-After": "7" });
  await platform.settle();
  equal(last.retryInMs, 7_500);
});

test("heeds Retry-After that is a date", async () => {
  const { platform, socket } = connect({ transports: ["sse"] });
  let last;
  socket.onstate = (event) => (last = event);
  (await platform.asked("GET")).json(429, {}, { "Retry-After": new Date(Date.now() + 60_000).toUTCString() });
  await platform.settle();
  ok(last.retryInMs > 50_000 && last.retryInMs <= 60_500, `${last.retryInMs} is about a minute`);
});

test("takes 404 for a pause once the path has been there", async () => {
  const { platform, socket } = await opened();
  await platform.pass(60_001);
  platform.socket.end();
  for (let i = 0; platform.requests.length === 0 && i < 20; i++) {
    await platform.pass(30_000);
    platform.socket.end();
    await platform.settle();
  }
  (await platform.asked("GET")).json(404, {});
  await platform.settle();
  equal(socket.state, "waiting");
});

test("closes for good", async () => {
  const { platform, socket, seen } = await opened();
  socket.close(4001, "enough");
  equal(platform.socket.closed, [4001, "enough"]);
  platform.socket.say("late");
  await platform.pass(100_000);
  equal(seen, ["open websocket", "close 4001"]);
  equal(platform.sockets.length, 1);
  equal((await failure(() => connect().socket.close(1001))).name, "RangeError");
});

test("gives back what it could not send when it closes", async () => {
  const { platform, socket } = connect();
  let left = [];
  socket.onclose = (event) => (left = event.unsent);
  socket.send("never");
  socket.close();
  await platform.settle();
  equal(left, ["never"]);
  equal(platform.sockets.length, 0);
});

test("opens a new connection when asked to", async () => {
  const { platform, socket, seen } = await opened();
  socket.reconnect();
  equal(platform.sockets.length, 2);
  platform.socket.accept();
  equal(seen, ["open websocket", "lost 1006", "open websocket"]);
});

test("knows no other transports than its own", async () => {
  equal((await failure(() => connect({ transports: ["pigeon"] }))).message, "transports: pigeon is none of websocket, sse, poll");
});
