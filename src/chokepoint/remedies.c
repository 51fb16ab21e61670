/* remedies.c: what diversification would buy. A remedy is a policy that stands before and during the cut-off; four
 * equilibria tell its story: W today, W(remedy), W(cut), W(remedy, cut). What it costs in peace is its premium, what it
 * saves when the cut comes its cover; both are measured from today's real income of the target, which pays:
 *
 *   home_subsidy     on its own production of what is cut, from its budget
 *   partner_subsidy  a negative duty on what its largest other supplier sells it, from its budget
 *   green_channel    lower trade costs on the same lanes, for nothing: what such an agreement is worth
 *   stock            replaces what is cut until it is used up: of a cut-off of D days, T are covered, and the loss of a
 *                    year is that of the other days; what it costs to hold is not in the model
 *
 * (CHOKEPOINTS: value added is exposed after the days of use that stocks cover, max(0, 1 − T/D).) */
// SPDX-License-Identifier: MIT
#include "chokepoint/cutter.h"
#include <math.h>
#include <string.h>

static const struct {
    const char *word, *unit, *meaning;
} words_of[] = {
#define REMEDY(name, word, unit, meaning) {#word, unit, meaning},
    ENT_REMEDY_LIST(REMEDY)
#undef REMEDY
};

const char *ent_remedy_word(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_REMEDIES ? words_of[kind].word : NULL;
}

const char *ent_remedy_unit(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_REMEDIES ? words_of[kind].unit : NULL;
}

const char *ent_remedy_meaning(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_REMEDIES ? words_of[kind].meaning : NULL;
}

ent_remedy_sizes ent_remedy_sizes_default(void)
{
    return (ent_remedy_sizes){.subsidy = 0.1, .channel = 0.1, .stock_days = 90.0, .cut_days = 365.0};
}

typedef struct {
    const ent_cutoff_ask *ask;
    const ent_cutoff *threat;
    const ent_remedy_sizes *sizes;
    unsigned char *sender, *target, *sector;
    int32_t partner;   /* largest supplier that goes on selling */
    double without;    /* loss of the cut-off */
    ent_policy policy; /* with the remedy of the moment */
    ent_remedy *list;
    ptrdiff_t count;
} remedies;

static double *copy_of(const double *list, ptrdiff_t count, ent_arena *arena)
{
    double *copy = ent_new(arena, double, count + 1);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

static ent_status copy_policy(const ent_network *net, const ent_policy *from, ent_arena *arena, ent_policy *to)
{
    *to = *from;
    to->duty = copy_of(from->duty, net->borders, arena);
    to->log_trade_cost = copy_of(from->log_trade_cost, net->borders, arena);
    to->subsidy = copy_of(from->subsidy, net->nodes, arena);
    return to->duty == NULL || to->log_trade_cost == NULL || to->subsidy == NULL ? ENT_NO_MEMORY : ENT_OK;
}

/* Lanes by which the partner would sell more: what is cut, from it to the target. */
static int is_partners(const remedies *r, ptrdiff_t lane)
{
    const ent_network *net = r->ask->net;
    return net->lane_region[lane] == r->threat->target && ent_lane_exporter(net, lane) == r->partner &&
           r->sector[ent_lane_sector(net, lane)];
}

static ent_status find_partner(remedies *r, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = r->ask->net;
    double *sold = ent_new0(&scratch, double, net->regions), most = 0.0;
    if (sold == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for remedies");
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(net, lane);
        if (net->lane_region[lane] != r->threat->target || !r->sector[ent_lane_sector(net, lane)]) continue;
        if (i != r->threat->target && !r->sender[i]) sold[i] += r->ask->eq->lane_value_usd[lane];
    }
    r->partner = -1;
    for (ptrdiff_t i = 0; i < net->regions; i++) {
        if (sold[i] <= most) continue;
        most = sold[i];
        r->partner = (int32_t)i;
    }
    return ENT_OK;
}

/* Put the remedy on the policy; 0 where there is nothing to put it on. */
static int place(remedies *r, ent_remedy_kind kind)
{
    const ent_network *net = r->ask->net;
    int placed = 0;
    const int everything =
        r->threat->sector < 0 && r->ask->sector == NULL; /* no remedy: it moves nothing to anywhere */
    for (ptrdiff_t j = 0; j < net->sectors && kind == ENT_REMEDY_HOME && !everything; j++) {
        const int32_t k = net->producer[r->threat->target * net->sectors + j];
        if (!r->sector[j] || k < 0) continue;
        r->policy.subsidy[k] = r->ask->policy->subsidy[k] + r->sizes->subsidy;
        placed = 1;
    }
    for (ptrdiff_t lane = 0; lane < net->borders && r->partner >= 0; lane++) {
        if (!is_partners(r, lane)) continue;
        if (kind == ENT_REMEDY_PARTNER)
            r->policy.duty[lane] = (1.0 + r->ask->policy->duty[lane]) * (1.0 - r->sizes->subsidy) - 1.0;
        if (kind == ENT_REMEDY_CHANNEL)
            r->policy.log_trade_cost[lane] = r->ask->policy->log_trade_cost[lane] + log1p(-r->sizes->channel);
        placed = placed || kind != ENT_REMEDY_HOME;
    }
    return placed;
}

/* log real income of the target under the remedy, without and with the cut. */
static ent_status measure(remedies *r, const ent_policy *policy, double *calm, double *cut, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_cutoff_ask *ask = r->ask;
    const ent_network *net = ask->net;
    const ent_cut what = {r->sender, r->target, r->sector, ask->two_way};
    ent_options options = ask->options != NULL ? *ask->options : ent_options_default();
    ent_cutter *cutter = NULL;
    ent_equilibrium eq = {0};
    ptrdiff_t lanes;
    options.progress = NULL;
    ENT_TRY(ent_cutter_open(net, policy, ask->eq, &options, &scratch, &cutter, err));
    ENT_TRY(ent_cutter_solve(cutter, &scratch, &eq, err)); /* no lane is marked yet */
    *calm = ent_log_real_income(net, &eq, r->threat->target);
    ent_cutter_mark(cutter, &what, &lanes);
    const ent_status status = ent_cutter_solve(cutter, &scratch, &eq, err);
    *cut = status == ENT_OK ? ent_log_real_income(net, &eq, r->threat->target) : -INFINITY;
    return status == ENT_NO_EQUILIBRIUM ? ENT_OK : status;
}

/* A premium p paid for sure, a saving s with probability q: worth it where q s > (1 − q) p. */
static double even_odds(double premium, double saving)
{
    if (premium <= 0.0 && saving >= 0.0) return 0.0;
    if (!(saving > 0.0)) return NAN;
    return premium / (premium + saving);
}

static void note(remedies *r, ent_remedy x)
{
    x.without = r->without;
    x.even = even_odds(x.premium, x.without - x.with);
    if (x.kind == ENT_REMEDY_STOCK) x.premium = x.even = NAN;
    r->list[r->count++] = x;
}

static ent_status measure_remedy(remedies *r, ent_remedy_kind kind, double today, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double calm, cut;
    if (kind == ENT_REMEDY_STOCK) {
        const double left = fmax(0.0, 1.0 - r->sizes->stock_days / r->sizes->cut_days);
        note(r, (ent_remedy){.kind = kind,
                             .partner = -1,
                             .size = r->sizes->stock_days,
                             .left = left * r->without,
                             .with = left * r->without});
        return ENT_OK;
    }
    if (copy_policy(r->ask->net, r->ask->policy, &scratch, &r->policy) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for remedies");
    if (!place(r, kind)) return ENT_OK;
    ENT_TRY(measure(r, &r->policy, &calm, &cut, err));
    note(r, (ent_remedy){.kind = kind,
                         .partner = kind == ENT_REMEDY_HOME ? r->threat->target : r->partner,
                         .size = kind == ENT_REMEDY_CHANNEL ? -r->sizes->channel : r->sizes->subsidy,
                         .premium = today - calm,
                         .left = calm - cut,
                         .with = today - cut});
    return ENT_OK;
}

static ent_status check_sizes(const ent_remedy_sizes *s, ent_error *err)
{
    if (!(s->subsidy >= 0.0 && s->subsidy < 1.0 && s->channel >= 0.0 && s->channel < 1.0))
        return ent_fail(err, ENT_BAD_INPUT,
                        "a remedy's subsidy and green channel lie between 0 and 1, not at %g and %g", s->subsidy,
                        s->channel);
    if (!(s->stock_days >= 0.0 && s->cut_days > 0.0 && isfinite(s->cut_days)))
        return ent_fail(err, ENT_BAD_INPUT, "a stock lasts 0 days or more and a cut-off some days, not %g and %g",
                        s->stock_days, s->cut_days);
    return ENT_OK;
}

static void list_cut(remedies *r)
{
    const ent_cutoff_ask *ask = r->ask;
    const ent_cutoff *t = r->threat;
    for (ptrdiff_t i = 0; i < ask->net->regions; i++) {
        r->target[i] = i == t->target;
        r->sender[i] = i != t->target && (t->sender >= 0 ? i == t->sender : ask->sender == NULL || ask->sender[i] != 0);
    }
    for (ptrdiff_t j = 0; j < ask->net->sectors; j++)
        r->sector[j] = t->sector >= 0 ? j == t->sector : ask->sector == NULL || ask->sector[j] != 0;
}

ent_status ent_remedies_measure(const ent_cutoff_ask *ask, const ent_cutoff *threat, const ent_remedy_sizes *sizes,
                                ent_arena *arena, ent_remedy_list *list, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_remedy_sizes preset = ent_remedy_sizes_default();
    remedies r = {.ask = ask,
                  .threat = threat,
                  .sizes = sizes != NULL ? sizes : &preset,
                  .sender = ent_new(&scratch, unsigned char, ask->net->regions),
                  .target = ent_new(&scratch, unsigned char, ask->net->regions),
                  .sector = ent_new(&scratch, unsigned char, ask->net->sectors),
                  .list = ent_new(arena, ent_remedy, ENT_REMEDIES)};
    if (r.sender == NULL || r.target == NULL || r.sector == NULL || r.list == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for remedies");
    ENT_TRY(check_sizes(r.sizes, err));
    list_cut(&r);
    ENT_TRY(find_partner(&r, err));
    double today, cut;
    ENT_TRY(measure(&r, ask->policy, &today, &cut, err));
    r.without = today - cut;
    for (int kind = 0; kind < ENT_REMEDIES; kind++) ENT_TRY(measure_remedy(&r, (ent_remedy_kind)kind, today, err));
    *list = (ent_remedy_list){r.list, r.count};
    return ENT_OK;
}
