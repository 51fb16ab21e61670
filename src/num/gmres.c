/* gmres.c: see gmres.h. Arnoldi by modified Gram–Schmidt, the least-squares problem by Givens rotations as it grows;
 * sums by the kernels of dot.h, so that the same bits come out for any number of threads. */
// SPDX-License-Identifier: MIT
#include "num/gmres.h"
#include "num/dot.h"
#include <math.h>
#include <string.h>

typedef struct {
    double *v;             /* [depth+1][n] */
    double *h;             /* [depth][depth+1] columns of the Hessenberg matrix, rotated */
    double *c, *s, *g, *y; /* [depth+1] */
    double *along;         /* [n] P v */
} ent_gmres_work;

ptrdiff_t ent_gmres_room(const ent_linear_system *sys)
{
    return (sys->depth + 2) * sys->n + (sys->depth + 4) * (sys->depth + 1);
}

static ent_gmres_work lay_out(const ent_linear_system *sys, double *room)
{
    const ptrdiff_t m = sys->depth + 1;
    double *h = room + (m + 1) * sys->n;
    return (ent_gmres_work){.v = room,
                            .along = room + m * sys->n,
                            .h = h,
                            .c = h + sys->depth * m,
                            .s = h + (sys->depth + 1) * m,
                            .g = h + (sys->depth + 2) * m,
                            .y = h + (sys->depth + 3) * m};
}

static double norm(ptrdiff_t n, const double *x)
{
    return sqrt(ent_dot_run(n, x, x));
}

static double largest(ptrdiff_t n, const double *x)
{
    double most = 0.0;
    for (ptrdiff_t k = 0; k < n; k++) most = fmax(most, fabs(x[k]));
    return most;
}

/* One Arnoldi step from v[j]; the rotated column j of H. Returns what is left of the residual. */
static double step(const ent_linear_system *sys, const ent_gmres_work *w, ptrdiff_t j)
{
    const ptrdiff_t n = sys->n, m = sys->depth + 1;
    double *next = w->v + (j + 1) * n, *h = w->h + j * m;
    sys->precondition(sys->user, w->v + j * n, w->along);
    sys->matrix(sys->user, w->along, next);
    for (ptrdiff_t i = 0; i <= j; i++) {
        h[i] = ent_dot_run(n, w->v + i * n, next);
        ent_add_run(n, w->v + i * n, -h[i], next);
    }
    h[j + 1] = norm(n, next);
    if (h[j + 1] <= 1e-15 * w->g[0]) h[j + 1] = 0.0; /* the space is exhausted: the solution lies in it */
    if (h[j + 1] > 0.0) ent_combine(n, 1.0 / h[j + 1], next, 0.0, next, next);
    for (ptrdiff_t i = 0; i < j; i++) {
        const double a = w->c[i] * h[i] + w->s[i] * h[i + 1];
        h[i + 1] = w->c[i] * h[i + 1] - w->s[i] * h[i];
        h[i] = a;
    }
    const double r = hypot(h[j], h[j + 1]);
    w->c[j] = r > 0.0 ? h[j] / r : 1.0;
    w->s[j] = r > 0.0 ? h[j + 1] / r : 0.0;
    h[j] = r;
    w->g[j + 1] = -w->s[j] * w->g[j];
    w->g[j] *= w->c[j];
    return fabs(w->g[j + 1]);
}

/* x += P V y, R y = g over the first `count` columns. */
static void add_solution(const ent_linear_system *sys, const ent_gmres_work *w, ptrdiff_t count, double *x, double *sum)
{
    const ptrdiff_t m = sys->depth + 1;
    for (ptrdiff_t i = count - 1; i >= 0; i--) {
        double rest = w->g[i];
        for (ptrdiff_t k = i + 1; k < count; k++) rest -= w->h[k * m + i] * w->y[k];
        w->y[i] = w->h[i * m + i] != 0.0 ? rest / w->h[i * m + i] : 0.0;
    }
    memset(sum, 0, (size_t)sys->n * sizeof *sum);
    for (ptrdiff_t i = 0; i < count; i++) ent_add_run(sys->n, w->v + i * sys->n, w->y[i], sum);
    sys->precondition(sys->user, sum, w->along);
    ent_add_run(sys->n, w->along, 1.0, x);
}

ptrdiff_t ent_gmres(const ent_linear_system *sys, const double *b, double *x, double *room)
{
    const ent_gmres_work w = lay_out(sys, room);
    const ptrdiff_t n = sys->n;
    const double goal = sys->tolerance * largest(n, b);
    const double rounding = 1e-14 * largest(n, b); /* below, restarts only stir the last digits */
    double before = INFINITY;
    ptrdiff_t products = 0;
    memset(x, 0, (size_t)n * sizeof *x);
    memcpy(w.v, b, (size_t)n * sizeof *b); /* the residual of x = 0 */
    for (;;) {
        const double now = largest(n, w.v);
        if (now <= goal || (now > 0.5 * before && now <= 100.0 * rounding)) return products;
        if (products >= sys->most || !isfinite(now)) return -1;
        before = now;
        const double size = norm(n, w.v);
        memset(w.g, 0, (size_t)(sys->depth + 1) * sizeof *w.g);
        w.g[0] = size;
        ent_combine(n, 1.0 / size, w.v, 0.0, w.v, w.v);
        ptrdiff_t j = 0;
        double left = size;
        while (j < sys->depth && products < sys->most && left > fmax(0.5 * goal, 1e-16 * size)) {
            left = step(sys, &w, j++);
            products++;
        }
        add_solution(sys, &w, j, x, w.v + sys->depth * n); /* the last vector is in no sum */
        if (sys->trusting) return products;
        sys->matrix(sys->user, x, w.v);
        ent_combine(n, 1.0, b, -1.0, w.v, w.v);
        products++;
    }
}
