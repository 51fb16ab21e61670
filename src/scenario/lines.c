/* lines.c: actions in words. Needs no table: names stand as they were written. */
// SPDX-License-Identifier: MIT
#include "scenario/choice.h"
#include "scenario/plan.h"

static void say_rent(ent_text *text, const ent_quota *quota)
{
    const int floor = quota->kind == ENT_QUOTA_FLOOR;
    switch (quota->rent) {
    case ENT_RENT_EXPORTER:
    case ENT_RENT_IMPORTER:
        ent_text_say(text, floor ? ", paid by the %s" : ", rent to the %s", ent_rent_words(quota->rent));
        break;
    case ENT_RENT_SHARED:
        ent_text_say(text, floor ? ", %.10g %% paid by the exporter" : ", %.10g %% of the rent to the exporter",
                     100.0 * quota->to_exporter);
        break;
    case ENT_RENT_WASTED:
        ent_text_say(text, ", rent wasted");
        break;
    }
}

/* "at most 50 % of the benchmark's quantity, for each importer, rent to the exporter" */
static void say_quota(ent_text *text, const ent_action *action)
{
    static const char *const each[] = {"", ", for each importer", ", for each exporter", ", for each sector",
                                       ", for each flow"};
    const ent_quota *quota = &action->quota;
    if (quota->kind == ENT_QUOTA_PRICE)
        ent_text_say(text, "price %.10g %%", 100.0 * quota->limit);
    else
        ent_text_say(text, "at %s %.10g %% of the benchmark's %s%s", quota->kind == ENT_QUOTA_FLOOR ? "least" : "most",
                     100.0 * quota->limit, quota->of_value ? "value" : "quantity", each[action->each]);
    if (quota->limit > 0.0 || quota->kind == ENT_QUOTA_PRICE) say_rent(text, quota);
}

/* 100 * 0.3 is 30.000000000000004: ten digits are what people write. */
static void say_change(ent_text *text, const ent_action *action)
{
    const double percent = 100.0 * action->value;
    switch (action->change) {
    case ENT_CHANGE_SET:
        ent_text_say(text, "set to %.10g %%", percent);
        break;
    case ENT_CHANGE_ADD:
        ent_text_say(text, "%+.10g percentage points", percent);
        break;
    case ENT_CHANGE_SCALE:
        ent_text_say(text, "multiplied by %.10g", action->value);
        break;
    case ENT_CHANGE_MULTIPLY:
        ent_text_say(text, "%+.10g %%", percent);
        break;
    case ENT_CHANGE_LIMIT:
        say_quota(text, action);
        break;
    case ENT_CHANGE_GIVE:
        ent_text_say(text, "%.10g million USD", action->value);
        break;
    }
}

static void say_file(ent_text *text, const ent_action *action)
{
    static const char *const verbs[] = {"set to", "raised by", "", "changed by", "", ""};
    ent_text_say(text, "%s column %s of %s", verbs[action->change], action->file->column,
                 ent_yaml_find(action->at, "file")->text);
}

static void say_where(ent_text *text, const ent_action *action)
{
    const int levied = action->kind == ENT_ACTION_duty || action->kind == ENT_ACTION_export_tax;
    switch (action->kind) {
    case ENT_ACTION_duty:
        ent_text_say(text, " of ");
        ent_choice_say(text, action->importer, "all", "region");
        ent_text_say(text, " on ");
        ent_choice_say(text, action->exporter, "all", "region");
        break;
    case ENT_ACTION_export_tax:
        ent_text_say(text, " of ");
        ent_choice_say(text, action->exporter, "all", "region");
        ent_text_say(text, " on sales to ");
        ent_choice_say(text, action->importer, "all", "region");
        break;
    case ENT_ACTION_ban:
    case ENT_ACTION_quota:
    case ENT_ACTION_guarantee:
    case ENT_ACTION_licence:
        ent_text_say(text, action->kind == ENT_ACTION_guarantee ? " of sales of " : " on sales of ");
        ent_choice_say(text, action->exporter, "all", "region");
        ent_text_say(text, " to ");
        ent_choice_say(text, action->importer, "all", "region");
        break;
    case ENT_ACTION_subsidy:
    case ENT_ACTION_productivity:
        ent_text_say(text, " of ");
        ent_choice_say(text, action->region, "all", "region");
        break;
    default:
        ent_text_say(text, " from ");
        ent_choice_say(text, action->from != NULL ? action->from : action->exporter, "all", "region");
        ent_text_say(text, " to ");
        ent_choice_say(text, action->to != NULL ? action->to : action->importer, "all", "region");
        break;
    }
    if (action->kind == ENT_ACTION_transfer || (action->file != NULL && action->sector == NULL))
        return; /* the file says */
    ent_text_say(text, ", ");
    ent_choice_say(text, action->sector, levied ? "goods" : "all", "sector");
}

const char *ent_action_line(ent_arena *arena, const ent_action *action, const char *before)
{
    ent_text text = {.arena = arena};
    ent_text_say(&text, "%s%s", before, ent_action_said(action->kind));
    say_where(&text, action);
    if (action->kind == ENT_ACTION_ban) return text.failed ? NULL : text.data;
    ent_text_say(&text, ": ");
    if (action->file != NULL)
        say_file(&text, action);
    else
        say_change(&text, action);
    return text.failed ? NULL : text.data;
}

ent_status ent_scenario_lines(const ent_scenario *scenario, ent_arena *arena, const char *const **lines,
                              ptrdiff_t *count, ent_error *err)
{
    const ent_scenario_file *file = scenario->file;
    const ptrdiff_t start = file->start_count, all = start + file->action_count;
    const char **said = ent_new(arena, const char *, all);
    for (ptrdiff_t l = 0; l < all && said != NULL; l++) {
        said[l] = l < start ? ent_action_line(arena, &file->start[l], "Benchmark: ")
                            : ent_action_line(arena, &file->actions[l - start], "");
        if (said[l] == NULL) said = NULL;
    }
    if (said == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to say its actions", file->path);
    *lines = said;
    *count = all;
    return ENT_OK;
}
