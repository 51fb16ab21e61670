/* joint.c: what senders can do together beyond what each can do alone. At fixed wages in one tier of CES it is never
 * negative, since ln 1/(1 − a − b) ≥ ln 1/(1 − a) + ln 1/(1 − b): who has lost one supplier needs the other more. */
// SPDX-License-Identifier: MIT
#include "entente/chokepoint.h"

ent_status ent_joint_measure(const ent_cutoff *single, ptrdiff_t singles, const ent_cutoff *bloc, ptrdiff_t blocs,
                             ent_arena *arena, ent_joint **joint, ptrdiff_t *count, ent_error *err)
{
    ent_joint *list = ent_new(arena, ent_joint, blocs + 1);
    if (list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td joint threats", blocs);
    for (ptrdiff_t b = 0; b < blocs; b++) {
        ent_joint *x = &list[b];
        *x = (ent_joint){.target = bloc[b].target,
                         .sector = bloc[b].sector,
                         .joint_formula = bloc[b].formula,
                         .joint_exact = bloc[b].exact};
        for (ptrdiff_t s = 0; s < singles; s++) {
            if (single[s].target != x->target || single[s].sector != x->sector) continue;
            x->single_formula += single[s].formula;
            x->single_exact += single[s].exact;
        }
    }
    *joint = list;
    *count = blocs;
    return ENT_OK;
}
