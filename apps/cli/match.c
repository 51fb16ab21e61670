/* match.c: see match.h. The corridor of `entente run` up to the network; then players take their seats. */
// SPDX-License-Identifier: MIT
#include "match.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void match_options(match_ask *ask, words_option options[MATCH_OPTIONS])
{
    const words_option rows[MATCH_OPTIONS] = {
        {"world", 'w', WORDS_TEXT, &ask->world, "WORLD", "an embedded world or a world file; default: the game's"},
        {"blueprint", 'b', WORDS_TEXT, &ask->blueprint, "NAME|FILE", "a blueprint by name or from a YAML file"},
        {"set", 's', WORDS_LIST, &ask->settings, "KEY=VALUE", "one key of the blueprint, as elasticities.ELE=4.5"},
        {"out", 'o', WORDS_TEXT, &ask->out, "DIR", "write tables, policies, manifest and report.html there"},
        {"format", 'f', WORDS_CHOICE, &ask->format, "text|json|csv", "what is printed; default text"},
        {"tolerance", 0, WORDS_NUMBER, &ask->tolerance, "N", "largest slope left to a player; default 1e-11"},
        {"rounds", 0, WORDS_COUNT, &ask->rounds, "N", "most rounds of answers to answers; default 400"},
        {"quick", 0, WORDS_FLAG, &ask->quick, NULL, "one start, and no search for deviations far away"},
        {"threads", 0, WORDS_COUNT, &ask->threads, "N", "over partitions and packages; default all"},
        {"quiet", 'q', WORDS_FLAG, &ask->quiet, NULL, "no progress and no closing line on stderr"},
    };
    memcpy(options, rows, sizeof rows);
}

int match_check(const char *command, const words_list *rest, match_ask *ask)
{
    if (rest->count == 0) return words_wrong("%s needs a game file; `entente help %s` shows how", command, command);
    if (rest->count > 1) return words_wrong("%s plays one game at a time, not %td", command, rest->count);
    if (!(ask->tolerance >= 1e-13 && ask->tolerance <= 1e-3))
        return words_wrong("--tolerance %g: must be from 1e-13 to 0.001", ask->tolerance);
    if (ask->rounds < 1 || ask->rounds > 100000)
        return words_wrong("--rounds %td: must be from 1 to 100000", ask->rounds);
    if (ask->threads < 0 || ask->threads > 1024)
        return words_wrong("--threads %td: must be from 0 to 1024", ask->threads);
    ask->path = rest->word[0];
    return -1;
}

ent_status match_lay(match *m, ent_error *err)
{
    const match_ask *ask = &m->ask;
    const ent_scenario *scenario = &m->contest.scenario;
    ent_options options = ent_options_default();
    options.tolerance = 1e-12;
    ENT_TRY(ent_contest_read(ask->path, m->house, &m->contest, err));
    m->line.who = scenario->name;
    const char *own = scenario->world != NULL ? scenario->world : "baseline2022";
    ENT_TRY(ent_table_read(ask->world != NULL ? ask->world : own, m->house, &m->table, err));
    ENT_TRY(ent_table_check(&m->table, err));
    ENT_TRY(ent_scenario_start(scenario, &m->table, m->house, err));
    ENT_TRY(ent_blueprint_default(&m->table, m->house, &m->blueprint, err));
    ENT_TRY(ent_scenario_blueprint(scenario, &m->table, m->house, &m->blueprint, err));
    if (ask->blueprint != NULL) ENT_TRY(ent_blueprint_read(ask->blueprint, &m->table, m->house, &m->blueprint, err));
    for (ptrdiff_t s = 0; s < ask->settings.count; s++)
        ENT_TRY(ent_blueprint_set(ask->settings.word[s], &m->table, m->house, &m->blueprint, err));
    ENT_TRY(ent_network_lay(&m->table, &m->blueprint, m->house, &m->laid, err));
    ENT_TRY(ent_network_balance(&m->laid, &options, m->house, &m->net, err));
    ENT_TRY(ent_contest_seat(&m->contest, &m->net, m->house, &m->seats, err));
    return ent_scenario_lines(scenario, m->house, &m->lines, &m->line_count, err);
}

static int all_processors(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 && processors < 1024 ? (int)processors : 1;
}

ent_play_options match_play_options(match *m)
{
    return (ent_play_options){
        .game = {.tolerance = m->ask.tolerance,
                 .rounds = m->ask.rounds,
                 .progress = progress_say,
                 .progress_who = &m->line},
        .starts = m->ask.quick ? 1 : 0,
        .certify = !m->ask.quick,
        .threads = m->ask.threads > 0 ? (int)m->ask.threads : all_processors(),
    };
}

const char *match_concept_of(const ent_verdict *verdict)
{
    return ent_verdict_kind(verdict);
}

int match_close(match *m)
{
    progress_end(&m->line);
    fflush(stdout); /* the table first, wherever both go */
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        const ent_verdict *verdict = &m->play.verdict[v];
        if (verdict->status != ENT_OK && !verdict->excused)
            fprintf(stderr, "entente: %s: %s: %s\n", m->ask.path, verdict->label, verdict->why);
    }
    for (ptrdiff_t c = 0; c < m->play.curves; c++)
        if (m->play.curve[c].status != ENT_OK)
            fprintf(stderr, "entente: %s: frontier: %s\n", m->ask.path, m->play.curve[c].why);
    for (ptrdiff_t t = 0; t < m->play.partition_tables; t++)
        if (m->play.partitions[t].status != ENT_OK)
            fprintf(stderr, "entente: %s: blocs: %s\n", m->ask.path, m->play.partitions[t].why);
    for (ptrdiff_t r = 0; r < m->play.revelations; r++)
        if (m->play.revealed[r].status != ENT_OK)
            fprintf(stderr, "entente: %s: %s: %s\n", m->ask.path, m->play.revealed[r].label, m->play.revealed[r].why);
    if (!m->ask.quiet) {
        if (m->ask.out != NULL) fprintf(stderr, "entente: the answers lie in %s\n", m->ask.out);
        fprintf(stderr, "entente: %.1f s\n", ent_seconds() - m->began);
    }
    return m->play.failed > 0;
}
