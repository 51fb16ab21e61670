// api.js: what the server can be asked (docs/API.md). An answer that is an error becomes a Refusal with the server's sentence.
// SPDX-License-Identifier: MIT
const base = "api/v1";

export class Refusal extends Error {
  constructor({ status, sentence, line, column, scenario }) {
    super(sentence);
    Object.assign(this, { status, line, column, scenario });
  }
}

// Nobody answered, or nobody had time; `busy`: the second. Both pass.
export const silent = (e) => e instanceof Refusal && (e.status === 0 || e.status === 503);
const busy = (e) => e instanceof Refusal && e.status === 503;
export const patience = 800; // ms until a busy or silent server is asked again
export const pause = (milliseconds = patience) => new Promise((done) => setTimeout(done, milliseconds));

// Ask until the server has time, or until nobody waits any more.
export async function patiently(work, signal) {
  for (;;) {
    try {
      return await work();
    } catch (e) {
      if (!busy(e) || signal?.aborted) throw e;
      await pause();
    }
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`${base}${path}`, options);
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Refusal({ status: 0, sentence: "The server does not answer; `entente serve` may have ended." });
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => null);
  throw new Refusal(body?.error ?? { status: answer.status, sentence: `The server said ${answer.status} ${answer.statusText}.` });
}

const json = (method, body, signal) => ({ method, signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const get = (path) => ask(path).then((a) => a.json());
export const text = (path) => ask(path).then((a) => a.text());
export const post = (path, body, signal) => ask(path, json("POST", body, signal)).then((a) => a.json());
export const patch = (path, body) => ask(path, json("PATCH", body)).then((a) => a.json());
export const remove = (path) => ask(path, { method: "DELETE" });
export const address = (path) => `${base}${path}`;

// Work as a job: `watch` hears of progress; the promise is the job's result. `signal` cancels it, also where it comes before the
// server has given the job its name.
export async function job(kind, request, watch, signal) {
  const { job: id } = await post("/jobs", { kind, request });
  const cancelled = () => new DOMException("cancelled", "AbortError");
  const cancel = () => remove(`/jobs/${id}`).catch(() => {});
  if (signal?.aborted) {
    cancel();
    throw cancelled();
  }
  return new Promise((done, failed) => {
    const events = new EventSource(`${base}/jobs/${id}/events`);
    const end = (then, value) => { events.close(); then(value); };
    const heard = (e) => JSON.parse(e.data);
    signal?.addEventListener("abort", () => { cancel(); end(failed, cancelled()); });
    events.addEventListener("progress", (e) => watch?.(heard(e)));
    events.addEventListener("done", (e) => end(done, heard(e).result));
    events.addEventListener("failed", (e) => end(failed, new Refusal(heard(e).error)));
    events.addEventListener("cancelled", () => end(failed, cancelled()));
    events.addEventListener("error", () => events.readyState === EventSource.CLOSED && end(failed, new Refusal({ status: 0, sentence: "The server does not know this job any more." })));
  });
}
