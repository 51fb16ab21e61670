/* progress.c: see progress.h. The line is redrawn at most ten times a second: more would only slow the terminal. */
// SPDX-License-Identifier: MIT
#include "progress.h"
#include <entente/base.h>
#include <stdio.h>
#include <unistd.h>

progress progress_begin(int quiet)
{
    return (progress){.who = "", .began = ent_seconds(), .wanted = !quiet && isatty(STDERR_FILENO)};
}

void progress_say(void *progress_line, const char *what, double residual)
{
    progress *line = progress_line;
    if (!line->wanted) return;
    const double now = ent_seconds();
    if (now - line->began < 1.0 || now - line->shown < 0.1) return;
    fprintf(stderr, "\r\033[K%.40s: %.30s, residual %.1e, %.0f s", line->who, what, residual, now - line->began);
    line->shown = now;
    line->visible = 1;
}

void progress_count(progress *line, const char *what, ptrdiff_t done, ptrdiff_t all)
{
    if (!line->wanted) return;
    const double now = ent_seconds();
    if (now - line->began < 1.0 || now - line->shown < 0.1) return;
    fprintf(stderr, "\r\033[K%.40s: %td of %td %s, %.0f s", line->who, done, all, what, now - line->began);
    line->shown = now;
    line->visible = 1;
}

void progress_end(progress *line)
{
    if (line->visible) fputs("\r\033[K", stderr);
    line->visible = 0;
}
