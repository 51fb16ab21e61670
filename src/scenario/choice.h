/* choice.h: which regions and which sectors an action means.
 *
 *     USA            one, by its code or its label          [CAN, MEX]           several
 *     all, WEST      a group of the table                   rest                 regions not on the action's other side
 *     {not: [CAN]}   all but these                          {of: WEST, not: CAN} a group but these */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/table.h"
#include "scenario/reading.h"

/* What can be named, and how it is called in sentences. */
typedef struct {
    const ent_names *names;
    const ent_groups *groups;
    const char *what;  /* "region" or "sector" */
    const char *table; /* its name */
} ent_nameable;

/* The form alone, before any table is known. */
ent_status ent_choice_check(const ent_reading *reading, const ent_yaml *choice);

/* The place of a region's or a sector's code or label; -1: none, -2: the label belongs to several. */
ptrdiff_t ent_nameable_find(const ent_nameable *among, const char *word);

/* Refuse a word that names nothing here, with the nearest that does. */
ent_status ent_nameable_unknown(const ent_reading *reading, const ent_yaml *at, const ent_nameable *among,
                                const char *word);

/* member [names->count]: 1 where chosen. choice NULL: `absent` (a group's name). rest: what `rest` means, or NULL where
 * the action has no other side. Refused where nothing is chosen. */
ent_status ent_choice_resolve(const ent_reading *reading, const ent_yaml *choice, const char *absent,
                              const ent_nameable *among, const unsigned char *rest, unsigned char *member);

/* 1 where the choice says `rest`, so that the other side has to be resolved first. */
int ent_choice_says_rest(const ent_yaml *choice);

/* As a person would say it: "CAN, MEX and USA", "all goods", "all others". */
void ent_choice_say(ent_text *text, const ent_yaml *choice, const char *absent, const char *what);
