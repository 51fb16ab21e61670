/* random_world.h: small worlds that balance, blueprints and policies, made from a seed, for laws that hold in all of
 * them; and the model written down a second time, straight from its equations. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

/* Under sanitizers everything takes some ten times longer: laws are then held on fewer worlds. */
#if defined(__SANITIZE_ADDRESS__)
#define WORLDS(many) ((many) / 5 + 1)
#else
#define WORLDS(many) (many)
#endif

typedef struct {
    uint64_t state;
} dice;

double dice_roll(dice *d);                            /* [0, 1) */
double dice_between(dice *d, double from, double to); /* uniform */
ptrdiff_t dice_pick(dice *d, ptrdiff_t count);        /* 0 .. count-1 */
int dice_chance(dice *d, double probability);

/* What kind of world; everything drawn within these bounds. */
typedef struct {
    ptrdiff_t least_regions, most_regions, least_sectors, most_sectors, most_uses, most_factors;
    double zeros;     /* probability that a cell of z or f is 0 */
    double empty;     /* probability that a region does not make a sector at all */
    double most_duty; /* duties of the benchmark between 0 and this */
    int taxes;        /* with taxes less subsidies on production */
    int deficits;     /* else trade is balanced */
} world_kind;

extern const world_kind any_world;    /* 1-6 regions, 1-5 sectors, everything there is */
extern const world_kind plain_world;  /* 2-5 regions, no zeros, no duties, no taxes, one use, one factor, deficits */
extern const world_kind simple_world; /* as plain, and trade is balanced */

typedef struct {
    uint64_t seed;
    dice dice;
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy;
    ent_equilibrium eq;
    ent_outcome out;
} random_world;

/* A table that passes ent_table_check(), elasticities included. Close with random_close(). */
ent_status random_table(random_world *w, uint64_t seed, const world_kind *kind);
/* A blueprint of any sourcing, closure (not balanced), market and mobility, elasticities in [0, 20]; scale economies
 * where they leave one equilibrium. */
ent_status random_blueprint(random_world *w);
/* The network of table and blueprint, checked. */
ent_status random_lay(random_world *w);
/* Wedges of every kind, `size` 1 for changes of up to a half. */
ent_status random_policy(random_world *w, double size);
/* The answer to table, blueprint, network and policy as they stand. */
ent_status random_solve(random_world *w, double tolerance);
ent_status random_measure(random_world *w);
void random_close(random_world *w);

/* Print the seed where a law fails in a world. */
void random_blame(const random_world *w, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
#define LAW(world, condition, ...)                                                                                     \
    do {                                                                                                               \
        if (!(condition)) random_blame((world), __FILE__, __LINE__, __VA_ARGS__);                                      \
    } while (0)
/* A step that must succeed in world w; otherwise its seed and the sentence are printed and the world is left. */
#define MUST_IN(world, call)                                                                                           \
    {                                                                                                                  \
        const ent_status s_ = (call);                                                                                  \
        if (s_ != ENT_OK) {                                                                                            \
            random_blame((world), __FILE__, __LINE__, "%s: %s: %s", #call, ent_status_words(s_), (world)->err.text);   \
            random_close(world);                                                                                       \
            continue;                                                                                                  \
        }                                                                                                              \
    }

/* The largest gap of an equilibrium in E3-E10, computed naively from the network's lists in long double; *where says
 * which equation and node. Relative to the size of what is compared. */
double naive_gap(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq, char where[256]);
