/** Where a person writes: text field, attachments, commands, and the line that says what is being answered or changed. */

import { sendMessage, post } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { recall, remember } from "./memory.js";
import { Menu } from "./menu.js";
import { summary } from "./message.js";
import { t } from "./texts.js";

const BORDERS_PX = 2;
const SAMPLE_KINDS = ["sticker", "voice", "location", "contact"];

export class Composer {
  /**
   * `phone` is asked for `person`, `chat` (the open one), `nameOf(id)`, `topicName(id)`, `messageById(id)` and
   * `lastOwnText()`, and told `complain(error)` and `sent()`.
   */
  constructor(phone) {
    this.phone = phone;
    this.target = null; // {mode: "reply"|"edit", id}
    this.field = el("textarea", {
      rows: "1", dir: "auto", placeholder: t("write"), "aria-label": t("writeAs", phone.person.name), lang: phone.person.language,
      autocomplete: "off", enterkeyhint: "send",
    });
    this.banner = el("div", { class: "banner", hidden: true });
    this.sendButton = el("button", { type: "submit", class: "icon-button send", title: t("send"), "aria-label": t("send") }, icon("send"));
    this.photoInput = this.#fileInput("photo", "image/*", true);
    this.documentInput = this.#fileInput("document", null, false);
    this.attachMenu = new Menu({ title: t("attach"), button: iconButton("plus", t("attach")), items: () => this.#attachItems() });
    this.commandMenu = new Menu({
      title: t("commands"), button: iconButton("slash", t("commands"), null, "commands"),
      items: () => this.#commandItems(), empty: t("noCommands"),
    });
    const row = el("div", { class: "composer-row" }, this.attachMenu.node, this.field, this.commandMenu.node, this.sendButton);
    this.node = el("form", { class: "composer" }, this.banner, row, this.photoInput, this.documentInput);
    this.#listen();
  }

  #listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("paste", (event) => {
      const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
      if (!images.length) return;
      event.preventDefault();
      this.#send({}, { photo: images });
    });
  }

  get isBusy() {
    return this.target !== null || this.field.value.trim() !== "";
  }

  get #draftKey() {
    return `draft.${this.phone.person.id}.${this.phone.chat.id}`;
  }

  /** Show the open chat's draft; called when the phone is made and when another of its chats is opened. */
  load() {
    this.target = recall(`${this.#draftKey}.target`);
    this.field.value = recall(this.#draftKey, "");
    this.refresh();
    this.#changed();
  }

  /** Bring the banner up to date; a target that is gone (a fresh start) is dropped. */
  refresh() {
    if (this.target && !this.phone.messageById(this.target.id)) this.target = null;
    const message = this.target && this.phone.messageById(this.target.id);
    const editing = this.target?.mode === "edit";
    this.banner.hidden = !message;
    this.node.classList.toggle("editing", editing);
    this.sendButton.replaceChildren(icon(editing ? "check" : "send"));
    this.sendButton.title = t(editing ? "saveEdit" : "send");
    this.sendButton.setAttribute("aria-label", this.sendButton.title);
    if (!message) {
      this.banner.replaceChildren();
      return;
    }
    const title = editing ? t("editing") : t("replyingTo", this.phone.nameOf(message.from));
    this.banner.replaceChildren(
      icon(editing ? "pen" : "reply"),
      el("div", { class: "banner-words" }, el("strong", { text: title }), el("span", { text: summary(message), dir: "auto" })),
      iconButton("close", t(editing ? "stopEdit" : "stopReply"), () => this.cancel()),
    );
  }

  replyTo(message) {
    if (this.target?.mode === "edit") this.field.value = "";
    this.#aim({ mode: "reply", id: message.id });
  }

  /** Open the reply a message of the bot asks for; the focus comes along only where it is in this phone already. */
  answer(message) {
    const here = this.phone.node.contains(document.activeElement) || document.activeElement === document.body;
    this.target = { mode: "reply", id: message.id };
    this.refresh();
    this.#changed();
    if (here) this.field.focus();
  }

  edit(message) {
    this.field.value = message.text ?? "";
    this.#aim({ mode: "edit", id: message.id });
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  cancel() {
    if (this.target?.mode === "edit") this.field.value = "";
    this.#aim(null);
  }

  #aim(target) {
    this.target = target;
    this.refresh();
    this.#changed();
    this.field.focus();
  }

  #changed() {
    const full = this.field.value.trim() !== "";
    this.node.classList.toggle("full", full || this.target?.mode === "edit");
    this.fit();
    remember(this.#draftKey, this.field.value);
    remember(`${this.#draftKey}.target`, this.target);
  }

  /** Let the field grow with its text where the browser's own `field-sizing` is missing. */
  fit() {
    if (CSS.supports("field-sizing", "content") || !this.field.clientHeight) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + BORDERS_PX}px`;
  }

  #onKey(event) {
    const empty = this.field.value === "" && !this.target;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit();
    else if (event.key === "Escape" && this.target) this.cancel();
    else if (event.key === "ArrowUp" && empty && this.phone.lastOwnText()) this.edit(this.phone.lastOwnText());
    else if (event.key === "/" && empty && this.phone.chat.commands.length) this.commandMenu.open();
    else return;
    event.preventDefault();
  }

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    if (this.target?.mode === "edit") this.#saveEdit(text);
    else this.#send({ text });
  }

  async #saveEdit(text) {
    const { person, chat } = this.phone;
    try {
      await post("edit", { person: person.id, chat: chat.id, message_id: this.target.id, text });
      this.cancel();
    } catch (error) {
      this.phone.complain(error);
    }
  }

  /** Send at once, without passing through the text field (samples, commands). */
  async sendText(text) {
    await this.#deliver({ text }, {});
  }

  /** Send what is in the field, or files with it as their caption; the field empties only when it was taken. */
  async #send(fields, files = {}) {
    if (this.sending) return;
    this.sending = true;
    const written = this.field.value;
    const hasFiles = Object.values(files).some((list) => list.length);
    const caption = hasFiles && written.trim() && this.target?.mode !== "edit" ? { text: written.trim() } : {};
    const taken = await this.#deliver({ ...caption, ...fields }, files);
    this.sending = false;
    if (!taken || this.target?.mode === "edit") return;
    if ((fields.text || caption.text) && this.field.value === written) this.field.value = "";
    this.target = null;
    this.refresh();
    this.#changed();
  }

  async #deliver(fields, files) {
    const { person, chat } = this.phone;
    const quoted = this.target?.mode === "reply" ? this.phone.messageById(this.target.id) : null;
    const where = { person: person.id, chat: chat.id, reply_to: quoted?.id, topic: this.phone.topicName(quoted?.topic) ? quoted.topic : null };
    try {
      await sendMessage({ ...where, ...fields }, files);
      this.phone.sent();
      return true;
    } catch (error) {
      this.phone.complain(error);
      return false;
    }
  }

  #fileInput(kind, accept, multiple) {
    const input = el("input", { type: "file", class: "file-input", accept, multiple, tabindex: "-1", "aria-label": t(kind), "data-kind": kind });
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) await this.#send({}, { [kind]: files });
      this.field.focus();
    });
    return input;
  }

  #attachItems() {
    const samples = this.phone.person.samples ?? [];
    return [
      { text: t("photo"), icon: "photo", action: () => this.photoInput.click() },
      { text: t("document"), icon: "document", action: () => this.documentInput.click() },
      { heading: t("withSample") },
      ...SAMPLE_KINDS.map((kind) => ({ text: t(kind), icon: kind, action: () => this.#send({ kind }) })),
      ...(samples.length ? [{ heading: t("samples") }] : []),
      ...samples.map((text) => ({ text, icon: "chat", lang: this.phone.person.language, action: () => this.#fill(text) })),
    ];
  }

  #fill(text) {
    this.field.value = text;
    this.#changed();
    this.field.focus();
  }

  #commandItems() {
    return this.phone.chat.commands.map(({ command, description }) => ({
      text: `/${command}`, note: description, action: () => {
        this.sendText(`/${command}`);
        this.field.focus();
      },
    }));
  }
}
