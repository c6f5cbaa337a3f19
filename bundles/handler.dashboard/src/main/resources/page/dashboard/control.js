// What a writable point is driven with.

const REFUSED = { forbidden: "Not allowed", timeout: "No answer", offline: "Not sent", unauthorized: "Not sent", lost: "Not known", closed: "Not sent" };

function element(name, className, properties = {}) {
  const made = document.createElement(name);
  made.className = className;
  return Object.assign(made, properties);
}

/** A switch, or a field with a button. write(value) returns a promise. */
export class Control {
  #form;
  #error;
  #write;
  #point;
  #toggle = null;
  #field = null;
  #busy = false;

  constructor(form, error, point, write) {
    this.#form = form;
    this.#error = error;
    this.#point = point;
    this.#write = write;
    if (point.type === "boolean") {
      this.#makeSwitch();
    } else {
      this.#makeField();
    }
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Whether it can be used; if not, the id of the element that says why. */
  allow(reasonId) {
    for (const part of this.#form.querySelectorAll("button, input")) {
      part.disabled = reasonId !== "";
      part.toggleAttribute("aria-describedby", reasonId !== "");
      if (reasonId !== "") {
        part.setAttribute("aria-describedby", reasonId);
      }
    }
  }

  /** Shows what the point says. A field that someone types in is left alone. */
  show(value) {
    if (this.#busy || value === null) {
      return;
    }
    if (this.#toggle) {
      this.#toggle.setAttribute("aria-checked", String(value === true));
    } else if (document.activeElement !== this.#field && !this.#form.classList.contains("edited")) {
      this.#field.value = value;
    }
  }

  #makeSwitch() {
    this.#toggle = element("button", "switch", { type: "submit" });
    this.#toggle.setAttribute("role", "switch");
    this.#toggle.setAttribute("aria-checked", "false");
    this.#toggle.setAttribute("aria-label", `Switch ${this.#point.id}`);
    this.#toggle.append(element("span", "knob"));
    this.#form.append(this.#toggle);
  }

  #makeField() {
    const isNumber = this.#point.type !== "text";
    this.#field = element("input", "field", { type: isNumber ? "number" : "text", required: isNumber });
    this.#field.setAttribute("aria-label", `New value of ${this.#point.id}`);
    if (isNumber) {
      this.#field.step = this.#point.type === "integer" ? "1" : "any";
      this.#field.inputMode = "decimal";
    }
    if (this.#point.min !== undefined) {
      this.#field.min = this.#point.min;
      this.#field.max = this.#point.max;
      this.#field.title = `${this.#point.min} to ${this.#point.max}`;
    }
    this.#field.addEventListener("input", () => this.#form.classList.add("edited"));
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.#form.classList.remove("edited");
        this.#field.blur();
      }
    });
    this.#form.append(this.#field, element("button", "set", { type: "submit", textContent: "Set" }));
    if (this.#point.min !== undefined) {
      this.#form.append(element("span", "range", { textContent: `${this.#point.min} – ${this.#point.max}` }));
    }
  }

  #value() {
    if (this.#toggle) {
      return this.#toggle.getAttribute("aria-checked") !== "true";
    }
    const text = this.#field.value;
    if (this.#point.type === "text") {
      return text;
    }
    // An integer that JavaScript cannot hold travels as a string.
    return this.#point.type === "integer" && !Number.isSafeInteger(Number(text)) ? text : Number(text);
  }

  async #submit() {
    if (this.#busy) {
      return;
    }
    this.#setBusy(true);
    this.#error.hidden = true;
    try {
      const sample = await this.#write(this.#value());
      this.#form.classList.remove("edited");
      this.#setBusy(false);
      this.show(sample.value);
    } catch (failure) {
      this.#setBusy(false);
      this.#error.textContent = `${REFUSED[failure.code] ?? "Refused"}: ${failure.message}`;
      this.#error.hidden = false;
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#form.classList.toggle("busy", busy);
    this.#form.setAttribute("aria-busy", String(busy));
  }
}
