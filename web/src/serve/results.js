// results.js: answers to what is asked: light ones while a slider moves, whole ones as soon as it rests, and how long it took
// from the hand to the picture. Questions are numbered: what is shown is the answer to the last one when `answered` is
// `question`, however late answers come and in whatever pieces.
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
  const [shown, setShown] = useState(null), [question, setQuestion] = useState(0), [answered, setAnswered] = useState(0), [waiting, setWaiting] = useState(false);
  const timer = useRef(0), whole = useRef(0), last = useRef(0), solver = useRef(null), heard = useRef(null);
  heard.current = ({ answer, refusal, request, trip, again, last: idle }) => {
    if (idle) setWaiting(false);
    if (request.settled && !again) setAnswered(request.question);
    if (refusal) return onRefusal(refusal, request);
    onAnswer(request);
    if (request.full) whole.current = whole.current ? 0.7 * whole.current + 0.3 * trip : trip;
    const one = { raw: answer.report, answer, request };
    setShown((old) => ({ ...one, whole: request.full ? one : old?.whole }));
  };
  useEffect(measurePicture, [shown]);
  solver.current ??= new Solver((x) => heard.current(x));

  // The whole answer to a question: { question, scenarios, pins, sure }.
  function askWhole({ sure, ...what }) {
    setWaiting(true);
    solver.current.ask({ ...what, full: true, settled: true, body: { scenarios: what.scenarios, keep: false, detail: "full", decompose: "auto", ...(sure ? { uncertain: true } : {}) } });
  }

  // scenarios: texts, pins: whose the second and further ones are; moving: a slider is; sure: with standard errors.
  function ask(scenarios, { pins, sure, moving, pictures }) {
    clearTimeout(timer.current);
    const what = { question: ++last.current, scenarios, pins, sure };
    setQuestion(what.question);
    if (!moving) return askWhole(what);
    const full = pictures || whole.current <= heavy;
    setWaiting(true);
    solver.current.ask({ ...what, full, settled: false, body: { scenarios, keep: false, detail: full ? "full" : "regions", decompose: "never" } });
    timer.current = setTimeout(() => askWhole(what), rest);
    return undefined;
  }
  return { shown, question, answered, waiting, ask };
}
