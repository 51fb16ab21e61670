/* partial.c: draws that are done, kept in a file until all are: one line of text (what it is, whose it is, how many),
 * then the numbers as they lie in memory. It is written whole or not at all, so what stands there is good. */
// SPDX-License-Identifier: MIT
#include "sensitivity/stage.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void add_doubles(ent_text *text, const double *list, ptrdiff_t count)
{
    if (count > 0) ent_text_add(text, (const char *)list, (size_t)count * sizeof *list);
}

static void add_network(ent_text *text, const ent_network *net)
{
    const ent_blueprint *b = net->blueprint;
    ent_text_say(text, "%td %td %td %td %d %d %d %d %d\n", net->nodes, net->edges, net->lanes, net->borders,
                 b->sourcing, b->closure, b->market, b->revenue, b->numeraire);
    add_doubles(text, net->elasticity, net->nodes);
    add_doubles(text, net->sales_usd, net->nodes);
    add_doubles(text, net->scale, net->nodes);
    add_doubles(text, net->levy_share, net->nodes);
    add_doubles(text, net->inverse_mobility, net->nodes);
    add_doubles(text, net->share, net->edges);
    add_doubles(text, net->lane_value_usd, net->lanes);
    add_doubles(text, net->duty, net->borders);
    add_doubles(text, net->export_tax, net->borders);
    add_doubles(text, net->duty_power, net->regions);
    add_doubles(text, net->entry_share, net->regions);
    add_doubles(text, net->stated_usd, net->regions);
    add_doubles(text, &b->labour_supply, 1);
}

static void add_policy(ent_text *text, const ent_network *net, const ent_policy *policy)
{
    add_doubles(text, policy->duty, net->borders);
    add_doubles(text, policy->export_tax, net->borders);
    add_doubles(text, policy->log_trade_cost, net->borders);
    add_doubles(text, policy->log_productivity, net->nodes);
    add_doubles(text, policy->subsidy, net->nodes);
    add_doubles(text, policy->transfer_usd, net->regions);
    for (ptrdiff_t lane = 0; lane < net->borders && policy->banned != NULL; lane++)
        if (policy->banned[lane]) ent_text_say(text, "ban %td\n", lane);
    for (ptrdiff_t q = 0; q < policy->quotas; q++) {
        const ent_quota *quota = policy->quota + q;
        ent_text_say(text, "quota %d %d %d\n", quota->kind, quota->rent, quota->of_value);
        add_doubles(text, &quota->limit, 1);
        add_doubles(text, &quota->to_exporter, 1);
        if (quota->lanes > 0) ent_text_add(text, (const char *)quota->lane, (size_t)quota->lanes * sizeof *quota->lane);
    }
}

ent_status ent_partial_name(const ent_stage *stage, const ent_uncertainty *u, uint64_t seed, char hex[65],
                            ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    const ent_spread *spread = stage->spread;
    ent_text_say(&text, "entente %s draws %llu %td %td %td %d\n", ENT_VERSION, (unsigned long long)seed, u->count,
                 u->pair_a, u->pair_b, stage->options.method);
    add_network(&text, stage->net);
    add_policy(&text, stage->net, stage->policy);
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        const ent_parameter *one = &spread->parameter[p];
        ent_text_say(&text, "%s %td\n", ent_parameter_words(one->kind), one->sector);
        add_doubles(&text, &one->value, 1);
        add_doubles(&text, &one->se, 1);
    }
    add_doubles(&text, &spread->correlation, 1);
    add_doubles(&text, &stage->options.tolerance, 1);
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory to tell one run's draws from another's");
    ent_hash_hex(text.data, text.size, hex);
    return ENT_OK;
}

/* "entente draws <64 digits> <done> <count>\n" */
static ent_status read_head(const char *path, const ent_bytes *bytes, const char *name, ptrdiff_t count,
                            ptrdiff_t *done, size_t *start, ent_error *err)
{
    char hex[65] = "";
    ptrdiff_t held = -1;
    int end = 0;
    const char *line_end = memchr(bytes->data, '\n', bytes->size < 200 ? bytes->size : 200);
    *start = line_end == NULL ? 0 : (size_t)(line_end - bytes->data) + 1;
    const ptrdiff_t most = PTRDIFF_MAX / (ptrdiff_t)sizeof(double);
    if (line_end == NULL || sscanf(bytes->data, "entente draws %64s %td %td%n", hex, done, &held, &end) != 3 ||
        (size_t)end + 1 != *start || *done < 0 || held <= 0 || *done > most / held ||
        bytes->size - *start != (size_t)(*done * held) * sizeof(double))
        return ent_fail(err, ENT_BAD_INPUT, "%s: this is no file of draws; remove it, and the draws start anew", path);
    if (strcmp(hex, name) != 0 || held != count)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: these draws belong to another world, scenario, blueprint, seed or standard errors; "
                        "finish that run, choose another --out, or remove the file",
                        path);
    return ENT_OK;
}

ent_status ent_partial_read(const char *path, const char *name, const ent_uncertainty *u, ptrdiff_t *done,
                            ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    size_t start;
    *done = 0;
    if (access(path, F_OK) != 0) return ENT_OK;
    ENT_TRY(ent_bytes_read(path, 0, &scratch, &bytes, err));
    ENT_TRY(read_head(path, &bytes, name, u->count, done, &start, err));
    if (*done > u->draws) *done = u->draws;
    memcpy(u->draw, bytes.data + start, (size_t)(*done * u->count) * sizeof *u->draw);
    return ENT_OK;
}

/* Straight from u->draw: a copy of it, which ent_bytes_write() would need, may be a gigabyte. */
static int write_all(const char *path, const char *name, const ent_uncertainty *u, ptrdiff_t done)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) return 0;
    const size_t numbers = (size_t)(done * u->count);
    int fine = fprintf(file, "entente draws %s %td %td\n", name, done, u->count) > 0;
    fine = fwrite(u->draw, sizeof *u->draw, numbers, file) == numbers && fine;
    fine = fflush(file) == 0 && fsync(fileno(file)) == 0 && fine;
    return fclose(file) == 0 && fine;
}

ent_status ent_partial_write(const char *path, const char *name, const ent_uncertainty *u, ptrdiff_t done,
                             ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    char *fresh = ent_string_format(&scratch, "%s.new", path);
    if (fresh == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to keep %td draws", done);
    if (write_all(fresh, name, u, done) && rename(fresh, path) == 0) return ENT_OK;
    const int why = errno;
    unlink(fresh);
    return ent_fail(err, ENT_BAD_INPUT, "%s: %td draws cannot be kept there: %s", path, done, strerror(why));
}
