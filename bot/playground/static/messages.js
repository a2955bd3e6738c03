/**
 * The list of one chat's messages.
 *
 * Only elements whose message changed are replaced, so focus, selection and scroll position survive, and the live
 * region speaks each message once. One message at a time is in the tab order; arrow keys move between them.
 */

import { el, icon } from "./dom.js";
import { renderMessage } from "./message.js";
import { dayName, t } from "./texts.js";

const BOTTOM_PX = 48;
const FOLLOWS_S = 300;

export class MessageList {
  /**
   * `phone` gives `person`, `chat`, `nameOf(id)`, `toneOf(id)`, `topicName(id)`, `messageById(id)` and the deeds
   * `press`, `reply`, `edit`, `command` and `write`.
   */
  constructor(phone) {
    this.phone = phone;
    this.atBottom = true;
    this.lastTop = 0;
    this.filled = false;
    this.log = el("div", {
      class: "messages", role: "log", "aria-label": t("messagesOf", phone.person.name), "aria-relevant": "additions", tabindex: "-1",
    });
    this.empty = el("div", { class: "empty" });
    this.jump = el("button", { type: "button", class: "jump", hidden: true, on: { click: () => this.toBottom(true) } },
      icon("down"), el("span", { text: t("newBelow") }));
    this.node = el("div", { class: "conversation" }, this.empty, this.log, this.jump);
    this.log.addEventListener("scroll", () => this.#onScroll());
    this.log.addEventListener("keydown", (event) => this.#onKey(event));
    this.log.addEventListener("click", (event) => this.#onClick(event));
    new ResizeObserver(() => this.atBottom && this.toBottom()).observe(this.log);
  }

  /** Forget what is shown; the next `show` fills the list anew without announcing anything. */
  clear() {
    this.log.replaceChildren();
    this.atBottom = true;
    this.filled = false;
  }

  show(messages) {
    this.#onScroll(); // the browser tells of scrolling only with its next frame
    const wasAtBottom = this.atBottom;
    const before = this.#keys();
    this.#reconcile(messages);
    const last = messages.at(-1);
    const grew = last && !before.has(`m${last.id}`);
    const ownLast = grew && last.from === this.phone.person.id;
    this.jump.hidden = this.jump.hidden ? !(grew && this.filled && !wasAtBottom && !ownLast) : wasAtBottom || ownLast;
    if (wasAtBottom || ownLast || !this.filled) this.toBottom();
    this.#keepOneTabStop();
    this.filled = true;
  }

  #keys() {
    return new Set([...this.log.children].map((child) => child.dataset.key));
  }

  #reconcile(messages) {
    const old = new Map([...this.log.children].map((child) => [child.dataset.key, child]));
    let at = this.log.firstChild;
    for (const item of this.#items(messages)) {
      const existing = old.get(item.key);
      old.delete(item.key);
      if (existing?.dataset.look === item.look) {
        if (existing === at) at = at.nextSibling;
        else this.log.insertBefore(existing, at);
        continue;
      }
      const fresh = item.make();
      fresh.dataset.key = item.key;
      fresh.dataset.look = item.look;
      if (existing) {
        if (existing === at) at = at.nextSibling;
        const focus = focusPath(existing);
        existing.replaceWith(fresh);
        restoreFocus(fresh, focus);
      } else {
        if (this.filled && this.log.clientHeight) fresh.classList.add("arriving");
        this.log.insertBefore(fresh, at);
      }
    }
    for (const gone of old.values()) gone.remove();
  }

  /** What the list shows, in order: a key, a look that changes when the element must, and how to make it. */
  #items(messages) {
    const items = [];
    let previous = null;
    for (const message of messages) {
      const day = new Date(message.date * 1000).toDateString();
      if (day !== (previous && new Date(previous.date * 1000).toDateString())) {
        const words = dayName(message.date);
        items.push({ key: `d${day}`, look: words, make: () => el("div", { class: "day", text: words }) });
      }
      items.push(this.#item(message, previous));
      previous = message;
    }
    return items;
  }

  #item(message, previous) {
    const phone = this.phone;
    const own = message.from === phone.person.id;
    const quoted = message.reply_to ? phone.messageById(message.reply_to) : null;
    const view = {
      own,
      name: phone.nameOf(message.from),
      tone: phone.toneOf(message.from),
      showName: phone.chat.type !== "private" && !own,
      follows: previous?.from === message.from && message.date - previous.date < FOLLOWS_S,
      topic: message.topic && phone.topicName(message.topic),
      quoted: quoted && { name: phone.nameOf(quoted.from), message: quoted },
      canEdit: own && typeof message.text === "string",
    };
    const act = {
      press: (row, column) => phone.press(message, row, column),
      reply: () => phone.reply(message),
      edit: () => phone.edit(message),
      command: (text) => phone.command(text),
      goTo: (id) => this.goTo(id),
    };
    const look = JSON.stringify([message, view]);
    return { key: `m${message.id}`, look, make: () => renderMessage(message, view, act) };
  }

  /** Bring a message into view, focus it and let it light up for a moment. */
  goTo(id) {
    const node = this.#find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: calmly() });
    this.#focus(node);
    node.classList.remove("pointed");
    void node.offsetWidth; // restarts the animation when the same message is pointed at twice
    node.classList.add("pointed");
  }

  toBottom(gently = false) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: gently ? calmly() : "instant" });
    this.lastTop = this.log.scrollTop;
    this.atBottom = true;
    this.jump.hidden = true;
  }

  #articles() {
    return [...this.log.querySelectorAll("article")];
  }

  #find(id) {
    return this.log.querySelector(`article[data-message="${CSS.escape(id)}"]`);
  }

  #focus(node) {
    for (const article of this.#articles()) article.tabIndex = -1;
    node.tabIndex = 0;
    node.focus({ preventScroll: false });
  }

  #keepOneTabStop() {
    const articles = this.#articles();
    const focused = articles.find((article) => article.contains(document.activeElement));
    for (const article of articles) article.tabIndex = -1;
    const stop = focused ?? articles.at(-1);
    if (stop) stop.tabIndex = 0;
  }

  #onScroll() {
    if (!this.log.clientHeight) return; // hidden: the browser reports nonsense
    if (this.log.scrollTop === this.lastTop) return; // grown or shrunk, but nobody scrolled
    this.lastTop = this.log.scrollTop;
    this.atBottom = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < BOTTOM_PX;
    if (this.atBottom) this.jump.hidden = true;
  }

  /** A tap beside the controls selects the message, which on a touch screen is what shows its actions. */
  #onClick(event) {
    const article = event.target.closest("article");
    if (article && !event.target.closest("button, a, .spoiler") && !getSelection().toString()) this.#focus(article);
  }

  #onKey(event) {
    const article = event.target.closest("article");
    if (!article || event.ctrlKey || event.metaKey || event.altKey) return;
    const articles = this.#articles();
    const at = articles.indexOf(article);
    const id = Number(article.dataset.message);
    const onArticle = event.target === article;
    const moves = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: articles.length - 1 };
    if (event.key in moves && onArticle) articles[moves[event.key]] ? this.#focus(articles[moves[event.key]]) : this.phone.write();
    else if (event.key.toLowerCase() === "r") this.phone.reply(this.phone.messageById(id));
    else if (event.key.toLowerCase() === "e") this.phone.edit(this.phone.messageById(id));
    else if (event.key === "Escape") this.phone.write();
    else return;
    event.preventDefault();
  }
}

function calmly() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

/** Where focus was inside an element that is about to be replaced: -2 nowhere, -1 the element, else which control. */
function focusPath(node) {
  if (!node.contains(document.activeElement)) return -2;
  return [...node.querySelectorAll("button, a")].indexOf(document.activeElement);
}

function restoreFocus(node, path) {
  if (path === -2) return;
  node.tabIndex = 0;
  (node.querySelectorAll("button, a")[path] ?? node).focus({ preventScroll: true });
}
