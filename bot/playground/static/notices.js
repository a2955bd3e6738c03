/** Short notices, the bot's alerts, and questions that must be answered first. */

import { el } from "./dom.js";
import { t } from "./texts.js";

const NOTICE_MS = 6000;

/**
 * Show a notice at the foot of `place` for some seconds. With `reason` it tells of a failure and is spoken at once;
 * the reason is the server's own sentence, in English unless the page made it.
 */
export function notice(place, text, reason = null) {
  const shelf = place.querySelector(":scope > .notices");
  const note = el("div", { class: reason ? "notice bad" : "notice" },
    el("div", { text, dir: "auto" }), reason ? el("small", { text: reason, dir: "auto" }) : null);
  shelf.setAttribute("role", reason ? "alert" : "status");
  shelf.replaceChildren(note);
  setTimeout(() => note.remove(), NOTICE_MS);
}

/** The empty live region `notice` writes to; it has to exist beforehand, or screen readers miss the first one. */
export function noticeShelf() {
  return el("div", { class: "notices", role: "status" });
}

/** A message that waits for its button: the bot's alert for one person. */
export function alertBox(title, text) {
  return dialog(title, [el("p", { text, dir: "auto" })], [{ text: t("ok"), value: "ok", main: true }]);
}

/** Ask before something that cannot be undone; resolves to true only on the yes button. */
export async function confirmBox(title, text, yes) {
  const answer = await dialog(title, [el("p", { text })], [
    { text: t("cancel"), value: "no", focus: true }, { text: yes, value: "yes", danger: true },
  ]);
  return answer === "yes";
}

/** A modal dialog; resolves to the pressed button's value, or "" when it was closed with Escape. */
export function dialog(title, content, buttons) {
  const opener = document.activeElement;
  const heading = el("h2", { text: title, id: "dialog-title" });
  const box = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, heading, ...content);
  const row = el("div", { class: "dialog-buttons" });
  for (const button of buttons) {
    const kind = button.danger ? "danger" : button.main ? "main" : "quiet";
    row.append(el("button", {
      type: "button", class: `button ${kind}`, text: button.text, autofocus: button.focus || button.main,
      on: { click: () => box.close(button.value) },
    }));
  }
  box.append(row);
  document.body.append(box);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      opener?.focus?.();
      resolve(box.returnValue);
    });
  });
}
