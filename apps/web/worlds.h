/* worlds.h: the worlds that were there at the start, and benchmarks of them: a world with its duties, laid out by a
 * blueprint. A benchmark is laid once and kept with its solvers, so that a slider pays for a solve and nothing else.
 * Knows no request. */
// SPDX-License-Identifier: MIT
#pragma once
#include "watch.h"
#include <entente/entente.h>
#include <pthread.h>

enum {
    WEB_KEPT = 8,      /* benchmarks in memory, those that were used last, */
    WEB_ROOM = 1 << 30 /* and most bytes of all of them */
};

typedef struct {
    ent_table table;
    const char *hash;
    const char *option; /* behind --world in a command line; NULL: embedded, its name will do */
} web_world;

/* One solver, in one thread's hands at a time. */
typedef struct web_solver web_solver;
struct web_solver {
    ent_arena house;
    ent_solver *solver;
    ent_options options;
    web_watch *watch; /* who waits */
    web_solver *next;
};

typedef struct web_benchmark web_benchmark;
struct web_benchmark {
    ent_arena house;
    const web_world *world;
    ent_table table; /* the world with duties of its own, where `start:` changed them */
    ent_blueprint blueprint;
    ent_network net;
    int users;
    unsigned long used; /* when last */
    int kept;           /* in the list of web_worlds */
    web_solver *idle;
    web_benchmark *next; /* on its way out */
};

typedef struct {
    web_world *world; /* [count]; the first is the default */
    ptrdiff_t count;
    pthread_mutex_t lock; /* of all below, and of every benchmark's users and idle solvers */
    web_benchmark *kept[WEB_KEPT];
    unsigned long clock;
} web_worlds;

/* The embedded worlds, then those in files. */
ent_status web_worlds_open(web_worlds *worlds, const char *const *files, ptrdiff_t count, ent_arena *arena,
                           ent_error *err);
void web_worlds_close(web_worlds *worlds);
const web_world *web_world_find(const web_worlds *worlds, const char *name, ent_error *err);

/* What a benchmark is chosen by; NULL: nothing. */
typedef struct {
    const web_world *world;
    const ent_scenario *scenario;
    const char *blueprint;       /* a preset's name */
    const char *const *settings; /* [count] KEY=VALUE */
    ptrdiff_t count;
    const ent_options *options; /* of the solve that balances it */
} web_choice;

/* Take a benchmark, one that is there or a new one, and give it back. */
ent_status web_benchmark_take(web_worlds *worlds, const web_choice *choice, web_benchmark **benchmark, ent_error *err);
void web_benchmark_give(web_worlds *worlds, web_benchmark *benchmark);
/* Solve on it; the answer is that of ent_equilibrium_solve(), to the bit. */
ent_status web_benchmark_solve(web_worlds *worlds, web_benchmark *benchmark, const ent_options *options,
                               web_watch *watch, const ent_policy *policy, ent_arena *arena, ent_equilibrium *eq,
                               ent_error *err);
