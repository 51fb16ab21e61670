// results.js: answers to what is asked: light ones while a slider moves, whole ones as soon as it rests, and how long it took
// from the hand to the picture.
// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "preact/hooks";
import { Solver } from "./solve.js";

const rest = 220;      // ms without a change before the whole answer is asked for
const heavy = 60;      // ms of a whole answer's way above which moving pictures ask for regions alone

// The frame in which the picture stands has been painted when the task after it runs.
function measurePicture() {
  if (performance.getEntriesByName("slider").length === 0) return;
  requestAnimationFrame(() => setTimeout(() => {
    performance.measure("slider to picture", "slider");
    performance.clearMarks("slider");
  }, 0));
}

export function useResults({ onRefusal, onAnswer }) {
  const [shown, setShown] = useState(null), [busy, setBusy] = useState(false);
  const timer = useRef(0), whole = useRef(0), wants = useRef(null), solver = useRef(null), heard = useRef(null);
  heard.current = ({ answer, refusal, request, trip, last }) => {
    if (last) setBusy(false);
    if (refusal) return onRefusal(refusal, request);
    onAnswer(request);
    if (request.full) whole.current = whole.current ? 0.7 * whole.current + 0.3 * trip : trip;
    setShown((old) => ({ raw: answer.report, whole: request.full ? answer.report : old?.whole, full: request.full, settled: request.settled, answer, request, trip }));
  };
  useEffect(measurePicture, [shown]);
  solver.current ??= new Solver((x) => heard.current(x));

  // scenarios: texts; moving: a slider is; sure: with standard errors.
  function ask(scenarios, { sure, moving, pictures }) {
    clearTimeout(timer.current);
    wants.current = { scenarios, sure };
    setBusy(true);
    const full = !moving || pictures || whole.current <= heavy;
    const plain = { scenarios, keep: false };
    if (moving) {
      solver.current.ask({ full, settled: false, scenarios, body: { ...plain, detail: full ? "full" : "regions", decompose: "never" } });
      timer.current = setTimeout(() => ask(scenarios, { sure, moving: false }), rest);
    } else {
      solver.current.ask({ full: true, settled: true, scenarios, body: { ...plain, detail: "full", decompose: "auto", ...(sure ? { uncertain: true } : {}) } });
    }
  }
  return { shown, busy, ask };
}
