/* dot.h: the two kernels that read the edges: a weighted sum over lanes and its transpose.
 * Sums run over 16 partial sums in a fixed pattern, added up in a fixed tree: the same bits on every machine and for
 * any number of threads, and vector units can be used without licence to reorder. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Σ_e a[e] x[e] */
double ent_dot_run(ptrdiff_t n, const double *a, const double *x);
/* Σ_e a[e] x[index[e]] */
double ent_dot_gather(ptrdiff_t n, const double *a, const double *x, const int32_t *index);
/* y[e] += a[e] z   and   y[index[e]] += a[e] z */
void ent_add_run(ptrdiff_t n, const double *a, double z, double *y);
void ent_add_scatter(ptrdiff_t n, const double *a, double z, double *y, const int32_t *index);
/* z[e] = a x[e] + b y[e]; arrays may be the same */
void ent_combine(ptrdiff_t n, double a, const double *x, double b, const double *y, double *z);

/* The largest |x[e]|; NaN does not count. */
double ent_largest(ptrdiff_t n, const double *x);

/* One run of trade lanes, all with weights for x (steep, boxcox.h): v = x[e] bought[e] is what is spent.
 * seller[e] += v to_seller[e];  sums[0] += Σ v,  sums[1] += Σ v to_border[e], in the fixed order of a dot. */
void ent_settle_run(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                    const double *to_border, double *seller, double sums[2]);
/* The same where sellers are not neighbours: seller[index[e]] += … */
void ent_settle_scatter(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                        const double *to_border, const int32_t *index, double *seller, double sums[2]);
/* z[e] = x[e] y[index[e]] */
void ent_multiply_gather(ptrdiff_t n, const double *x, const double *y, const int32_t *index, double *z);
/* z[e] = x[e] y[e] */
void ent_multiply(ptrdiff_t n, const double *x, const double *y, double *z);
/* The transpose of ent_settle_run(), with prices: a dollar spent on e is worth v = worth[0] + to_border[e] (worth[1] +
 * worth[2] tax[e]) + to_seller[e] kept[e];  weighted[e] = x[e] v,  price[e] = power[e] bought[e] weighted[e]. */
void ent_value_run(ptrdiff_t n, const double *x, const double *bought, const double *to_seller, const double *to_border,
                   const double *power, const double *kept, const double *tax, const double worth[3], double *weighted,
                   double *price);
/* The same where sellers are not neighbours: power, kept and tax at index[e]. */
void ent_value_gather(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                      const double *to_border, const double *power, const double *kept, const double *tax,
                      const int32_t *index, const double worth[3], double *weighted, double *price);
/* z[e] += y[e] + a[e] x[e] */
void ent_add_run_product(ptrdiff_t n, const double *y, const double *a, const double *x, double *z);
/* z[e] += a[e] (b x[e] + c) */
void ent_add_product(ptrdiff_t n, const double *a, const double *x, double b, double c, double *z);

/* Matrices by columns: column c is a[c stride] … a[c stride + rows − 1]; rows a multiple of 8, as ent_pad() makes it.
 */
static inline ptrdiff_t ent_pad(ptrdiff_t n)
{
    return (n + 7) / 8 * 8;
}
/* y[i] += Σ_c a[c][i] x[c], in a fixed order */
void ent_columns_add(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *x, double *y);
/* y[c] += Σ_i a[c][i] x[i] */
void ent_columns_dot(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *x, double *y);
/* The same for `many` vectors, each to the bit as if it came alone; a is read once for every eight of them
 * (or four). */
void ent_columns_add_many(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, ptrdiff_t many,
                          const double *const *x, double *const *y);
void ent_columns_dot_many(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, ptrdiff_t many,
                          const double *const *x, double *const *y);
/* One step of Gauss–Jordan: every row i of a[n][stride] but k loses a[i][k] times `row`, and keeps −a[i][k] row[k] in
 * column k, where the inverse grows. */
void ent_eliminate(ptrdiff_t n, ptrdiff_t stride, ptrdiff_t k, const double *row, double *a);
