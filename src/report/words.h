/* words.h: the house's enums and records as a person would say them. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/view.h"
#include "text/json_write.h"

/* "default: common sourcing, fixed transfers, perfect competition"; NULL: memory is out */
const char *ent_words_blueprint(const ent_view *view, ptrdiff_t s, ent_arena *arena);
/* One sentence; with seconds where asked (a terminal), without where the same bytes must come out (the page). */
const char *ent_words_certificate(const ent_view *view, ptrdiff_t s, int seconds, ent_arena *arena);
/* The blueprint with every elasticity, as a JSON object. */
void ent_words_blueprint_json(const ent_view *view, ptrdiff_t s, ent_json *json);
/* The certificate without its seconds, as a JSON object. */
ent_status ent_words_certificate_json(const ent_view *view, ptrdiff_t s, ent_json *json);
/* Name, title, hash, year, unit, source, licence, history as members of the open object. */
void ent_words_world_json(const ent_view *view, ent_json *json);
/* Name, path, source and actions of a scenario as members of the open object. */
void ent_words_scenario_json(const ent_view *view, ptrdiff_t s, ent_json *json);
