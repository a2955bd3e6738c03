/** One person's phone: who they are, their chats with the bot, the messages and the place to write. */

import { post } from "./api.js";
import { newsIn } from "./cast.js";
import { Composer } from "./composer.js";
import { el, iconButton, initial } from "./dom.js";
import { recall, remember } from "./memory.js";
import { Menu } from "./menu.js";
import { MessageList } from "./messages.js";
import { alertBox, notice, noticeShelf } from "./notices.js";
import { t } from "./texts.js";

export class Phone {
  /** `world` gives `state`, `cast` and `changed()`, to be called when something was read or opened. */
  constructor(person, world) {
    this.person = person;
    this.world = world;
    this.chatId = recall(`chat.${person.id}`);
    this.list = new MessageList(this);
    this.composer = new Composer(this);
    this.chatTabs = el("div", { class: "chat-tabs", role: "group", "aria-label": t("chats", person.name), hidden: true });
    this.blockedNote = el("div", { class: "blocked-note", text: t("blockedNote"), hidden: true });
    this.node = el("section", { class: `phone ${world.cast.toneOf(person.id)}`, "aria-label": t("phoneOf", person.name), "data-person": person.id },
      this.#head(), this.chatTabs, this.list.node, this.blockedNote, noticeShelf(), this.composer.node);
    this.update();
    this.composer.load();
  }

  #head() {
    const menu = new Menu({
      title: t("phoneMenu", this.person.name),
      button: iconButton("more", t("phoneMenu", this.person.name)),
      items: () => [this.isBlocked ? { text: t("unblock"), action: () => this.#block(false) } : { text: t("block"), action: () => this.#block(true) }],
    });
    return el("header", { class: "phone-head" },
      avatar(this.person, this.world),
      el("div", { class: "phone-name" },
        el("h3", { text: this.person.name, dir: "auto" }),
        this.person.caption === this.person.name ? null : el("p", { text: this.person.caption, title: this.person.caption, dir: "auto" })),
      menu.node);
  }

  /** The chats this person is in; before the first word there may be none, then their private chat with the bot. */
  get chats() {
    const mine = this.world.state.chats.filter((chat) => chat.members.includes(this.person.id));
    return mine.length ? mine : [{ id: this.person.id, type: "private", title: null, members: [this.person.id], commands: [], messages: [] }];
  }

  get chat() {
    const chats = this.chats;
    return chats.find((chat) => chat.id === this.chatId) ?? chats[0];
  }

  get messages() {
    return this.chat.messages.filter((message) => !message.deleted);
  }

  messageById(id) {
    return this.messages.find((message) => message.id === id) ?? null;
  }

  lastOwnText() {
    return this.messages.findLast((message) => message.from === this.person.id && typeof message.text === "string") ?? null;
  }

  nameOf(id) {
    if (id === this.person.id) return t("you");
    return this.world.cast.find(id)?.name ?? (this.world.state.bot.name || t("botName"));
  }

  toneOf(id) {
    return this.world.cast.toneOf(id);
  }

  /** The name of a forum's topic; null for the threads other groups number the same way. */
  topicName(id) {
    return this.chat.topics?.find((topic) => topic.id === id)?.name ?? null;
  }

  // What arrived and what was read

  /** Messages of others in all chats of this phone that were not yet looked at. */
  unread() {
    let count = 0;
    for (const chat of this.chats) count += this.#unreadIn(chat);
    return count;
  }

  #unreadIn(chat) {
    return newsIn(chat, this.person.id, this.#seen(chat)).length;
  }

  /** The newest message read; ids that run past the chat's end are left over from before a fresh start. */
  #seen(chat) {
    const seen = recall(`seen.${this.person.id}.${chat.id}`, 0);
    return seen > (chat.messages.at(-1)?.id ?? 0) ? 0 : seen;
  }

  markRead(chats = [this.chat]) {
    for (const chat of chats) remember(`seen.${this.person.id}.${chat.id}`, chat.messages.at(-1)?.id ?? null);
    this.#showChatTabs();
  }

  // Showing

  update() {
    this.list.show(this.messages);
    this.composer.refresh();
    this.#openReply();
    this.#showEmpty();
    this.#showChatTabs();
    this.blockedNote.hidden = !this.isBlocked;
  }

  /** Open the reply the latest message asks for, once, unless something else is being written. */
  #openReply() {
    const last = this.messages.at(-1);
    const key = `asked.${this.person.id}.${this.chat.id}`;
    if (!last?.asks || last.from === this.person.id || last.id === recall(key) || this.composer.isBusy) return;
    const answered = last.reply_to && this.messageById(last.reply_to);
    if (last.asks === "replied" && answered?.from !== this.person.id) return;
    remember(key, last.id);
    this.composer.answer(last);
  }

  #showEmpty() {
    const empty = this.messages.length === 0;
    const shown = JSON.stringify([empty, this.chat.id]);
    this.node.classList.toggle("is-empty", empty);
    if (this.list.empty.dataset.shown === shown) return;
    this.list.empty.dataset.shown = shown;
    this.list.empty.replaceChildren(...(empty ? this.#emptyWords() : []));
  }

  #emptyWords() {
    const samples = this.person.samples ?? [];
    if (!samples.length) return [el("p", { text: t(this.person.role === "contact" ? "emptyContact" : "emptyInquirer") })];
    const send = (text) => {
      this.composer.sendText(text);
      this.write();
    };
    return [
      el("p", { text: t("tryOne") }),
      el("ul", { class: "samples" }, samples.map((text) => el("li", {},
        el("button", { type: "button", class: "sample", dir: "auto", lang: this.person.language, text, on: { click: () => send(text) } })))),
      el("p", { class: "small", text: t("orWrite") }),
    ];
  }

  #showChatTabs() {
    const chats = this.chats;
    this.chatTabs.hidden = chats.length < 2;
    if (chats.length < 2) return;
    const look = JSON.stringify(chats.map((chat) => [chat.id, chat.title, this.#unreadIn(chat), chat.id === this.chat.id]));
    if (this.chatTabs.dataset.look === look) return;
    const focused = document.activeElement?.dataset.chat;
    this.chatTabs.dataset.look = look;
    this.chatTabs.replaceChildren(...chats.map((chat) => this.#chatTab(chat)));
    if (focused) this.chatTabs.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Open the chat something new came to, unless the open one has news too or somebody is busy here. */
  followNews() {
    if (this.isBusy || this.#unreadIn(this.chat)) return;
    const news = this.chats.find((chat) => this.#unreadIn(chat));
    if (news) this.openChat(news.id);
  }

  #chatTab(chat) {
    const unread = this.#unreadIn(chat);
    return el("button", {
      type: "button", class: "chat-tab", "data-chat": chat.id, "aria-pressed": String(chat.id === this.chat.id),
      on: { click: () => this.openChat(chat.id) },
    }, el("span", { text: chat.title || t("privateChat"), dir: "auto" }), badge(unread));
  }

  openChat(id) {
    this.chatId = id;
    remember(`chat.${this.person.id}`, id);
    this.list.clear();
    this.list.empty.dataset.shown = "";
    this.update();
    this.composer.load();
    this.world.changed();
  }

  /** After having been hidden: back to the end, unless an older message was being read. */
  shown() {
    if (this.list.atBottom) this.list.toBottom();
    this.composer.fit();
  }

  get isBusy() {
    return this.composer.isBusy || this.node.contains(document.activeElement);
  }

  // What the person does

  write() {
    this.composer.field.focus();
  }

  reply(message) {
    this.composer.replyTo(message);
  }

  edit(message) {
    if (message.from === this.person.id && typeof message.text === "string") this.composer.edit(message);
  }

  async command(text) {
    await this.composer.sendText(text);
    this.write();
  }

  async press(message, row, column) {
    try {
      const answer = await post("press", { person: this.person.id, chat: this.chat.id, message_id: message.id, row, column });
      if (answer.text && answer.alert) alertBox(this.person.name, answer.text);
      else if (answer.text) notice(this.node, answer.text);
    } catch (error) {
      this.complain(error);
    }
  }

  get isBlocked() {
    return Boolean(this.world.state.people.find((person) => person.id === this.person.id)?.blocked);
  }

  async #block(blocked) {
    try {
      await post("block", { person: this.person.id, blocked });
      notice(this.node, t(blocked ? "blocked" : "unblocked", this.person.name));
    } catch (error) {
      this.complain(error);
    }
  }

  sent() {
    this.list.toBottom();
  }

  complain(error) {
    notice(this.node, t("refused"), error.message);
  }
}

export function avatar(person, world) {
  return el("span", { class: `avatar ${world.cast.toneOf(person.id)}`, "aria-hidden": "true", text: initial(world.cast.shortNames.get(person.id)) });
}

/** A count of what is unread; hidden at zero. The words for screen readers stand with the tab it belongs to. */
export function badge(count) {
  return el("span", { class: "badge", hidden: count === 0, "aria-hidden": "true", text: String(count) });
}
