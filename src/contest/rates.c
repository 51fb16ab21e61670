/* rates.c: what a policy's rates are like, over what a seat may set: median, mean by benchmark trade, ends. */
// SPDX-License-Identifier: MIT
#include "contest/play.h"
#include <math.h>
#include <stdlib.h>

static int rising(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* A government of the seat may set this tax on the lane. */
int ent_seat_sets(const ent_seats *seats, const ent_seat *seat, ent_tax tax, ptrdiff_t lane)
{
    const ent_network *net = seats->net;
    const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane), j = ent_lane_sector(net, lane);
    const ptrdiff_t own = tax == ENT_TAX_IMPORT ? n : i, partner = tax == ENT_TAX_IMPORT ? i : n;
    for (ptrdiff_t p = seat->first; p < seat->first + seat->count; p++) {
        const ent_player *who = &seats->player[p];
        for (ptrdiff_t k = 0; k < who->sets && who->region == own; k++) {
            const ent_instruments *set = &who->instruments[k];
            if (set->tax == tax && (set->partner == NULL || set->partner[partner]) &&
                (set->sector == NULL || set->sector[j]))
                return 1;
        }
    }
    return 0;
}

int ent_seat_has(const ent_seats *seats, const ent_seat *seat, ptrdiff_t region)
{
    for (ptrdiff_t p = seat->first; p < seat->first + seat->count; p++)
        if (seats->player[p].region == region) return 1;
    return 0;
}

ent_rates ent_verdict_rates(const ent_seats *seats, const ent_verdict *verdict, ptrdiff_t seat, ent_tax tax,
                            double *room)
{
    const ent_network *net = seats->net;
    ent_rates rates = {NAN, NAN, NAN, NAN, 0};
    double sum = 0.0, trade = 0.0;
    if (verdict->status != ENT_OK) return rates;
    const double *rate = tax == ENT_TAX_IMPORT ? verdict->policy.duty : verdict->policy.export_tax;
    for (ptrdiff_t e = 0; e < net->borders; e++) {
        if (!(net->lane_value_usd[e] > 0.0) || !ent_seat_sets(seats, &seats->seat[seat], tax, e)) continue;
        const double value = net->lane_value_usd[e] / (1.0 + net->duty[e]); /* at the border, before duty */
        room[rates.count++] = rate[e];
        sum += value * rate[e];
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
