/* worlds.h: the worlds that games are played on: two countries by hand, data/ossa2014, data/wiod2014_44x16; each a
 * table like any other, laid out by the default blueprint. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_policy policy; /* nothing changes */
} game_world;

enum {
    MOST_PLAYERS = 96
};

/* Sectors' shares of labour in sales from their elasticities: 1 (competition) or (σ − 1)/σ (constant markups). */
typedef enum {
    COMPETITION,
    MARKUPS
} game_market;

/* No duties; or as the program does that the data come with: values contain the duties of 2021 (those of 2022 are not
 * known), and no region is without own goods of any sector, a million dollars being added to what it has. */
typedef enum {
    NO_DUTIES,
    DUTIES_IN_VALUES
} game_border;

/* A table of final use alone: flow [exporter][importer][sector] at producer prices, duty [exporter][importer][sector],
 * theta [sectors]; trade balanced first where it is not. */
ent_status game_lay(game_world *w, ptrdiff_t regions, ptrdiff_t sectors, const double *flow, const double *duty,
                    const double *theta, game_market market);
/* Two countries of sizes 1 and `size`, one sector, iceberg cost `tau` between them, free trade. */
ent_status game_two(game_world *w, double size, double tau, double theta);
ent_status game_ossa(game_world *w, const char *folder, const char *flows, game_market market);
/* With another column of sigma.csv. */
ent_status game_ossa_sigma(game_world *w, const char *folder, const char *flows, const char *column,
                           game_market market);
/* A column of numbers by sector, `shift` added, [sectors] in the world's arena. */
ent_status game_by_sector(game_world *w, const char *path, const char *column, double shift, double **array);
ent_status game_wiod(game_world *w, const char *folder, const char *elasticities);
/* data/icio-bilateral 2022, 81 regions × 28 sectors; list: a file of elasticities by sector. */
ent_status game_icio(game_world *w, const char *folder, const char *list, const char *elasticities, game_border border);
/* The embedded world with its input–output linkages. */
ent_status game_embedded(game_world *w);
void game_close(game_world *w);

/* Every region of the world a player with free duties between 0 and 10 (1000 %). */
ent_game game_of_all(const game_world *w, ent_player players[MOST_PLAYERS], ent_freedom freedom);
/* A region's duty on another's goods after a game; NaN where they do not trade. */
double game_duty(const game_world *w, const ent_policy *policy, ptrdiff_t importer, ptrdiff_t exporter,
                 ptrdiff_t sector);
/* The median of a region's duties on others, in Ossa's world. */
double game_median_duty(const game_world *w, const ent_policy *policy, ptrdiff_t n);
