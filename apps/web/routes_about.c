/* routes_about.c: what there is: the program, worlds, actions, presets, blueprints. */
// SPDX-License-Identifier: MIT
#include "app.h"
#include "presets.h"
#include <string.h>

/* ---- the program ---- */

static void say_limits(const web_setup *setup, ent_json *json)
{
    ent_json_key(json, "limits");
    ent_json_open(json, '{');
    ent_json_pair_integer(json, "body_bytes", APP_BODY);
    ent_json_pair_integer(json, "seconds", setup->seconds);
    ent_json_pair_integer(json, "queue", APP_QUEUE);
    ent_json_pair_integer(json, "scenarios", APP_SCENARIOS);
    ent_json_pair_integer(json, "jobs", APP_JOBS);
    ent_json_pair_integer(json, "job_seconds", setup->job_seconds);
    ent_json_pair_integer(json, "draws", APP_DRAWS);
    ent_json_pair_integer(json, "connections", APP_CONNECTIONS);
    ent_json_close(json, '}');
}

void web_get_about(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    store_size size;
    (void)request;
    if (store_measure(app->store, &size, &err) != STORE_FINE) {
        web_say_error(500, &err, -1, arena, response);
        return;
    }
    ent_json_open(&json, '{');
    ent_json_pair(&json, "program", "entente");
    ent_json_pair(&json, "version", ENT_VERSION);
    ent_json_pair_integer(&json, "api", 1);
    say_limits(app->setup, &json);
    ent_json_key(&json, "features");
    ent_json_open(&json, '[');
    for (ptrdiff_t q = 0; web_question_name(q) != NULL; q++) ent_json_string(&json, web_question_name(q));
    ent_json_string(&json, "jobs");
    ent_json_string(&json, "store");
    ent_json_close(&json, ']');
    ent_json_key(&json, "store");
    ent_json_open(&json, '{');
    ent_json_key(&json, "lasting");
    ent_json_truth(&json, size.lasting);
    ent_json_pair_integer(&json, "runs", size.runs);
    ent_json_pair_integer(&json, "pinned", size.pinned);
    ent_json_pair_integer(&json, "bytes", size.bytes);
    ent_json_close(&json, '}');
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

/* ---- worlds ---- */

static void say_world_head(const web_world *world, ent_json *json)
{
    const ent_table *t = &world->table;
    ent_json_pair(json, "name", t->name);
    ent_json_pair(json, "title", t->title);
    ent_json_pair_integer(json, "year", t->year);
    ent_json_pair(json, "unit", t->unit);
    ent_json_pair(json, "sha256", world->hash);
}

void web_get_worlds(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    (void)request;
    ent_json_open(&json, '{');
    ent_json_key(&json, "worlds");
    ent_json_open(&json, '[');
    for (ptrdiff_t w = 0; w < app->worlds.count; w++) {
        ent_json_open(&json, '{');
        say_world_head(&app->worlds.world[w], &json);
        ent_json_pair_integer(&json, "regions", app->worlds.world[w].table.regions.count);
        ent_json_pair_integer(&json, "sectors", app->worlds.world[w].table.sectors.count);
        ent_json_key(&json, "default");
        ent_json_truth(&json, w == 0);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

/* Sums of a table, million USD. */
typedef struct {
    double *output, *value_added, *exports, *imports; /* [R] */
    double *sector_output, *sector_trade;             /* [J] */
} world_sums;

static void add_uses(const ent_table *t, ptrdiff_t i, ptrdiff_t j, const world_sums *sums)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, U = t->uses.count;
    const double *z = t->z + (i * J + j) * (R * J), *f = t->f + (i * J + j) * (R * U);
    for (ptrdiff_t n = 0; n < R; n++) {
        double sold = 0.0;
        for (ptrdiff_t k = 0; k < J; k++) sold += z[n * J + k];
        for (ptrdiff_t u = 0; u < U; u++) sold += f[n * U + u];
        if (n == i) continue;
        sums->exports[i] += sold;
        sums->imports[n] += sold;
        sums->sector_trade[j] += sold;
    }
}

static int add_up(const ent_table *t, ent_arena *arena, world_sums *sums)
{
    const ptrdiff_t R = t->regions.count, J = t->sectors.count, G = t->factors.count;
    *sums = (world_sums){ent_new0(arena, double, R), ent_new0(arena, double, R), ent_new0(arena, double, R),
                         ent_new0(arena, double, R), ent_new0(arena, double, J), ent_new0(arena, double, J)};
    if (sums->output == NULL || sums->value_added == NULL || sums->exports == NULL || sums->imports == NULL ||
        sums->sector_output == NULL || sums->sector_trade == NULL)
        return 0;
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++) {
            sums->output[i] += t->x[i * J + j];
            sums->sector_output[j] += t->x[i * J + j];
            for (ptrdiff_t g = 0; g < G; g++) sums->value_added[i] += t->va[(i * J + j) * G + g];
            add_uses(t, i, j, sums);
        }
    return 1;
}

static void say_members(const char *members, ent_json *json)
{
    ent_json_key(json, "members");
    ent_json_open(json, '[');
    for (const char *c = members; *c != 0;) {
        const size_t length = strcspn(c, " ");
        char code[32];
        if (length > 0 && length < sizeof code) {
            memcpy(code, c, length);
            code[length] = 0;
            ent_json_string(json, code);
        }
        c += length + strspn(c + length, " ");
    }
    ent_json_close(json, ']');
}

static void say_money(ent_json *json, const char *key, double value)
{
    ent_json_key(json, key);
    ent_json_rounded(json, value, 10);
}

static void say_regions(const ent_table *t, const world_sums *sums, ent_json *json)
{
    ent_json_key(json, "regions");
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < t->regions.count; n++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->regions.code[n]);
        ent_json_pair(json, "label", t->regions.label[n]);
        say_members(t->members != NULL && t->members[n] != NULL ? t->members[n] : t->regions.code[n], json);
        say_money(json, "value_added", sums->value_added[n]);
        say_money(json, "output", sums->output[n]);
        say_money(json, "exports", sums->exports[n]);
        say_money(json, "imports", sums->imports[n]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_sectors(const ent_table *t, const world_sums *sums, ent_json *json)
{
    ent_json_key(json, "sectors");
    ent_json_open(json, '[');
    for (ptrdiff_t j = 0; j < t->sectors.count; j++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", t->sectors.code[j]);
        ent_json_pair(json, "label", t->sectors.label[j]);
        ent_json_key(json, "good");
        ent_json_truth(json, t->is_good == NULL || t->is_good[j]);
        ent_json_key(json, "elasticity");
        if (t->trade_elasticity != NULL)
            ent_json_number(json, t->trade_elasticity[j]);
        else
            ent_json_string(json, NULL);
        say_money(json, "output", sums->sector_output[j]);
        say_money(json, "trade", sums->sector_trade[j]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_names(const char *key, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < names->count; n++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", names->code[n]);
        ent_json_pair(json, "label", names->label[n]);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_groups(const char *key, const ent_groups *groups, const ent_names *names, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t g = 0; g < groups->names.count; g++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "code", groups->names.code[g]);
        ent_json_pair(json, "label", groups->names.label[g]);
        ent_json_key(json, "members");
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < names->count; n++)
            if (groups->member[g * groups->of + n]) ent_json_string(json, names->code[n]);
        ent_json_close(json, ']');
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

static void say_totals(const ent_table *t, ent_json *json)
{
    ent_table_balance balance;
    ent_table_measure(t, &balance);
    ent_json_key(json, "totals");
    ent_json_open(json, '{');
    say_money(json, "output", balance.world_output);
    say_money(json, "value_added", balance.world_value_added);
    say_money(json, "final_use", balance.world_final_use);
    say_money(json, "trade", balance.world_trade);
    ent_json_close(json, '}');
}

void web_get_world(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_error err = {0};
    const web_world *world = web_world_find(&app->worlds, request->segment[3], &err);
    if (world == NULL) {
        web_say_error(404, &err, -1, arena, response);
        return;
    }
    const ent_table *t = &world->table;
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    world_sums sums;
    if (!add_up(t, arena, &sums)) {
        web_say_no_memory(response);
        return;
    }
    ent_json_open(&json, '{');
    say_world_head(world, &json);
    ent_json_pair(&json, "source", t->source);
    ent_json_pair(&json, "licence", t->licence);
    ent_json_pair(&json, "history", t->history);
    say_regions(t, &sums, &json);
    say_sectors(t, &sums, &json);
    say_names("factors", &t->factors, &json);
    say_names("uses", &t->uses, &json);
    say_groups("region_groups", &t->region_groups, &t->regions, &json);
    say_groups("sector_groups", &t->sector_groups, &t->sectors, &json);
    ent_json_pair(&json, "elasticity_source", t->elasticity_source);
    say_totals(t, &json);
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

/* ---- what a scenario may do, and how the world may be laid out ---- */

/* Words apart by blanks, without those that name files: no text sent here may. */
static void say_words(const char *key, const char *words, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (const char *c = words; *c != 0;) {
        const size_t length = strcspn(c, " ");
        char word[32];
        if (length < sizeof word) {
            memcpy(word, c, length);
            word[length] = 0;
            if (strcmp(word, "file") != 0 && strcmp(word, "column") != 0 && strcmp(word, "unit") != 0 &&
                strcmp(word, "product") != 0 && /* another word for sector */
                strcmp(word, "mode") != 0)
                ent_json_string(json, word);
        }
        c += length + strspn(c + length, " ");
    }
    ent_json_close(json, ']');
}

void web_get_actions(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    const ent_action_row *row;
    (void)app, (void)request;
    ent_json_open(&json, '{');
    ent_json_key(&json, "actions");
    ent_json_open(&json, '[');
    for (ptrdiff_t a = 0; (row = ent_action_row_at(a)) != NULL; a++) {
        ent_json_open(&json, '{');
        ent_json_pair(&json, "name", row->name);
        ent_json_pair(&json, "label", row->label);
        say_words("takes", row->takes, &json);
        say_words("needs", row->needs, &json);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

static void say_blueprint_keys(ent_json *json)
{
    const ent_blueprint_key *key;
    ent_json_key(json, "keys");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; (key = ent_blueprint_key_at(k)) != NULL; k++) {
        ent_json_open(json, '{');
        ent_json_pair(json, "key", key->key);
        ent_json_pair(json, "values", key->values);
        ent_json_pair(json, "preset", key->preset);
        ent_json_pair(json, "meaning", key->meaning);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}

void web_get_blueprints(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    const ent_blueprint_preset *preset;
    (void)app, (void)request;
    ent_json_open(&json, '{');
    say_blueprint_keys(&json);
    ent_json_key(&json, "presets");
    ent_json_open(&json, '[');
    for (ptrdiff_t p = 0; (preset = ent_blueprint_preset_at(p)) != NULL; p++) {
        ent_json_open(&json, '{');
        ent_json_pair(&json, "name", preset->name);
        ent_json_pair(&json, "settings", preset->settings);
        ent_json_pair(&json, "meaning", preset->meaning);
        ent_json_pair(&json, "source", preset->source);
        ent_json_close(&json, '}');
    }
    ent_json_close(&json, ']');
    ent_json_close(&json, '}');
    web_say_json(&text, response);
}

void web_get_presets(web_app *app, const web_request *request, ent_arena *arena, web_response *response)
{
    (void)app, (void)request, (void)arena;
    response->status = 200;
    response->type = "application/json";
    response->body = web_presets();
}
