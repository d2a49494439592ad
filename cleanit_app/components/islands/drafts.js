// Drafts and unsent photos, kept on the phone in IndexedDB. Where a browser has none (some private
// windows) they live as long as the page: the form still works, only a reload forgets.
const memory = new Map();
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open("cleanit", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("drafts");
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  return opened;
}

async function run(mode, work) {
  const base = await open();
  return new Promise((done, fail) => {
    const step = base.transaction("drafts", mode);
    const ask = work(step.objectStore("drafts"));
    step.oncomplete = () => done(ask.result);
    step.onerror = step.onabort = () => fail(step.error);
  });
}

export async function keep(key, value) {
  memory.set(key, value);
  try {
    await run("readwrite", (s) => s.put(value, key));
    return true;
  } catch {
    return false; // the caller may tell the person that a reload would forget it
  }
}
export async function recall(key) {
  try {
    return (await run("readonly", (s) => s.get(key))) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}
export async function forget(key) {
  memory.delete(key);
  try { await run("readwrite", (s) => s.delete(key)); } catch { /* nothing was stored */ }
}
