/* manifest.h: what the commands' JSON documents have alike: manifest.json, what --format json prints, a report's data.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/entente.h>

/* A document that is one object, a member a line. */
ent_json manifest_open(ent_text *text);
void manifest_close(ent_json *json);
/* Members of it. */
void manifest_elasticities(const ent_table *table, const ent_blueprint *blueprint, ent_json *json);
void manifest_certificate(const ent_certificate *certificate, ent_json *json);
void manifest_sources(const ent_table *table, ent_json *json); /* title, source and licence of a world */
/* A code of a list, null for -1: "all of them". */
void manifest_code(const char *key, const ent_names *names, ptrdiff_t i, ent_json *json);
