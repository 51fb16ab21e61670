/* routes_lever.c: POST /lever: the questions of `entente lever`, at the benchmark or after a scenario. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include <string.h>

typedef enum {
    LEVER_RANK,
    LEVER_MATRIX,
    LEVER_EXPOSURE
} lever_question; /* in the order of the member's words */

typedef struct {
    asked point;
    const char *objective, *by, *sector;
    ask_texts levers;
    int question;
    ptrdiff_t top;
    ent_sensitivity *sensitivity;
    unsigned kinds;
} inquiry;

/* ---- what is asked ---- */

static ent_status check_together(const inquiry *q, const ent_json_value *body, ent_error *err)
{
    if (q->question == LEVER_RANK && q->objective == NULL)
        return ask_fail(err, body, "a rank needs an `objective`, such as \"real_income:CHN\"");
    if (q->question != LEVER_RANK && q->by != NULL) return ask_fail(err, body, "`by` goes with a rank");
    if (q->question != LEVER_RANK && q->objective != NULL) return ask_fail(err, body, "`objective` goes with a rank");
    if (q->question != LEVER_EXPOSURE && q->sector != NULL)
        return ask_fail(err, body, "`sector` goes with an exposure");
    if (q->question == LEVER_EXPOSURE && q->levers.count > 0)
        return ask_fail(err, body, "`levers` do not go with an exposure");
    return q->top < 0 ? ask_fail(err, body, "`top` must be at least 0, which is all") : ENT_OK;
}

static ent_status read_ask(const ent_json_value *body, ent_arena *arena, inquiry *q, ent_error *err)
{
    const ent_json_value *options = NULL;
    ask_member members[ASKED_MEMBERS + 6] = {0};
    const ask_member own[] = {
        {"question", ASK_CHOICE, &q->question, "rank|matrix|exposure"},
        {"objective", ASK_TEXT, &q->objective, NULL},
        {"by", ASK_TEXT, &q->by, NULL},
        {"levers", ASK_TEXTS, &q->levers, NULL},
        {"top", ASK_COUNT, &q->top, NULL},
        {"sector", ASK_TEXT, &q->sector, NULL},
    };
    asked_members(&q->point.ask, &options, members);
    memcpy(members + ASKED_MEMBERS, own, sizeof own);
    ENT_TRY(ask_read(body, members, sizeof members / sizeof *members, arena, err));
    ENT_TRY(asked_check(&q->point.ask, options, arena, err));
    if (q->question < 0) return ask_fail(err, body, "there is no `question`: \"rank\", \"matrix\" or \"exposure\"");
    return check_together(q, body, err);
}

static ent_status read_kinds(inquiry *q, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_names all = {0};
    const inquiry *ask = q;
    for (int kind = 0; kind < ENT_LEVERS; kind++)
        ENT_TRY(ent_names_add(&all, &scratch, ent_lever_word(kind), NULL, NULL));
    q->kinds = ask->levers.count > 0           ? 0
               : ask->question == LEVER_MATRIX ? 1u << ENT_LEVER_DUTY | 1u << ENT_LEVER_EXPORT_TAX
                                               : ~0u;
    for (ptrdiff_t k = 0; k < ask->levers.count; k++) {
        const ptrdiff_t kind = ent_names_find(&all, ask->levers.word[k]);
        if (kind < 0) return asked_fail_name(&all, "lever", ask->levers.word[k], err);
        if (ask->question == LEVER_MATRIX && kind >= ENT_LEVER_SUBSIDY)
            return ent_fail(err, ENT_BAD_INPUT, "a matrix takes levers at borders; a %s is inside a region",
                            ask->levers.word[k]);
        q->kinds |= 1u << kind;
    }
    return ENT_OK;
}

/* ---- answers ---- */

/* What the numbers mean, in one sentence. */
static const char *definition(int question)
{
    static const char *const sentences[] = {
        "First-order effect of one percentage point more of each instrument, alone, with all prices, wages and incomes "
        "adjusting; own: on the real income of its holder; ratio: effect a dollar that the holder loses.",
        "First-order losses of real income, million USD a year, from one percentage point more on all that crosses the "
        "border between row (who holds the instrument) and column; ratio: the column's loss a dollar of the row's own.",
        "First-order exposure of Kleinman, Liu and Redding: percent of the row's real income (welfare) or wage "
        "(income) "
        "for one percent of productivity in the column, from this sector's trade alone.",
    };
    return sentences[question];
}

static void say_head(const inquiry *q, ent_arena *arena, ent_json *json)
{
    static const char *const words[] = {"rank", "matrix", "exposure"};
    ent_text line = {.arena = arena};
    asked_begin_line(&q->point, &line);
    if (q->question == LEVER_RANK)
        asked_say_option(&line, "objective", q->objective);
    else
        ent_text_say(&line, " --%s", words[q->question]);
    if (q->by != NULL) asked_say_option(&line, "by", q->by);
    for (ptrdiff_t k = 0; k < q->levers.count; k++) asked_say_option(&line, "lever", q->levers.word[k]);
    if (q->sector != NULL) asked_say_option(&line, "sector", q->sector);
    if (q->question == LEVER_RANK && q->top != 25) ent_text_say(&line, " --top %td", q->top);
    ent_json_pair(json, "question", words[q->question]);
    ent_json_pair(json, "definition", definition(q->question));
    asked_say(&q->point, &line, arena, json);
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
    const inquiry *ask = q;
    const ent_table *t = &q->point.base->table;
    ent_objective objective;
    ent_lever *levers;
    ptrdiff_t count, kept = 0, holder = -1;
    const int others = ask->by != NULL && strcmp(ask->by, "others") == 0;
    ENT_TRY(ent_objective_parse(ask->objective, &q->point.base->net, arena, &objective, err));
    if (ask->by != NULL && !others) {
        holder = ent_names_find(&t->regions, ask->by);
        if (holder < 0) return asked_fail_name(&t->regions, "region", ask->by, err);
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
    const ent_table *t = &q->point.base->table;
    const ptrdiff_t R = t->regions.count;
    ent_leverage leverage;
    ENT_TRY(ent_leverage_measure(q->sensitivity, -1, arena, &leverage, err));
    asked_say_codes("regions", &t->regions, json);
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
    const ent_table *t = &q->point.base->table;
    const ptrdiff_t R = t->regions.count;
    ptrdiff_t sector = -1;
    ent_exposure e;
    if (q->sector != NULL) {
        sector = ent_names_find(&t->sectors, q->sector);
        if (sector < 0) return asked_fail_name(&t->sectors, "sector", q->sector, err);
    }
    ENT_TRY(ent_exposure_measure(&q->point.base->net, &q->point.policy, &q->point.eq, sector, arena, &e, err));
    asked_say_codes("regions", &t->regions, json);
    ent_json_pair(json, "sector", q->sector);
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
    const asked *p = &q->point;
    ENT_TRY(read_kinds(q, err));
    ENT_TRY(asked_solve(app, &q->point, arena, err));
    ENT_TRY(ent_sensitivity_open(&p->base->net, &p->policy, &p->eq, arena, &q->sensitivity, err));
    ent_sensitivity_watch(q->sensitivity, say_progress, p->watch);
    ent_json_open(json, '{');
    say_head(q, arena, json);
    if (q->question == LEVER_RANK) ENT_TRY(rank(q, arena, json, err));
    if (q->question == LEVER_MATRIX) ENT_TRY(matrix(q, arena, json, err));
    if (q->question == LEVER_EXPOSURE) ENT_TRY(expose(q, arena, json, err));
    ent_json_close(json, '}');
    return ENT_OK;
}

void web_ask_lever(web_app *app, const ent_json_value *body, web_watch *watch, ent_arena *arena, web_response *response)
{
    inquiry q = {.point = {.ask = {.options = ent_options_default(), .command = "lever"}, .watch = watch},
                 .question = -1,
                 .top = 25};
    ent_text text = {.arena = arena};
    ent_json json = {.text = &text};
    ent_error err = {0};
    ent_status status = read_ask(body, arena, &q, &err);
    if (status != ENT_OK) {
        web_say_wrong(status, &err, arena, response);
        return;
    }
    status = answer(app, &q, arena, &json, &err);
    if (status == ENT_OK)
        web_say_json(&text, response);
    else
        web_say_failure(status, watch, &err, -1, arena, response);
    asked_close(app, &q.point);
}
