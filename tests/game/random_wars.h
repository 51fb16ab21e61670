/* random_wars.h: wars in any world, under any blueprint, with duties, export taxes or both, of any freedom. */
// SPDX-License-Identifier: MIT
#pragma once
#include "random_world.h"

enum {
    MOST_AT_WAR = 4
};

typedef struct {
    random_world w;
    ent_player players[MOST_AT_WAR];
    ent_instruments sets[MOST_AT_WAR][2];
    ent_game game; /* of those who have anything to set: fewer than two are no war */
} random_war;

/* Made from a seed; close its world with random_close(). The war must stay where it was opened. */
ent_status random_war_open(random_war *war, uint64_t seed);
