/* manifest.c: manifest.json, all that a reader must know to trust the numbers and to make them again. The clock stands
 * under "seconds" alone; everything else, and every other file, is the same for the same inputs. */
// SPDX-License-Identifier: MIT
#include "report/quotas.h"
#include "report/uncertain.h"
#include "report/words.h"

static void say_option_double(ent_json *json, const char *name, double value)
{
    ent_json_pair_number(json, name, value);
}

static void say_option_ptrdiff_t(ent_json *json, const char *name, ptrdiff_t value)
{
    ent_json_pair_integer(json, name, value);
}

static void say_options(const ent_options *options, ent_json *json)
{
    const ent_options defaults = ent_options_default();
    if (options == NULL) options = &defaults;
    ent_json_key(json, "options");
    ent_json_open(json, '{');
    ent_json_pair(json, "method", ent_method_words(options->method));
#define OPTION(type, name, preset, least, greatest, unit, meaning) say_option_##type(json, #name, options->name);
#include "entente/options.def"
#undef OPTION
    ent_json_close(json, '}');
}

static ent_status say_scenarios(const ent_view *view, ent_json *json)
{
    ent_json_key(json, "scenarios");
    ent_json_open(json, '[');
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        const ent_network *net = view->report->answers[s].outcome->net;
        ent_json_open(json, '{');
        ent_words_scenario_json(view, s, json);
        ent_json_key(json, "blueprint");
        ent_words_blueprint_json(view, s, json);
        ent_json_pair(json, "network_notes", net->notes);
        ent_uncertain_json(view, s, 0, json);
        ent_json_key(json, "certificate");
        ENT_TRY(ent_words_certificate_json(view, s, json));
        ent_quotas_json(view, s, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

static void say_seconds(const ent_view *view, ent_json *json)
{
    ent_json_key(json, "seconds");
    ent_json_open(json, '{');
    ent_json_pair_number(json, "total", view->report->seconds);
    ent_json_key(json, "solve");
    ent_json_open_dense(json, '[');
    for (ptrdiff_t s = 0; s < view->scenarios; s++)
        ent_json_number(json, view->report->answers[s].equilibrium->certificate.seconds);
    ent_json_close(json, ']');
    ent_json_close(json, '}');
}

ent_status ent_manifest_json(const ent_view *view, ent_text *text, ent_error *err)
{
    static const char *const files[] = {"regions.csv", "sectors.csv", "flows.csv", "results.nc", "report.html"};
    ent_json json = {.text = text, .pretty = 1};
    ent_json_open(&json, '{');
    ent_json_pair(&json, "program", "entente");
    ent_json_pair(&json, "version", ENT_VERSION);
    ent_json_pair(&json, "command", view->report->command);
    ent_json_key(&json, "world");
    ent_json_open(&json, '{');
    ent_words_world_json(view, &json);
    ent_json_close(&json, '}');
    say_options(view->report->options, &json);
    const ent_status status = say_scenarios(view, &json);
    if (status != ENT_OK) return ent_fail(err, status, "no memory for manifest.json");
    ent_json_key(&json, "files");
    ent_json_open(&json, '[');
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) ent_json_string(&json, files[f]);
    if (ent_view_has_draws(view)) ent_json_string(&json, "draws.csv");
    ent_json_close(&json, ']');
    say_seconds(view, &json);
    ent_json_close(&json, '}');
    ent_text_add(text, "\n", 1);
    if (text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for manifest.json");
    return ENT_OK;
}
