/* rates.c: what a policy's rates are like, over what a seat may set: median, mean by benchmark trade, ends. */
// SPDX-License-Identifier: MIT
#include "entente/contest.h"
#include <math.h>
#include <stdlib.h>

static int rising(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The border belongs to what a government of the seat may set. */
static int is_set_by(const ent_seats *seats, const ent_seat *seat, ptrdiff_t lane)
{
    const ent_network *net = seats->net;
    const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane), j = ent_lane_sector(net, lane);
    for (ptrdiff_t p = seat->first; p < seat->first + seat->count; p++) {
        const ent_player *who = &seats->player[p];
        if (who->region == n && i != n && (who->partner == NULL || who->partner[i]) &&
            (who->sector == NULL || who->sector[j]))
            return 1;
    }
    return 0;
}

ent_rates ent_verdict_rates(const ent_seats *seats, const ent_verdict *verdict, ptrdiff_t seat, int export_tax,
                            double *room)
{
    const ent_network *net = seats->net;
    ent_rates rates = {NAN, NAN, NAN, NAN, 0};
    double sum = 0.0, trade = 0.0;
    if (export_tax || verdict->status != ENT_OK) return rates;
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        if (!(net->lane_value_usd[e] > 0.0) || !is_set_by(seats, &seats->seat[seat], e)) continue;
        const double value = net->lane_value_usd[e] / (1.0 + net->duty[e]); /* at the border, before duty */
        room[rates.count++] = verdict->policy.duty[e];
        sum += value * verdict->policy.duty[e];
        trade += value;
    }
    if (rates.count == 0) return rates;
    qsort(room, (size_t)rates.count, sizeof *room, rising);
    rates.least = room[0];
    rates.greatest = room[rates.count - 1];
    rates.median = 0.5 * (room[(rates.count - 1) / 2] + room[rates.count / 2]);
    rates.mean = sum / trade;
    return rates;
}
