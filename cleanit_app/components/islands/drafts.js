// Drafts and unsent photos, kept on the phone in IndexedDB under the person they belong to: phones are shared.
// Signing out forgets them, after asking about what was not sent; a sign-in that ran out keeps them for their
// person's return. Where a browser has no IndexedDB (some private windows) they live as long as the page: the
// form still works, only a reload forgets. Who is not signed in yet is known by the tab, for a day: what was begun
// there goes to who signs in there.
const DAY = 86400000, DAYS = 30, SHELF = "kept", PROOF = "proof:", TAB = "tab:";
const memory = new Map();
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open("cleanit", 2);
    ask.onupgradeneeded = () => { // what lay here before belongs to nobody we could name
      for (const shelf of ask.result.objectStoreNames) ask.result.deleteObjectStore(shelf);
      ask.result.createObjectStore(SHELF);
    };
    ask.onsuccess = () => { ask.result.onversionchange = () => ask.result.close(); done(ask.result); };
    ask.onerror = ask.onblocked = () => fail(ask.error);
  });
  return opened;
}

async function run(mode, work) {
  const base = await open();
  return new Promise((done, fail) => {
    const step = base.transaction(SHELF, mode);
    const ask = work(step.objectStore(SHELF));
    step.oncomplete = () => done(ask.result);
    step.onerror = step.onabort = () => fail(step.error);
  });
}

let tab;
export function thisTab() {
  try { tab ??= sessionStorage.getItem("tab"); } catch { /* as long as the page */ }
  tab ??= TAB + Date.now() + Math.random().toString(16).slice(2);
  try { sessionStorage.setItem("tab", tab); } catch { /* as long as the page */ }
  return tab;
}
export const begun = (start) => Boolean(start && (start.photo || start.title || start.description || start.address));

const fresh = (owner, at) => Date.now() - at < (owner.startsWith(TAB) ? DAY : DAYS * DAY);
const own = (owner) => IDBKeyRange.bound([owner], [owner, []]); // every key of one person
const named = (owner, key) => owner + "/" + key;

export async function keep(owner, key, value) {
  memory.set(named(owner, key), value);
  try {
    await run("readwrite", (s) => s.put({ value, at: Date.now() }, [owner, key]));
    return true;
  } catch {
    return false; // the caller may tell the person that a reload would forget it
  }
}
export async function recall(owner, key) {
  try {
    const found = await run("readonly", (s) => s.get([owner, key]));
    if (found && fresh(owner, found.at)) return found.value;
    if (found) await forget(owner, key);
  } catch { /* only what this page knows */ }
  return memory.get(named(owner, key));
}
export async function forget(owner, key) {
  memory.delete(named(owner, key));
  try { await run("readwrite", (s) => s.delete([owner, key])); } catch { /* nothing was stored */ }
}

// What this person took or typed and did not send: {proofs: [job ids], draft: whether a start has content}.
export async function unsent(owner) {
  const mine = owner + "/";
  let keys = [...memory.keys()].filter((name) => name.startsWith(mine)).map((name) => name.slice(mine.length));
  try {
    const found = await run("readonly", (s) => s.getAllKeys(own(owner)));
    keys = [...new Set([...keys, ...found.map(([, key]) => key)])];
  } catch { /* only what this page knows */ }
  const start = keys.includes("start") ? await recall(owner, "start") : null;
  return {
    proofs: keys.filter((key) => key.startsWith(PROOF)).map((key) => key.slice(PROOF.length)),
    draft: begun(start),
  };
}
// What was begun in tabs to which nobody came back.
export async function tidy() {
  try {
    const left = await run("readonly", (s) => s.getAllKeys(IDBKeyRange.bound([TAB], [TAB + "~"])));
    for (const [owner, key] of left) await recall(owner, key);
  } catch { /* nothing was stored */ }
}
export async function forgetAll(owner) {
  for (const who of [owner, thisTab()]) {
    for (const name of [...memory.keys()]) if (name.startsWith(who + "/")) memory.delete(name);
    try { await run("readwrite", (s) => s.delete(own(who))); } catch { /* nothing was stored */ }
  }
  try { sessionStorage.removeItem("joining"); } catch { /* nothing was kept */ }
}
