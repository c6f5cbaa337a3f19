// Who the client says that it is, and what it does when it is not let in.

import { FieldgateError, FieldgateLive, FieldgateSocket } from "../../main/resources/client/fieldgate.js";
import { FakePlatform } from "./fakes.js";
import { equal, failure, ok, test } from "./harness.js";

const GREETING = { session: "s", "resume.s": 30, cursor: "s.0", messages: [] };

function connect(options = {}) {
  const platform = new FakePlatform();
  const socket = new FieldgateSocket("http://gateway.test/echo", { ...options, platform });
  const seen = [];
  socket.onstate = ({ state, status, reason }) => seen.push([state, status, reason].filter((part) => part !== 0 && part !== "").join(" "));
  socket.onclose = () => seen.push("close");
  return { platform, socket, seen };
}

test("offers a token as a subprotocol, beside those that are meant", async () => {
  const { platform } = connect({ protocols: ["a"], token: "fg_S-1" });
  await platform.settle();
  equal(platform.socket.protocols, ["a", "fieldgate.token.fg_S-1"]);
  equal(platform.socket.url, "ws://gateway.test/echo");
  equal(platform.requests.length, 0);
});

test("fetches a ticket with its token where no subprotocol is meant, for a browser wants one to be agreed", async () => {
  const { platform, socket } = connect({ token: "fg_S" });
  const post = await platform.asked("POST");
  equal(post.url, "http://gateway.test/api/tickets");
  equal(post.headers.Authorization, "Bearer fg_S");
  post.json(200, { ticket: "t 1", expires: "2026-01-01T00:00:30Z" });
  await platform.settle();
  equal(platform.socket.url, "ws://gateway.test/echo?fieldgate-ticket=t+1");
  equal(platform.socket.protocols, []);
  platform.socket.accept();
  equal([socket.state, socket.url], ["open", "http://gateway.test/echo"]);
});

test("fetches a ticket for each connection if it shall", async () => {
  const { platform } = connect({ protocols: "a", token: "fg_S", ticket: true });
  for (const ticket of ["t1", "t2"]) {
    (await platform.asked("POST")).json(200, { ticket });
    await platform.settle();
    equal(platform.socket.url, `ws://gateway.test/echo?fieldgate-ticket=${ticket}`);
    equal(platform.socket.protocols, ["a"]);
    platform.socket.accept("a");
    platform.socket.end(1012);
    await platform.pass(500);
  }
});

test("sends a token with each request that is none for a WebSocket", async () => {
  const { platform, socket } = connect({ transports: ["poll"], token: "fg_S" });
  const get = await platform.asked("GET");
  equal([get.url, get.headers.Authorization], ["http://gateway.test/echo", "Bearer fg_S"]);
  get.json(200, GREETING);
  socket.send("x");
  equal((await platform.asked("POST")).headers.Authorization, "Bearer fg_S");
});

test("asks the application for a ticket for each request if there is nothing else", async () => {
  let count = 0;
  const { platform, socket } = connect({ transports: ["poll"], ticket: async () => `t${++count}` });
  const get = await platform.asked("GET");
  equal(get.url, "http://gateway.test/echo?fieldgate-ticket=t1");
  get.json(200, GREETING);
  await platform.settle();
  socket.send("x");
  const urls = [(await platform.asked("GET")).url, (await platform.asked("POST")).url];
  equal(urls.sort(), ["http://gateway.test/echo?fieldgate-ticket=t2", "http://gateway.test/echo?fieldgate-ticket=t3"]);
});

test("comes back when the application has no ticket, but not when it says that there is none to be had", async () => {
  const failures = [new Error("no network"), new FieldgateError("unauthorized", "log in first")];
  const { platform, seen } = connect({ ticket: () => Promise.reject(failures.shift()) });
  await platform.settle();
  equal(seen, ["waiting there is no ticket: no network"]);
  await platform.pass(500);
  equal(seen.slice(1), ["connecting", "unauthorized there is no ticket: log in first"]);
  equal([platform.sockets.length, platform.requests.length], [0, 0]);
});

test("is told by the tickets what it may not, and how long to wait", async () => {
  const { platform, seen } = connect({ token: "fg_S" });
  (await platform.asked("POST")).json(429, { detail: "slowly" }, { "Retry-After": "7" });
  await platform.settle();
  equal(seen, ["waiting 429 slowly"]);
  await platform.pass(7_400);
  equal(platform.open("POST").length, 0);
  await platform.pass(100);
  (await platform.asked("POST")).json(401, { detail: "the token is not known" });
  await platform.settle();
  equal(seen.slice(1), ["connecting", "unauthorized 401 the token is not known"]);
  await platform.pass(100_000);
  equal(platform.requests.length, 2);
});

test("falls back if there is no answer about a ticket, and takes none that comes late", async () => {
  const { platform } = connect({ token: "fg_S", probeMs: 1000 });
  const post = await platform.asked("POST");
  await platform.pass(1000);
  ok(post.isAborted, "the request is given up");
  equal((await platform.asked("GET")).headers, { Accept: "text/event-stream", Authorization: "Bearer fg_S" });
  equal(platform.sockets.length, 0);
});

test("takes no token that would not go through, and does not repeat it", async () => {
  for (const options of [{ token: "two words" }, { token: "" }, { token: 7 }]) {
    const error = await failure(() => connect(options));
    equal([error.name, error.message], ["TypeError", "token: it is no token"]);
  }
  equal((await failure(() => connect({ ticket: "t" }))).name, "TypeError");
});

for (const [status, verdict] of [[401, "unauthorized"], [403, "unauthorized"], [426, "waiting"], [404, "waiting"], [200, "waiting"]]) {
  test(`asks once why a WebSocket is refused that has no other transport behind it: ${status} means ${verdict}`, async () => {
    const { platform, socket } = connect({ transports: ["websocket"] });
    await platform.settle();
    platform.socket.end();
    const why = await platform.asked("GET");
    equal([why.url, why.headers], ["http://gateway.test/echo", { Accept: "application/problem+json" }]);
    why.json(status, { detail: "so it is" });
    await platform.settle();
    equal(socket.state, verdict);
    await platform.pass(verdict === "waiting" ? 499 : 100_000);
    equal([platform.sockets.length, platform.requests.length], [1, 1]);
  });
}

test("waits as long as it is told when a WebSocket is refused for a while", async () => {
  const { platform, socket } = connect({ transports: ["websocket"] });
  let last;
  socket.onstate = (event) => (last = event);
  await platform.settle();
  platform.socket.end();
  (await platform.asked("GET")).json(503, { detail: "an update" }, { "Retry-After": "9" });
  await platform.settle();
  equal([last.state, last.status, last.retryInMs], ["waiting", 503, 9_500]);
});

test("rests after 1008 until it is told to try again, and gives back what was not sent", async () => {
  const { platform, socket, seen } = connect();
  let unsent = [];
  socket.addEventListener("state", (event) => (unsent = event.unsent));
  await platform.settle();
  platform.socket.accept();
  platform.socket.end(1012);
  socket.send("never");
  await platform.pass(500);
  platform.socket.accept();
  platform.socket.sent = [];
  socket.onlost = () => socket.send("late");
  platform.socket.end(1008, "logged out");
  equal(seen.at(-1), "unauthorized logged out");
  equal(unsent, ["late"]);
  equal((await failure(() => socket.send("x"))).code, "unauthorized");
  platform.window.dispatchEvent(new Event("online"));
  platform.document.dispatchEvent(new Event("visibilitychange"));
  await platform.pass(100_000);
  equal(platform.sockets.length, 2);
  ok(!seen.includes("close"), "it is not closed");
  socket.reconnect();
  equal(platform.sockets.length, 3);
  platform.socket.accept();
  equal([socket.state, platform.socket.sent], ["open", []]);
});

test("opens a new session when the old one is another user's, and rests when that is refused", async () => {
  const { platform, seen } = connect({ transports: ["poll"] });
  (await platform.asked("GET")).json(200, GREETING);
  (await platform.asked("GET")).json(403, { detail: "the session is another user's" });
  await platform.settle();
  equal(seen, ["open", "waiting 403 the session is another user's"]);
  await platform.pass(500);
  (await platform.asked("GET")).json(403, { detail: "it needs the role operator" });
  await platform.settle();
  equal(seen.slice(2), ["connecting", "unauthorized 403 it needs the role operator"]);
});

const live = () => {
  const platform = new FakePlatform();
  return { platform, live: new FieldgateLive("http://gateway.test/live", { platform, token: "fg_S" }) };
};

async function answer(platform, op, members) {
  await platform.settle();
  const { id } = platform.socket.sent.map((text) => JSON.parse(text)).findLast((request) => request.op === op);
  platform.socket.say(JSON.stringify({ op: "ok", id, ...members }));
  await platform.settle();
}

test("keeps a subscription over a login that ends, and nothing else", async () => {
  const { platform, live: points } = live();
  await platform.settle();
  equal(platform.socket.protocols, ["fieldgate.live.v1", "fieldgate.token.fg_S"]);
  platform.socket.accept("fieldgate.live.v1");
  await answer(platform, "devices", { devices: [] });
  const subscribing = points.subscribe(["**"], () => {});
  await answer(platform, "subscribe", { epoch: "e" });
  const subscription = await subscribing;
  const read = failure(points.read("sim/tank/level"));
  await platform.settle();
  platform.socket.end(1008, "logged out");
  equal([points.state, (await read).code], ["unauthorized", "unauthorized"]);
  equal((await failure(points.write("sim/tank/level", 1))).code, "unauthorized");
  points.reconnect();
  platform.socket.accept("fieldgate.live.v1");
  await answer(platform, "devices", { devices: [] });
  await answer(platform, "subscribe", { epoch: "e" });
  equal([points.state, subscription.isActive], ["open", true]);
});

test("refuses a subscription that it could not ask for", async () => {
  const { platform, live: points } = live();
  const subscribing = failure(points.subscribe(["**"], () => {}));
  await platform.settle();
  platform.socket.end();
  (await platform.asked("GET")).json(401, { detail: "the token is not known" });
  equal((await subscribing).code, "unauthorized");
  equal((await failure(points.subscribe(["**"], () => {}))).code, "unauthorized");
});
