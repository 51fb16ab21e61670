/* routes_lever.c: POST /lever: the questions of `entente lever`, at the benchmark or after a scenario. */
// SPDX-License-Identifier: MIT
#include "runs.h"
#include <string.h>

typedef enum {
    LEVER_RANK,
    LEVER_MATRIX,
    LEVER_EXPOSURE
} lever_question; /* in the order of the member's words */

typedef struct {
    const char *yaml, *world_name, *blueprint, *objective, *by, *sector;
    ask_texts settings, levers;
    int question;
    ptrdiff_t top;
    ent_options options;
} lever_ask;

typedef struct {
    lever_ask ask;
    const web_world *world;
    const char *file; /* of the scenario; NULL: at the benchmark */
    ent_scenario scenario;
    web_benchmark *base;
    ent_policy policy;
    ent_equilibrium eq;
    ent_sensitivity *sensitivity;
    unsigned kinds;
    web_watch *watch;
} inquiry;

/* ---- what is asked ---- */

static ent_status check_together(const lever_ask *ask, const ent_json_value *body, ent_error *err)
{
    if (ask->question == LEVER_RANK && ask->objective == NULL)
        return ask_fail(err, body, "a rank needs an `objective`, such as \"real_income:CHN\"");
    if (ask->question != LEVER_RANK && ask->by != NULL) return ask_fail(err, body, "`by` goes with a rank");
    if (ask->question != LEVER_RANK && ask->objective != NULL)
        return ask_fail(err, body, "`objective` goes with a rank");
    if (ask->question != LEVER_EXPOSURE && ask->sector != NULL)
        return ask_fail(err, body, "`sector` goes with an exposure");
    if (ask->question == LEVER_EXPOSURE && ask->levers.count > 0)
        return ask_fail(err, body, "`levers` do not go with an exposure");
    return ask->top < 0 ? ask_fail(err, body, "`top` must be at least 0, which is all") : ENT_OK;
}

static ent_status read_ask(const ent_json_value *body, ent_arena *arena, lever_ask *ask, ent_error *err)
{
    const ent_json_value *options = NULL;
    *ask = (lever_ask){.options = ent_options_default(), .top = 25, .question = -1};
    const ask_member members[] = {
        {"yaml", ASK_TEXT, &ask->yaml, NULL},
        {"world", ASK_TEXT, &ask->world_name, NULL},
        {"blueprint", ASK_TEXT, &ask->blueprint, NULL},
        {"set", ASK_TEXTS, &ask->settings, NULL},
        {"options", ASK_OBJECT, &options, NULL},
        {"question", ASK_CHOICE, &ask->question, "rank|matrix|exposure"},
        {"objective", ASK_TEXT, &ask->objective, NULL},
        {"by", ASK_TEXT, &ask->by, NULL},
        {"levers", ASK_TEXTS, &ask->levers, NULL},
        {"top", ASK_COUNT, &ask->top, NULL},
        {"sector", ASK_TEXT, &ask->sector, NULL},
    };
    ENT_TRY(ask_read(body, members, sizeof members / sizeof *members, arena, err));
    if (options != NULL) ENT_TRY(web_options_read(options, arena, &ask->options, err));
    if (ask->question < 0) return ask_fail(err, body, "there is no `question`: \"rank\", \"matrix\" or \"exposure\"");
    if (ask->blueprint != NULL && !web_is_preset(ask->blueprint, err)) return ENT_BAD_INPUT;
    return check_together(ask, body, err);
}

static ent_status fail_name(const ent_names *names, const char *what, const char *word, ent_error *err)
{
    const char *near = ent_names_nearest(names, word);
    if (near != NULL)
        return ent_fail(err, ENT_BAD_INPUT, "there is no %s called %.60s; did you mean %s?", what, word, near);
    return ent_fail(err, ENT_BAD_INPUT, "there is no %s called %.60s", what, word);
}

static ent_status read_kinds(inquiry *q, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names all = {0};
    const lever_ask *ask = &q->ask;
    for (int kind = 0; kind < ENT_LEVERS; kind++)
        ENT_TRY(ent_names_add(&all, &scratch, ent_lever_word(kind), NULL, NULL));
    q->kinds = ask->levers.count > 0           ? 0
               : ask->question == LEVER_MATRIX ? 1u << ENT_LEVER_DUTY | 1u << ENT_LEVER_EXPORT_TAX
                                               : ~0u;
    for (ptrdiff_t k = 0; k < ask->levers.count; k++) {
        const ptrdiff_t kind = ent_names_find(&all, ask->levers.word[k]);
        if (kind < 0) return fail_name(&all, "lever", ask->levers.word[k], err);
        if (ask->question == LEVER_MATRIX && kind >= ENT_LEVER_SUBSIDY)
            return ent_fail(err, ENT_BAD_INPUT, "a matrix takes levers at borders; a %s is inside a region",
                            ask->levers.word[k]);
        q->kinds |= 1u << kind;
    }
    return ENT_OK;
}

/* ---- to the equilibrium ---- */

static ent_status read_scenario(inquiry *q, ent_arena *arena, ent_error *err)
{
    if (q->ask.yaml == NULL) return ENT_OK;
    ENT_SCRATCH scratch = {0};
    const ent_bytes bytes = {q->ask.yaml, strlen(q->ask.yaml)};
    ENT_TRY(ent_scenario_parse(bytes, "", NULL, &scratch, &q->scenario, err));
    const char *slug = web_slug(q->scenario.name, arena);
    q->file = slug == NULL ? NULL : ent_string_format(arena, "%s.yaml", slug);
    if (q->file == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a scenario");
    return ent_scenario_parse(bytes, q->file, NULL, arena, &q->scenario, err);
}

static ent_status reach(web_app *app, inquiry *q, ent_arena *arena, ent_error *err)
{
    const lever_ask *ask = &q->ask;
    const ent_scenario *scenario = q->file != NULL ? &q->scenario : NULL;
    ent_options options = ask->options;
    options.stop = web_watch_stop;
    options.stop_who = q->watch;
    const web_choice choice = {.world = q->world,
                               .scenario = scenario,
                               .blueprint = ask->blueprint,
                               .settings = ask->settings.word,
                               .count = ask->settings.count,
                               .options = &options};
    ENT_TRY(web_benchmark_take(&app->worlds, &choice, &q->base, err));
    const ent_network *net = &q->base->net;
    if (scenario != NULL)
        ENT_TRY(ent_scenario_place(scenario, net, arena, &q->policy, err));
    else
        ENT_TRY(ent_policy_none(net, arena, &q->policy, err));
    ENT_TRY(web_benchmark_solve(&app->worlds, q->base, &ask->options, q->watch, &q->policy, arena, &q->eq, err));
    return ent_sensitivity_open(net, &q->policy, &q->eq, arena, &q->sensitivity, err);
}

/* ---- answers ---- */

static void say_command(const inquiry *q, ent_arena *arena, ent_json *json)
{
    const lever_ask *ask = &q->ask;
    ent_text line = {.arena = arena};
    ent_text_say(&line, "entente lever");
    if (q->file != NULL) web_say_word(&line, q->file);
    if (ask->question == LEVER_RANK) {
        ent_text_say(&line, " --objective");
        web_say_word(&line, ask->objective);
    } else {
        ent_text_say(&line, ask->question == LEVER_MATRIX ? " --matrix" : " --exposure");
    }
    if (ask->by != NULL) {
        ent_text_say(&line, " --by");
        web_say_word(&line, ask->by);
    }
    for (ptrdiff_t k = 0; k < ask->levers.count; k++) ent_text_say(&line, " --lever %s", ask->levers.word[k]);
    if (ask->sector != NULL) {
        ent_text_say(&line, " --sector");
        web_say_word(&line, ask->sector);
    }
    if (ask->question == LEVER_RANK && ask->top != 25) ent_text_say(&line, " --top %td", ask->top);
    if (ask->world_name != NULL || q->world->option != NULL) {
        ent_text_say(&line, " --world");
        web_say_word(&line, q->world->option != NULL ? q->world->option : ask->world_name);
    }
    if (ask->blueprint != NULL) ent_text_say(&line, " --blueprint %s", ask->blueprint);
    for (ptrdiff_t s = 0; s < ask->settings.count; s++) {
        ent_text_say(&line, " --set");
        web_say_word(&line, ask->settings.word[s]);
    }
    ent_json_pair(json, "command", line.failed ? NULL : line.data);
}

static void say_head(const inquiry *q, ent_arena *arena, ent_json *json)
{
    static const char *const words[] = {"rank", "matrix", "exposure"};
    const ent_certificate *c = &q->eq.certificate;
    ent_json_pair(json, "question", words[q->ask.question]);
    ent_json_pair(json, "where",
                  q->file != NULL ? ent_string_format(arena, "after: %s", q->scenario.name) : "at the benchmark");
    ent_json_pair(json, "world", q->world->table.name);
    ent_json_pair_integer(json, "year", q->world->table.year);
    ent_json_pair(json, "blueprint", q->base->blueprint.name);
    say_command(q, arena, json);
    ent_json_key(json, "files");
    ent_json_open(json, '[');
    if (q->file != NULL) {
        ent_json_open(json, '{');
        ent_json_pair(json, "name", q->file);
        ent_json_pair(json, "yaml", q->ask.yaml);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    ent_json_key(json, "certificate");
    ent_json_open(json, '{');
    ent_json_key(json, "converged");
    ent_json_truth(json, c->converged);
    ent_json_pair_number(json, "tolerance", c->tolerance);
    ent_json_pair_number(json, "excess", c->excess);
    ent_json_pair_number(json, "price", c->price);
    ent_json_pair_number(json, "walras", c->walras);
    ent_json_pair(json, "method", ent_method_words(c->method));
    ent_json_pair_integer(json, "passes", c->passes);
    ent_json_close(json, '}');
}

static void say_codes(const ent_names *names, ent_json *json)
{
    ent_json_key(json, "regions");
    ent_json_open(json, '[');
    for (ptrdiff_t n = 0; n < names->count; n++) ent_json_string(json, names->code[n]);
    ent_json_close(json, ']');
}

static void say_lever(const ent_table *t, const ent_lever *lever, ent_json *json)
{
    ent_json_open(json, '{');
    ent_json_pair(json, "lever", ent_lever_word(lever->kind));
    ent_json_pair(json, "holder", t->regions.code[lever->holder]);
    ent_json_pair(json, "target", t->regions.code[lever->target]);
    ent_json_pair(json, "sector", t->sectors.code[lever->sector]);
    ent_json_pair_number(json, "effect", lever->effect);
    ent_json_pair_number(json, "effect_usd", lever->effect_usd);
    ent_json_pair_number(json, "own_usd", lever->own_usd);
    ent_json_pair_number(json, "ratio", lever->ratio);
    ent_json_close(json, '}');
}

static ent_status rank(inquiry *q, ent_arena *arena, ent_json *json, ent_error *err)
{
    const lever_ask *ask = &q->ask;
    const ent_table *t = &q->base->table;
    ent_objective objective;
    ent_lever *levers;
    ptrdiff_t count, kept = 0, holder = -1;
    const int others = ask->by != NULL && strcmp(ask->by, "others") == 0;
    ENT_TRY(ent_objective_parse(ask->objective, &q->base->net, arena, &objective, err));
    if (ask->by != NULL && !others) {
        holder = ent_names_find(&t->regions, ask->by);
        if (holder < 0) return fail_name(&t->regions, "region", ask->by, err);
    }
    ENT_TRY(ent_lever_rank(q->sensitivity, &objective, holder, q->kinds, arena, &levers, &count, err));
    for (ptrdiff_t k = 0; k < count; k++)
        if (!others || levers[k].holder != objective.terms->region) levers[kept++] = levers[k];
    ent_json_pair(json, "objective", ask->objective);
    ent_json_pair(json, "unit",
                  objective.count == 1 && objective.terms->kind == ENT_TERM_TARIFF_REVENUE
                      ? "million USD"
                      : "log points, as fractions");
    ent_json_pair(json, "by", ask->by);
    ent_json_pair_integer(json, "count", kept);
    ent_json_key(json, "rows");
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < kept && (ask->top == 0 || k < ask->top); k++) say_lever(t, &levers[k], json);
    ent_json_close(json, ']');
    return ENT_OK;
}

static void say_square(const char *key, ptrdiff_t side, const double *value, ent_json *json)
{
    ent_json_key(json, key);
    ent_json_open(json, '[');
    for (ptrdiff_t h = 0; h < side; h++) {
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < side; n++) ent_json_rounded(json, value[h * side + n], 10);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static void say_best(const ent_table *t, const ent_lever_matrix *m, ent_json *json)
{
    const ptrdiff_t R = t->regions.count;
    ent_json_key(json, "best");
    ent_json_open(json, '[');
    for (ptrdiff_t h = 0; h < R; h++) {
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < R; n++)
            ent_json_string(json, m->best[h * R + n] < 0 ? NULL : t->sectors.code[m->best[h * R + n]]);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
    ent_json_key(json, "free");
    ent_json_open(json, '[');
    for (ptrdiff_t h = 0; h < R; h++) {
        ent_json_open(json, '[');
        for (ptrdiff_t n = 0; n < R; n++) ent_json_integer(json, m->free[h * R + n]);
        ent_json_close(json, ']');
    }
    ent_json_close(json, ']');
}

static ent_status matrix(inquiry *q, ent_arena *arena, ent_json *json, ent_error *err)
{
    const ent_table *t = &q->base->table;
    const ptrdiff_t R = t->regions.count;
    ent_leverage leverage;
    ENT_TRY(ent_leverage_measure(q->sensitivity, -1, arena, &leverage, err));
    say_codes(&t->regions, json);
    ent_json_key(json, "matrices");
    ent_json_open(json, '[');
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        ent_lever_matrix m;
        if ((q->kinds >> kind & 1) == 0) continue;
        ENT_TRY(ent_lever_matrix_make(&leverage, (ent_lever_kind)kind, arena, &m, err));
        ent_json_open(json, '{');
        ent_json_pair(json, "lever", ent_lever_word(kind));
        say_square("loss_usd", R, m.loss_usd, json);
        say_square("own_usd", R, m.own_usd, json);
        say_square("ratio", R, m.ratio, json);
        say_square("best_ratio", R, m.best_ratio, json);
        say_best(t, &m, json);
        ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
    return ENT_OK;
}

static ent_status expose(inquiry *q, ent_arena *arena, ent_json *json, ent_error *err)
{
    const ent_table *t = &q->base->table;
    const ptrdiff_t R = t->regions.count;
    ptrdiff_t sector = -1;
    ent_exposure e;
    if (q->ask.sector != NULL) {
        sector = ent_names_find(&t->sectors, q->ask.sector);
        if (sector < 0) return fail_name(&t->sectors, "sector", q->ask.sector, err);
    }
    ENT_TRY(ent_exposure_measure(&q->base->net, &q->policy, &q->eq, sector, arena, &e, err));
    say_codes(&t->regions, json);
    ent_json_pair(json, "sector", q->ask.sector);
    ent_json_pair_number(json, "theta", e.theta);
    say_square("share", R, e.s, json);
    say_square("income", R, e.w, json);
    say_square("welfare", R, e.u, json);
    return ENT_OK;
}

static void say_progress(void *watch, ptrdiff_t done, ptrdiff_t all)
{
    web_watch_say(watch, "regions", done, all);
}

static ent_status answer(web_app *app, inquiry *q, ent_arena *arena, ent_json *json, ent_error *err)
{
    ENT_TRY(read_kinds(q, err));
    ENT_TRY(read_scenario(q, arena, err));
    const char *own = q->file != NULL ? q->scenario.world : NULL;
    q->world = web_world_find(&app->worlds, q->ask.world_name != NULL ? q->ask.world_name : own, err);
    if (q->world == NULL) return ENT_BAD_INPUT;
    ENT_TRY(reach(app, q, arena, err));
    ent_sensitivity_watch(q->sensitivity, say_progress, q->watch);
    ent_json_open(json, '{');
    say_head(q, arena, json);
    if (q->ask.question == LEVER_RANK) ENT_TRY(rank(q, arena, json, err));
    if (q->ask.question == LEVER_MATRIX) ENT_TRY(matrix(q, arena, json, err));
    if (q->ask.question == LEVER_EXPOSURE) ENT_TRY(expose(q, arena, json, err));
    ent_json_close(json, '}');
    return ENT_OK;
}

void web_ask_lever(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena, web_response *response)
{
    inquiry q = {.watch = watch};
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    ent_status status = read_ask(body, arena, &q.ask, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = answer(app, &q, arena, &json, &err);
    if (status == ENT_OK)
        web_say_json(&text, response);
    else
        web_say_failure(status, watch, &err, -1, arena, response);
    if (q.base != NULL) web_benchmark_give(&app->worlds, q.base);
}
