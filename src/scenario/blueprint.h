/* blueprint.h: the form of a blueprint's mapping, before any table is known. */
// SPDX-License-Identifier: MIT
#pragma once
#include "scenario/reading.h"

/* The keys and the preset's name alone. */
ent_status ent_blueprint_check_keys(const ent_reading *reading, const ent_yaml *mapping);
/* Refuse a name that is no preset's. */
ent_status ent_blueprint_check_preset(const ent_reading *reading, const ent_yaml *name);
