/* worlds.c: see worlds.h. A new benchmark is laid outside the lock; two threads that want the same new one at once may
 * both lay it, and the second finds the first's when it is done. */
// SPDX-License-Identifier: MIT
#include "worlds.h"
#include <stdlib.h>
#include <string.h>

/* ---- worlds ---- */

static ent_status open_world(web_worlds *worlds, const char *name, const char *option, ent_arena *arena, ent_error *err)
{
    web_world *world = &worlds->world[worlds->count];
    *world = (web_world){.option = option};
    ENT_TRY(ent_table_read(name, arena, &world->table, err));
    ENT_TRY(ent_table_check(&world->table, err));
    world->hash = ent_table_hash(&world->table, arena);
    if (world->hash == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the world %s", name);
    for (ptrdiff_t w = 0; w < worlds->count; w++)
        if (strcmp(worlds->world[w].table.name, world->table.name) == 0)
            return ent_fail(err, ENT_BAD_INPUT, "--world %s: there is a world %s already; give it another name", name,
                            world->table.name);
    worlds->count++;
    return ENT_OK;
}

ent_status web_worlds_open(web_worlds *worlds, const char *const *files, ptrdiff_t count, ent_arena *arena,
                           ent_error *err)
{
    ptrdiff_t embedded = 0;
    while (ent_table_embedded(embedded) != NULL) embedded++;
    *worlds = (web_worlds){.world = ent_new0(arena, web_world, embedded + count)};
    if (worlds->world == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for worlds");
    if (pthread_mutex_init(&worlds->lock, NULL) != 0) return ent_fail(err, ENT_NO_MEMORY, "no memory for a lock");
    for (ptrdiff_t w = 0; w < embedded; w++) ENT_TRY(open_world(worlds, ent_table_embedded(w), NULL, arena, err));
    for (ptrdiff_t f = 0; f < count; f++) {
        const char *slash = strrchr(files[f], '/');
        ENT_TRY(open_world(worlds, files[f], slash != NULL ? slash + 1 : files[f], arena, err));
    }
    return ENT_OK;
}

const web_world *web_world_find(const web_worlds *worlds, const char *name, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    for (ptrdiff_t w = 0; w < worlds->count; w++) {
        if (name == NULL || strcmp(worlds->world[w].table.name, name) == 0) return &worlds->world[w];
        if (ent_names_add(&names, &scratch, worlds->world[w].table.name, NULL, NULL) == ENT_NO_MEMORY) break;
    }
    const char *near = ent_names_nearest(&names, name);
    if (near != NULL)
        ent_fail(err, ENT_BAD_INPUT, "there is no world %.60s here; did you mean %s?", name, near);
    else
        ent_fail(err, ENT_BAD_INPUT, "there is no world %.60s here; GET /api/v1/worlds lists them", name);
    return NULL;
}

/* ---- benchmarks ---- */

static void close_benchmark(web_benchmark *b)
{
    for (web_solver *s = b->idle, *next; s != NULL; s = next) {
        next = s->next;
        ent_arena_close(&s->house);
        free(s);
    }
    ent_arena_close(&b->house);
    free(b);
}

void web_worlds_close(web_worlds *worlds)
{
    for (int k = 0; k < WEB_KEPT; k++)
        if (worlds->kept[k] != NULL) close_benchmark(worlds->kept[k]);
    pthread_mutex_destroy(&worlds->lock);
}

static int same_benchmark(const web_benchmark *a, const web_benchmark *b)
{
    const ent_table *t = &a->table;
    return a->world == b->world &&
           memcmp(t->duty, b->table.duty,
                  (size_t)(t->regions.count * t->regions.count * t->sectors.count) * sizeof(double)) == 0 &&
           ent_blueprint_same(&a->blueprint, &b->blueprint, t);
}

/* The world with the scenario's own start, and its blueprint; the request has the last word. */
static ent_status choose(const web_choice *choice, web_benchmark *b, ent_error *err)
{
    const ent_table *world = &choice->world->table;
    const ptrdiff_t duties = world->regions.count * world->regions.count * world->sectors.count;
    b->world = choice->world;
    b->table = *world;
    b->table.duty = ent_new(&b->house, double, duties);
    if (b->table.duty == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a benchmark");
    memcpy(b->table.duty, world->duty, (size_t)duties * sizeof(double));
    if (choice->scenario != NULL) ENT_TRY(ent_scenario_start(choice->scenario, &b->table, &b->house, err));
    ENT_TRY(ent_blueprint_default(&b->table, &b->house, &b->blueprint, err));
    if (choice->scenario != NULL)
        ENT_TRY(ent_scenario_blueprint(choice->scenario, &b->table, &b->house, &b->blueprint, err));
    if (choice->blueprint != NULL)
        ENT_TRY(ent_blueprint_read(choice->blueprint, &b->table, &b->house, &b->blueprint, err));
    for (ptrdiff_t s = 0; s < choice->count; s++)
        ENT_TRY(ent_blueprint_set_plain(choice->settings[s], &b->table, &b->house, &b->blueprint, err));
    return ENT_OK;
}

static ent_status lay(const web_choice *choice, web_benchmark *b, ent_error *err)
{
    ent_network laid;
    ENT_TRY(ent_network_lay(&b->table, &b->blueprint, &b->house, &laid, err));
    return ent_network_balance(&laid, choice->options, &b->house, &b->net, err); /* closure: balanced (E10) */
}

/* Under the lock: one that is the same, or NULL. */
static web_benchmark *find(web_worlds *worlds, const web_benchmark *wanted)
{
    for (int k = 0; k < WEB_KEPT; k++)
        if (worlds->kept[k] != NULL && same_benchmark(worlds->kept[k], wanted)) {
            worlds->kept[k]->users++;
            worlds->kept[k]->used = ++worlds->clock;
            return worlds->kept[k];
        }
    return NULL;
}

static size_t bytes_of(const web_benchmark *b)
{
    size_t bytes = b->house.bytes;
    for (const web_solver *s = b->idle; s != NULL; s = s->next) bytes += s->house.bytes;
    return bytes;
}

/* Under the lock: the place of the idle one that was used longest ago; -1: all are in use. */
static int oldest_idle(const web_worlds *worlds)
{
    int place = -1;
    for (int k = 0; k < WEB_KEPT; k++) {
        const web_benchmark *b = worlds->kept[k];
        if (b != NULL && b->users == 0 && (place < 0 || b->used < worlds->kept[place]->used)) place = k;
    }
    return place;
}

/* Under the lock: make a free place with room for so many bytes; what had to go is chained from *gone by `next`. -1:
 * there is none. */
static int make_place(web_worlds *worlds, size_t bytes, web_benchmark **gone)
{
    for (;;) {
        int free_place = -1;
        size_t all = bytes;
        for (int k = 0; k < WEB_KEPT; k++)
            if (worlds->kept[k] != NULL)
                all += bytes_of(worlds->kept[k]);
            else if (free_place < 0)
                free_place = k;
        if (free_place >= 0 && all <= WEB_ROOM) return free_place;
        const int old = oldest_idle(worlds);
        if (old < 0) return -1;
        worlds->kept[old]->next = *gone;
        *gone = worlds->kept[old];
        worlds->kept[old] = NULL;
    }
}

/* Under the lock: among the kept ones, where there is room; else it lives as long as it is used. */
static web_benchmark *keep(web_worlds *worlds, web_benchmark *fresh)
{
    web_benchmark *gone = NULL;
    const int place = make_place(worlds, bytes_of(fresh), &gone);
    fresh->users = 1;
    fresh->used = ++worlds->clock;
    fresh->kept = place >= 0;
    if (place >= 0) worlds->kept[place] = fresh;
    return gone;
}

ent_status web_benchmark_take(web_worlds *worlds, const web_choice *choice, web_benchmark **benchmark, ent_error *err)
{
    web_benchmark *fresh = calloc(1, sizeof *fresh), *other = NULL;
    if (fresh == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a benchmark");
    ent_status status = choose(choice, fresh, err);
    if (status == ENT_OK) {
        pthread_mutex_lock(&worlds->lock);
        other = find(worlds, fresh);
        pthread_mutex_unlock(&worlds->lock);
        if (other == NULL) status = lay(choice, fresh, err);
    }
    if (status == ENT_OK && other == NULL) {
        pthread_mutex_lock(&worlds->lock);
        other = find(worlds, fresh);
        web_benchmark *gone = other == NULL ? keep(worlds, fresh) : NULL;
        pthread_mutex_unlock(&worlds->lock);
        while (gone != NULL) {
            web_benchmark *next = gone->next;
            close_benchmark(gone);
            gone = next;
        }
    }
    *benchmark = status != ENT_OK ? NULL : other != NULL ? other : fresh;
    if (*benchmark != fresh) close_benchmark(fresh);
    return status;
}

void web_benchmark_give(web_worlds *worlds, web_benchmark *benchmark)
{
    pthread_mutex_lock(&worlds->lock);
    const int last = --benchmark->users == 0 && !benchmark->kept;
    pthread_mutex_unlock(&worlds->lock);
    if (last) close_benchmark(benchmark);
}

/* ---- solvers ---- */

static int ask_watch(void *solver)
{
    const web_solver *s = solver;
    return s->watch != NULL && web_watch_stop(s->watch);
}

static int same_options(const ent_options *a, const ent_options *b)
{
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    if (a->name < b->name || a->name > b->name) return 0;
#include <entente/options.def>
#undef OPTION
    return a->method == b->method;
}

/* An idle one with these options, or a new one. */
static ent_status take_solver(web_worlds *worlds, web_benchmark *b, const ent_options *options, web_solver **solver,
                              ent_error *err)
{
    pthread_mutex_lock(&worlds->lock);
    web_solver **link = &b->idle;
    while (*link != NULL && !same_options(&(*link)->options, options)) link = &(*link)->next;
    *solver = *link;
    if (*solver != NULL) *link = (*solver)->next;
    pthread_mutex_unlock(&worlds->lock);
    if (*solver != NULL) return ENT_OK;
    web_solver *s = calloc(1, sizeof *s);
    if (s == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a solver");
    s->options = *options;
    s->options.progress = NULL;
    s->options.stop = ask_watch;
    s->options.stop_who = s;
    *solver = s;
    return ent_solver_open(&b->net, &s->options, &s->house, &s->solver, err);
}

/* Back among the idle ones; those with other options than asked for by default are not worth their room. */
static void give_solver(web_worlds *worlds, web_benchmark *b, web_solver *s, int broken)
{
    const ent_options usual = ent_options_default();
    if (!broken && same_options(&s->options, &usual)) {
        pthread_mutex_lock(&worlds->lock);
        s->next = b->idle;
        b->idle = s;
        pthread_mutex_unlock(&worlds->lock);
        return;
    }
    ent_arena_close(&s->house);
    free(s);
}

ent_status web_benchmark_solve(web_worlds *worlds, web_benchmark *benchmark, const ent_options *options,
                               web_watch *watch, const ent_policy *policy, ent_arena *arena, ent_equilibrium *eq,
                               ent_error *err)
{
    web_solver *s = NULL;
    ent_status status = take_solver(worlds, benchmark, options, &s, err);
    const int broken = status != ENT_OK;
    if (s == NULL) return status;
    s->watch = watch;
    if (!broken) status = ent_solver_solve(s->solver, policy, NULL, arena, eq, err);
    s->watch = NULL;
    give_solver(worlds, benchmark, s, broken);
    return status;
}
