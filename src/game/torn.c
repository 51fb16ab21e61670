/* torn.c: does the economy have one answer to taxes? Where scale or selection is strong it may have several equilibria
 * under one policy (MODEL.md 6.1). Then which one is found depends on where the search began, a government may seem to
 * gain by taxes and in truth gain by luck, and no policy can be called an optimum. Seen by solving the same taxes
 * twice: from the benchmark, and from another equilibrium. What is looked at twice is little, but it is just where a
 * game failed or somebody seemed to gain. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>

#define APART 1e-6 /* of log real income: two ways to one equilibrium are nearer even where it is nearly singular */

static void compare(const ent_network *net, const ent_equilibrium *a, const ent_equilibrium *b, ent_torn *torn)
{
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const double income = fabs(log(a->income_usd[n] / b->income_usd[n]) - a->log_price[net->household[n]] +
                                   b->log_price[net->household[n]]);
        if (!(income > APART) || !(income > torn->apart)) continue;
        torn->apart = income;
        torn->region = n;
    }
}

ent_status ent_board_torn(ent_board *b, const ent_policy *policy, const ent_equilibrium *other, ent_torn *torn)
{
    ENT_SCRATCH scratch = {0};
    ent_equilibrium near, far;
    ent_solver_aim(b->solver, b->options.tolerance_of_solver);
    b->solver_stands = 0;
    ent_status status = ent_solver_solve(b->solver, policy, other, &scratch, &near, NULL);
    if (status == ENT_OK) status = ent_solver_solve(b->solver, policy, NULL, &scratch, &far, NULL);
    b->solves += 2;
    if (status == ENT_OK) compare(b->game->net, &near, &far, torn);
    return status == ENT_NO_MEMORY ? status : ENT_OK;
}

/* What mends it, where it is known what does. */
static const char *mending(const ent_network *net)
{
    switch (net->blueprint->market) {
    case ENT_MARKET_KRUGMAN:
        return " (a smaller `scale` has one)";
    case ENT_MARKET_MELITZ:
        return " (a smaller `scale` or `entry_share` has one)";
    default:
        return "";
    }
}

ent_status ent_torn_say(const ent_network *net, const ent_torn *torn, const char *before, ent_error *err)
{
    const ent_error told = err != NULL ? *err : (ent_error){{0}};
    const int room = (int)sizeof told.text / 2; /* what was said first may be cut, the reason may not */
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "%.*s%sthe economy has more than one equilibrium under the same taxes, real income of %s %.2g %% "
                    "apart in two of them, so that no policy is an optimum but by where one begins%s",
                    before != NULL ? 0 : room, before != NULL ? "" : told.text, before != NULL ? before : "; ",
                    net->table->regions.label[torn->region], 100.0 * expm1(torn->apart), mending(net));
}

ent_status ent_board_explain(ent_board *b, ent_status status, ent_error *err)
{
    ent_torn torn = {.region = -1};
    if (status != ENT_NOT_CONVERGED || !b->solved || b->last != ENT_OK) return status;
    if (ent_board_torn(b, &b->policy, &b->eq, &torn) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to look why a game did not come to rest");
    return torn.region < 0 ? status : ent_torn_say(b->game->net, &torn, NULL, err);
}
