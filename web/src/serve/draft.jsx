// draft.jsx: a text field that keeps what is being typed, whatever answers arrive meanwhile; leaving it or Enter says it.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";

export function Draft({ value, onSay, ...rest }) {
  const [typed, setTyped] = useState(null);
  const say = () => {
    if (typed !== null && typed !== value) onSay(typed);
    setTyped(null);
  };
  return <input type="text" {...rest} value={typed ?? value} onInput={(e) => setTyped(e.currentTarget.value)} onBlur={say} onKeyDown={(e) => e.key === "Enter" && say()} />;
}
