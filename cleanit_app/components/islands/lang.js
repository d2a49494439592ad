// The reader's language in the browser: what app.js wrote on <html>, followed when it changes.
import { useSyncExternalStore } from "react";

const subscribe = (changed) => {
  window.addEventListener("cleanit:lang", changed);
  return () => window.removeEventListener("cleanit:lang", changed);
};
const now = () => (document.documentElement.lang === "hi" ? "hi" : "en");

export const useLang = () => useSyncExternalStore(subscribe, now, () => "en");

// useWords({title: ["English", "Hindi {n}"]}) gives say("title", {n: 3}).
export function useWords(words) {
  const lang = useLang();
  const say = (key, values = {}) => {
    const one = values.n === 1 && words[key + ".one"];
    const both = one || words[key];
    if (!both) throw new Error("no such words: " + key);
    return both[lang === "hi" ? 1 : 0].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  };
  say.lang = lang;
  return say;
}
