/* chokepoint.h: who depends on whose goods, and what it costs to be cut off from them (docs/CHOKEPOINTS.md): shares of
 * suppliers, reliance with and without look-through, losses by formula and in general equilibrium, joint threats, and
 * what diversification would buy. A product is a sector of a refined network, so all of this is by product too.
 * Knows equilibria. Does not know governments that choose, or how anything is printed. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/equilibrium.h"

/* ---- suppliers ---- */

/* Who sells what to whom at an equilibrium. A market is one sector of one buyer region: n*sectors + j. Purchases and
 * λ are at buyer prices, trade at the border (c.i.f., before duty). NaN: not defined, since nothing is bought. */
typedef struct {
    const ent_network *net;
    double *share;          /* [borders] λ of the lane in its market's purchases, home lanes too */
    double *import_share;   /* [borders] of the market's imports; NaN for home lanes */
    double *purchases_usd;  /* [R*J] */
    double *imports_usd;    /* [R*J] */
    double *exports_usd;    /* [R*J] what the region sells abroad of it */
    double *herfindahl;     /* [R*J] Σ_h (M_h/M)² over foreign suppliers; > ENT_CONCENTRATED is the EU's first test */
    double *foreign_share;  /* [R*J] imports/purchases at the border; > ENT_FOREIGN the second */
    double *cover;          /* [R*J] imports/exports, INFINITY without exports; > ENT_UNCOVERED the third */
    unsigned char *depends; /* [R*J] 1: all three tests say so */
    int32_t *largest;       /* [R*J] the largest foreign supplier, or -1 */
} ent_suppliers;

#define ENT_CONCENTRATED 0.4 /* thresholds of Arjona, Connell and Herghelegiu (2023) */
#define ENT_FOREIGN      0.5
#define ENT_UNCOVERED    1.0

ent_status ent_suppliers_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                 ent_arena *arena, ent_suppliers *suppliers, ent_error *err);

/* Who uses good j in region n, wherever it comes from: at buyer prices, million US dollars. */
typedef struct {
    double *by_sector; /* [J] */
    double *by_final;  /* [U] */
} ent_users_of;
ent_status ent_users_of_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ptrdiff_t region, ptrdiff_t sector, ent_arena *arena, ent_users_of *users,
                                ent_error *err);

/* ---- reliance ---- */

/* Gross inputs of producers by where they were made, from B = (I − A)⁻¹: a_lk what k spends on l per dollar of output,
 * at l's price. Face value: A alone; look-through: all rounds, B − I. Shares of one producer sum to 1 over h, its own
 * region included; NaN where there is no producer or no input. HOT: share of a producer's sales that crosses the border
 * directly or inside what its domestic users sell, at any order. */
typedef struct {
    const ent_network *net;
    double *face;         /* [R*J][R] of producer (n,k) on region h */
    double *look;         /* [R*J][R] */
    double *face_foreign; /* [R*J] 1 less the own region's share: direct foreign input reliance */
    double *look_foreign; /* [R*J] FIR */
    double *hot;          /* [R*J] high-order trade exposure of sales */
    double *region_face;  /* [R][R] the same for all producers of a region together, weighted by what they buy */
    double *region_look;  /* [R][R] */
    ptrdiff_t rounds;     /* readings of the edges until nothing moved by more than 1e-13 */
} ent_reliance;
ent_status ent_reliance_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_reliance *reliance, ent_error *err);

/* ---- cut-offs ---- */

/* What stops: senders (1 in the list) sell nothing of the listed sectors to the targets; two-way: nor do they buy it
 * from them. NULL sectors: all. What a region sells at home goes on. */
typedef struct {
    const unsigned char *sender; /* [R] */
    const unsigned char *target; /* [R] */
    const unsigned char *sector; /* [J] or NULL */
    int two_way;
} ent_cut;

/* Losses of real income as log points, −Δ ln W: positive is a loss; 1 − exp(−loss) is its share of real income. */
typedef struct {
    double trade_usd;            /* border value of what is cut, before */
    double *formula;             /* [R] at fixed wages: rise of the consumer price index, everything else held */
    double *exact;               /* [R] in general equilibrium; NaN where it was not asked for */
    ent_certificate certificate; /* of the exact one */
} ent_cut_effect;

/* Cut after cut around one equilibrium; the room is kept, every solve starts at the equilibrium. One thread at a time.
 * It borrows net, policy and eq; `options` or NULL. */
typedef struct ent_cutter ent_cutter;
ent_status ent_cutter_open(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                           const ent_options *options, ent_arena *arena, ent_cutter **cutter, ent_error *err);
enum {
    ENT_CUT_FORMULA = 1,
    ENT_CUT_EXACT = 2
};
/* ENT_NO_EQUILIBRIUM: somebody can't do without what is cut; ENT_NOT_CONVERGED as of solvers. Where nothing is traded
 * all losses are exactly 0. effect's arrays in arena. */
ent_status ent_cutter_cut(ent_cutter *cutter, const ent_cut *cut, unsigned what, ent_arena *arena,
                          ent_cut_effect *effect, ent_error *err);

/* One row of a ranking. */
typedef enum {
    ENT_CUTOFF_MEASURED,
    ENT_CUTOFF_VITAL /* no equilibrium without it: the losses are INFINITY */
} ent_cutoff_kind;
typedef struct {
    int32_t sender; /* h, or -1: the asked senders together */
    int32_t target; /* n */
    int32_t sector; /* j, or -1: the asked sectors together */
    ent_cutoff_kind kind;
    double trade_usd;    /* border value of what is cut */
    double share;        /* of the sender's goods in what the target buys of the sectors at buyer prices: λ */
    double import_share; /* of its imports of them */
    double formula;      /* log points, as in ent_cut_effect; of the target */
    double exact;
    double exact_usd; /* million US dollars of the target's real income: I_n (1 − exp(−exact)) */
    double own;       /* log points, of the sender; of a bloc: of all its money together */
    double own_usd;
    double ratio;      /* exact_usd/own_usd; NaN where the sender does not lose */
    double others_usd; /* all other regions together */
} ent_cutoff;

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    const ent_options *options;  /* or NULL */
    const unsigned char *sender; /* [R] or NULL: everyone */
    const unsigned char *target; /* [R] or NULL: everyone */
    const unsigned char *sector; /* [J] or NULL: all */
    int bloc;                    /* the senders together instead of one by one */
    int together;                /* the sectors together instead of one by one */
    int two_way;
    int formula_only;
    int threads; /* rows are shared out; no bit depends on their number; 0: one */
    void (*progress)(void *who, ptrdiff_t done, ptrdiff_t all); /* or NULL; from the caller's thread */
    void *progress_who;
} ent_cutoff_ask;

/* Every cut-off that was asked for and in which something is traded, by target, sender, sector.
 *
 * Status    ENT_NOT_CONVERGED names the cut-off that was not reached
 * Cost      a row: one solve from the equilibrium, and as many readings of the edges for the formula */
ent_status ent_cutoffs_measure(const ent_cutoff_ask *ask, ent_arena *arena, ent_cutoff **threats, ptrdiff_t *count,
                               ent_error *err);
/* Largest loss of the target first: exact, or by formula where there is no exact one. */
void ent_cutoffs_sort(ent_cutoff *threats, ptrdiff_t count);

/* ---- joint threats ---- */

/* Complementarity of threats: what the senders do together less the sum of what each does alone, log points of the
 * target's loss. */
typedef struct {
    int32_t target, sector; /* -1: together */
    double single_formula, joint_formula;
    double single_exact, joint_exact; /* single: the sum */
} ent_joint;
/* From two lists of the same ask, `bloc` 0 and 1. */
ent_status ent_joint_measure(const ent_cutoff *single, ptrdiff_t singles, const ent_cutoff *bloc, ptrdiff_t blocs,
                             ent_arena *arena, ent_joint **joint, ptrdiff_t *count, ent_error *err);

/* ---- diversification ---- */

/* REMEDY(NAME, word, unit of its size, meaning) */
#define ENT_REMEDY_LIST(REMEDY)                                                                                        \
    REMEDY(HOME, home_subsidy, "rate", "the target subsidises its own production")                                     \
    REMEDY(PARTNER, partner_subsidy, "rate", "the target subsidises imports from its largest other supplier")          \
    REMEDY(CHANNEL, green_channel, "change", "lower trade costs from its largest other supplier")                      \
    REMEDY(STOCK, stock, "days", "a stock that lasts so many days of use")

typedef enum {
#define ENT_REMEDY_NAME(name, word, unit, meaning) ENT_REMEDY_##name,
    ENT_REMEDY_LIST(ENT_REMEDY_NAME)
#undef ENT_REMEDY_NAME
    ENT_REMEDIES
} ent_remedy_kind;
const char *ent_remedy_word(ptrdiff_t kind); /* NULL past the last; so the others */
const char *ent_remedy_unit(ptrdiff_t kind);
const char *ent_remedy_meaning(ptrdiff_t kind);

typedef struct {
    double subsidy;              /* rate, 0.1 for 10 % */
    double channel;              /* fall of trade costs, 0.1 for 10 % less */
    double stock_days, cut_days; /* the stock lasts so long, the cut-off so long */
} ent_remedy_sizes;
ent_remedy_sizes ent_remedy_sizes_default(void); /* 10 %, 10 %, 90 of 365 days */

/* What a remedy is worth, log points of the target's real income:
 *   premium   what it costs while nothing is cut: ln W − ln W(remedy); negative: it pays by itself
 *   without   the loss of the cut-off today;  left  the same where the remedy stands: ln W(remedy) − ln W(remedy, cut)
 *   with      what is lost in all then, measured from today's W: premium + left
 *   even      probability of the cut-off from which it is worth its premium: premium/(premium + without − with); 0
 *             where it pays by itself, NaN where it never does */
typedef struct {
    ent_remedy_kind kind;
    int32_t partner; /* who sells instead, or -1 */
    double size, premium, without, left, with, even;
} ent_remedy;
typedef struct {
    ent_remedy *remedy; /* [count] */
    ptrdiff_t count;
} ent_remedy_list;
/* All remedies against one cut-off, those that have no partner or producer left out. sizes, or NULL for the default. */
ent_status ent_remedies_measure(const ent_cutoff_ask *ask, const ent_cutoff *threat, const ent_remedy_sizes *sizes,
                                ent_arena *arena, ent_remedy_list *list, ent_error *err);
