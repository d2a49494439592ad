// A field that is read as its kind when one leaves it: what cannot be read is said here with the server's sentence,
// and what was typed stays as it is. Nothing is kept from being sent but a code, of which every wrong one counts.
import { useContext, useEffect, useRef, useState } from "react";
import * as readers from "./identifiers.js";
import { ErrorLine } from "./kit.jsx";
import { useWords } from "./lang.js";
import { folded } from "./reading.js";
import { Errors } from "./session_form.jsx";

export function ReadField({ reads, holds, words, wrong, children, ref, id, name, ...rest }) {
  const say = useWords(words), own = useRef(null), box = ref ?? own;
  const refused = useContext(Errors)[name];
  const [problem, setProblem] = useState("");
  const [label, hint, line] = children;
  const look = () => {
    const found = readers[reads](box.current.value).problem ?? "";
    setProblem(found);
    return found;
  };
  const leave = ({ relatedTarget }) => { // to the button that sends: nothing may move under the pointer, and the server answers
    if (relatedTarget?.type !== "submit" && folded(box.current.value)) look();
  };
  useEffect(() => {
    const { form } = box.current;
    if (!holds || !form) return;
    const hold = (event) => {
      if (!look()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      box.current.focus();
    };
    form.addEventListener("submit", hold, true);
    return () => form.removeEventListener("submit", hold, true);
  }, []);
  return (
    <div>
      {label}
      <input ref={box} id={id} name={name} className="input" data-reads={reads} {...rest} onInput={() => setProblem("")} onBlur={leave}
        aria-describedby={`${id}-hint ${id}-error`} aria-invalid={problem || refused || wrong ? true : undefined} />
      {hint}
      {problem ? <ErrorLine id={id}>{say("field." + problem)}</ErrorLine> : line}
    </div>
  );
}
