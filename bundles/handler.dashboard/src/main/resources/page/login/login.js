// The login form: asks the gateway without leaving the page, so that what went wrong stands beside the fields.

const ANSWER_MS = 30_000;
const SECOND_MS = 1000;
const MOST_WAIT_S = 3600;

const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const next = nextPage(query.get("next"));
const form = byId("login");
const message = byId("message");
const submit = byId("submit");
const fields = [byId("name"), byId("password")];
let isBusy = false;
let waitUntil = 0;
let ticking = 0;

/** Where to go afterwards: a page of this gateway, else its first one. */
function nextPage(wanted) {
  const start = new URL("..", location.href);
  if (wanted === null || !/^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/.test(wanted)) {
    return start.href;
  }
  const page = new URL(wanted, location.origin);
  return page.origin === location.origin && !page.pathname.startsWith(new URL(".", location.href).pathname) ? page.href : start.href;
}

/** Says something above the fields; kind is error, wait, note or nothing. */
function say(kind, text) {
  message.dataset.kind = kind;
  message.textContent = text;
  fields.forEach((field) => field.removeAttribute("aria-invalid"));
}

function wrong() {
  say("error", "The name or the password is wrong.");
  for (const field of fields) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "message");
  }
  fields[1].focus();
  fields[1].select();
}

/** The button counts down; the message is said once, for a screen reader would read each second aloud. */
function wait(seconds) {
  const whole = Math.min(Math.max(Math.ceil(seconds), 1), MOST_WAIT_S);
  waitUntil = performance.now() + whole * SECOND_MS;
  say("wait", `There were too many wrong passwords. Wait ${inWords(whole)}, then try again.`);
  clearInterval(ticking);
  ticking = setInterval(tick, SECOND_MS / 4);
  tick();
}

function tick() {
  if (secondsLeft() === 0) {
    clearInterval(ticking);
    say("note", "You can try again now.");
  }
  show();
}

const secondsLeft = () => Math.max(0, Math.ceil((waitUntil - performance.now()) / SECOND_MS));

function inWords(seconds) {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 120 ? `${seconds} second${seconds === 1 ? "" : "s"}` : `${minutes} minutes`;
}

/** The button stays reachable by keyboard whatever it says, so it is disabled in name only. */
function show() {
  const left = secondsLeft();
  const label = left > 0 ? `Wait ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : isBusy ? "Checking…" : "Log in";
  if (submit.textContent !== label) {
    submit.textContent = label;
  }
  submit.setAttribute("aria-disabled", String(left > 0 || isBusy));
  form.setAttribute("aria-busy", String(isBusy));
}

async function logIn() {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), ANSWER_MS);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify({ name: fields[0].value.trim(), password: fields[1].value }),
      cache: "no-store",
      redirect: "error",
      signal: abort.signal,
    });
    if (response.ok) {
      return true;
    }
    await explain(response);
  } catch {
    say("error", "The gateway cannot be reached. Try again.");
  } finally {
    clearTimeout(limit);
  }
  return false;
}

async function explain(response) {
  if (response.status === 401) {
    wrong();
  } else if (response.status === 429) {
    wait(Number(response.headers.get("Retry-After")) || 1);
  } else if (response.status === 404) {
    say("error", "There are no logins at this gateway: its bundle “security” is not there.");
  } else if (response.status === 503) {
    say("error", "The gateway is busy or being updated. Try again in a moment.");
  } else {
    const { detail, title } = await response.json().catch(() => ({}));
    say("error", `The gateway has refused it: ${detail ?? title ?? response.status}`);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isBusy || secondsLeft() > 0) {
    return;
  }
  isBusy = true;
  say("", "");
  show();
  if (await logIn()) {
    location.replace(next);
    return; // the button stays as it is until the page is gone
  }
  isBusy = false;
  show();
});

byId("show").addEventListener("click", (event) => {
  const shown = fields[1].type === "password";
  fields[1].type = shown ? "text" : "password";
  event.target.textContent = shown ? "Hide" : "Show";
  event.target.setAttribute("aria-label", shown ? "Hide the password" : "Show the password");
});

for (const field of fields) {
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
}
for (const type of ["keydown", "keyup"]) {
  fields[1].addEventListener(type, (event) => {
    byId("capitals").hidden = !(event.getModifierState?.("CapsLock") ?? false);
  });
}
// A page that comes out of the browser's memory begins anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    isBusy = false;
    fields[1].value = "";
    show();
  }
});

document.documentElement.classList.add("scripted");
byId("host").textContent = location.host;
byId("next").value = next.slice(location.origin.length);
byId("show").hidden = false;
if (query.has("wait")) {
  wait(Number(query.get("wait")) || 1);
} else if (query.has("failed")) {
  wrong();
}
