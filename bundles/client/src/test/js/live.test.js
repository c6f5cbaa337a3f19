// FieldgateLive: fieldgate.live.v1 as docs/protocol.md has it.

import { FieldgateLive } from "../../main/resources/client/fieldgate.js";
import { FakePlatform } from "./fakes.js";
import { equal, failure, ok, test } from "./harness.js";

const DEVICES = [{ id: "sim/tank", description: "", points: [
  { id: "sim/tank/level", type: "decimal" },
  { id: "sim/tank/count", type: "integer" },
  { id: "sim/tank/name", type: "text" },
  { id: "sim/tank/raw", type: "bytes" },
] }];

const sample = (point, value, seq) => ({ point: `sim/tank/${point}`, value, quality: "good", time: "2026-01-01T00:00:00.000Z", seq });

function create(options = {}) {
  const platform = new FakePlatform();
  const live = new FieldgateLive("http://gateway.test/live", { ...options, platform });
  const seen = [];
  live.onstate = (event) => seen.push(event.state);
  live.onlagged = ({ missed, gap, restarted }) => seen.push(`lagged ${missed} ${gap} ${restarted}`);
  live.onerror = (event) => seen.push(`error ${event.error.code}`);
  return { platform, live, seen };
}

/** The last thing said on the newest WebSocket. */
const asked = (platform, op) => platform.socket.sent.map((text) => JSON.parse(text)).findLast((request) => request.op === op);
const say = (platform, message) => platform.socket.say(JSON.stringify(message));

async function answer(platform, op, members) {
  await platform.settle();
  say(platform, { op: "ok", id: asked(platform, op).id, ...members });
  await platform.settle();
}

async function greet(platform, devices = DEVICES) {
  await platform.settle();
  platform.socket.accept("fieldgate.live.v1");
  await answer(platform, "devices", { devices });
}

async function opened(options) {
  const made = create(options);
  await greet(made.platform);
  return made;
}

async function subscribed(options) {
  const made = await opened();
  const got = [];
  const promise = made.live.subscribe(["sim/**"], options ?? {}, (samples) => got.push(...samples.map(({ value }) => value)));
  await answer(made.platform, "subscribe", { epoch: "e1" });
  return { ...made, got, subscription: await promise };
}

test("is open when it knows the devices", async () => {
  const { platform, live, seen } = create();
  let devices = null;
  live.ondevices = (event) => (devices = event.devices);
  await platform.settle();
  equal(platform.socket.protocols, ["fieldgate.live.v1"]);
  platform.socket.accept();
  equal(live.state, "connecting");
  await answer(platform, "devices", { devices: DEVICES });
  equal(seen, ["open"]);
  equal(devices, DEVICES);
  equal(live.transport, "websocket");
});

test("waits with requests until it is connected", async () => {
  const { platform, live } = create();
  const read = live.read("sim/tank/level");
  await greet(platform);
  await answer(platform, "read", { samples: [sample("level", 1.5, 1)] });
  equal((await read).value, 1.5);
});

test("reads one point or several, and gives each value its type", async () => {
  const { platform, live } = await opened();
  const read = live.read(["sim/tank/count", "sim/tank/raw", "sim/tank/name"]);
  equal(asked(platform, "read").points, ["sim/tank/count", "sim/tank/raw", "sim/tank/name"]);
  await answer(platform, "read", { samples: [sample("count", "9007199254740993", 1), sample("raw", "AAEC/w==", 2), sample("name", "12", 3)] });
  equal((await read).map(({ value }) => value), [9007199254740993n, new Uint8Array([0, 1, 2, 255]), "12"]);
});

test("writes values of every type", async () => {
  const { platform, live } = await opened();
  const values = [[1.5, 1.5], [true, true], ["a", "a"], [12n, 12], [9007199254740993n, "9007199254740993"], [new Uint8Array([255]), "/w=="]];
  for (const [value, travels] of values) {
    const written = live.write("sim/tank/level", value);
    equal(asked(platform, "write").value, travels);
    await answer(platform, "write", { sample: sample("level", 2, 1) });
    equal((await written).value, 2);
  }
});

test("says what the gateway says of an error", async () => {
  const { platform, live } = await opened();
  const written = failure(live.write("sim/tank/level", 9));
  await platform.settle();
  say(platform, { op: "error", id: asked(platform, "write").id, code: "out-of-range", detail: "0 to 2" });
  const error = await written;
  equal([error.name, error.code, error.message], ["FieldgateError", "out-of-range", "0 to 2"]);
});

test("gives up on an answer that does not come", async () => {
  const { platform, live } = await opened({ requestMs: 1000 });
  const read = failure(live.read("sim/tank/level"));
  await platform.pass(1000);
  equal((await read).code, "timeout");
});

test("does not write later what could not be written now", async () => {
  const { platform, live } = await opened();
  platform.socket.end();
  equal((await failure(live.write("sim/tank/level", 1))).code, "offline");
  const read = failure(live.read("sim/tank/level"));
  platform.WebSocket = undefined;
  await platform.pass(15_000);
  equal((await read).code, "offline");
});

test("does not repeat a write whose answer was lost, but a read", async () => {
  const { platform, live } = await opened();
  const write = failure(live.write("sim/tank/level", 1));
  const read = live.read("sim/tank/level");
  await platform.settle();
  platform.socket.end();
  equal((await write).code, "lost");
  await platform.pass(500);
  await greet(platform);
  equal(asked(platform, "write"), undefined);
  await answer(platform, "read", { samples: [sample("level", 1.5, 1)] });
  equal((await read).value, 1.5);
});

test("hands on samples, numbers and bytes as what they are", async () => {
  const { platform, got, subscription } = await subscribed({ mode: "every" });
  equal(asked(platform, "subscribe"), { op: "subscribe", filters: ["sim/**"], mode: "every", id: 2 });
  say(platform, { op: "samples", samples: [sample("level", 1, 7), sample("count", "-9007199254740993", 8), sample("raw", "AQ==", 9), sample("level", null, 10)] });
  equal(got, [1, -9007199254740993n, new Uint8Array([1]), null]);
  equal([subscription.seq, subscription.epoch, subscription.mode], [10, "e1", "every"]);
});

test("resumes behind the last sample, with the same epoch", async () => {
  const { platform, got, seen } = await subscribed();
  say(platform, { op: "samples", samples: [sample("level", 1, 7)] });
  platform.socket.end();
  await platform.pass(500);
  await greet(platform);
  const { since, epoch, mode } = asked(platform, "subscribe");
  equal([since, epoch, mode], [7, "e1", "latest"]);
  equal(seen.at(-1), "connecting");
  await answer(platform, "subscribe", { epoch: "e1" });
  say(platform, { op: "samples", samples: [sample("level", 2, 9)] });
  equal(got, [1, 2]);
  equal(seen, ["open", "waiting", "connecting", "open"]);
});

test("tells of a gap when the gateway was restarted, and of one when it was not", async () => {
  for (const [epoch, restarted] of [["e2", true], ["e1", false]]) {
    const { platform, got, seen, subscription } = await subscribed();
    say(platform, { op: "samples", samples: [sample("level", 1, 7)] });
    platform.socket.end();
    await platform.pass(500);
    await greet(platform);
    await answer(platform, "subscribe", { epoch, resumed: false });
    say(platform, { op: "samples", samples: [sample("level", 2, 3)] });
    ok(seen.includes(`lagged 0 true ${restarted}`), `it is told: ${seen}`);
    equal(got, [1, 2]);
    equal([subscription.epoch, subscription.seq], [epoch, 3]);
  }
});

test("tells how many samples were missed", async () => {
  const { platform, live, seen } = await opened();
  const told = [];
  live.subscribe(["**"], { mode: "every" }, { samples: () => told.push("samples"), lagged: (event) => told.push(event) });
  await answer(platform, "subscribe", { epoch: "e1" });
  say(platform, { op: "lagged", missed: 3, samples: [sample("level", 1.2, 8133)] });
  equal(told, [{ missed: 3, gap: false, restarted: false }, "samples"]);
  equal(seen.at(-1), "lagged 3 false false");
});

test("asks for the devices when a new point comes, and keeps the order", async () => {
  const { platform, got } = await subscribed();
  const late = { ...sample("", "7", 11), point: "sim/late/count" };
  say(platform, { op: "samples", samples: [late] });
  say(platform, { op: "samples", samples: [sample("level", 2, 12)] });
  equal(got, []);
  await answer(platform, "devices", { devices: [...DEVICES, { id: "sim/late", points: [{ id: "sim/late/count", type: "integer" }] }] });
  equal(got, [7n, 2]);
});

test("hands on a point that no device has as it came, and asks once only", async () => {
  const { platform, got } = await subscribed();
  const stray = { ...sample("", "7", 11), point: "sim/gone/count" };
  say(platform, { op: "samples", samples: [stray] });
  await answer(platform, "devices", { devices: DEVICES });
  const requests = platform.socket.sent.length;
  say(platform, { op: "samples", samples: [stray] });
  equal(got, ["7", "7"]);
  equal(platform.socket.sent.length, requests);
});

test("lets a second subscription take the place of the first", async () => {
  const { platform, live, got } = await subscribed();
  const second = [];
  const promise = live.subscribe(["sim/tank/level"], (samples) => second.push(...samples.map(({ value }) => value)));
  say(platform, { op: "samples", samples: [sample("level", 1, 7)] });
  await answer(platform, "subscribe", { epoch: "e1" });
  say(platform, { op: "samples", samples: [sample("level", 2, 8)] });
  const subscription = await promise;
  equal([got, second], [[], [2]]);
  const closing = subscription.close();
  await answer(platform, "unsubscribe", {});
  await closing;
  say(platform, { op: "samples", samples: [sample("level", 3, 9)] });
  equal(second, [2]);
});

test("refuses a subscription that the gateway refuses", async () => {
  const { platform, live } = await opened();
  const refused = failure(live.subscribe(["sim/*"], () => {}));
  await platform.settle();
  say(platform, { op: "error", id: asked(platform, "subscribe").id, code: "bad-request", detail: "a filter is …" });
  equal((await refused).code, "bad-request");
});

test("notices a WebSocket that is half dead", async () => {
  const { platform, seen } = await opened();
  await platform.pass(20_000);
  equal(platform.socket.sent.length, 2);
  await answer(platform, "devices", { devices: DEVICES });
  await platform.pass(20_000);
  equal(platform.socket.sent.length, 3);
  await platform.pass(15_000);
  equal(platform.sockets.length, 2);
  ok(seen.includes("connecting"), "it connects anew");
});

test("rejects everything when the gateway closes for good", async () => {
  const { platform, live, seen } = await opened();
  const read = failure(live.read("sim/tank/level"));
  const subscription = failure(live.subscribe(["**"], () => {}));
  await platform.settle();
  platform.socket.end(1002, "no");
  equal([(await read).code, (await subscription).code], ["closed", "closed"]);
  equal(seen.at(-1), "closed");
  equal((await failure(live.devices())).code, "closed");
  equal((await failure(live.subscribe(["**"], () => {}))).code, "closed");
});

test("is told when it asks for too much", async () => {
  const { live } = create();
  const reads = Array.from({ length: 257 }, () => failure(live.read("sim/tank/level")));
  equal((await reads[256]).code, "busy");
});
