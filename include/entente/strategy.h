/* strategy.h: choices that act on one another, as pure numbers: truces, offers, wars of attrition, finite games, and
 * what a coalition's members are due. Knows no economy: payoffs come from whoever asks, in whatever unit he likes.
 * What these models say about the world is "what the model implies", and should be shown under that name. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

/* ---- truces: is what was agreed worth more than breaking it once? ----
 * Payoffs a period: u_C while both keep it, u_D in the one period in which only the other does, u_N when punished. */

#define ENT_FOREVER PTRDIFF_MAX /* periods of a punishment that never ends (grim trigger) */

/* The least discount factor of a period at which keeping pays: grim (u_D − u_C)/(u_D − u_N), else the root of
 *     u_D − u_C = (δ + … + δ^T)(u_C − u_N).
 * 0 where there is no temptation; INFINITY where no δ <= 1 will do. In (0,1) iff u_N < u_C < u_D, for the grim one. */
double ent_truce_patience(double agreed, double temptation, double punishment, ptrdiff_t periods);

/* The least discount factor at which a punishment of T periods at u_P is itself kept by the punished, who could have
 * `refusal` for a period instead and be punished anew: δ^T (u_C − u_P) >= refusal − u_P. (Penance; with the other side
 * no worse off than under the agreement, the truce is weakly renegotiation-proof.) 0 and INFINITY as above. */
double ent_truce_penance(double agreed, double punished, double refusal, ptrdiff_t periods);

/* δ = exp(−rate × years of a period), and the rate (a year) of a δ. */
double ent_discount_factor(double rate, double years);
double ent_discount_rate(double factor, double years);

/* ---- managed trade (Bagwell and Staiger 1990): what holds while the volume of trade comes and goes ----
 * Two equal sides meet in every period after a volume was drawn, the same for both, from one distribution whatever came
 * before. payoff(own, other, v): of one period, own duty against the other's. A side that breaks the agreed duty τ
 * gains for a period its temptation ω(τ, v) = max_own payoff(own, τ, v) − payoff(τ, τ, v), and has the war ever after.
 * Duties hold where ω(τ, v) <= leash, and the leash is what the future is worth, which is made of these duties:
 *
 *     τ_c(v) = the lowest τ >= target with ω(τ, v) <= leash,
 *     leash  = δ/(1 − δ) Σ_v probability (payoff(τ_c, τ_c, v) − payoff(war, war, v))
 *
 * The fixed point with the longest leash is the most cooperative agreement that enforces itself. */
typedef double ent_side_payoff(void *who, double own, double other, double volume);
typedef struct {
    ent_side_payoff *payoff; /* single-peaked in own duty */
    void *who;
    const double *volume, *probability; /* [volumes] probabilities > 0, of sum 1 */
    ptrdiff_t volumes;
    double discount;                /* δ of a period, in [0, 1) */
    double least, target, greatest; /* bounds of duties; the duty that both would agree on if it held */
} ent_managed;
typedef struct {
    double *duty;       /* [volumes] τ_c */
    double *war;        /* [volumes] duty of the war: each the best answer to the other; at least the target */
    double *temptation; /* [volumes] ω(τ_c, v) */
    double *gain;       /* [volumes] over the war */
    double leash;
    double slack;    /* the longest leash is at most so much longer than this one */
    double patience; /* least δ with which the target holds at every volume; INFINITY: none */
    ptrdiff_t rounds;
} ent_managed_result;
/* ENT_NOT_CONVERGED: the leash still shrinks after ten thousand rounds. */
ent_status ent_managed_solve(const ent_managed *managed, ent_arena *arena, ent_managed_result *result, ent_error *err);
/* Linear demand and supply: each side imports one good and exports another. At free trade `volume` is traded; imports
 * fall by `demand` and exports rise by `supply` for a price higher by one. Duties are specific; at a duty that ends
 * trade and above, nothing is traded. payoff: surplus and revenue over free trade, of both goods. who: this struct. */
typedef struct {
    double demand, supply; /* > 0 */
} ent_linear_trade;
double ent_linear_payoff(void *who, double own, double other, double volume);

/* ---- alternating offers (Rubinstein 1982) over a pie of 1 ---- */
typedef struct {
    double discount[2]; /* δ_i of the time between two offers, in [0, 1), or one of them 1 */
    double inside[2];   /* what each has of the pie as long as they talk (a flow), >= 0 */
    double outside[2];  /* what a responder gets who walks away instead of waiting, >= 0 */
} ent_offers;
typedef struct {
    double first;         /* share of player 0 where he makes the first offer; accepted at once */
    double second;        /* his share where the other makes it */
    int outside_binds[2]; /* i, as the responder, is given his outside option */
    int agreed;           /* 0: threats take more than the pie, and the talks break up; shares are NaN */
} ent_offers_result;
/* ENT_BAD_INPUT: a sentence. */
ent_status ent_offers_solve(const ent_offers *offers, ent_offers_result *result, ent_error *err);
/* Offers in quick succession: player 0's share r_1/(r_0 + r_1) of what is left after inside options. */
double ent_offers_limit(const double rate[2], const double inside[2]);

/* ---- war of attrition with flows, and reputation (Abreu and Gul 2000) ----
 * Per unit of time player i has war[i] until somebody gives in, yield[i] for ever after he does, win[i] after the other
 * does; war < yield < win. With prior[i] he is known to be unable to give in. */
typedef struct {
    double war[2], yield[2], win[2];
    double rate[2];  /* discount rates, > 0 a unit of time */
    double prior[2]; /* z_i in [0, 1) that i never gives in */
} ent_attrition;
typedef struct {
    double hazard[2]; /* λ_i of i's giving in: keeps the other indifferent, λ_j = r_i (yield_i − war_i)/(win_i −
                         yield_i) */
    double exhausted[2];  /* T_i = −ln z_i / λ_i; INFINITY for z_i = 0 */
    double end;           /* T_0 = min: after it only the stubborn are left */
    double at_once[2];    /* probability that i gives in at time 0 */
    double payoff[2];     /* of one who can give in, as a flow: win m_other + yield (1 − m_other) */
    double gives_in[2];   /* probability that i is the one who gives in, over all types */
    double never;         /* z_0 z_1: both are stubborn and the war goes on for ever */
    double expected_date; /* of the agreement, given that there is one */
    double median_date;   /* by which it is there with probability ½; INFINITY where it never is */
} ent_attrition_result;
ent_status ent_attrition_solve(const ent_attrition *war, ent_attrition_result *result, ent_error *err);
/* The two-demands form: shares a_0 + a_1 > 1 of a pie of 1, nothing while they wait. */
ent_attrition ent_attrition_demands(const double demand[2], const double rate[2], const double prior[2]);
/* Probability that the war is over at `date`. */
double ent_attrition_over_by(const ent_attrition_result *result, double date);

/* ---- one offer under private information ---- */

/* Take it or leave it (Fearon 1995): a war gives the proposer `odds` of the pie less his cost, and the responder, whose
 * cost is uniform between two numbers, the rest less hers. demand = odds + max(low, (high − own cost)/2), at most 1. */
typedef struct {
    double demand, risk; /* share asked for; probability of war */
    double proposer;     /* his expected share */
} ent_risk;
ent_status ent_risk_return(double odds, double own_cost, double low, double high, ent_risk *risk, ent_error *err);

/* The ceiling of any mediation (Myerson and Satterthwaite 1983): a buyer's value and a seller's cost, each uniform and
 * known to its owner alone. The best mechanism that both take part in trades where value − cost >= margin. */
typedef struct {
    double margin;
    double surplus, probability;             /* expected, under the best mechanism */
    double first_surplus, first_probability; /* if all were known: trade where value > cost */
} ent_ceiling;
ent_status ent_mediation_ceiling(const double value[2], const double cost[2], ent_ceiling *ceiling, ent_error *err);

/* ---- coercion under private costs of war (Cooley 2020) ----
 * A government is attacked by j where what j gains by freeing its market exceeds a cost that j alone knows; the inverse
 * of that cost follows a Frechet law. */
typedef struct {
    double scale;                      /* C > 0: the larger, the dearer war */
    double capability, distance, size; /* exponents g, a_1 (of 1/W), a_2 */
    double gain;                       /* η > 0 */
} ent_coercion;
typedef struct {
    double capability, distance, size; /* M_j/M_i, W_ji, Y_j, all > 0 */
    double gain;                       /* V_j(i freed) − V_j; no attack where it is not above 0 */
    double left;                       /* V_i(attacked by j) */
} ent_attacker;
typedef struct {
    double peace;     /* H = exp(−Σ hazards): probability that nobody attacks */
    double attacked;  /* expected value where somebody does; the value in peace where nobody would */
    double objective; /* H V_i + (1 − H) attacked */
    double *hazard;   /* [attackers] the caller's room */
    double *by;       /* [attackers] the caller's room: probability that it is j who attacks; sum 1 − H */
} ent_coerced;
/* value: V_i in peace. ENT_BAD_INPUT: a sentence. */
ent_status ent_coercion_solve(const ent_coercion *law, ptrdiff_t attackers, const ent_attacker *attacker, double value,
                              ent_coerced *result, ent_error *err);

/* ---- finite games ---- */
/* payoff[profile*players + p]; in a profile the strategy of the last player runs fastest. */
typedef struct {
    ptrdiff_t players;           /* 1 .. 16 */
    const ptrdiff_t *strategies; /* [players] >= 1 */
    const double *payoff;        /* [profiles][players] */
} ent_finite;
ent_status ent_finite_check(const ent_finite *game, ent_error *err);
ptrdiff_t ent_finite_profiles(const ent_finite *game);                                /* Π strategies */
ptrdiff_t ent_finite_profile(const ent_finite *game, const ptrdiff_t *choice);        /* its number */
void ent_finite_choice(const ent_finite *game, ptrdiff_t profile, ptrdiff_t *choice); /* [players] */

/* Profiles where nobody gains more than `slack` alone: all pure Nash equilibria, in order. */
ent_status ent_finite_pure(const ent_finite *game, double slack, ent_arena *arena, ptrdiff_t **profile,
                           ptrdiff_t *count, ent_error *err);

/* Probabilities of every player's strategies, one player after the other. */
typedef struct {
    double *probability; /* [Σ strategies] */
    double *payoff;      /* [players] expected */
    double gain;         /* largest that any player could gain by a pure strategy: how far from Nash; >= 0 */
} ent_mixture;
/* Two players: the equilibria that Lemke and Howson's paths find, one from each first label; different ones only. There
 * is always one; there may be more than these. Degenerate games are perturbed lexicographically.
 * Status  ENT_OK: every gain is within 1e-9 of the size of payoffs;  ENT_NOT_CONVERGED otherwise */
ent_status ent_finite_mixed(const ent_finite *game, ent_arena *arena, ent_mixture **mixture, ptrdiff_t *count,
                            ent_error *err);
/* Logit quantal response, p_i ∝ exp(λ u_i), followed from the uniform one at λ = 0: the first point of that branch at
 * `precision` λ (per unit of payoff). gain is that of a best reply over it. */
ent_status ent_finite_quantal(const ent_finite *game, double precision, ent_arena *arena, ent_mixture *mixture,
                              ent_error *err);

/* ---- what lasts when everybody looks to the end (Chwe 1994) ----
 * Some of `outcomes` states of the world can be changed into others by some coalition of players (`move`). d is reached
 * farsightedly from a where a chain of moves leads from a to d, and everyone who makes one of them prefers d to the
 * state in which he makes it. A set of outcomes is consistent where no coalition wants to leave any of them, as every
 * move may end in an outcome of the set, there or farsightedly from there, that somebody in the coalition does not
 * prefer. There is a largest one, and whatever lies outside it does not last. */
typedef struct {
    int32_t from, to;
    uint32_t who; /* players by bits, who make the move together */
} ent_move;
typedef struct {
    ptrdiff_t players, outcomes; /* 1 .. 32; 1 .. ENT_MOST_OUTCOMES */
    const double *payoff;        /* [outcomes][players] */
    const ent_move *move;        /* [moves] */
    ptrdiff_t moves;
    double slack; /* who gains no more than this does not prefer */
} ent_foresight;
enum {
    ENT_MOST_OUTCOMES = 8192
};
/* consistent [outcomes]: 1 in the largest consistent set. Cost: outcomes × moves at most, and outcomes² bits. */
ent_status ent_largest_consistent(const ent_foresight *game, unsigned char *consistent, ent_error *err);

/* ---- what members of a coalition are due ----
 * worth[S], S a set of players by bits, worth[0] = 0; 2^players of them. */
enum {
    ENT_MOST_MEMBERS = 20
};
/* Shapley (1953): the mean of what a member adds, over all orders of entry. share [players]. */
ent_status ent_shapley(ptrdiff_t players, const double *worth, double *share, ent_error *err);
/* The nucleolus (Schmeidler 1969): the division whose largest complaint worth(S) − share(S) is least, then its second
 * largest, and so on; one there is always. rational: only divisions that give nobody less than he is worth alone
 * (ENT_BAD_INPUT where there is none); 0: all divisions (the prenucleolus, which is the same wherever a member always
 * adds what he is worth alone).
 * Returned  excess  the largest complaint of a coalition of some but not all, or NULL: where it is above 0 the core is
 *                   empty
 * Cost      some dozen passes over all coalitions a player: some 15 ms for 12 players, seconds for 20 */
ent_status ent_nucleolus(ptrdiff_t players, const double *worth, int rational, double *share, double *excess,
                         ent_error *err);
