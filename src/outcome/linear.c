/* linear.c: the first-order welfare formula of [CP] (16), at benchmark weights, in percent of benchmark income:
 *
 *   terms of trade    100/I_n Σ_j { Σ_m E[j,n→m] (ĉ_jn − 1) − Σ_i M[j,n,i] (ĉ_ji − 1) }
 *   volume of trade   100/I_n Σ_j Σ_i t M[j,n,i] (M̂[j,n,i] − ĉ_ji)
 *
 * It is reported under its own name beside the exact number (E14): they can differ grossly. */
// SPDX-License-Identifier: MIT
#include "outcome/scene.h"
#include <math.h>

void ent_measure_linear(ent_scene *s)
{
    const ent_network *net = s->net;
    const ptrdiff_t cells = net->regions * net->sectors;
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        ent_note_sector(s, ENT_SECTOR_terms_of_trade_linear, cell, 0.0, 0.0);
        ent_note_sector(s, ENT_SECTOR_volume_of_trade_linear, cell, 0.0, 0.0);
    }
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane), j = ent_lane_sector(net, lane);
        if (i == n) continue; /* home sales stand on both sides */
        const double b = s->border0[lane], cost = exp(s->eq->log_price[net->seller[lane]]);
        const double to = 100.0 / s->eq->benchmark_income_usd[n], from = 100.0 / s->eq->benchmark_income_usd[i];
        ent_add_sector(s, ENT_SECTOR_terms_of_trade_linear, i * net->sectors + j, 0.0, from * b * (cost - 1.0));
        ent_add_sector(s, ENT_SECTOR_terms_of_trade_linear, n * net->sectors + j, 0.0, -to * b * (cost - 1.0));
        ent_add_sector(s, ENT_SECTOR_volume_of_trade_linear, n * net->sectors + j, 0.0,
                       to * net->duty[lane] * b * (s->border1[lane] / b - cost));
    }
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        double tot = 0.0, vot = 0.0;
        for (ptrdiff_t j = 0; j < net->sectors; j++) {
            tot += s->out->sector_value[ENT_SECTOR_terms_of_trade_linear * cells + n * net->sectors + j];
            vot += s->out->sector_value[ENT_SECTOR_volume_of_trade_linear * cells + n * net->sectors + j];
        }
        ent_note_region(s, ENT_REGION_terms_of_trade_linear, n, 0.0, tot);
        ent_note_region(s, ENT_REGION_volume_of_trade_linear, n, 0.0, vot);
        ent_note_region(s, ENT_REGION_welfare_linear, n, 0.0, tot + vot);
    }
}
