/* words.c: enums and records as words, for terminals, manifests and pages alike. */
// SPDX-License-Identifier: MIT
#include "report/words.h"
#include <math.h>
#include <stdio.h>

static const char *const sourcings[] = {"common", "by-use", "two-tier"};
static const char *const users[] = {"every", "final-intermediate"};
static const char *const closures[] = {"fixed", "balanced", "proportional"};
static const char *const markets[] = {"perfect", "krugman", "melitz"};
static const char *const revenues[] = {"lump-sum", "income-tax"};
static const char *const numeraires[] = {"gdp", "consumption"};
static const char *const scales[] = {"output", "labour"};
static const char *const duty_accounts[] = {"value added", "taxes"};

static const ent_blueprint *blueprint_of(const ent_view *view, ptrdiff_t s)
{
    return view->report->answers[s].outcome->net->blueprint;
}

const char *ent_words_blueprint(const ent_view *view, ptrdiff_t s, ent_arena *arena)
{
    const ent_blueprint *b = blueprint_of(view, s);
    const char *theta = view->table->elasticity_source;
    return ent_string_format(arena, "%s: sourcing %s, closure %s, market %s%s%s", b->name, sourcings[b->sourcing],
                             closures[b->closure], markets[b->market],
                             theta != NULL && *theta != 0 ? "; trade elasticities: " : "",
                             theta != NULL && *theta != 0 ? theta : "");
}

const char *ent_words_certificate(const ent_view *view, ptrdiff_t s, int seconds, ent_arena *arena)
{
    const ent_certificate *c = &view->report->answers[s].equilibrium->certificate;
    const double largest = fmax(c->excess, c->price);
    const char *worst = ent_view_worst(view, s, arena);
    if (worst == NULL) return NULL;
    char clock[48] = "";
    if (seconds) snprintf(clock, sizeof clock, ", %.3f s", c->seconds);
    char steps[96] = "";
    if (c->newton_steps > 0)
        snprintf(steps, sizeof steps, ", %td Newton steps with %td tangents", c->newton_steps, c->tangents);
    char cuts[64] = "";
    if (c->homotopy_steps > 0) snprintf(cuts, sizeof cuts, ", %td homotopy steps", c->homotopy_steps);
    char quotas[48] = "";
    if (view->report->answers[s].outcome->quotas > 0)
        snprintf(quotas, sizeof quotas, ", quotas %.1e", c->complementarity);
    return ent_string_format(arena, "%s: largest residual %.1e%s%s (%s %.0e), Walras %.1e%s; %s, %td passes%s%s%s",
                             c->converged ? "converged" : "NOT CONVERGED", largest, *worst != 0 ? " at " : "", worst,
                             c->converged ? "within" : "asked for", c->tolerance, fabs(c->walras), quotas,
                             ent_method_words(c->method), c->passes, steps, cuts, clock);
}

/* ---- JSON ---- */

static void by_name(ent_json *json, const char *key, const ent_names *names, const double *value)
{
    if (value == NULL) return;
    ent_json_key(json, key);
    ent_json_open(json, '{');
    for (ptrdiff_t i = 0; i < names->count; i++) ent_json_pair_number(json, names->code[i], value[i]);
    ent_json_close(json, '}');
}

void ent_words_blueprint_json(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_blueprint *b = blueprint_of(view, s);
    const ent_table *t = view->table;
    ent_json_open(json, '{');
    ent_json_pair(json, "name", b->name);
    ent_json_pair(json, "sourcing", sourcings[b->sourcing]);
    ent_json_pair(json, "users", users[b->users]);
    ent_json_pair(json, "closure", closures[b->closure]);
    ent_json_pair(json, "market", markets[b->market]);
    ent_json_pair(json, "revenue", revenues[b->revenue]);
    ent_json_pair(json, "numeraire", numeraires[b->numeraire]);
    ent_json_pair(json, "scale_by", scales[b->scale_by]);
    ent_json_pair_number(json, "consumption_elasticity", b->consumption_elasticity);
    ent_json_pair_number(json, "labour_supply", b->labour_supply);
    if (b->market == ENT_MARKET_MELITZ) ent_json_pair_number(json, "pareto_shape", b->pareto_shape);
    by_name(json, "trade_elasticity", &t->sectors, b->trade_elasticity);
    if (b->sourcing == ENT_SOURCING_TWO_TIER) by_name(json, "home_elasticity", &t->sectors, b->home_elasticity);
    by_name(json, "output_elasticity", &t->sectors, b->output_elasticity);
    by_name(json, "factor_elasticity", &t->sectors, b->factor_elasticity);
    by_name(json, "material_elasticity", &t->sectors, b->material_elasticity);
    if (t->bundle != NULL) by_name(json, "product_elasticity", &t->sectors, b->product_elasticity);
    if (b->market != ENT_MARKET_PERFECT) by_name(json, "scale", &t->sectors, b->scale);
    by_name(json, "mobility", &t->factors, b->mobility);
    if (b->market == ENT_MARKET_MELITZ) by_name(json, "entry_share", &t->regions, b->entry_share);
    ent_json_close(json, '}');
}

ent_status ent_words_certificate_json(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    ENT_SCRATCH scratch = {0};
    const ent_certificate *c = &view->report->answers[s].equilibrium->certificate;
    const char *worst = ent_view_worst(view, s, &scratch);
    if (worst == NULL) return ENT_NO_MEMORY;
    ent_json_open(json, '{');
    ent_json_key(json, "converged");
    ent_json_truth(json, c->converged);
    ent_json_pair_number(json, "tolerance", c->tolerance);
    ent_json_pair_number(json, "excess", c->excess);
    ent_json_pair_number(json, "price", c->price);
    ent_json_pair_number(json, "walras", c->walras);
    if (view->report->answers[s].outcome->quotas > 0) ent_json_pair_number(json, "complementarity", c->complementarity);
    ent_json_pair(json, "worst", worst);
    ent_json_pair(json, "method", ent_method_words(c->method));
    ent_json_pair_integer(json, "passes", c->passes);
    ent_json_pair_integer(json, "tangents", c->tangents);
    ent_json_pair_integer(json, "newton_steps", c->newton_steps);
    ent_json_pair_integer(json, "homotopy_steps", c->homotopy_steps);
    ent_json_close(json, '}');
    return ENT_OK;
}

void ent_words_world_json(const ent_view *view, ent_json *json)
{
    const ent_table *t = view->table;
    ent_json_pair(json, "name", t->name);
    ent_json_pair(json, "title", t->title);
    ent_json_pair(json, "sha256", view->report->world_hash);
    ent_json_pair_integer(json, "year", t->year);
    ent_json_pair(json, "unit", t->unit);
    ent_json_pair_integer(json, "regions", t->regions.count);
    ent_json_pair_integer(json, "sectors", t->sectors.count);
    ent_json_pair(json, "source", t->source);
    ent_json_pair(json, "licence", t->licence);
    ent_json_pair(json, "history", t->history);
    ent_json_pair(json, "elasticity_source", t->elasticity_source);
    ent_json_pair(json, "duties_booked_in", duty_accounts[t->duty_accounts]);
}

void ent_words_scenario_json(const ent_view *view, ptrdiff_t s, ent_json *json)
{
    const ent_answer *a = &view->report->answers[s];
    ent_json_pair(json, "name", view->name[s]);
    ent_json_pair(json, "path", a->scenario->path);
    ent_json_pair(json, "source", a->scenario->source);
    ent_json_key(json, "actions");
    ent_json_open(json, '[');
    for (ptrdiff_t l = 0; l < a->line_count; l++) ent_json_string(json, a->lines[l]);
    ent_json_close(json, ']');
}
