/* run_ask.c: the body of a run: what it may ask, and the one way of writing it that its id comes from. */
// SPDX-License-Identifier: MIT
#include "runs.h"
#include <string.h>

#define OPTION_KIND(type) _Generic((type)0, double : ASK_NUMBER, ptrdiff_t : ASK_COUNT)

ent_status web_options_read(const ent_json_value *object, ent_arena *arena, ent_options *options, ent_error *err)
{
    int method = (int)options->method;
    const ask_member members[] = {
        {"method", ASK_CHOICE, &method, "auto|fixed-point|newton|homotopy"},
#define OPTION(type, name, preset, least, greatest, unit, meaning) {#name, OPTION_KIND(type), &options->name, NULL},
#include <entente/options.def>
#undef OPTION
    };
    ENT_TRY(ask_read(object, members, sizeof members / sizeof *members, arena, err));
    options->method = (ent_method)method;
    return ent_options_check(options, err);
}

int web_is_preset(const char *name, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    const ent_blueprint_preset *preset;
    for (ptrdiff_t p = 0; (preset = ent_blueprint_preset_at(p)) != NULL; p++) {
        if (strcmp(preset->name, name) == 0) return 1;
        if (ent_names_add(&names, &scratch, preset->name, NULL, NULL) == ENT_NO_MEMORY) break;
    }
    const char *near = ent_names_nearest(&names, name);
    if (near != NULL)
        ent_fail(err, ENT_BAD_INPUT, "there is no blueprint %.60s; did you mean %s?", name, near);
    else
        ent_fail(err, ENT_BAD_INPUT, "there is no blueprint %.60s; GET /api/v1/blueprints lists them", name);
    return 0;
}

/* true, or an object. */
static ent_status read_uncertain(const ent_json_value *value, ent_arena *arena, run_ask *ask, ent_error *err)
{
    const ask_member members[] = {
        {"correlation", ASK_NUMBER, &ask->correlation, NULL},
        {"draws", ASK_COUNT, &ask->draws, NULL},
        {"seed", ASK_COUNT, &ask->seed, NULL},
        {"second_order", ASK_TRUTH, &ask->second_order, NULL},
    };
    ask->uncertain = value->kind != ENT_JSON_FALSE;
    if (value->kind == ENT_JSON_TRUE || value->kind == ENT_JSON_FALSE) return ENT_OK;
    if (value->kind != ENT_JSON_OBJECT)
        return ask_fail(err, value,
                        "`uncertain` must be true, false or an object with correlation, draws, seed, second_order");
    ENT_TRY(ask_read(value, members, sizeof members / sizeof *members, arena, err));
    if (!(ask->correlation >= 0.0 && ask->correlation <= 1.0))
        return ask_fail(err, value, "`correlation` must be between 0 and 1");
    if (ask->draws < 0 || ask->draws > APP_DRAWS)
        return ask_fail(err, value, "`draws` must be between 0 and %d", APP_DRAWS);
    if (ask->seed < 0) return ask_fail(err, value, "`seed` must be at least 0");
    return ENT_OK;
}

static ent_status take_texts(const ent_json_value *body, const char *yaml, ent_arena *arena, run_ask *ask,
                             ent_error *err)
{
    if (yaml != NULL && ask->texts.word != NULL)
        return ask_fail(err, body, "`yaml` is one scenario, `scenarios` are several: one of the two");
    if (yaml != NULL) {
        ask->texts.word = ent_new(arena, const char *, 1);
        if (ask->texts.word == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the body");
        ask->texts.word[0] = yaml;
        ask->texts.count = 1;
    }
    if (ask->texts.word == NULL || ask->texts.count == 0)
        return ask_fail(err, body, "there is no scenario: `yaml` is its text, or `scenarios` a list of several");
    if (ask->texts.count > APP_SCENARIOS)
        return ask_fail(err, body, "`scenarios` has %td texts; at most %d are shown side by side", ask->texts.count,
                        APP_SCENARIOS);
    return ENT_OK;
}

ent_status run_ask_read(const ent_json_value *body, ent_arena *arena, run_ask *ask, ent_error *err)
{
    const char *yaml = NULL;
    const ent_json_value *options = NULL, *uncertain = NULL;
    *ask = (run_ask){.options = ent_options_default(), .seed = 1, .keep = -1};
    const ask_member members[] = {
        {"yaml", ASK_TEXT, &yaml, NULL},
        {"scenarios", ASK_TEXTS, &ask->texts, NULL},
        {"world", ASK_TEXT, &ask->world, NULL},
        {"blueprint", ASK_TEXT, &ask->blueprint, NULL},
        {"set", ASK_TEXTS, &ask->settings, NULL},
        {"options", ASK_OBJECT, &options, NULL},
        {"decompose", ASK_CHOICE, &ask->decompose, "auto|always|never"},
        {"uncertain", ASK_ANYTHING, &uncertain, NULL},
        {"detail", ASK_CHOICE, &ask->detail, "full|regions"},
        {"keep", ASK_TRUTH, &ask->keep, NULL},
    };
    ENT_TRY(ask_read(body, members, sizeof members / sizeof *members, arena, err));
    if (options != NULL) ENT_TRY(web_options_read(options, arena, &ask->options, err));
    if (uncertain != NULL) ENT_TRY(read_uncertain(uncertain, arena, ask, err));
    if (ask->blueprint != NULL && !web_is_preset(ask->blueprint, err)) return ENT_BAD_INPUT;
    if (ask->keep < 0) ask->keep = ask->detail == ENT_PAGE_FULL;
    return take_texts(body, yaml, arena, ask, err);
}
