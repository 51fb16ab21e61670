/* terms.c: `talks:` of a game file: patience, priors, costs and outside options of the sides, punishments, and deals in
 * packages. What the file says nothing about is NaN, and what needs it is left out. */
// SPDX-License-Identifier: MIT
#include "contest/file.h"
#include "scenario/quantity.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

static const char KEYS[] = "discount period punishment stubborn claim cost outside packages ladders precision";

ent_status ent_terms_check(const ent_reading *reading, const ent_yaml *talks)
{
    if (talks->kind != YAML_MAPPING)
        return ENT_REFUSE(reading, talks,
                          "`talks` is a mapping: discount, period, punishment, stubborn, claim, cost, outside, "
                          "packages, ladders, precision");
    return ent_keys_check(reading, talks, "key of `talks`", KEYS);
}

/* ---- numbers ---- */

static ent_status take_discount(const ent_reading *reading, const ent_yaml *node, double *value)
{
    ENT_TRY(ent_quantity_number(reading, node, value));
    if (*value > 0.0 && *value < 1.0) return ENT_OK;
    return ENT_REFUSE(reading, node,
                      "a discount factor of %s is not between 0 and 1; 0.95 counts the next period at 95 %%",
                      ent_yaml_short(node->text).text);
}

static ent_status take_prior(const ent_reading *reading, const ent_yaml *node, double *value)
{
    ENT_TRY(ent_quantity_rate(reading, node, value));
    if (*value >= 0.0 && *value < 1.0) return ENT_OK;
    return ENT_REFUSE(reading, node, "a prior of %s is no probability below 100%%", ent_yaml_short(node->text).text);
}

static ent_status take_claim(const ent_reading *reading, const ent_yaml *node, double *value)
{
    ENT_TRY(ent_quantity_rate(reading, node, value));
    if (*value > 0.0 && *value < 1.0) return ENT_OK;
    return ENT_REFUSE(reading, node, "a claim of %s is not between 0%% and 100%% of what there is to gain",
                      ent_yaml_short(node->text).text);
}

static ent_status take_outside(const ent_reading *reading, const ent_yaml *node, double *value)
{
    double rate;
    ENT_TRY(ent_quantity_rate(reading, node, &rate));
    if (!(rate > -1.0))
        return ENT_REFUSE(reading, node, "walking away with %s leaves no income; it must be above -100%%",
                          ent_yaml_short(node->text).text);
    *value = log1p(rate);
    return ENT_OK;
}

static ent_status take_years(const ent_reading *reading, const ent_yaml *node, double *years)
{
    *years = 1.0;
    if (node == NULL) return ENT_OK;
    ENT_TRY(ent_quantity_number(reading, node, years));
    if (*years > 0.0 && isfinite(*years)) return ENT_OK;
    return ENT_REFUSE(reading, node, "`period: %s` must be a number of years above 0", ent_yaml_short(node->text).text);
}

/* cost: {USA: [0%, 2%]}: the other side knows of it only that it is uniform between the two. */
static ent_status take_costs(const ent_seating *at, const ent_yaml *mapping, ent_terms *terms)
{
    if (mapping == NULL) return ENT_OK;
    if (mapping->kind != YAML_MAPPING)
        return ENT_REFUSE(at->reading, mapping,
                          "`cost` is a mapping from players to least and greatest, such as {%s: [0%%, 2%%]}",
                          at->seats->seat[0].name);
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) {
        ptrdiff_t seat;
        ENT_TRY(ent_seat_find(at, value->key, &seat));
        if (value->kind != YAML_SEQUENCE || value->count != 2)
            return ENT_REFUSE(at->reading, value, "the cost of %s is two rates, least and greatest, such as [0%%, 2%%]",
                              value->key->text);
        ENT_TRY(ent_quantity_rate(at->reading, value->first, &terms->cost_least[seat]));
        ENT_TRY(ent_quantity_rate(at->reading, value->first->next, &terms->cost_greatest[seat]));
        if (!(terms->cost_greatest[seat] < 1.0 && terms->cost_greatest[seat] > terms->cost_least[seat]))
            return ENT_REFUSE(at->reading, value,
                              "the costs of %s must rise, to below 100 %% of its real income; below 0 %% war pleases",
                              value->key->text);
    }
    return ENT_OK;
}

static ent_status take_periods(const ent_reading *reading, const ent_yaml *node, ptrdiff_t *periods)
{
    double number;
    if (node->kind == YAML_SCALAR && strcmp(node->text, "forever") == 0) {
        *periods = PTRDIFF_MAX;
        return ENT_OK;
    }
    ENT_TRY(ent_quantity_number(reading, node, &number));
    if (number != floor(number) || number < 1.0 || number > 1e6)
        return ENT_REFUSE(reading, node, "a punishment of %s periods is neither a whole number from 1 on nor `forever`",
                          ent_yaml_short(node->text).text);
    *periods = (ptrdiff_t)number;
    return ENT_OK;
}

static ent_status take_punishments(const ent_seating *at, const ent_yaml *list, ent_terms *terms)
{
    const ent_yaml usual = {.kind = YAML_SCALAR, .text = "forever"};
    const ent_yaml *node = list == NULL ? &usual : list->kind == YAML_SEQUENCE ? list->first : list;
    const ptrdiff_t count = list != NULL && list->kind == YAML_SEQUENCE ? list->count : 1;
    if (count == 0 || node->kind == YAML_MAPPING)
        return ENT_REFUSE(at->reading, list, "`punishment` is a number of periods, `forever`, or a list of these");
    terms->punishment = ent_new(at->reading->arena, ptrdiff_t, count);
    if (terms->punishment == NULL) return ent_reading_no_memory(at->reading);
    for (; node != NULL && terms->punishments < count; node = node->next)
        ENT_TRY(take_periods(at->reading, node, &terms->punishment[terms->punishments++]));
    return ENT_OK;
}

static ent_status take_packages(const ent_seating *at, const struct ent_contest_file *file, ent_terms *terms)
{
    terms->packages = file->packages;
    if (file->packages == 0) return ENT_OK;
    terms->package = ent_new0(at->reading->arena, ent_package, file->packages);
    if (terms->package == NULL) return ent_reading_no_memory(at->reading);
    for (ptrdiff_t p = 0; p < file->packages; p++) {
        ent_package *package = &terms->package[p];
        package->name = file->package[p].own.name;
        ENT_TRY(ent_seats_place(at->seats, &file->package[p].whole, at->reading->arena, &package->policy,
                                at->reading->err));
        ENT_TRY(ent_scenario_lines(&file->package[p].own, at->reading->arena, &package->lines, &package->line_count,
                                   at->reading->err));
    }
    return ENT_OK;
}

static ent_status none_yet(const ent_seating *at, ent_terms *terms)
{
    double **lists[] = {&terms->discount,      &terms->stubborn, &terms->cost_least,
                        &terms->cost_greatest, &terms->outside,  &terms->claim};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        *lists[l] = ent_new(at->reading->arena, double, at->seats->seats);
        if (*lists[l] == NULL) return ent_reading_no_memory(at->reading);
        for (ptrdiff_t s = 0; s < at->seats->seats; s++) (*lists[l])[s] = NAN;
    }
    for (ptrdiff_t s = 0; s < at->seats->seats; s++) terms->claim[s] = 0.75;
    return ENT_OK;
}

static ent_status take_precision(const ent_reading *reading, const ent_yaml *node, double *precision)
{
    *precision = 10.0;
    if (node == NULL) return ENT_OK;
    ENT_TRY(ent_quantity_number(reading, node, precision));
    if (*precision >= 0.0 && *precision <= 1e6) return ENT_OK;
    return ENT_REFUSE(reading, node,
                      "`precision: %s` must be a number from 0 (all steps are as likely) to 1000000, log odds for one "
                      "percent of real income",
                      ent_yaml_short(node->text).text);
}

enum {
    MOST_RUNGS = 20000 /* combinations of steps, each an equilibrium */
};

/* Whose ladder is whose, and every step alone on this network. */
static ent_status take_ladders(const ent_seating *at, const struct ent_contest_file *file, ent_terms *terms)
{
    ent_arena *arena = at->reading->arena;
    double profiles = 1.0;
    if (file->ladders == 0) return ENT_OK;
    terms->ladder = ent_new0(arena, ent_climber, file->ladders);
    if (terms->ladder == NULL) return ent_reading_no_memory(at->reading);
    for (ptrdiff_t l = 0; l < file->ladders; l++) {
        const ent_ladder_file *from = &file->ladder[l];
        ent_climber *one = &terms->ladder[terms->ladders++];
        const char **names = ent_new(arena, const char *, from->steps + 1);
        if (names == NULL) return ent_reading_no_memory(at->reading);
        *one = (ent_climber){.steps = from->steps + 1, .step = names};
        ENT_TRY(ent_seat_find(at, from->side, &one->seat));
        for (ptrdiff_t k = 0; k < l; k++)
            if (terms->ladder[k].seat == one->seat)
                return ENT_REFUSE(at->reading, from->side, "%s climbs two ladders; write its steps into one",
                                  at->seats->seat[one->seat].name);
        names[0] = "nothing";
        for (ptrdiff_t k = 0; k < from->steps; k++) {
            ENT_SCRATCH scratch = {0};
            ent_policy policy;
            names[k + 1] = from->step[k].own.name;
            ENT_TRY(ent_seats_place(at->seats, &from->step[k].whole, &scratch, &policy, at->reading->err));
        }
        profiles *= (double)one->steps;
    }
    if (file->ladders < 2 || file->ladders > 16)
        return ENT_REFUSE(at->reading, file->ladder[0].side, "ladders are climbed by 2 to 16 players, not %td",
                          file->ladders);
    if (profiles > MOST_RUNGS)
        return ENT_REFUSE(at->reading, file->ladder[0].side,
                          "these ladders have %.0f combinations, each an equilibrium; %d are the most", profiles,
                          MOST_RUNGS);
    return ENT_OK;
}

ent_status ent_terms_seat(const ent_seating *at, const struct ent_contest_file *file)
{
    ent_terms *terms = &at->seats->terms;
    const ent_yaml none = {.kind = YAML_MAPPING}, *talks = file->talks != NULL ? file->talks : &none;
    const ent_yaml *discount = ent_yaml_find(talks, "discount"), *stubborn = ent_yaml_find(talks, "stubborn");
    const ent_yaml *outside = ent_yaml_find(talks, "outside"), *claim = ent_yaml_find(talks, "claim");
    *terms = (ent_terms){.there = file->talks != NULL};
    ENT_TRY(none_yet(at, terms));
    ENT_TRY(take_years(at->reading, ent_yaml_find(talks, "period"), &terms->years));
    if (discount != NULL) ENT_TRY(ent_by_seat(at, discount, terms->discount, take_discount));
    if (stubborn != NULL) ENT_TRY(ent_by_seat(at, stubborn, terms->stubborn, take_prior));
    if (claim != NULL) ENT_TRY(ent_by_seat(at, claim, terms->claim, take_claim));
    if (outside != NULL) ENT_TRY(ent_by_seat(at, outside, terms->outside, take_outside));
    ENT_TRY(take_costs(at, ent_yaml_find(talks, "cost"), terms));
    ENT_TRY(take_punishments(at, ent_yaml_find(talks, "punishment"), terms));
    ENT_TRY(take_precision(at->reading, ent_yaml_find(talks, "precision"), &terms->precision));
    ENT_TRY(take_ladders(at, file, terms));
    return take_packages(at, file, terms);
}
