/* talk.h: what governments can agree on, and whether it holds: the frontier and its prices, the zone of agreement, asks
 * under threat, sanctions, bargains pair by pair, truces, agreements that enforce themselves, deals in packages.
 * Knows games. Does not know which model of trade lies below. Incentives are the model's: see docs/TALKS.md.
 * Payoffs are the goals of game.h: log W over the benchmark, but for players with lobby or security weights. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/game.h"
#include "entente/strategy.h"

/* log W [regions] under a policy, by its equilibrium (tolerance 1e-12). start: a neighbour's equilibrium, or NULL. */
ent_status ent_talk_welfare(const ent_network *net, const ent_policy *policy, const ent_equilibrium *start,
                            ent_arena *arena, double **log_welfare, ent_error *err);

/* goal_n [regions] of game.h at a policy: what threats, floors and wars are given in. */
ent_status ent_talk_goals(const ent_game *game, const ent_policy *policy, ent_arena *arena, double **goal,
                          ent_error *err);

/* Where a call is about two parties, or takes one objective a player, players of equal weights are one party (game.h):
 * a government alone, or a bloc. Its objective is Σ weight goal, its threat the same sum over the goals of the threat.
 */

/* ---- the frontier of two parties ---- */

/* Points where neither can gain but at the other's expense, both setting the free duties of both within their bounds.
 * From all weight on party 0 to all on party 1, or as near to that as policies are reached (see weight); between them
 * weights are chosen so that no gap in the plane of the two objectives is much wider than the others. */
typedef struct {
    ptrdiff_t points;
    double *weight;      /* [points] of party 1; of party 0: 1 − weight */
    double *gain[2];     /* [points] objectives of the two parties */
    double *price;       /* [points] of a concession: log points that party 0 gives up for one of party 1's: weight of 1
                            over weight of 0. INFINITY at the last point. */
    double *price_usd;   /* [points] the same in money: dollars of 0's real income for one of 1's, by benchmark incomes
                            of their regions */
    double *log_welfare; /* [points][regions] */
    ent_policy *policy;  /* [points] */
    double slope;        /* largest of all points, see ent_game_point */
    double kink; /* widest gap that no weight fills, of goals: the frontier has a straight or empty piece there */
} ent_frontier;
/* Given     game    of two parties;  points >= 3
 *           options  or NULL; the preset is a tolerance of 1e-9
 * Status    ENT_OK, ENT_NOT_CONVERGED: not even the middle or weights of 0.2 and 0.8 are reached; ENT_BAD_INPUT
 * Cost      one cooperative policy a point, each from its neighbour's; the ends cost most
 * Source    docs/TALKS.md 1 */
ent_status ent_talk_frontier(const ent_game *game, ptrdiff_t points, const ent_game_options *options, ent_arena *arena,
                             ent_frontier *frontier, ent_error *err);

/* ---- asks under threat, and the zone of agreement ---- */

/* The most that the regions with `weight` > 0 can get, Σ weight goal, while others keep at least a floor.
 * All free duties of the game's players are set to that end: the ask. */
typedef struct {
    const double *weight; /* [regions] of who asks */
    const double *floor;  /* [regions] goal that must be kept; -INFINITY: no floor */
} ent_ask;
typedef struct {
    ent_game_point point;
    double *multiplier; /* [regions] of the floors: what one log point more of a floor costs the asker; 0 where it does
                           not bind */
    double objective;   /* Σ weight goal */
    double missed;      /* largest of the floors' gaps that is left, in log points, >= 0 */
} ent_asked;
/* Status    ENT_OK;  ENT_NOT_CONVERGED  a floor cannot be kept by any of these duties (the sentence says by how much it
 *           is missed), or the point was not reached;  ENT_BAD_INPUT
 * Cost      some 10 to 25 cooperative policies for one floor; several floors by an active set
 * Source    docs/TALKS.md 2: the multipliers are the weights of the others */
ent_status ent_talk_ask(const ent_game *game, const ent_ask *ask, const ent_game_options *options, ent_arena *arena,
                        ent_asked *asked, ent_error *err);

/* The threat of a cut-off: `policy` with all that `from` sells to `to` banned, and, with `both`, all that it buys
 * there. Whoever gets it shares what the policy does not change. */
ent_status ent_talk_cut_off(const ent_network *net, const ent_policy *policy, ptrdiff_t from, ptrdiff_t to, int both,
                            ent_arena *arena, ent_policy *cut, ent_error *err);

/* The most that a player's party gets of its own objective while every other party keeps a floor of its own. */
typedef struct {
    ent_game_point point;
    double *has;       /* [players] objectives there, each his party's */
    double *price;     /* [players] multiplier of his party's floor: what the asker gives up for a log point more of it;
                          0 where it does not bind, and for who asks */
    double *price_usd; /* [players] the same in dollars for one, by benchmark incomes of the parties' regions */
    double missed;     /* largest of the floors' gaps that is left, in log points, >= 0 */
} ent_most;
/* Given     player  who asks, with all of his party;  floor [players] of objectives, −INFINITY: none (of a party the
 *                   first player's counts; the asker's is not read)
 * Status and cost   as ent_talk_ask; where the best policy of weights jumps over a floor, the method of multipliers
 *           meets it, and the point is a local optimum */
ent_status ent_talk_most(const ent_game *game, ptrdiff_t player, const double *floor, const ent_game_options *options,
                         ent_arena *arena, ent_most *most, ent_error *err);

/* What two parties could agree on over a threat: from all the gains to party 1 to all to party 0. */
typedef struct {
    int open;            /* somebody can gain without loss of the other */
    double threat[2];    /* objectives of the two parties */
    double best[2];      /* the most that each can get while the other has its threat */
    double price[2];     /* of a concession (as in ent_frontier) at these two ends: [0] where party 0 has all, … */
    double price_usd[2]; /* the same in dollars */
    ent_most end[2];     /* the policies there */
} ent_zone;
ent_status ent_talk_zone(const ent_game *game, const double *threat /* [regions] */, const ent_game_options *options,
                         ent_arena *arena, ent_zone *zone, ent_error *err);

/* ---- offers, with payoffs of the solver ----
 * What follows is what the model implies from discount factors, costs and priors that nobody has measured. */

/* Alternating offers of two parties on their frontier (Rubinstein 1982): while they talk each has his threat; a
 * responder who walks away has his outside option. Offers are accepted at once. */
typedef struct {
    const double *threat; /* [regions] goals while they talk */
    double discount[2];   /* of the time between two offers, in [0, 1) */
    double outside[2];    /* objectives of one who walks away; -INFINITY: he cannot */
} ent_haggle;
typedef struct {
    ent_game_point first, second; /* party 0's offer, and party 1's */
    double gain[2][2];            /* [offer][party] objectives */
    double weight[2];             /* [offer] of party 1 on the frontier */
    int outside_binds[2];         /* i, as the responder, is given his outside option */
} ent_haggled;
/* Status    ENT_OK, ENT_NOT_CONVERGED (no such offers: threats or outside options take more than there is),
 * ENT_BAD_INPUT Cost      some 50 to 150 cooperative policies Source    docs/TALKS.md 10 */
ent_status ent_talk_offers(const ent_game *game, const ent_haggle *haggle, const ent_game_options *options,
                           ent_arena *arena, ent_haggled *haggled, ent_error *err);

/* One offer of party `proposer`, take it or leave it (Fearon 1995): the other refuses what is below her objective in
 * the war less a cost that she alone knows, uniform between `low` and `high` (log points; below 0: war pleases her). */
typedef struct {
    ent_game_point point; /* what is offered */
    double demand[2];     /* objectives there */
    double risk;          /* probability of the war */
    double proposer;      /* his expected objective */
} ent_risky;
/* own_cost: of the war to the proposer, beyond `war` (log points). Where she would refuse all that there is, risk is 1.
 */
ent_status ent_talk_risk(const ent_game *game, int proposer, const double *war, double own_cost, double low,
                         double high, const ent_game_options *options, ent_arena *arena, ent_risky *risky,
                         ent_error *err);

/* A war of attrition over two demanded policies: each party's own demand against the other's, the war meanwhile.
 * Objectives are flows; rate and prior as in ent_attrition. */
ent_status ent_talk_standoff(const ent_game *game, const ent_policy demand[2], const double *war, const double rate[2],
                             const double prior[2], ent_attrition *attrition, ent_attrition_result *result,
                             ent_error *err);

/* ---- the shadow of power (Cooley 2020), with payoffs of the solver ---- */

/* Who would rather attack than live with somebody's duties. An attacker who wins opens the other's market: the free
 * duties of the attacked party on the attacker's regions (or, with `to_all`, on everybody) are lifted as far as its
 * bounds let them, the other players' stay. */
typedef struct {
    ent_coercion law;
    const double *capability; /* [players] M, > 0; of a party the sum of its players' */
    const double *distance;   /* [regions][regions] W, > 0 off the diagonal; between parties the least */
    int to_all;
} ent_shadow;
typedef struct {
    ptrdiff_t parties;
    double *value;     /* [parties] objective in peace */
    double *freed;     /* [parties i][parties j] V_j where i has been opened to j; [i][i]: value */
    double *left;      /* [parties i][parties j] V_i there */
    double *peace;     /* [parties] probability that nobody attacks it */
    double *by;        /* [parties i][parties j] probability that j attacks i */
    double *objective; /* [parties] H V + (1 − H) V(attacked) */
    ptrdiff_t *of;     /* [players] party of each player */
} ent_shadowed;
/* Given     policy  the duties that governments have announced
 * Status    ENT_OK; ENT_BAD_INPUT (fewer than two parties, capabilities or distances that are not above 0), and those
 * of ent_equilibrium_solve Cost      an equilibrium for every pair of parties Source    docs/TALKS.md 9. Sizes Y are
 * benchmark incomes, in shares of the largest party's */
ent_status ent_talk_shadow(const ent_game *game, const ent_policy *policy, const ent_shadow *shadow, ent_arena *arena,
                           ent_shadowed *shadowed, ent_error *err);

/* ---- sanctions ---- */

/* Senders set their duties so as to maximise Σ weight goal of theirs less kappa times the target's (log W). */
typedef struct {
    const double *weight; /* [regions] of the senders; NULL: their shares in the senders' benchmark spending */
    ptrdiff_t target;     /* region */
    const double *kappa;  /* [count] >= 0, rising: willingness to pay for harm */
    ptrdiff_t count;
} ent_sanction;
typedef struct {
    ptrdiff_t count;
    ent_game_point *point; /* [count] */
    double *senders;       /* [count] Σ weight goal of the senders: falls with kappa */
    double *target;        /* [count] log W of the target: falls with kappa */
    double *median_duty;   /* [count] of the free duties, a rate */
    double *at_bound;      /* [count] share of the free duties that stand at their upper bound: prohibitive as far as
                              bounds let them */
    double *price;         /* [count] log points that the senders pay for the last log point of harm: kappa; by
                              differences of the trace, NaN in the first */
} ent_sanctions;
/* Given     game     players: the senders; their duties on the target are free (partner), others as the policy says;
 *                    players' own weights are not read
 * Cost      two optima a kappa: from the one before, and from no duties; the better one counts, and is tried for
 *           the kappas before it too, so that what falls with kappa does
 * Source    docs/TALKS.md 3 */
ent_status ent_talk_sanction(const ent_game *game, const ent_sanction *sanction, const ent_game_options *options,
                             ent_arena *arena, ent_sanctions *sanctions, ent_error *err);

/* ---- Nash-in-Nash: every pair bargains over its duties on each other, given all others' ---- */

typedef enum {
    ENT_FAIL_TO_POLICY, /* a pair that fails keeps the game's own duties on each other */
    ENT_FAIL_TO_WAR     /* a pair that fails has the Nash duties of the two, given all others' */
} ent_failure;
typedef struct {
    ent_policy policy;
    double *log_welfare, *goal; /* [regions] */
    ptrdiff_t pairs;
    int32_t *first, *second; /* [pairs] players a < b */
    double *weight; /* [pairs] of b in the pair's bargain; of a: 1 − weight; NaN: the pair has nothing to agree on, or
                       nothing to set on each other */
    double *last;   /* [pairs] private: weights of the last sweep */
    double *threat; /* [pairs][2] goals of the two if this pair alone fails */
    double *slope;  /* [pairs] of the pair's own bargain at the end: its first-order condition, given the others */
    double largest_slope, moved; /* over the pairs; last change of any log(1 + t) in a sweep */
    ptrdiff_t sweeps;
    double seconds;
} ent_pairwise;
/* Status    ENT_OK: a sweep over all pairs moved no log(1 + t) by more than 1e-8 (or a hundred tolerances, if more);
 *           ENT_NOT_CONVERGED: it still did after `rounds` sweeps (options; 0: 60)
 * Cost      a bargain a pair and sweep
 * Source    Horn and Wolinsky 1988; docs/TALKS.md 4 */
ent_status ent_talk_pairwise(const ent_game *game, ent_failure failure, const ent_game_options *options,
                             ent_arena *arena, ent_pairwise *pairwise, ent_error *err);

/* ---- truces ---- */

/* Does each party keep what was agreed, if breaking it once is followed by the war? Payoffs a period are its objective;
 * it breaks as a whole, and each of its players has its numbers. */
typedef struct {
    double *agreed;     /* [players] u_C */
    double *temptation; /* [players] u_D: its best duties against the others' agreed ones */
    double *punishment; /* [players] u_N */
    double *patience;   /* [players] δ* of a punishment for ever; 0: no temptation, INFINITY: nothing holds it */
    double *patience_T; /* [players] δ* of a punishment of `periods` periods, then the agreement again */
    ptrdiff_t periods;
    double most, most_T; /* largest of the players': what the agreement needs */
    /* Penance: who breaks keeps the agreed duties for one period while all others answer with their best ones together
     * (or, where one of them loses by that, with those that leave none below u_C), then all is forgiven. With `proof`
     * nobody has a reason to renegotiate (weakly, Farrell and Maskin 1989): */
    double *penance;      /* [players] u_P of who is punished */
    double *refusal;      /* [players] what he could have instead by answering to the punishment */
    double *others;       /* [players] least gain of another player while he is punished, over u_C */
    double *patience_P;   /* [players] δ at which he neither breaks nor refuses */
    unsigned char *proof; /* [players] others >= 0 and refusal < u_C */
} ent_truce;
/* Given     agreed   a policy;  war [regions] goals when punished, or NULL: the Nash equilibrium, solved here
 * Status    ENT_OK, ENT_NOT_CONVERGED and ENT_BAD_INPUT as in ent_game_play
 * Cost      three optima a player, and the war
 * Source    docs/TALKS.md 5 */
ent_status ent_talk_truce(const ent_game *game, const ent_policy *agreed, const double *war, ptrdiff_t periods,
                          const ent_game_options *options, ent_arena *arena, ent_truce *truce, ent_error *err);

/* The best agreement that nobody wants to break: maximises Σ weight u_C subject to
 *     (1 − δ_p) u_D,p(duties of the others) + δ_p u_N,p <= u_C,p    for every party. */
typedef struct {
    ent_policy policy;
    double *log_welfare, *goal; /* [regions] */
    double *agreed;             /* [players] u_C */
    double *slack;              /* [players] u_C less the left-hand side: what keeping is worth; >= −missed */
    double *multiplier;         /* [players] ν of the constraint, >= 0 */
    double *temptation;         /* [players] u_D */
    double objective;           /* Σ weight u_C */
    double slope;               /* largest slope of the Lagrangian along a duty that bounds do not hold */
    double missed;              /* largest constraint that is broken, log points */
    ptrdiff_t rounds, evaluations;
    double seconds;
} ent_enforced;
/* Given     weight [players] > 0;  patience [players] δ in [0, 1), both of a party's first player;  war [regions] goals
 *           in the punishment
 * Status    ENT_OK: slope <= 1e-9 (of weights whose sum is 1) and missed <= 1e-9;  ENT_NOT_CONVERGED: where it ended
 * Cost      an optimum a player for every evaluation; some 100 to 1000 evaluations
 * Source    docs/TALKS.md 6 */
ent_status ent_talk_enforce(const ent_game *game, const double *weight, const double *patience, const double *war,
                            const ent_game_options *options, ent_arena *arena, ent_enforced *enforced, ent_error *err);

/* ---- deals in packages ---- */

/* Any list of policies is a list of deals: duties against licences, access against guarantees, whatever a policy says.
 * value [deals][regions] log W; a deal without an equilibrium has NaN, and `reached` 0. */
ent_status ent_deal_values(const ent_network *net, const ent_policy *deal, ptrdiff_t deals, int threads,
                           ent_arena *arena, double **value, unsigned char **reached, ent_error *err);
/* Which deals could two or more parties accept, over a threat [parties] log W? */
typedef struct {
    ptrdiff_t deals, parties;
    unsigned char *acceptable; /* [deals] nobody below his threat */
    unsigned char *efficient;  /* [deals] no other deal of the list is better for one and worse for nobody */
    double *least_gain;        /* [deals] smallest gain of a party over his threat */
    double *product;           /* [deals] Σ log(W − D) of acceptable ones where all gain; −INFINITY else */
    ptrdiff_t bargained;       /* the largest product: Nash's bargain among these packages; -1: no deal suits all */
    ptrdiff_t even;            /* the largest least gain (Rawls; Kalai and Smorodinsky's spirit); -1: as above */
    ptrdiff_t open;            /* how many are acceptable and efficient */
} ent_deal_table;
ent_status ent_deal_weigh(ptrdiff_t deals, ptrdiff_t parties, const double *value /* [deals][parties] */,
                          const double *threat, ent_arena *arena, ent_deal_table *table, ent_error *err);

/* A ladder: each side has steps, policies that differ from `base` where that side acts; taken together the differences
 * add up (rates in logs of 1 + rate; bans are bans; quotas are the base's, and a step may have no others). The finite
 * game of all combinations, payoffs Σ weight log W, for the calls of strategy.h: pure and mixed equilibria, quantal
 * responses. */
typedef struct {
    const ent_policy *step; /* [steps] */
    ptrdiff_t steps;
    const double *weight; /* [regions] this side's payoff is Σ weight log W */
} ent_ladder;
ent_status ent_deal_ladders(const ent_network *net, const ent_policy *base, const ent_ladder *side, ptrdiff_t sides,
                            int threads, ent_arena *arena, ent_finite *game, ent_error *err);
