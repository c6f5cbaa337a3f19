// The page: devices as groups of cards, drawn at most once per frame.

import { Account } from "./account.js";
import { Card } from "./card.js";
import { note, restore } from "./place.js";

const TICK_MS = 1000;
const MOST_STRAYS = 10_000;
const GAP_SHOWN_MS = 10_000;
const LIVE_BY = { websocket: "Live", sse: "Live, by server-sent events", poll: "Live, by long poll" };

const byId = (id) => document.getElementById(id);
const groups = new Map();
const cards = new Map();
const strays = new Map();
let known = "";
let scheduled = false;
let all = false;
let live = null;
let connection = { state: "connecting", transport: "", reason: "", status: 0 };
let lag = "";
let gapShown = 0;
let isRestored = false;

const account = new Account({
  changed: () => cards.forEach((card) => card.allow(account.hint)),
  reconnect: () => live.reconnect(),
  leaving: note,
});

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    cards.get(entry.target.dataset.point)?.setVisible(entry.isIntersecting);
  }
  schedule(true);
}, { rootMargin: "150px" });

/** What the page does with what the client tells. */
const listener = {
  state(event) {
    const isLost = ["waiting", "unauthorized", "closed"].includes(event.state);
    document.body.classList.toggle("offline", isLost);
    if (isLost) {
      cards.forEach((card) => card.gap());
      schedule();
    }
    connection = event;
    showConnection();
    account.follow(event);
  },
  lagged({ missed, gap }) {
    clearTimeout(gapShown);
    cards.forEach((card) => card.gap());
    lag = gap ? ", after a gap" : `, ${counted(missed, "sample")} missed`;
    gapShown = setTimeout(() => {
      lag = "";
      showConnection();
    }, GAP_SHOWN_MS);
    showConnection();
  },
  devices: showDevices,
  samples(samples) {
    for (const sample of samples) {
      const card = cards.get(sample.point);
      if (card) {
        card.take(sample);
      } else if (strays.size < MOST_STRAYS || strays.has(sample.point)) {
        strays.set(sample.point, sample);
      }
    }
    schedule();
  },
};

function showConnection() {
  const { state, transport, reason, status } = connection;
  const element = byId("connection");
  element.dataset.state = state === "waiting" ? "lost" : state;
  element.dataset.transport = transport;
  element.title = reason;
  element.textContent = {
    connecting: "Connecting",
    open: LIVE_BY[transport] + lag,
    waiting: "No connection, trying again",
    unauthorized: "Not logged in",
    closed: `Not connected${status ? ` (${status})` : ""}: ${reason}. Load the page again to try again.`,
  }[state];
}

function showDevices(devices) {
  const now = JSON.stringify(devices);
  if (now !== known) {
    known = now;
    build(devices);
  }
  byId("empty").hidden = devices.length > 0;
  search();
  summarise();
  schedule(true);
}

/** Keeps the cards of points that have not changed, with their history. */
function build(devices) {
  const before = new Map(cards);
  cards.clear();
  groups.clear();
  for (const device of devices) {
    const group = groupOf(device);
    for (const point of device.points) {
      const card = cardOf(point, before.get(point.id));
      cards.set(point.id, card);
      group.querySelector(".cards").append(card.element);
    }
    groups.set(device.id, group);
  }
  strays.clear();
  before.forEach((card, id) => {
    if (cards.get(id) !== card) {
      watcher.unobserve(card.element);
      card.dropChart();
    }
  });
  byId("devices").replaceChildren(...groups.values());
  cards.forEach((card) => watcher.observe(card.element));
  if (!isRestored && cards.size > 0) {
    isRestored = true;
    restore();
  }
}

function groupOf(device) {
  const group = byId("device-template").content.firstElementChild.cloneNode(true);
  const [driver, name] = device.id.split("/");
  group.dataset.device = device.id;
  group.querySelector(".driver").textContent = driver;
  group.querySelector(".device-name").textContent = name;
  group.querySelector(".about").textContent = device.description ?? "";
  group.querySelector(".count").textContent = counted(device.points.length, "point");
  return group;
}

function cardOf(point, old) {
  if (old && JSON.stringify(old.point) === JSON.stringify(point)) {
    return old;
  }
  const card = new Card(point, (value) => live.write(point.id, value));
  card.allow(account.hint);
  const sample = strays.get(point.id) ?? old?.sample;
  if (sample) {
    card.take(sample);
  }
  return card;
}

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function search() {
  const words = byId("search").value.trim().toLowerCase().split(/\s+/);
  for (const group of groups.values()) {
    let found = 0;
    for (const element of group.querySelectorAll(".card")) {
      const text = `${element.dataset.point} ${element.querySelector(".about").textContent}`.toLowerCase();
      element.hidden = !words.every((word) => text.includes(word));
      found += element.hidden ? 0 : 1;
    }
    group.hidden = found === 0 && words[0] !== "";
  }
}

function summarise() {
  const count = { good: 0, uncertain: 0, bad: 0, none: 0 };
  cards.forEach((card) => count[card.condition]++);
  const parts = [counted(groups.size, "device"), counted(cards.size, "point")];
  if (count.bad > 0) {
    parts.push(`${count.bad} bad`);
  }
  if (count.uncertain > 0) {
    parts.push(`${count.uncertain} uncertain`);
  }
  const text = groups.size === 0 ? "" : parts.join("  ·  ");
  if (byId("summary").textContent !== text) {
    byId("summary").textContent = text;
  }
}

/**
 * Draws with the next frame: what has changed, or everything that can be seen, so that the charts move on. Frames come only
 * while the page can be seen, so a hidden tab draws nothing.
 */
function schedule(everything = false) {
  all ||= everything;
  if (!scheduled && !document.hidden) {
    scheduled = true;
    requestAnimationFrame(() => {
      cards.forEach((card) => {
        if (card.dirty || all) {
          card.draw();
        }
      });
      scheduled = false;
      all = false;
    });
  }
}

setInterval(() => {
  summarise();
  schedule(true);
}, TICK_MS);
document.addEventListener("visibilitychange", () => schedule(true));
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  cards.forEach((card) => card.dropChart());
  schedule(true);
});
byId("search").addEventListener("input", search);
byId("host").textContent = location.host;

try {
  const { Live } = await import("./live.js");
  live = new Live(new URL("live", document.baseURI), listener);
} catch (failure) {
  const reason = "the page's client, /client/fieldgate.js, cannot be loaded";
  console.error(reason, failure);
  listener.state({ state: "closed", transport: "", reason, status: 0 });
}
