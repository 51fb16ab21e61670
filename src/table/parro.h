/* parro.h: what a Caliendo-Parro folder says, before it is a table: flows, shares and duties by name. */
// SPDX-License-Identifier: MIT
#pragma once
#include "table/readers.h"

/* i exporter, n importer, j sector (of an input), k using sector. Absent cells are 0. */
typedef struct {
    ent_names regions, sectors;
    unsigned char *is_good; /* [J]       1 traded */
    double *theta;          /* [J]       trade elasticity, > 0 */
    double *flow;           /* [R][R][J] i,n,j  million US dollars, as the file has it, >= 0 */
    double *duty;           /* [R][R][J] i,n,j  rate, 0 at home */
    double *va_share;       /* [R][J]    b[n,k] value added over output, in [0, 1] */
    double *final_share;    /* [R][J]    a[n,j] in final spending, in [0, 1] */
    double *material_share; /* [R][J][J] g[n,j,k] of j in the materials bill of k, >= 0 */
    double *surplus; /* [R]       exports less imports as stated, million US dollars; NULL where nothing states it */
    int flows_with_duty;     /* the flows are what buyers pay, with duties in them */
    const char *duty_column; /* the column that the duties came from */
    int year;                /* 0 where nothing says it */
} ent_parro;

ent_status ent_parro_parse(const ent_parro_sources *sources, const char *duty_column, ent_arena *arena,
                           ent_parro *parro, ent_error *err);
