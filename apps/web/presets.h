/* presets.h: the scenarios of examples/ as texts that need no files: JSON that tools/presets.mjs wrote at build time.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

ent_bytes web_presets(void);
