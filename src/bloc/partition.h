/* partition.h: partitions for the house. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/bloc.h"

/* Blocs numbered by their first members. */
void ent_partition_tidy(ptrdiff_t players, unsigned char *bloc);
/* Members of a bloc by bits. */
size_t ent_partition_set(ptrdiff_t players, const unsigned char *bloc, int which);
/* The partition in which this set is a bloc and everyone else alone. */
void ent_partition_alone(ptrdiff_t players, size_t set, unsigned char *bloc);
/* All partitions of the players, each of them reached. */
ent_status ent_partition_table_check(const ent_bloc_table *table, ent_error *err);
