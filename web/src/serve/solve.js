// solve.js: runs while a slider moves. One request is under way at a time; what is asked meanwhile replaces what was asked
// before it, so that the last word wins and the server never has a queue of ours.
// SPDX-License-Identifier: MIT
import { pause, post, silent } from "./api.js";

export class Solver {
  constructor(hear) {
    this.hear = hear; // { answer, request, trip } or { refusal, request, again }; last: nothing more is under way
    this.next = null;
    this.busy = false;
  }

  ask(request) {
    this.next = request;
    if (!this.busy) this.run();
  }

  async run() {
    this.busy = true;
    while (this.next) {
      const request = this.next, began = performance.now();
      this.next = null;
      try {
        const answer = await post("/run", request.body);
        this.hear({ answer, request, trip: performance.now() - began, last: !this.next });
      } catch (e) {
        const again = silent(e);
        if (!this.next || !again) this.hear({ refusal: e, request, again, last: !this.next && !again });
        if (again) {
          this.next ??= request;
          await pause();
        }
      }
    }
    this.busy = false;
  }
}
