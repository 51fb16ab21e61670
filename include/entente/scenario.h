/* scenario.h: what governments (and nature) do to a network: a file of actions, and the wedges they come to.
 * Knows tables and networks. Does not know solvers or results. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/network.h"
#include "entente/product.h"
#include "entente/text.h"

/* ---- quotas (E12) ---- */
typedef enum {
    ENT_QUOTA_CEILING, /* at most `limit` of the benchmark: a licence price >= 0 keeps it */
    ENT_QUOTA_FLOOR,   /* at least: a guarantee of access, a price <= 0, which is a subsidy */
    ENT_QUOTA_PRICE    /* no control of quantity: the licence price is `limit`, a rate */
} ent_quota_kind;

typedef enum {
    ENT_RENT_EXPORTER, /* licences are the exporter's region's: price (1+s)(1+ρ), duty is due on it too */
    ENT_RENT_IMPORTER, /* the importer's: price (1+t)(1+ρ), on top of the duty */
    ENT_RENT_SHARED,   /* as the exporter's, but of the rent only `to_exporter` is his, the rest the importer's */
    ENT_RENT_WASTED    /* nobody's: it is used up as the good itself, in queues; an iceberg cost 1+ρ */
} ent_rent;

/* One control over all its lanes together. Several may share lanes: their licence factors are multiplied, in the order
 * of the policy, the first nearest to the seller. */
typedef struct {
    const char *name; /* for reports and sentences; may be NULL */
    const int32_t *lane;
    ptrdiff_t lanes; /* border lanes, each once */
    double limit;    /* q̄ > 0 over the benchmark, 0.5 for half of it (0 is a ban: see `banned`); ρ > -1 of a price */
    double to_exporter; /* of a shared rent, between 0 and 1 */
    ent_quota_kind kind;
    ent_rent rent;
    int of_value; /* counts Σ N'/N⁰, values at the seller's gate in units of world factor income, not Σ N'/p̂ */
} ent_quota;

/* Lanes in range and each once, limits and shares that mean something, trade in the benchmark; a sentence that names
 * the quota. A solver asks this itself. */
ent_status ent_quota_check(const ent_network *net, const ent_quota *quota, ptrdiff_t quotas, ent_error *err);
const char *ent_rent_words(ent_rent rent); /* "exporter", ... */

/* Policy on a network: the wedges after all actions (primes of MODEL.md 2). */
typedef struct {
    double *duty;             /* [borders] t'_e, a rate */
    double *export_tax;       /* [borders] s'_e, a rate */
    double *log_trade_cost;   /* [borders] log d̂_e, change of the iceberg cost */
    double *log_productivity; /* [nodes]   log Â_k */
    double *subsidy;          /* [nodes]   rate of a production subsidy paid by the region's household, of unit cost */
    double *transfer_usd;     /* [regions] added to benchmark transfers; sums to 0 */
    unsigned char *banned;    /* [borders] 1: the lane is removed, nothing is sold over it; NULL: no bans */
    const ent_quota *quota;   /* [quotas] or NULL */
    ptrdiff_t quotas;
} ent_policy;

/* Benchmark policy: nothing changes. */
ent_status ent_policy_none(const ent_network *net, ent_arena *arena, ent_policy *policy, ent_error *err);

/* A scenario file as read: what stands in it, names not yet looked up. */
typedef struct ent_scenario_file ent_scenario_file;
typedef struct {
    const char *path;        /* as given; "" for text from memory */
    const char *name;        /* `name:`, or the file's name */
    const char *source;      /* `source:`, perhaps "" */
    const char *world;       /* `world:` as written, resolved against the file's folder if it is a path; or NULL */
    const char *blueprint;   /* `blueprint:` as a name, or NULL where it is a mapping or absent */
    ent_scenario_file *file; /* private: the parsed document with its marks */
} ent_scenario;

/* Read a scenario from a file or from bytes (folder: where its relative paths start; NULL: the text is a stranger's and
 * may name no files at all). The file's schema is checked as far as it goes without a table, and the files it names are
 * read. ENT_BAD_INPUT: `path:line:column: what, and what would mend it`. */
ent_status ent_scenario_read(const char *path, ent_arena *arena, ent_scenario *scenario, ent_error *err);
ent_status ent_scenario_parse(ent_bytes bytes, const char *path, const char *folder, ent_arena *arena,
                              ent_scenario *scenario, ent_error *err);

/* The corridor's two further steps, which need names: `start:` into the table's duties and `blueprint:` into the
 * blueprint (which holds defaults on entry); then `actions:` into policy. */
ent_status ent_scenario_start(const ent_scenario *scenario, ent_table *table, ent_arena *arena, ent_error *err);
ent_status ent_scenario_blueprint(const ent_scenario *scenario, const ent_table *table, ent_arena *arena,
                                  ent_blueprint *blueprint, ent_error *err);
ent_status ent_scenario_place(const ent_scenario *scenario, const ent_network *net, ent_arena *arena,
                              ent_policy *policy, ent_error *err);
/* `--blueprint NAME|FILE.yaml` and `--set KEY=VALUE` (keys as under `blueprint:`, dots for depth:
 * elasticities.ELE=4.5). */
ent_status ent_blueprint_read(const char *name_or_path, const ent_table *table, ent_arena *arena,
                              ent_blueprint *blueprint, ent_error *err);
ent_status ent_blueprint_set(const char *assignment, const ent_table *table, ent_arena *arena, ent_blueprint *blueprint,
                             ent_error *err);
/* The same for a stranger's assignment: it may name no file. */
ent_status ent_blueprint_set_plain(const char *assignment, const ent_table *table, ent_arena *arena,
                                   ent_blueprint *blueprint, ent_error *err);
/* What `blueprint:` takes, for help and docs: its keys and the presets that have a name. NULL past the last. */
typedef struct {
    const char *key, *values, *preset, *meaning; /* values: words apart by blanks, or "a number", "by sector", ... */
} ent_blueprint_key;
typedef struct {
    const char *name, *settings, *meaning, *source; /* settings in YAML, as under `blueprint:` */
} ent_blueprint_preset;
const ent_blueprint_key *ent_blueprint_key_at(ptrdiff_t index);
const ent_blueprint_preset *ent_blueprint_preset_at(ptrdiff_t index);
/* A file of products (docs/WORLDS.md), with names looked up in the table out of which they are cut; folder as above. */
ent_status ent_products_read(const char *path, const ent_table *table, ent_arena *arena, ent_products *products,
                             ent_error *err);
ent_status ent_products_parse(ent_bytes bytes, const char *path, const char *folder, const ent_table *table,
                              ent_arena *arena, ent_products *products, ent_error *err);
/* One line an action, as a person would say it, for reports and manifests. *count lines. */
ent_status ent_scenario_lines(const ent_scenario *scenario, ent_arena *arena, const char *const **lines,
                              ptrdiff_t *count, ent_error *err);

/* ---- a scenario as a tree, for programs that build one ---- */

/* What a scenario may do: an action's name, what reports call it, the keys it takes and those it needs, apart by
 * blanks. NULL past the last. */
typedef struct {
    const char *name, *label, *takes, *needs;
} ent_action_row;
const ent_action_row *ent_action_row_at(ptrdiff_t index);

/* The scenario as it was read: each mapping an object, each list an array, each scalar a string. */
void ent_scenario_tree(const ent_scenario *scenario, ent_json *json);
/* Where an action stands, from 1, in characters: those of `start:` first. 0: there is no such action. */
int ent_scenario_place_at(const ent_scenario *scenario, ptrdiff_t action, int *line, int *column);
/* YAML text of such a tree, one action a line; numbers and truths become their text. Reading that text gives the tree
 * back. ENT_BAD_INPUT where it is no object, or has a null in it: what a scenario is, ent_scenario_parse() says. */
ent_status ent_scenario_say(const ent_json_value *tree, ent_text *yaml, ent_error *err);
