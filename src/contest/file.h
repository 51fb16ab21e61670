/* file.h: a game file as read, for the room's own files: the document's pieces with their marks. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/contest.h"
#include "scenario/plan.h"
#include "scenario/reading.h"

/* A package's actions alone, and upon those of the status quo. */
typedef struct {
    ent_scenario own, whole;
    const ent_yaml *actions; /* its own, as they stand in the file */
} ent_package_file;

/* A side's ladder: whose it is, and its steps. */
typedef struct {
    const ent_yaml *side;   /* the key */
    ent_package_file *step; /* [steps] */
    ptrdiff_t steps;
} ent_ladder_file;

struct ent_contest_file {
    const char *path, *folder;
    const ent_yaml *root;                       /* the whole document */
    const ent_yaml *players, *concepts, *talks; /* sequences and a mapping; concepts, talks: NULL where absent */
    ent_package_file *package;                  /* [packages] */
    ptrdiff_t packages;
    ent_ladder_file *ladder; /* [ladders] */
    ptrdiff_t ladders;
};

/* The actions of `own`, one after the other, upon those of `base`: a scenario in the arena. NULL actions: no memory. */
ent_status ent_actions_upon(const ent_scenario *base, const ent_scenario *const *own, ptrdiff_t count, ent_arena *arena,
                            ent_scenario *whole);

/* Refuse a mapping's key that is not among `keys`; what: "key of a player". */
ent_status ent_keys_check(const ent_reading *reading, const ent_yaml *mapping, const char *what, const char *keys);

/* The forms, before any table is known. */
ent_status ent_players_check(const ent_reading *reading, const ent_yaml *players);
ent_status ent_concepts_check(const ent_reading *reading, const ent_yaml *concepts);
ent_status ent_terms_check(const ent_reading *reading, const ent_yaml *talks);

/* ---- on a network ---- */

/* What names are looked up in. */
typedef struct {
    const ent_reading *reading; /* its arena: where the answer lives */
    const ent_network *net;
    ent_seats *seats;
} ent_seating;

ent_status ent_players_seat(const ent_seating *at, const ent_yaml *players);
ent_status ent_concepts_seat(const ent_seating *at, const ent_yaml *concepts);
ent_status ent_terms_seat(const ent_seating *at, const struct ent_contest_file *file);

/* A scenario of actions upon the status quo, placed; duties within a bloc that lifted them stay lifted where the
 * actions leave them alone. */
ent_status ent_seats_place(const ent_seats *seats, const ent_scenario *whole, ent_arena *arena, ent_policy *policy,
                           ent_error *err);
/* Seats that a word or a list names, [seats]; all where choice is NULL. */
ent_status ent_seats_mark(const ent_seating *at, const ent_yaml *choice, unsigned char *in);

/* pledge.c: `club`, by its form, and with names looked up. */
ent_status ent_club_check(const ent_reading *reading, const ent_yaml *name, const ent_yaml *keys);
ent_status ent_club_seat(const ent_seating *at, const ent_yaml *name, const ent_yaml *keys, ent_concept *concept);

/* What members of a club do, as it stands in the file, with names in the place of `member`. */
struct ent_club_pledge {
    const ent_yaml **list; /* [seats] a sequence of actions; NULL: the seat cannot be a member */
    ent_action **action;   /* [seats][count] */
    ptrdiff_t count;       /* actions of one member */
};
/* The status quo with what these members do upon it: as a scenario, and placed. */
ent_status ent_pledge_upon(const ent_seats *seats, const ent_club_pledge *pledge, const unsigned char *member,
                           ent_arena *arena, ent_scenario *whole);
ent_status ent_pledge_place(const ent_seats *seats, const ent_club_pledge *pledge, const unsigned char *member,
                            ent_arena *arena, ent_policy *policy, ent_error *err);

/* The seat that a word names: its name, or the code or label of its only region. Refused with the nearest. */
ent_status ent_seat_find(const ent_seating *at, const ent_yaml *word, ptrdiff_t *seat);
/* A region by code or label. */
ent_status ent_region_find(const ent_seating *at, const ent_yaml *word, ptrdiff_t *region);
/* Numbers by seat from a mapping {USA: 1, CHN: 2}; seats that are not named keep what is there. take: reads one. */
ent_status ent_by_seat(const ent_seating *at, const ent_yaml *mapping, double *values,
                       ent_status (*take)(const ent_reading *reading, const ent_yaml *node, double *value));
