/** Starts the page: fetches the world, lays out its three parts and keeps them up to date. */

import { getLog, getState, listen, post } from "./api.js";
import { Cast, newsIn } from "./cast.js";
import { el } from "./dom.js";
import { pageHead, sectionBar, skipLinks } from "./frame.js";
import { LogPane } from "./log.js";
import { forgetConversations, recall, remember } from "./memory.js";
import { confirmBox, notice, noticeShelf } from "./notices.js";
import { PeoplePane } from "./people.js";
import { firstLanguage, setLanguage, t } from "./texts.js";

// The widths stand in layout.css too.
const PHONES_IN_A_ROW = "(min-width: 1360px)";
const ONE_AT_A_TIME = "(max-width: 719px)";
// The log lags behind the messages (what was sent is noted after it was sent), and no event tells of it.
const LOG_AGAIN_MS = 800;
const LOG_EVERY_MS = 10_000;

class App {
  constructor() {
    this.state = null;
    this.entries = [];
    this.connected = true;
    this.section = recall("section", "inquirers");
    this.oneAtATime = matchMedia(ONE_AT_A_TIME);
    this.oneAtATime.addEventListener("change", () => this.#showSection());
    document.addEventListener("visibilitychange", () => this.changed());
  }

  start() {
    setLanguage(firstLanguage(recall("language")));
    document.body.append(el("p", { class: "loading", text: t("loading"), role: "status" }));
    listen(() => this.refresh(), (connected) => this.#connection(connected));
  }

  // Fetching: one request at a time, and one more if something changed meanwhile

  async refresh() {
    if (this.fetching) {
      this.again = true;
      return;
    }
    this.fetching = true;
    do {
      this.again = false;
      try {
        const [state, entries] = await Promise.all([getState(), getLog()]);
        this.#take(state, entries);
      } catch {
        this.#connection(false); // the event stream will tell when the server is back
      }
    } while (this.again);
    this.fetching = false;
    clearTimeout(this.logTimer);
    this.logTimer = setTimeout(() => this.#refreshLog(), LOG_AGAIN_MS);
  }

  async #refreshLog() {
    clearTimeout(this.logTimer);
    if (this.connected && this.log && !document.hidden) {
      this.entries = await getLog().catch(() => this.entries);
      this.log.show(this.entries);
    }
    this.logTimer = setTimeout(() => this.#refreshLog(), LOG_EVERY_MS);
  }

  #take(state, entries) {
    const before = this.state;
    this.state = state;
    this.entries = entries;
    const cast = (world) => JSON.stringify([world?.people.map((person) => ({ ...person, blocked: null })), world?.bot.id]);
    if (cast(before) !== cast(state)) {
      this.#build();
      return;
    }
    const arrived = this.#arrivals(before);
    for (const pane of this.panes) pane.update(arrived);
    this.log.show(entries);
    this.#announce(arrived);
    this.#showBot();
    this.changed();
  }

  /** Who received a message since `before`, in the order of the people. */
  #arrivals(before) {
    const newest = new Map(before.chats.map((chat) => [chat.id, chat.messages.at(-1)?.id ?? 0]));
    const found = new Set();
    for (const chat of this.state.chats) {
      const known = newest.get(chat.id) ?? 0;
      for (const id of chat.members) if (newsIn(chat, id, known).length) found.add(id);
    }
    return this.state.people.map((person) => person.id).filter((id) => found.has(id));
  }

  #announce(arrived) {
    const names = arrived.filter((id) => !this.#paneOf(id)?.isOpen(id)).map((id) => this.cast.find(id).name);
    if (names.length) this.spoken.textContent = names.map((name) => t("arrived", name)).join(". ");
  }

  // What the parts ask for

  openPerson(id) {
    const pane = this.#paneOf(id);
    this.#openSection(pane.node.id);
    pane.open(id, true);
  }

  /** Something was opened, read or arrived: count what is unread. */
  changed() {
    if (!this.panes || document.hidden) return;
    for (const pane of this.panes) {
      const unread = pane.count(!this.oneAtATime.matches || this.section === pane.node.id);
      const button = this.sectionButtons[pane.node.id];
      button.querySelector(".badge").textContent = String(unread);
      button.querySelector(".badge").hidden = unread === 0;
      const name = button.querySelector(".section-name").textContent;
      button.setAttribute("aria-label", unread ? `${name}, ${t("unread", unread)}` : name);
    }
  }

  #paneOf(id) {
    return this.panes.find((pane) => pane.phones.has(id));
  }

  // Building the page

  #build() {
    const first = !this.panes;
    this.cast = new Cast(this.state);
    this.panes = [new PeoplePane("inquirer", this, PHONES_IN_A_ROW), new PeoplePane("contact", this, null)];
    this.log = new LogPane(this);
    this.log.show(this.entries);
    if (first && !recall("visited")) for (const pane of this.panes) for (const phone of pane.phones.values()) phone.markRead(phone.chats);
    remember("visited", true);
    this.offline = el("p", { class: "offline", role: "alert", hidden: this.connected });
    this.spoken = el("p", { class: "spoken", role: "status" });
    const [inquirers, contacts] = this.panes;
    const main = el("main", {}, inquirers.node, this.log.node, contacts.node);
    this.botState = el("p", { class: "bot-state", role: "status" });
    const head = pageHead(this.botState, { restart: () => this.#restart(), speak: (code) => this.#speak(code) });
    const sections = sectionBar((id) => this.#openSection(id));
    this.sectionButtons = sections.buttons;
    document.body.replaceChildren(skipLinks((id) => this.#openSection(id)), head, this.offline, main, sections.node, noticeShelf(), this.spoken);
    this.#connection(this.connected);
    this.#showSection();
    this.#showBot();
    for (const pane of this.panes) for (const phone of pane.phones.values()) phone.shown();
    this.changed();
  }

  #speak(code) {
    remember("language", code);
    setLanguage(code);
    this.#build();
    document.querySelector(`.languages [lang="${code}"]`).focus();
  }

  #openSection(id) {
    this.section = id;
    remember("section", id);
    this.#showSection();
    this.changed();
  }

  /** Mark which part a narrow screen shows; on wider ones all three are visible and the mark has no effect. */
  #showSection() {
    document.body.dataset.section = this.section;
    for (const [id, button] of Object.entries(this.sectionButtons ?? {})) {
      if (id === this.section) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    for (const pane of this.panes ?? []) for (const phone of pane.phones.values()) phone.shown();
  }

  // The state of things

  #showBot() {
    const { busy, bot_online: online } = this.state;
    const kind = busy ? "starting" : online ? "online" : "offline";
    const words = t({ starting: "botStarting", online: "botOnline", offline: "botOffline" }[kind]);
    if (this.botState.textContent === words) return;
    this.botState.className = `bot-state ${kind}`;
    this.botState.replaceChildren(el("i", { class: "dot" }), el("span", { text: words }));
  }

  #connection(connected) {
    this.connected = connected;
    if (!this.offline) {
      document.querySelector(".loading").textContent = t(connected ? "loading" : "connectionLost");
      return;
    }
    this.offline.hidden = connected;
    this.offline.textContent = connected ? "" : t("connectionLost");
  }

  async #restart() {
    if (!(await confirmBox(t("restartTitle"), t("restartText"), t("restartYes")))) return;
    document.body.classList.add("restarting");
    try {
      await post("reset", {});
      forgetConversations();
      remember("visited", true);
      this.state = null; // builds everything anew
      await this.refresh();
      notice(document.body, t("restarted"));
    } catch (error) {
      notice(document.body, t("refused"), error.message);
    }
    document.body.classList.remove("restarting");
  }
}

new App().start();
