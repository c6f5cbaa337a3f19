// A plain terminal: what comes in is shown as it comes, what is typed goes out as a line. No escape sequences.

const MAX_CHARACTERS = 200_000;
const line = new URLSearchParams(location.search).get("line") ?? "";
const screen = document.getElementById("screen");
const state = document.getElementById("state");
const decoder = new TextDecoder("latin1");
let socket = null;
let pause = 1000;

document.getElementById("line").textContent = line;

function show(text) {
  state.dataset.state = text.split(":")[0];
  state.textContent = text;
}

function print(text) {
  const atEnd = screen.scrollTop + screen.clientHeight >= screen.scrollHeight - 4;
  screen.append(text.replaceAll("\r", ""));
  if (screen.textContent.length > MAX_CHARACTERS) {
    screen.textContent = screen.textContent.slice(-MAX_CHARACTERS / 2);
  }
  if (atEnd) {
    screen.scrollTop = screen.scrollHeight;
  }
}

function connect() {
  const url = new URL(encodeURIComponent(line), location.href.replace(/[?#].*$/, ""));
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => { pause = 1000; };
  socket.onmessage = ({ data }) => (typeof data === "string" ? show(data) : print(decoder.decode(data)));
  socket.onclose = () => {
    show("away: no connection; it needs an administrator, so maybe a login");
    setTimeout(connect, pause);
    pause = Math.min(30_000, pause * 2);
  };
}

document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = document.getElementById("text");
  if (socket?.readyState === WebSocket.OPEN) {
    const typed = text.value + document.getElementById("end").value;
    socket.send(Uint8Array.from(typed, (character) => character.charCodeAt(0) & 0xff));
    text.value = "";
  }
});

if (/^[a-z0-9_-]{1,64}$/.test(line)) {
  connect();
} else {
  show("away: the address needs ?line= and the id of a driver");
}
