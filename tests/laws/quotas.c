/* quotas.c: quantity controls (E12) in any world: complementarity, equivalence with duties and taxes, who gets the
 * rents. Expected numbers are those of other policies, which other tests hold, or of the equations written a second
 * time. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    MOST_QUOTAS = 6
};

static int is_foreign(const ent_network *net, ptrdiff_t lane)
{
    return ent_lane_exporter(net, lane) != net->lane_region[lane];
}

/* A quota over lanes drawn with this probability; none where no lane was. Guarantees keep off the lanes of others, with
 * which they might contradict each other. */
static int draw_quota(random_world *w, double probability, unsigned char *taken, ent_quota *quota)
{
    int32_t *lane = ent_new(&w->arena, int32_t, w->net.borders + 1);
    *quota = (ent_quota){.lane = lane};
    const int floor = dice_chance(&w->dice, 0.3);
    for (ptrdiff_t e = 0; e < w->net.borders; e++)
        if (is_foreign(&w->net, e) && taken[e] <= !floor && dice_chance(&w->dice, probability)) {
            lane[quota->lanes++] = (int32_t)e;
            taken[e] = floor ? 2 : 1;
        }
    quota->kind = floor ? ENT_QUOTA_FLOOR : ENT_QUOTA_CEILING;
    quota->limit =
        quota->kind == ENT_QUOTA_CEILING ? dice_between(&w->dice, 0.3, 1.1) : dice_between(&w->dice, 0.9, 1.3);
    if (dice_chance(&w->dice, 0.1))
        *quota = (ent_quota){
            .lane = lane, .lanes = quota->lanes, .kind = ENT_QUOTA_PRICE, .limit = dice_between(&w->dice, -0.1, 0.4)};
    quota->rent = (ent_rent)dice_pick(&w->dice, quota->kind == ENT_QUOTA_FLOOR ? 3 : 4);
    quota->to_exporter = dice_roll(&w->dice);
    quota->of_value = dice_chance(&w->dice, 0.3);
    return quota->lanes > 0;
}

static void draw_quotas(random_world *w, double probability)
{
    ent_quota *list = ent_new(&w->arena, ent_quota, MOST_QUOTAS);
    unsigned char *taken = ent_new0(&w->arena, unsigned char, w->net.borders);
    const ptrdiff_t wanted = 1 + dice_pick(&w->dice, MOST_QUOTAS);
    for (ptrdiff_t q = 0; q < wanted; q++)
        w->policy.quotas += draw_quota(w, probability, taken, list + w->policy.quotas);
    w->policy.quota = list;
}

static ent_status lay(random_world *w, uint64_t seed, double size)
{
    ENT_TRY(random_table(w, seed, &any_world));
    ENT_TRY(random_blueprint(w));
    ENT_TRY(random_lay(w));
    return random_policy(w, size);
}

TEST(every_equation_holds_under_quotas_of_every_kind, "E12")
{
    ptrdiff_t solved = 0, binding = 0, passes = 0, plain = 0;
    for (uint64_t seed = 1; seed <= WORLDS(300); seed++) {
        random_world w;
        char where[256];
        MUST_IN(&w, lay(&w, seed, 0.3));
        MUST_IN(&w, random_solve(&w, 1e-11));
        plain += w.eq.certificate.passes;
        if (dice_chance(&w.dice, 0.2))
            for (ptrdiff_t e = 0; e < w.net.borders; e++)
                w.policy.banned[e] = is_foreign(&w.net, e) && dice_chance(&w.dice, 0.1);
        draw_quotas(&w, dice_chance(&w.dice, 0.5) ? 0.1 : 0.4);
        const ent_status status = random_solve(&w, 1e-11);
        if (status == ENT_OK) {
            const double gap = naive_gap(&w.net, &w.policy, &w.eq, where);
            LAW(&w, gap <= 1e-9, "%.3g off: %s", gap, where);
            for (ptrdiff_t q = 0; q < w.policy.quotas; q++) binding += w.eq.licence_price[q] != 0.0;
            passes += w.eq.certificate.passes;
        }
        solved += status == ENT_OK;
        random_close(&w);
    }
    CHECK(solved >= WORLDS(300) * 9 / 10 && binding >= solved && passes <= 2 * plain);
}
