// A search box that asks while one types, after a pause. What is typed stays as it is: an answer that
// comes late never writes over it. As a plain form it works without this script, too.
import { useEffect, useRef } from "react";
import { useWords } from "./lang.js";
import { Icon } from "./kit.jsx";

export function SearchBox({ action, name = "q", value = "", pause = 350, onSearch, words, children, className = "", ...rest }) {
  const say = useWords(words);
  const box = useRef(null), timer = useRef(0), asked = useRef(value), waiting = useRef(false);
  const ask = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    const text = box.current.value.trim();
    if (text === asked.current) return;
    asked.current = text;
    waiting.current = true;
    onSearch?.(text);
  };
  useEffect(() => {
    if (value === asked.current) waiting.current = false;
    else if (!waiting.current && !timer.current) { // not an answer to us: somebody went back
      asked.current = value;
      box.current.value = value;
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = () => { clearTimeout(timer.current); timer.current = setTimeout(ask, pause); };
  return (
    <form {...rest} role="search" action={action} className={className} onSubmit={(e) => { e.preventDefault(); ask(); box.current.blur(); }}>
      <label className="input flex items-center gap-2.5">
        <Icon name="search" />
        <span className="sr">{say("search.label")}</span>
        <input ref={box} type="search" name={name} defaultValue={value} placeholder={say("search.example")} enterKeyHint="search"
          autoComplete="off" maxLength={100} className="grow min-w-0" onChange={typed} onBlur={ask} />
      </label>
      {children}
    </form>
  );
}
