/* club_words.h: clubs, and what members of all together are due, in words and as JSON: one way for the terminal, the
 * page and the server. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/entente.h>

ptrdiff_t club_region(const ent_seats *seats, const ent_gathered *club, ptrdiff_t player);
/* "core", "round 2", "stays out" (who may join) or "outside". */
const char *club_place(const ent_gathered *club, ptrdiff_t player, char room[32]);
/* "Japan, Korea join": what happens in a round, from 1 on. */
void club_round(const ent_seats *seats, const ent_gathered *club, ptrdiff_t round, ent_text *out);
/* Whether it holds, in whole sentences. */
void club_words(const ent_gathered *club, ent_text *out);
/* A JSON array of all clubs that there are. */
void club_json(const ent_seats *seats, const ent_play *play, ent_json *json);
/* A JSON array: for each rule for outsiders Shapley's value and the nucleolus, million USD, by player of the table. */
void share_json(const ent_partitions *all, ent_json *json);
