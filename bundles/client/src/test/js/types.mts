// What the types must allow, and, where it says so, refuse. The README says how to check it.

import { FieldgateError, FieldgateLive, FieldgateSocket, type Lagged, type Sample, type Transport } from "../../main/resources/client/fieldgate.js";

const transports: Transport[] = ["websocket", "poll"];
const socket = new FieldgateSocket("/echo", { transports, protocols: "a", probeMs: 1000 });
socket.onopen = ({ transport, protocol }) => console.log(transport, protocol.length);
socket.addEventListener("lost", ({ unsure, code }) => console.log(unsure.length, code + 1));
socket.addEventListener("message", ({ data }) => (typeof data === "string" ? data.length : data.byteLength));
socket.onclose = ({ unsent }) => unsent.forEach((data) => console.log(data));
socket.send(new Uint8Array([1]));
socket.onstate = ({ state, unsent }) => state === "unauthorized" && unsent.length === 0 && socket.reconnect();
new FieldgateSocket("/echo", { token: "fg_", ticket: true });
new FieldgateSocket("/echo", { ticket: () => fetch("/ticket").then((response) => response.text()) });
// @ts-expect-error a ticket counts once, so there is none to be given
new FieldgateSocket("/echo", { ticket: "t" });
// @ts-expect-error a number is no message
socket.send(1);
// @ts-expect-error there is no such transport
new FieldgateSocket("/echo", { transports: ["pigeon"] });

const live = new FieldgateLive(new URL("https://gateway.example/live"), { requestMs: 5_000 });
live.ondevices = ({ devices }) => devices.flatMap((device) => device.points.map((point) => point.unit ?? ""));
live.addEventListener("state", ({ state, retryInMs }) => state === "waiting" && retryInMs > 0);
const one: Sample = await live.read("sim/tank/level");
const many: Sample[] = await live.read(["sim/tank/level"]);
await live.write(one.point, many[0]?.value ?? 12n);
const subscription = await live.subscribe(["**"], { mode: "every", since: one.seq, epoch: "e" }, {
  samples: (samples) => samples.forEach(({ value }) => typeof value === "bigint" && value + 1n),
  lagged: ({ missed, gap }: Lagged) => console.log(missed, gap),
});
await live.subscribe(["**"], (samples) => console.log(samples.length));
await subscription.close();
try {
  await live.devices();
} catch (failure) {
  console.log(failure instanceof FieldgateError && failure.code);
}
live.reconnect();
live.close();
