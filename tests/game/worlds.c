/* worlds.c: see worlds.h. */
// SPDX-License-Identifier: MIT
#include "worlds.h"
#include "text/records.h"
#include <stdlib.h>

/* ---- tables of final use alone ---- */

static ent_status shape(game_world *w, ptrdiff_t regions, ptrdiff_t sectors)
{
    ent_table *t = &w->table;
    char code[32];
    t->name = "game";
    t->year = 2004;
    while (t->regions.count < regions) {
        snprintf(code, sizeof code, "R%td", t->regions.count + 1);
        ENT_TRY(ent_names_add(&t->regions, &w->arena, code, NULL, NULL));
    }
    while (t->sectors.count < sectors) {
        snprintf(code, sizeof code, "S%td", t->sectors.count + 1);
        ENT_TRY(ent_names_add(&t->sectors, &w->arena, code, NULL, NULL));
    }
    ENT_TRY(ent_names_add(&t->uses, &w->arena, "households", NULL, NULL));
    ENT_TRY(ent_names_add(&t->factors, &w->arena, "labour", NULL, NULL));
    ENT_TRY(ent_table_make(t, &w->arena, &w->err));
    t->trade_elasticity = ent_new(&w->arena, double, sectors);
    return t->trade_elasticity == NULL ? ENT_NO_MEMORY : ENT_OK;
}

static ent_status lay_table(game_world *w)
{
    ent_network laid;
    ENT_TRY(ent_table_check(&w->table, &w->err));
    ENT_TRY(ent_blueprint_default(&w->table, &w->arena, &w->blueprint, &w->err));
    w->blueprint.closure = ENT_CLOSURE_BALANCED;
    const ent_options tight = {.tolerance = 1e-13, .depth = 12, .passes = 500, .steps = 60, .threads = 1};
    ENT_TRY(ent_network_lay(&w->table, &w->blueprint, &w->arena, &laid, &w->err));
    ENT_TRY(ent_network_balance(&laid, &tight, &w->arena, &w->net, &w->err));
    return ent_policy_none(&w->net, &w->arena, &w->policy, &w->err);
}

ent_status game_lay(game_world *w, ptrdiff_t R, ptrdiff_t J, const double *flow, const double *duty,
                    const double *theta, game_market market)
{
    ent_table *t = &w->table;
    ENT_TRY(shape(w, R, J));
    memcpy(t->trade_elasticity, theta, (size_t)J * sizeof *theta);
    for (ptrdiff_t i = 0; i < R; i++)
        for (ptrdiff_t j = 0; j < J; j++) {
            const ptrdiff_t cell = i * J + j;
            for (ptrdiff_t n = 0; n < R; n++) {
                t->f[cell * R + n] = flow[(i * R + n) * J + j];
                t->x[cell] += t->f[cell * R + n];
                if (n != i) t->duty[(i * R + n) * J + j] = duty[(i * R + n) * J + j];
            }
            t->va[cell] = t->x[cell] * (market == MARKUPS ? theta[j] / (1.0 + theta[j]) : 1.0);
            t->tls[cell] = t->x[cell] - t->va[cell];
        }
    t->duty_accounts = ENT_DUTIES_IN_TAXES;
    return lay_table(w);
}

void game_close(game_world *w)
{
    ent_arena_close(&w->arena);
}

/* ---- two countries ---- */

/* Armington with equal preferences: prices are wages; w of the first is 1, w of the second solves balanced trade. */
ent_status game_two(game_world *w, double size, double tau, double theta)
{
    double low = 1e-9, high = 1e9, flow[4], none[4] = {0};
    const double far = pow(tau, -theta);
    for (int half = 0; half < 400; half++) {
        const double wage = sqrt(low * high), p = pow(wage, -theta);
        const double buys = p * far / (1.0 + p * far), sells = far / (p + far); /* import shares of 1 and of 2 */
        if (buys > sells * wage * size)
            low = wage;
        else
            high = wage;
        flow[0] = 1.0 - buys;                  /* 1 to 1 */
        flow[1] = sells * wage * size;         /* 1 to 2 */
        flow[2] = buys;                        /* 2 to 1 */
        flow[3] = (1.0 - sells) * wage * size; /* 2 to 2 */
    }
    return game_lay(w, 2, 1, flow, none, &theta, COMPETITION);
}

/* ---- data sets ---- */

typedef struct {
    ent_bytes bytes;
    ent_records records;
    ptrdiff_t exporter, importer, sector;
} flow_file;

static ent_status open_flows(flow_file *file, const char *path, ent_arena *arena, ent_error *err)
{
    ENT_TRY(ent_bytes_read(path, 0, arena, &file->bytes, err));
    ENT_TRY(ent_records_open(&file->records, file->bytes, path, arena, err));
    ENT_TRY(ent_records_column(&file->records, "exporter", &file->exporter, err));
    ENT_TRY(ent_records_column(&file->records, "importer", &file->importer, err));
    return ent_records_column(&file->records, "sector", &file->sector, err);
}

static ent_status names_of(game_world *w, const char *path)
{
    flow_file file;
    int found = 1;
    ENT_TRY(open_flows(&file, path, &w->arena, &w->err));
    while (found) {
        ptrdiff_t at;
        ENT_TRY(ent_records_next(&file.records, &found, &w->err));
        if (!found) break;
        ENT_TRY(ent_records_name(&file.records, file.exporter, &w->table.regions, &w->arena, &at, &w->err));
        ENT_TRY(ent_records_name(&file.records, file.sector, &w->table.sectors, &w->arena, &at, &w->err));
    }
    return ENT_OK;
}

/* A column of flows into an array [exporter][importer][sector]. */
static ent_status column_of(game_world *w, const char *path, const char *column, double **array)
{
    flow_file file;
    int found = 1;
    ptrdiff_t value;
    const ptrdiff_t R = w->table.regions.count, J = w->table.sectors.count;
    *array = ent_new0(&w->arena, double, R *R *J);
    if (*array == NULL) return ENT_NO_MEMORY;
    ENT_TRY(open_flows(&file, path, &w->arena, &w->err));
    ENT_TRY(ent_records_column(&file.records, column, &value, &w->err));
    while (found) {
        ptrdiff_t i, n, j;
        ENT_TRY(ent_records_next(&file.records, &found, &w->err));
        if (!found) break;
        ENT_TRY(ent_records_known(&file.records, file.exporter, &w->table.regions, "region", &i, &w->err));
        ENT_TRY(ent_records_known(&file.records, file.importer, &w->table.regions, "region", &n, &w->err));
        ENT_TRY(ent_records_known(&file.records, file.sector, &w->table.sectors, "sector", &j, &w->err));
        ENT_TRY(ent_records_number(&file.records, value, *array + (i * R + n) * J + j, &w->err));
    }
    return ENT_OK;
}

/* A column of numbers by sector. */
ent_status game_by_sector(game_world *w, const char *path, const char *column, double shift, double **array)
{
    ent_bytes bytes;
    ent_records records;
    ptrdiff_t sector, value;
    int found = 1;
    *array = ent_new0(&w->arena, double, w->table.sectors.count);
    if (*array == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_bytes_read(path, 0, &w->arena, &bytes, &w->err));
    ENT_TRY(ent_records_open(&records, bytes, path, &w->arena, &w->err));
    ENT_TRY(ent_records_column(&records, "sector", &sector, &w->err));
    ENT_TRY(ent_records_column(&records, column, &value, &w->err));
    while (found) {
        ptrdiff_t j;
        double number;
        ENT_TRY(ent_records_next(&records, &found, &w->err));
        if (!found) break;
        ENT_TRY(ent_records_known(&records, sector, &w->table.sectors, "sector", &j, &w->err));
        ENT_TRY(ent_records_number(&records, value, &number, &w->err));
        (*array)[j] = number + shift;
    }
    return ENT_OK;
}

ent_status game_ossa_sigma(game_world *w, const char *folder, const char *flows, const char *column, game_market market)
{
    double *flow, *duty, *theta;
    const char *path = ent_path_join(&w->arena, folder, "flows.csv");
    const char *sigma = ent_path_join(&w->arena, folder, "sigma.csv");
    if (path == NULL || sigma == NULL) return ENT_NO_MEMORY;
    ENT_TRY(names_of(w, path));
    ENT_TRY(column_of(w, path, flows, &flow));
    ENT_TRY(column_of(w, path, "tariff", &duty));
    ENT_TRY(game_by_sector(w, sigma, column, -1.0, &theta));
    return game_lay(w, w->table.regions.count, w->table.sectors.count, flow, duty, theta, market);
}

ent_status game_ossa(game_world *w, const char *folder, const char *flows, game_market market)
{
    return game_ossa_sigma(w, folder, flows, "sigma_main", market);
}

ent_status game_wiod(game_world *w, const char *folder, const char *elasticities)
{
    double *flow, *theta;
    const char *path = ent_path_join(&w->arena, folder, "flows.csv.gz");
    const char *list = ent_path_join(&w->arena, folder, "trade_elasticities.csv");
    if (path == NULL || list == NULL) return ENT_NO_MEMORY;
    ENT_TRY(names_of(w, path));
    ENT_TRY(column_of(w, path, "expenditure_musd", &flow));
    ENT_TRY(game_by_sector(w, list, elasticities, 0.0, &theta));
    const ptrdiff_t R = w->table.regions.count, J = w->table.sectors.count;
    double *none = ent_new0(&w->arena, double, R *R *J);
    if (none == NULL) return ENT_NO_MEMORY;
    return game_lay(w, R, J, flow, none, theta, COMPETITION);
}

enum {
    ICIO_SECTORS = 28
};

/* Rows EXPORTER_SECTOR, a column an importer, into cell [exporter][importer][sector]. Sectors stand in the order of the
 * list of elasticities, which names one of them otherwise. */
static ent_status read_icio(game_world *w, const char *folder, const char *file, double **cell)
{
    ent_bytes bytes;
    ent_records r;
    const char *path = ent_path_join(&w->arena, folder, file);
    if (path == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_bytes_read(path, 0, &w->arena, &bytes, &w->err));
    ENT_TRY(ent_records_open(&r, bytes, path, &w->arena, &w->err));
    const ptrdiff_t R = r.columns.count - 1, J = ICIO_SECTORS;
    *cell = ent_new0(&w->arena, double, R *R *J);
    if (*cell == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = w->table.regions.count; n < R; n++)
        ENT_TRY(ent_names_add(&w->table.regions, &w->arena, r.columns.code[n + 1], NULL, NULL));
    for (ptrdiff_t row = 0;; row++) {
        int more;
        ENT_TRY(ent_records_next(&r, &more, &w->err));
        if (!more) return ENT_OK;
        for (ptrdiff_t n = 0; n < R; n++)
            ENT_TRY(ent_records_number(&r, n + 1, *cell + ((row / J) * R + n) * J + row % J, &w->err));
    }
}

ent_status game_icio(game_world *w, const char *folder, const char *list, const char *elasticities, game_border border)
{
    ent_bytes bytes;
    ent_records r;
    double *flow, *duty, theta[ICIO_SECTORS];
    ptrdiff_t column, name;
    ENT_TRY(read_icio(w, folder, "icio_bilateral_2022.csv.gz", &flow));
    const ptrdiff_t R = w->table.regions.count, J = ICIO_SECTORS;
    if (border == DUTIES_IN_VALUES) {
        ENT_TRY(read_icio(w, folder, "tariff_gtd_2021.csv.gz", &duty));
        for (ptrdiff_t cell = 0; cell < R * R * J; cell++) flow[cell] /= 1.0 + duty[cell];
        for (ptrdiff_t i = 0; i < R; i++)
            for (ptrdiff_t j = 0; j < J; j++) flow[(i * R + i) * J + j] += 1.0;
    } else if ((duty = ent_new0(&w->arena, double, R *R *J)) == NULL) {
        return ENT_NO_MEMORY;
    }
    ENT_TRY(ent_bytes_read(list, 0, &w->arena, &bytes, &w->err));
    ENT_TRY(ent_records_open(&r, bytes, list, &w->arena, &w->err));
    ENT_TRY(ent_records_column(&r, elasticities, &column, &w->err));
    ENT_TRY(ent_records_column(&r, "icio_sector", &name, &w->err));
    for (ptrdiff_t j = 0; j < J; j++) {
        int more;
        ptrdiff_t at;
        ENT_TRY(ent_records_next(&r, &more, &w->err));
        ENT_TRY(ent_records_name(&r, name, &w->table.sectors, &w->arena, &at, &w->err));
        ENT_TRY(ent_records_number(&r, column, theta + j, &w->err));
    }
    return game_lay(w, R, J, flow, duty, theta, COMPETITION);
}

ent_status game_embedded(game_world *w)
{
    ENT_TRY(ent_table_read("baseline2022", &w->arena, &w->table, &w->err));
    return lay_table(w);
}

/* ---- games ---- */

ent_game game_of_all(const game_world *w, ent_player players[MOST_PLAYERS], ent_freedom freedom)
{
    for (ptrdiff_t n = 0; n < w->net.regions; n++)
        players[n] = (ent_player){.region = n, .freedom = freedom, .least = 0.0, .greatest = 10.0};
    return (ent_game){.net = &w->net, .policy = &w->policy, .player = players, .players = w->net.regions};
}

double game_duty(const game_world *w, const ent_policy *policy, ptrdiff_t importer, ptrdiff_t exporter,
                 ptrdiff_t sector)
{
    const ent_network *net = &w->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (net->lane_region[lane] == importer && ent_lane_exporter(net, lane) == exporter &&
            ent_lane_sector(net, lane) == sector)
            return policy->duty[lane];
    return NAN;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of a region's duties on others. */
double game_median_duty(const game_world *w, const ent_policy *policy, ptrdiff_t n)
{
    double duty[7 * 33]; /* the largest world that is asked */
    size_t count = 0;
    for (ptrdiff_t lane = 0; lane < w->net.borders; lane++)
        if (w->net.lane_region[lane] == n && ent_lane_exporter(&w->net, lane) != n) duty[count++] = policy->duty[lane];
    qsort(duty, count, sizeof *duty, by_size);
    return count % 2 ? duty[count / 2] : 0.5 * (duty[count / 2 - 1] + duty[count / 2]);
}
