/* uncertain.c: see uncertain.h. */
// SPDX-License-Identifier: MIT
#include "uncertain.h"

ent_status uncertain_check(const uncertain_ask *ask, ent_error *err)
{
    if (ask->path == NULL && (ask->draws != 0 || ask->seed != 1 || ask->correlation != 0.0 || ask->second))
        return ent_fail(err, ENT_BAD_INPUT,
                        "--draws, --seed, --correlation and --second-order say how elasticities vary; --uncertain FILE "
                        "(or default) "
                        "says how much, and is missing");
    if (ask->draws < 0 || ask->seed < 0)
        return ent_fail(err, ENT_BAD_INPUT, "--draws and --seed take whole numbers from 0 up");
    if (!(ask->correlation >= 0.0 && ask->correlation <= 1.0))
        return ent_fail(err, ENT_BAD_INPUT, "--correlation %g: it must be between 0 and 1", ask->correlation);
    return ENT_OK;
}

static int say_draws(void *who, ptrdiff_t done, ptrdiff_t draws)
{
    progress_count(who, "draws", done, draws);
    return 0;
}

ent_status uncertain_measure(const uncertain_ask *ask, const ent_answer_point *point, const char *folder,
                             const char *partial, progress *line, ent_arena *arena, ent_uncertainty *uncertainty,
                             ent_error *err)
{
    const ent_network *net = point->net;
    ent_spread *spread = ent_new0(arena, ent_spread, 1);
    if (spread == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_spread_read(ask->path, net->table, net->blueprint, arena, spread, err));
    spread->correlation = ask->correlation;
    ENT_TRY(ent_uncertainty_delta(point, spread, ask->second ? ENT_ORDER_SECOND : ENT_ORDER_SHIFT, arena, uncertainty,
                                  err));
    if (ask->draws == 0) return ENT_OK;
    if (partial != NULL) ENT_TRY(ent_folder_make(folder, err));
    const ent_drawing drawing = {.draws = ask->draws,
                                 .seed = (uint64_t)ask->seed,
                                 .partial = partial,
                                 .save_seconds = 0.5,
                                 .progress = say_draws,
                                 .progress_who = line};
    return ent_uncertainty_draw(point, &drawing, arena, uncertainty, err);
}
