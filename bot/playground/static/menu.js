/** A button that opens a menu, by the keyboard pattern of the ARIA Authoring Practices (menu button). */

import { el, icon } from "./dom.js";

let openMenu = null;

document.addEventListener("pointerdown", (event) => {
  if (openMenu && !openMenu.node.contains(event.target)) openMenu.close(false);
});

export class Menu {
  /** `items()` is asked at every opening: [{text, note, icon, action}] or {heading}; `empty` is shown when there are none. */
  constructor({ title, button, items, empty = "" }) {
    this.items = items;
    this.empty = empty;
    this.button = button;
    this.button.setAttribute("aria-haspopup", "menu");
    this.button.setAttribute("aria-expanded", "false");
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.list = el("div", { class: "menu", role: "menu", "aria-label": title, hidden: true });
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    this.node = el("div", { class: "menu-holder" }, this.button, this.list);
    this.node.addEventListener("focusout", (event) => {
      if (this.isOpen && event.relatedTarget && !this.node.contains(event.relatedTarget)) this.close(false);
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open() {
    openMenu?.close(false);
    openMenu = this;
    const entries = this.items();
    this.list.replaceChildren(...entries.map((entry) => this.#entry(entry)));
    if (!entries.length) this.list.append(el("p", { class: "menu-empty", text: this.empty, tabindex: "-1" }));
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    (this.#choices()[0] ?? this.list.firstElementChild)?.focus();
  }

  close(focusButton = true) {
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (openMenu === this) openMenu = null;
    if (focusButton) this.button.focus();
  }

  #entry(entry) {
    if (entry.heading) return el("div", { class: "menu-heading", role: "presentation", text: entry.heading });
    const words = el("span", { class: "menu-words", dir: "auto" }, el("span", { text: entry.text }));
    if (entry.note) words.append(el("small", { text: entry.note, dir: "auto" }));
    const choose = () => {
      this.close();
      entry.action();
    };
    return el("button", { type: "button", role: "menuitem", tabindex: "-1", lang: entry.lang, on: { click: choose } },
      entry.icon ? icon(entry.icon) : null, words);
  }

  #choices() {
    return [...this.list.querySelectorAll("[role=menuitem]")];
  }

  #onKey(event) {
    const choices = this.#choices();
    const at = choices.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 };
    if (event.key in steps && choices.length) {
      choices.at((steps[event.key] + choices.length) % choices.length).focus();
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
