// api.js: what the server can be asked (docs/API.md). An answer that is an error becomes a Refusal with the server's sentence.
// SPDX-License-Identifier: MIT
const base = "api/v1";

export class Refusal extends Error {
  constructor({ status, sentence, line, column, scenario }) {
    super(sentence);
    Object.assign(this, { status, line, column, scenario });
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

// Work as a job: `watch` hears of progress; the promise is the job's result. `signal` cancels it.
export async function job(kind, request, watch, signal) {
  const { job: id } = await post("/jobs", { kind, request });
  return new Promise((done, failed) => {
    const events = new EventSource(`${base}/jobs/${id}/events`);
    const end = (then, value) => { events.close(); then(value); };
    const heard = (e) => JSON.parse(e.data);
    signal?.addEventListener("abort", () => { remove(`/jobs/${id}`).catch(() => {}); end(failed, new DOMException("cancelled", "AbortError")); });
    events.addEventListener("progress", (e) => watch?.(heard(e)));
    events.addEventListener("done", (e) => end(done, heard(e).result));
    events.addEventListener("failed", (e) => end(failed, new Refusal(heard(e).error)));
    events.addEventListener("cancelled", () => end(failed, new DOMException("cancelled", "AbortError")));
  });
}
