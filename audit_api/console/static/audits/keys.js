// A review by keyboard.  No key does anything while somebody types, or with the keys switched off.

const OFF = "review-keys-off";
const TYPED_INTO = "textarea, select, input:not([type=checkbox])";

/**
 * Listen to the keys that the page lists.
 *
 * @returns {void}
 */
export function listenToKeys() {
  const form = document.getElementById("deciding");
  const box = document.getElementById("keys-box");
  if (!(form instanceof HTMLFormElement) || !(box instanceof HTMLDialogElement)) return;
  new Keys(form, box).listen();
}

class Keys {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLDialogElement} box
   */
  constructor(form, box) {
    this.form = form;
    this.box = box;
    this.questions = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-question]")]);
    /** @type {string | null} */
    this.begun = null;
    /** @type {Record<string, () => void>} */
    this.actions = {
      a: () => this.press("approve"),
      r: () => this.give("return", this.hasNotes()),
      x: () => this.give("reject", this.reason()?.value.trim() !== ""),
      j: () => this.step(1),
      k: () => this.step(-1),
      e: () => this.openNote(),
      p: () => this.here()?.querySelector("a[data-light]")?.dispatchEvent(click()),
      n: () => document.getElementById("onward")?.click(),
    };
  }

  /** @returns {void} */
  listen() {
    const list = document.getElementById("keys");
    if (list !== null) {
      const shown = /** @type {HTMLElement} */ (list.cloneNode(true));
      shown.removeAttribute("id");
      this.box.querySelector(".list")?.replaceWith(shown);
    }
    const on = document.getElementById("keys-on");
    if (on instanceof HTMLInputElement) {
      on.checked = localStorage.getItem(OFF) === null;
      on.addEventListener("change", () => {
        if (on.checked) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, "1");
      });
    }
    this.box.querySelector("[data-close]")?.addEventListener("click", () => this.box.close());
    document.addEventListener("keydown", (event) => this.hear(event));
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {void}
   */
  hear(event) {
    if (document.querySelector("dialog[open]") !== null || event.isComposing) return;
    const field = event.target instanceof Element && event.target.matches(TYPED_INTO);
    if (field) {
      if (event.key === "Escape") this.leave(/** @type {HTMLElement} */ (event.target));
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "?") {
      event.preventDefault();
      this.box.showModal();
    }
    const act = localStorage.getItem(OFF) === null ? this.actions[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /**
   * Make a decision that must say why; where nothing says it yet, go to where it is said.
   *
   * @param {string} action
   * @param {boolean} isSaid
   * @returns {void}
   */
  give(action, isSaid) {
    if (isSaid) return this.press(action);
    this.begun = action;
    this.reason()?.focus();
  }

  /**
   * Send the decision that was begun; from the field of a question's note, the return.
   *
   * @param {KeyboardEvent} event
   * @returns {void}
   */
  send(event) {
    event.preventDefault();
    this.press(this.begun ?? "return");
  }

  /**
   * @param {string} action
   * @returns {void}
   */
  press(action) {
    const button = this.form.querySelector(`button[name=action][value=${action}]`);
    if (button instanceof HTMLButtonElement && !button.disabled) this.form.requestSubmit(button);
  }

  /** @returns {HTMLTextAreaElement | null} */
  reason() {
    return /** @type {HTMLTextAreaElement | null} */ (document.getElementById("note"));
  }

  /** @returns {boolean} */
  hasNotes() {
    return [...this.form.querySelectorAll("textarea")].some((area) => area.value.trim() !== "");
  }

  /** @returns {HTMLElement | undefined} */
  here() {
    return this.questions.find((question) => question.contains(document.activeElement));
  }

  /**
   * @param {number} step
   * @returns {void}
   */
  step(step) {
    const here = this.here();
    const place = here === undefined ? (step > 0 ? 0 : this.questions.length - 1) : this.questions.indexOf(here) + step;
    const question = this.questions[Math.min(Math.max(place, 0), this.questions.length - 1)];
    question?.focus();
    question?.scrollIntoView({ block: "nearest" });
  }

  /** @returns {void} */
  openNote() {
    const noting = (this.here() ?? this.questions[0])?.querySelector("details.noting");
    if (!(noting instanceof HTMLDetailsElement)) return;
    noting.open = true;
    noting.querySelector("textarea")?.focus();
  }

  /**
   * @param {HTMLElement} field
   * @returns {void}
   */
  leave(field) {
    const question = this.questions.find((each) => each.contains(field));
    if (question === undefined) field.blur();
    else question.focus();
  }
}

/** @returns {MouseEvent} */
function click() {
  return new MouseEvent("click", { bubbles: true, cancelable: true });
}
