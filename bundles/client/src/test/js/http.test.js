// FieldgateSocket without WebSocket: fieldgate.poll.v1.

import { FieldgateSocket } from "../../main/resources/client/fieldgate.js";
import { FakePlatform } from "./fakes.js";
import { equal, failure, ok, test } from "./harness.js";

const SESSION = { session: "s", "resume.s": 30, "message.max.bytes": 65536, "post.max.bytes": 262144, "post.max.messages": 1000 };
const GREETING = `retry: 1000\n\nid: s.0\nevent: session\ndata: ${JSON.stringify(SESSION)}\n\n`;

async function connect(transport, options = {}) {
  const platform = new FakePlatform();
  const socket = new FieldgateSocket("http://gateway.test/echo", { transports: [transport], ...options, platform });
  const seen = [];
  socket.onmessage = (event) => seen.push(event.data);
  socket.onstate = (event) => seen.push(`(${event.state})`);
  socket.onlost = (event) => seen.push(`(lost ${event.code})`, ...event.unsure.map((data) => `unsure ${data}`));
  socket.onclose = (event) => seen.push(`(close ${event.code})`);
  return { platform, socket, seen };
}

async function stream(options) {
  const made = await connect("sse", options);
  const request = (await made.platform.asked("GET")).stream().text(GREETING);
  await made.platform.settle();
  return { ...made, request };
}

async function poll(options) {
  const made = await connect("poll", options);
  (await made.platform.asked("GET")).json(200, { ...SESSION, cursor: "s.0", messages: [] });
  await made.platform.settle();
  return made;
}

test("understands each form of event, in whatever pieces it comes", async () => {
  const { platform, seen, request } = await stream();
  const text = ':\n\nid: s.1\ndata: hello\n\nid: s.2\ndata: two\ndata: lines\ndata:\n\nid: s.3\nevent: json\ndata: "a\\r\\nb"\n\n'
    + "id: s.4\nevent: binary\ndata: AAEC/w==\n\nid: s.5\ndata: \u00e9\u{1f600}\n\nevent: news\ndata: ?\n\nid: s.6\r\ndata: crlf\r\n\r\n";
  for (const byte of new TextEncoder().encode(text)) {
    request.bytes(byte);
  }
  await platform.settle();
  equal(seen, ["(open)", "hello", "two\nlines\n", "a\r\nb", new Uint8Array([0, 1, 2, 255]).buffer, "\u00e9\u{1f600}", "crlf"]);
});

test("goes on after a cut where it was, and takes nothing twice", async () => {
  const { platform, socket, seen, request } = await stream();
  request.text("id: s.1\ndata: one\n\nid: s.2\ndata: two\n\nid: s.3\nda");
  await platform.settle();
  request.cut();
  const again = await platform.asked("GET").catch(() => platform.pass(0).then(() => platform.asked("GET")));
  equal(again.headers["Last-Event-ID"], "s.2");
  equal(socket.state, "open");
  again.stream().text(":\n\nid: s.2\ndata: two\n\nid: s.3\ndata: three\n\n");
  await platform.settle();
  equal(seen, ["(open)", "one", "two", "three"]);
});

test("says that it waits when the gateway cannot be reached, and when it is back", async () => {
  const { platform, seen, request } = await stream();
  request.cut();
  await platform.pass(0);
  (await platform.asked("GET")).fail();
  await platform.pass(0);
  equal(seen, ["(open)", "(waiting)"]);
  await platform.pass(500);
  (await platform.asked("GET")).stream().text(":\n\n");
  await platform.settle();
  equal(seen, ["(open)", "(waiting)", "(open)"]);
});

test("opens a new session when the gateway has forgotten the old one", async () => {
  const { platform, socket, seen, request } = await stream();
  request.cut();
  await platform.pass(0);
  (await platform.asked("GET")).json(410, { detail: "gone" });
  await platform.settle();
  equal(seen, ["(open)", "(lost 1006)", "(waiting)"]);
  await platform.pass(500);
  const next = await platform.asked("GET");
  equal(next.headers["Last-Event-ID"], undefined);
  next.stream().text(GREETING);
  await platform.settle();
  equal(socket.state, "open");
});

test("gives a session up when it was away for longer than the gateway holds it", async () => {
  const { platform, seen, request } = await stream();
  request.cut();
  for (let i = 0; i < 60 && !seen.includes("(lost 1006)"); i++) {
    await platform.pass(1000);
    platform.open("GET").forEach((open) => open.fail());
    await platform.settle();
  }
  ok(seen.includes("(lost 1006)"), "the session is lost");
});

test("does not go on over a gap", async () => {
  const { platform, seen, request } = await stream();
  request.text("id: s.1\ndata: one\n\nid: s.3\ndata: three\n\n");
  await platform.settle();
  equal(seen, ["(open)", "one", "(lost 1006)", "(waiting)"]);
});

test("looks after a stream that is silent", async () => {
  const { platform, request } = await stream({ silenceMs: 40_000 });
  await platform.pass(30_000);
  request.text(":\n\n");
  await platform.pass(39_999);
  equal(platform.open("GET").length, 0);
  await platform.pass(1);
  equal((await platform.asked("GET")).headers["Last-Event-ID"], "s.0");
});

test("heeds the gateway's close", async () => {
  const { platform, seen, request } = await stream();
  request.text('event: close\ndata: {"code":1012,"reason":"update"}\n\n');
  await platform.settle();
  equal(seen, ["(open)", "(lost 1012)", "(waiting)"]);
  await platform.pass(500);
  (await platform.asked("GET")).stream().text(`${GREETING}event: close\ndata: {"code":1008,"reason":"no"}\n\n`);
  await platform.settle();
  equal(seen.slice(3), ["(connecting)", "(open)", "(lost 1008)", "(unauthorized)"]);
});

test("posts one batch at a time, numbered, and goes on from where the gateway is", async () => {
  const { platform, socket } = await stream();
  socket.send("a");
  socket.send("b");
  socket.send(new Uint8Array([255]));
  const first = await platform.asked("POST");
  equal(first.headers["Fieldgate-Session"], "s");
  equal(first.body, { ack: 0, seq: 1, messages: ["a"] });
  first.json(200, { next: 2 });
  const second = await platform.asked("POST");
  equal(second.body, { ack: 0, seq: 2, messages: ["b", { binary: "/w==" }] });
  second.json(200, { next: 3 });
  const third = await platform.asked("POST");
  equal(third.body, { ack: 0, seq: 3, messages: [{ binary: "/w==" }] });
  third.json(409, { next: 4 });
  await platform.pass(10_000);
  equal(platform.open("POST").length, 0);
  equal(socket.bufferedAmount, 0);
});

test("repeats a post whose answer was lost, as it was", async () => {
  const { platform, socket } = await stream();
  socket.send("a");
  (await platform.asked("POST")).fail();
  await platform.pass(500);
  const again = await platform.asked("POST");
  equal(again.body, { ack: 0, seq: 1, messages: ["a"] });
  again.json(503, {});
  await platform.pass(1000);
  (await platform.asked("POST")).json(200, { next: 2 });
  await platform.pass(60_000);
  equal(platform.open("POST").length, 0);
});

test("splits a batch that is too large for the gateway", async () => {
  const { platform, socket } = await stream();
  socket.send("first");
  await platform.settle();
  for (let i = 0; i < 3; i++) {
    socket.send("\u20ac".repeat(20_000));
  }
  (await platform.asked("POST")).json(200, { next: 2 });
  equal((await platform.asked("POST")).body.messages.length, 2);
});

test("keeps for the next session what was not posted, and tells what was", async () => {
  const { platform, socket, seen, request } = await stream();
  socket.send("posted");
  await platform.settle();
  socket.send("waits");
  request.text('event: close\ndata: {"code":1012}\n\n');
  await platform.settle();
  equal(seen, ["(open)", "(lost 1012)", "unsure posted", "(waiting)"]);
  await platform.pass(500);
  (await platform.asked("GET")).stream().text(GREETING);
  equal((await platform.asked("POST")).body.messages, ["waits"]);
});

test("closes with 1009 when a message is too large", async () => {
  const { platform, socket, seen } = await stream();
  socket.send("x");
  (await platform.asked("POST")).json(413, { detail: "too large" });
  await platform.settle();
  equal(seen.slice(-3), ["unsure x", "(closed)", "(close 1009)"]);
});

test("bounds what waits to be posted", async () => {
  const { socket } = await stream({ queueMaxMessages: 2 });
  socket.send("a");
  socket.send("b");
  equal((await failure(() => socket.send("c"))).code, "full");
});

test("acknowledges after a second, and after 32 messages", async () => {
  const { platform, request } = await stream();
  request.text("id: s.1\ndata: 1\n\n");
  await platform.pass(999);
  equal(platform.open("POST").length, 0);
  await platform.pass(1);
  const first = await platform.asked("POST");
  equal(first.body, { ack: 1 });
  first.json(200, { next: 1 });
  await platform.settle();
  for (let i = 2; i <= 33; i++) {
    request.text(`id: s.${i}\ndata: ${i}\n\n`);
  }
  await platform.settle();
  const second = await platform.asked("POST");
  equal(second.body, { ack: 33 });
  request.text("id: s.34\ndata: 34\n\n");
  await platform.pass(1000);
  second.json(200, { next: 1 });
  equal((await platform.asked("POST")).body, { ack: 34 });
});

test("polls with the cursor, and again with the same after a failure", async () => {
  const { platform, seen } = await poll();
  const first = await platform.asked("GET");
  equal(first.headers["Last-Event-ID"], "s.0");
  first.json(200, { session: "s", cursor: "s.2", messages: ["one", { binary: "Ag==" }] });
  (await platform.asked("GET")).fail();
  await platform.pass(0);
  const again = await platform.asked("GET");
  equal(again.headers["Last-Event-ID"], "s.2");
  again.json(200, { session: "s", cursor: "s.3", messages: ["three"] });
  await platform.settle();
  equal(seen, ["(open)", "one", new Uint8Array([2]).buffer, "three"]);
  await platform.pass(5_000);
  equal(platform.open("POST").length, 0, "posts: the cursor acknowledges");
});

test("heeds a close that comes with the last messages", async () => {
  const { platform, seen } = await poll();
  (await platform.asked("GET")).json(200, { session: "s", cursor: "s.1", messages: ["last"], close: { code: 1000, reason: "" } });
  await platform.settle();
  equal(seen, ["(open)", "last", "(lost 1000)", "(closed)", "(close 1000)"]);
});

test("posts what it still has before it closes", async () => {
  const { platform, socket, request } = await stream();
  socket.send("last words");
  socket.close(4000, "enough");
  ok(request.isAborted, "the stream is given up");
  const post = await platform.asked("POST");
  equal(post.body.messages, ["last words"]);
  post.json(200, { next: 2 });
  const bye = await platform.asked("POST");
  equal(bye.body, { close: { code: 4000, reason: "enough" } });
});

test("says good-bye when the page goes", async () => {
  const { platform } = await stream();
  platform.window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: false }));
  const bye = await platform.asked("POST");
  equal(bye.body, { close: { code: 1000 } });
  ok(bye.keepalive, "it outlives the page");
});
