/* match_outcomes.c: what every point of a game means for every region: regions.csv with the columns that it has in the
 * folder of a run, the points as scenarios. Sectors and flows of a point are one `entente run` of its policy away. */
// SPDX-License-Identifier: MIT
#include "match.h"

typedef struct {
    ent_scenario scenario;
    ent_equilibrium equilibrium;
    ent_outcome outcome;
} measured;

/* Solved once more from nothing but the policy, so that these tables are a second computation of games.csv. */
static ent_status measure(match *m, const ent_verdict *verdict, const ent_options *options, measured *one,
                          ent_error *err)
{
    one->scenario = m->contest.scenario;
    one->scenario.name = verdict->name;
    ENT_TRY(ent_equilibrium_solve(&m->net, &verdict->policy, options, NULL, m->house, &one->equilibrium, err));
    return ent_outcome_measure(&m->net, &verdict->policy, &one->equilibrium, m->house, &one->outcome, err);
}

ent_status match_write_outcomes(match *m, ent_error *err)
{
    const ent_play *play = &m->play;
    ent_options options = ent_options_default();
    measured *points = ent_new0(m->house, measured, play->verdicts);
    ent_answer *answers = ent_new0(m->house, ent_answer, play->verdicts);
    ent_report report = {.answers = answers,
                         .table = &m->table,
                         .options = &options,
                         .world_hash = ent_table_hash(&m->table, m->house),
                         .command = m->ask.line};
    if (points == NULL || answers == NULL || report.world_hash == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for regions.csv");
    options.tolerance = 1e-12;
    for (ptrdiff_t v = 0; v < play->verdicts; v++) {
        measured *one = &points[report.count];
        if (play->verdict[v].status != ENT_OK) continue;
        ENT_TRY(measure(m, &play->verdict[v], &options, one, err));
        answers[report.count++] =
            (ent_answer){.scenario = &one->scenario, .outcome = &one->outcome, .equilibrium = &one->equilibrium};
    }
    ent_bytes bytes;
    ENT_TRY(ent_report_file(&report, "regions.csv", m->house, &bytes, err));
    const char *path = ent_path_join(m->house, m->ask.out, "regions.csv");
    if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for regions.csv");
    return ent_bytes_write(path, bytes.data, bytes.size, err);
}
