/* bans.h: what bans leave of a network: which nodes are not to be had any more, which have no buyer left, and whether
 * somebody cannot do without what is gone (MODEL.md 2, bans). */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/pass.h"

ent_status ent_bans_open(ent_pass *pass, ent_arena *arena);
/* Find what the policy's bans shut, where the whole of it is placed (part 1); less than the whole shuts nothing. */
void ent_bans_look(ent_pass *pass, double part);
/* ENT_NO_EQUILIBRIUM, with node, input and bans by name, where somebody is starved; else ENT_OK. */
ent_status ent_bans_judge(const ent_pass *pass, ent_error *err);
/* The log trade cost that stands for the part λ < 1 of a ban on a lane of power r: its weight is (1 − λ)² then. */
double ent_ban_wedge(double part, double r);
/* For each banned lane the power r of the nest in which what it brought is missed: the buyer's own, or where the buyer
 * runs dry, that of whoever does without him (the least of several). With it what is sold over a lane falls as (1 − λ)²
 * on the way to the ban, whatever is above. power [borders], 0 for other lanes. */
ent_status ent_bans_powers(const ent_network *net, const ent_policy *policy, ent_arena *arena, double **power);
