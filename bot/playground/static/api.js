/** The one door to the stand-in's control API (`/playground/…`, same origin). */

import { t } from "./texts.js";

/** A request that failed, with a sentence a person can read. */
export class ApiError extends Error {}

export function getState() {
  return request("/playground/state");
}

export async function getLog() {
  return (await request("/playground/log")).entries;
}

export function fileUrl(fileId) {
  return `/playground/photo/${encodeURIComponent(fileId)}`;
}

/** Send a message; `files` is {photo: [File…], document: [File…]}, several photos make an album. */
export function sendMessage(fields, files = {}) {
  if (!Object.values(files).some((list) => list.length)) return post("send", fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) form.append(name, value);
  }
  for (const [name, list] of Object.entries(files)) for (const file of list) form.append(name, file, file.name);
  return request("/playground/send", { method: "POST", body: form });
}

export function post(action, body) {
  const filled = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
  return request(`/playground/${action}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(filled),
  });
}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new ApiError(t("noConnection"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(answer.error || t("failed", response.status));
  return answer;
}

const RETRY_MS = 2000;

/**
 * Listen for changes. `onChange` is called at every (re)connection and event, `onConnection(false|true)` when the line
 * drops or comes back. The browser reconnects by itself except after an HTTP error; that case is retried here.
 */
export function listen(onChange, onConnection) {
  const source = new EventSource("/playground/events");
  source.onopen = () => {
    onConnection(true);
    onChange();
  };
  source.onmessage = () => onChange();
  source.onerror = () => {
    onConnection(false);
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => listen(onChange, onConnection), RETRY_MS);
  };
}
