/* progress.h: one line on the terminal that says how far a long computation is. It shows itself only on a terminal, and
 * only when the work has lasted more than a second. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

typedef struct {
    const char *who; /* what is being worked on, such as the scenario's name */
    double began, shown;
    int wanted, visible;
} progress;

progress progress_begin(int quiet);
void progress_say(void *progress_line, const char *what, double residual); /* as ent_options.progress */
void progress_count(progress *line, const char *what, ptrdiff_t done, ptrdiff_t all);
void progress_end(progress *line);
