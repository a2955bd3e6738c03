/** A side of the page: several phones, either side by side or one at a time behind tabs. */

import { el, flowArrow } from "./dom.js";
import { recall, remember } from "./memory.js";
import { avatar, badge, Phone } from "./phone.js";
import { t } from "./texts.js";

const FRESH_MS = 4500;

export class PeoplePane {
  /** `role` is "inquirer" or "contact"; `sideBySide` a media query under which no tabs are needed, or null. */
  constructor(role, world, sideBySide) {
    this.role = role;
    this.world = world;
    this.wide = sideBySide && matchMedia(sideBySide);
    const people = world.state.people.filter((person) => person.role === role);
    this.phones = new Map(people.map((person) => [person.id, new Phone(person, world)]));
    const remembered = recall(`open.${role}`);
    this.openId = this.phones.has(remembered) ? remembered : people[0]?.id;
    this.tabs = el("div", { class: "tabs", role: "tablist", "aria-label": this.title, on: { keydown: (event) => this.#onKey(event) } });
    const phones = el("div", { class: "phones" }, [...this.phones.values()].map((phone) => phone.node));
    const heading = el("h2", { class: "pane-title" }, el("span", { text: this.title }), role === "inquirer" ? flowArrow() : null);
    this.node = el("section", { class: `pane ${role}s`, id: `${role}s`, "aria-label": this.title, tabindex: "-1" },
      heading, this.tabs, phones);
    this.tabOf = new Map([...this.phones.values()].map((phone) => [phone.person.id, this.#tab(phone)]));
    this.tabs.append(...this.tabOf.values());
    this.glowing = new Map(); // person → the timer that ends the glow
    this.wide?.addEventListener("change", () => this.#arrange());
    this.#arrange();
  }

  get title() {
    return t(this.role === "inquirer" ? "inquirers" : "contacts");
  }

  #tab(phone) {
    const { person } = phone;
    return el("button", {
      type: "button", class: `tab ${this.world.cast.toneOf(person.id)}`, role: "tab", title: person.name, id: `tab-${person.id}`, "aria-controls": `phone-${person.id}`,
      on: { click: () => this.open(person.id) },
    }, avatar(person, this.world), el("span", { class: "tab-name", text: this.world.cast.shortNames.get(person.id), dir: "auto" }), badge(0));
  }

  isOpen(id) {
    return Boolean(this.wide?.matches) || id === this.openId;
  }

  open(id, focus = false) {
    this.openId = id;
    remember(`open.${this.role}`, id);
    this.#arrange();
    if (focus) this.tabOf.get(id).focus();
    this.world.changed();
  }

  #arrange() {
    const all = Boolean(this.wide?.matches);
    this.tabs.hidden = all;
    for (const [id, phone] of this.phones) {
      const open = this.isOpen(id);
      const tab = this.tabOf.get(id);
      phone.node.id = `phone-${id}`;
      phone.node.hidden = !open;
      if (all) phone.node.removeAttribute("role");
      else phone.node.setAttribute("role", "tabpanel");
      tab.setAttribute("aria-selected", String(id === this.openId));
      tab.tabIndex = id === this.openId ? 0 : -1;
      if (open) phone.shown();
    }
  }

  #onKey(event) {
    const ids = [...this.phones.keys()];
    const at = ids.indexOf(this.openId);
    const columns = getComputedStyle(this.tabs).gridTemplateColumns.split(" ").length;
    const steps = {
      ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: ids.length - 1,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.open(ids[(steps[event.key] + ids.length) % ids.length], true);
  }

  // New messages

  /** Show the new state. `arrived` lists the people something new came to; the first comes to the front if nobody is busy here. */
  update(arrived) {
    for (const phone of this.phones.values()) {
      phone.followNews();
      phone.update();
    }
    const mine = arrived.filter((id) => this.phones.has(id));
    for (const id of mine) this.#light(id);
    const hidden = mine.filter((id) => !this.isOpen(id));
    if (hidden.length && !mine.includes(this.openId) && this.#mayChangeFront) this.open(hidden[0]);
  }

  /** Not while somebody uses the open phone, nor while it glows: what just came there would go unseen. */
  get #mayChangeFront() {
    const front = this.phones.get(this.openId);
    return !front.isBusy && !front.node.classList.contains("fresh");
  }

  /** Let a phone and its tab glow for a moment, unless it is the one being used: there the eye is already. */
  #light(id) {
    const phone = this.phones.get(id);
    if (phone.node.contains(document.activeElement)) return;
    for (const node of [phone.node, this.tabOf.get(id)]) {
      node.classList.remove("fresh");
      void node.offsetWidth; // restarts the animation
      node.classList.add("fresh");
    }
    clearTimeout(this.glowing.get(id));
    this.glowing.set(id, setTimeout(() => {
      for (const node of [phone.node, this.tabOf.get(id)]) node.classList.remove("fresh");
    }, FRESH_MS));
  }

  /** Count what is unread, after marking as read what is on the screen; returns the pane's sum. */
  count(onScreen) {
    let sum = 0;
    for (const [id, phone] of this.phones) {
      if (onScreen && this.isOpen(id)) phone.markRead();
      const unread = phone.unread();
      const tab = this.tabOf.get(id);
      tab.querySelector(".badge").replaceWith(badge(unread));
      tab.classList.toggle("unread", unread > 0);
      tab.setAttribute("aria-label", unread ? `${phone.person.name}, ${t("unread", unread)}` : phone.person.name);
      sum += unread;
    }
    return sum;
  }
}
