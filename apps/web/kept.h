/* kept.h: runs in the store: what is written about one, and one computed again. */
// SPDX-License-Identifier: MIT
#pragma once
#include "runs.h"

/* Keep a run with its full report's hash. *when: now on entry, when it was kept first on return. 0, or 507, 500, 503.
 */
int kept_add(web_app *app, const web_run *run, ent_bytes report, ent_arena *arena, int64_t *when, ent_error *err);
