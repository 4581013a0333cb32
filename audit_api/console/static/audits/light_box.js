// Photos, looked at one after the other in a box above the page.  Without this module each link
// leads to a page of its photo.

/**
 * Have the links to photos open a box, in which the arrow keys turn from one to the next.
 *
 * @returns {void}
 */
export function openPhotosInBox() {
  const box = document.getElementById("light-box");
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-light]")]);
  if (!(box instanceof HTMLDialogElement) || links.length === 0) return;
  new LightBox(box, links).listen();
}

class LightBox {
  /**
   * @param {HTMLDialogElement} box
   * @param {HTMLAnchorElement[]} links the photos of the page, in its order
   */
  constructor(box, links) {
    this.box = box;
    this.links = links;
    this.place = 0;
  }

  /** @returns {void} */
  listen() {
    this.links.forEach((link, place) => {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.show(place);
        this.box.showModal();
      });
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") this.turn(-1);
      if (event.key === "ArrowRight") this.turn(1);
    });
    this.box.addEventListener("click", (event) => this.press(event.target));
    this.box.addEventListener("close", () => this.links[this.place]?.focus());
  }

  /**
   * @param {EventTarget | null} pressed
   * @returns {void}
   */
  press(pressed) {
    if (!(pressed instanceof Element)) return;
    const button = pressed.closest("button");
    if (button?.dataset.step !== undefined) this.turn(Number(button.dataset.step));
    else if (button !== null || pressed === this.box) this.box.close();
  }

  /**
   * @param {number} step
   * @returns {void}
   */
  turn(step) {
    this.show((this.place + step + this.links.length) % this.links.length);
  }

  /**
   * @param {number} place
   * @returns {void}
   */
  show(place) {
    const link = this.links[place];
    if (link === undefined) return;
    this.place = place;
    const image = document.createElement("img");
    image.src = link.dataset.src ?? "";
    image.alt = link.querySelector("img")?.alt ?? "";
    this.box.querySelector(".picture")?.replaceChildren(image);
    const caption = this.box.querySelector("figcaption");
    if (caption !== null) caption.textContent = `${place + 1} / ${this.links.length} · ${link.dataset.light ?? ""}`;
    for (const button of this.box.querySelectorAll("[data-step]")) {
      if (button instanceof HTMLButtonElement) button.disabled = this.links.length === 1;
    }
  }
}
