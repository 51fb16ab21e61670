/* worlds.h: worlds for cut-offs. */
// SPDX-License-Identifier: MIT
#pragma once
#include "random_world.h"

/* One tier: final use alone, Cobb–Douglas over sectors, trade costs moved from the benchmark; solved to 1e-13. */
ent_status choke_one_tier(random_world *w, uint64_t seed, ptrdiff_t most_sectors);
/* Any world under any blueprint and a random policy; solved to 1e-13. */
ent_status choke_any(random_world *w, uint64_t seed);
/* The benchmark of a plain world (no duties, no taxes): trade as in the table. */
ent_status choke_plain(random_world *w, uint64_t seed, ent_sourcing sourcing);
