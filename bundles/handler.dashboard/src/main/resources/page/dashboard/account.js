// Who looks at the page: shows it, logs out, and notices when a login ends.

const ME = new URL("api/me", document.baseURI);
const LOG_OUT = new URL("api/logout", document.baseURI);
const LOG_IN = new URL("login/", document.baseURI);
const ANSWER_MS = 10_000;
const WRITERS = new Set(["operator", "admin"]);

const byId = (id) => document.getElementById(id);

/** Nobody: the gateway lets no one in who has not logged in. */
const NOBODY = { name: "", role: "none", anonymous: true, login: false };

function request(url, options = {}) {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), ANSWER_MS);
  return fetch(url, { cache: "no-store", headers: { Accept: "application/json" }, signal: abort.signal, ...options })
    .finally(() => clearTimeout(limit));
}

/**
 * Asks who the user is whenever there is a new connection or the page is looked at again. Tells its listener changed() when the answer
 * is another one, reconnect() when the connection is to be made anew for it, and leaving() before the user goes to log in.
 */
export class Account {
  #listener;
  #me = null;
  #connected = null;
  #state = "connecting";
  #isLoggingOut = false;

  constructor(listener) {
    this.#listener = listener;
    byId("log-out").addEventListener("click", () => this.#logOut());
    byId("notice-go-on").addEventListener("click", () => this.#goOn());
    document.addEventListener("click", ({ target }) => this.#leave(target.closest("a.log-in")));
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
    window.addEventListener("focus", () => this.#look());
  }

  /** What to say where the user may not write: an element, or null if the user may, or it is not known. */
  get hint() {
    if (this.#me === null || WRITERS.has(this.#me.role)) {
      return null;
    }
    if (!this.#me.anonymous) {
      return document.createTextNode("Only operators may change this");
    }
    const link = document.createElement("a");
    link.className = "log-in";
    link.href = LOG_IN;
    link.textContent = "Log in as operator";
    const hint = document.createElement("span");
    hint.append(link, " to change this");
    return hint;
  }

  /** Follows the connection. */
  async follow({ state, reason, status }) {
    this.#state = state;
    if (state !== "open" && state !== "unauthorized") {
      return;
    }
    const before = this.#connected;
    await this.#ask();
    if (this.#state !== state) {
      return; // it has gone on meanwhile
    }
    if (state === "open") {
      this.#connected = this.#me;
      if (before?.login && this.#me?.anonymous) {
        this.#notice(`${this.#ended(before, "")} This page goes on without.`, "Close");
      } else {
        byId("notice").hidden = true;
      }
      this.#isLoggingOut = false;
    } else {
      this.#refused(before, reason, status);
    }
  }

  #refused(before, reason, status) {
    if (status === 403) {
      this.#notice(`You may not see this: ${reason}.`, "");
    } else if (before === null || JSON.stringify(before) === JSON.stringify(this.#me)) {
      this.#notice(`The gateway has ended the connection: ${reason}.`, "Connect again");
    } else {
      this.#notice(this.#ended(before, reason), "Connect again");
    }
  }

  #ended({ name }, reason) {
    return this.#isLoggingOut ? `You have logged out, ${name}.` : `The login of ${name} has ended${reason ? `: ${reason}` : ""}.`;
  }

  async #ask() {
    let answer = this.#me;
    try {
      const response = await request(ME);
      if (response.ok) {
        answer = await response.json();
      } else if (response.status === 401) {
        answer = NOBODY;
      } else if (response.status === 404) {
        answer = null; // there are no logins at this gateway
      }
    } catch {
      // not now: who it was is the best that is known
    }
    this.#me = answer;
    this.#show();
  }

  /** Someone may have logged in or out in another tab. */
  async #look() {
    if (this.#me !== null && (this.#state === "open" || this.#state === "unauthorized")) {
      await this.#ask();
      const isOther = JSON.stringify(this.#me) !== JSON.stringify(this.#connected);
      if (this.#state === "open" ? isOther : this.#me?.anonymous === false) {
        this.#listener.reconnect();
      }
    }
  }

  async #logOut() {
    this.#isLoggingOut = true;
    try {
      const response = await request(LOG_OUT, { method: "POST" });
      if (!response.ok && response.status !== 401) {
        throw new Error(String(response.status));
      }
    } catch {
      this.#isLoggingOut = false;
      this.#notice("The gateway has not answered: you are still logged in.", "Close");
    }
    // The gateway closes the connection, which tells the rest.
  }

  #goOn() {
    byId("notice").hidden = true;
    if (this.#state === "unauthorized") {
      this.#connected = null; // what has ended was told
      this.#listener.reconnect();
    }
  }

  #leave(link) {
    if (link) {
      const page = new URL(LOG_IN);
      page.searchParams.set("next", location.pathname + location.search + location.hash);
      link.href = page.href;
      this.#listener.leaving();
    }
  }

  #show() {
    const me = this.#me;
    byId("account").hidden = me === null;
    if (me !== null) {
      byId("user").hidden = me.anonymous;
      byId("user-name").textContent = me.name;
      byId("user-role").textContent = me.role;
      byId("log-in").hidden = !me.anonymous;
      byId("log-out").hidden = !me.login;
    }
    this.#listener.changed();
  }

  /** Says what has happened, and offers to go on in a way, if there is one. */
  #notice(text, way) {
    const isAnonymous = this.#me?.anonymous === true;
    byId("notice-text").textContent = text;
    byId("notice-log-in").hidden = !isAnonymous;
    byId("notice-go-on").hidden = way === "" || this.#me === NOBODY;
    byId("notice-go-on").textContent = isAnonymous && way !== "Close" ? `Go on as ${this.#me.role}` : way;
    byId("notice").hidden = false;
  }
}
