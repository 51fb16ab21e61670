/* action.h: one action of a scenario: what its lines in the file say, before names are looked up. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/scenario.h"
#include "scenario/reading.h"

typedef enum {
#define ACTION(name, said, takes, needs) ENT_ACTION_##name,
#include "scenario/action.def"
#undef ACTION
    ENT_ACTIONS
} ent_action_kind;

typedef enum {
    ENT_CHANGE_SET,      /* the rate becomes value */
    ENT_CHANGE_ADD,      /* value is added to the rate */
    ENT_CHANGE_SCALE,    /* the rate is multiplied by value */
    ENT_CHANGE_MULTIPLY, /* d̂ or Â is multiplied by 1 + value */
    ENT_CHANGE_GIVE,     /* value million dollars are transferred */
    ENT_CHANGE_LIMIT     /* a quota of value, over the benchmark; or the price of its licences */
} ent_change;

typedef enum {
    ENT_UNIT_RATE,
    ENT_UNIT_PERCENT,
    ENT_UNIT_FACTOR
} ent_unit;

/* For whom a quota is one. */
typedef enum {
    ENT_EACH_NONE, /* for all that it names together */
    ENT_EACH_IMPORTER,
    ENT_EACH_EXPORTER,
    ENT_EACH_SECTOR,
    ENT_EACH_FLOW
} ent_each;

/* A column of a CSV file that holds the action's values. */
typedef struct {
    const char *path;
    ent_bytes bytes;
    const char *column;
    ent_unit unit;
} ent_value_file;

typedef struct {
    ent_action_kind kind;
    const ent_yaml *at; /* the action's mapping; its key is the action's name */
    const ent_yaml *importer, *exporter, *sector, *region, *from, *to; /* choices; NULL where absent */
    ent_change change;
    double value;         /* rates and factors as numbers, money in million US dollars; unused with a file */
    ent_value_file *file; /* or NULL */
    ent_quota quota;      /* kind, rent, share and unit of quotas, guarantees and licences */
    ent_each each;
} ent_action;

int ent_action_is_quota(ent_action_kind kind); /* quota, guarantee, licence */
/* Does it act on trade between two regions? */
int ent_action_is_on_lanes(ent_action_kind kind);
/* Read what is under a quota's keys. */
ent_status ent_action_take_quota(const ent_reading *reading, ent_action *action);

const char *ent_action_name(ent_action_kind kind); /* "duty" */
const char *ent_action_said(ent_action_kind kind); /* "Import duty" */

/* Files that were read already, so that a thousand actions on one file read it once. */
typedef struct ent_kept_file ent_kept_file;
struct ent_kept_file {
    const char *path;
    ent_bytes bytes;
    ent_kept_file *next;
};

/* Read a list of actions; only: the one kind allowed, or ENT_ACTIONS for all. */
ent_status ent_actions_read(const ent_reading *reading, const ent_yaml *list, ent_action_kind only,
                            ent_kept_file **kept, ent_action **actions, ptrdiff_t *count);
