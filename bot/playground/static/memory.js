/** What this browser tab remembers over a reload: open phones, drafts, what was read. Conversations live on the server. */

const PREFIX = "playground.";

export function recall(key, otherwise = null) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(key, value) {
  try {
    if (value === null || value === "") sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the page works on, it only forgets at reload.
  }
}

/** Forget everything that belongs to conversations; the chosen language stays. */
export function forgetConversations() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && key !== `${PREFIX}language`) sessionStorage.removeItem(key);
  }
}
