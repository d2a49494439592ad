// Which draft the form goes on with: one's own, what was begun in this tab before signing in, or a campaign that
// was declined and is put right. Two at once are for the person to choose from.
import { useEffect, useState } from "react";
import { begun, forget, keep, recall, thisTab, tidy } from "./drafts.js";
import { EMPTY } from "./start_rules.js";

const KEY = "start", REVIEW = 3;
const SENT = ["title", "description", "target", "latitude", "longitude", "address", "photo"]; // another one is another wish
export const newKey = () => crypto.randomUUID?.() ?? String(Date.now()) + Math.random().toString(16).slice(2);

// The very file that was sent before: only that one is free again for its owner.
async function filled({ photoUrl, ...wish }) {
  const answer = await fetch(photoUrl).catch(() => null);
  const photo = answer?.ok ? await answer.blob() : null;
  return { ...EMPTY, ...wish, photo, wasBytes: photo?.size, pinned: true, photoGone: !photo, step: photo ? REVIEW : 0, key: newKey() };
}
async function look(owner, again) {
  const mine = await recall(owner, KEY), here = thisTab();
  const asked = again.again && mine?.again !== again.again;
  const other = asked ? await filled(again) : owner !== here ? await recall(here, KEY) : null;
  if (!begun(other)) return [mine ?? { ...EMPTY, key: newKey() }];
  return begun(mine) ? [other, mine] : [other];
}

export function useDraft(owner, again) {
  const [found, setFound] = useState([]);
  const [safe, setSafe] = useState(true);
  const put = (draft) => keep(owner, KEY, draft).then(setSafe);
  const take = async (draft) => {
    await put(draft);
    if (owner !== thisTab()) await forget(thisTab(), KEY);
    setFound([draft]); // shown once it is kept, so that a reload asks nothing again
    window.history.replaceState(window.history.state, "", window.location.pathname); // a reload does not ask again
  };
  useEffect(() => {
    let here = true; // another person, or the page was left, while the phone looked
    setFound([]);
    tidy();
    look(owner, again).then((drafts) => { if (here) drafts.length > 1 || !begun(drafts[0]) ? setFound(drafts) : take(drafts[0]); });
    return () => { here = false; };
  }, [owner, again.again]);
  const change = (part) => setFound(([old]) => {
    const next = { ...old, ...part, ...(SENT.some((name) => name in part) ? { key: newKey() } : {}) };
    put(next);
    return [next];
  });
  return { draft: found.length === 1 ? found[0] : null, rivals: found.length > 1 ? found : null, take, change, safe, drop: () => forget(owner, KEY) };
}
