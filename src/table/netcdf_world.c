/* netcdf_world.c: world files, netCDF-4, in and out. The door of libnetcdf for worlds.
 *
 * A world file holds the arrays of table.def over the dimensions region, sector, buyer_region, buyer_sector, use and
 * factor; a string variable of codes along each dimension, which xarray and R take as its coordinate; labels beside
 * them; and what is said about the table as attributes. docs/WORLDS.md is the reference.
 *
 * A file is written beside its target, synced and renamed, so it goes out whole or not at all. It is read as bytes in
 * memory (nc_open_mem), so packed world files open too and a fuzzer can hand its bytes in. Arrays are deflated (level 1
 * with byte shuffle: level 9 is ten times slower for 4 % less) in chunks of one seller region.
 *
 * Reading trusts nothing: names, types and shapes are checked before anything is taken, and the size of an array
 * against what deflate can pack at best (1,032 to 1), so that a small file can't ask for all memory: at most 1,100
 * times the file and 1 MiB.
 *
 * libhdf5 can't be trusted with damaged files (a bent byte in one makes it free what it never had) nor with full disks
 * (it crashes at exit over what it could not write). So it works in processes of their own: one hands over the table as
 * flat bytes, one leaves the file beside its target. That costs some milliseconds. */
// SPDX-License-Identifier: MIT
#include "table/netcdf_world.h"
#include "base/apart.h"
#include "table/arrays.h"
#include "table/flat.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT "entente world"
enum {
    FORMAT_VERSION = 1,
    DEFLATE_LEVEL = 1,
    DEFLATE_FROM = 4096, /* cells; smaller arrays are stored as they are */
    BEST_PACKING = 1100, /* bytes of cells a byte of file can hold */
    SLACK_BYTES = 1 << 20,
    LEAST_WRITING_SECONDS = 30, /* and one more each quarter of a million cells */
    WRITING_BYTES = 1 << 29,    /* that libhdf5 may take to write: it holds chunks and their packed forms */
    LEAST_SECONDS = 5           /* of computing that a file may take, and one more each megabyte */
};

static const char *const accounts_words[] = {"in value added", "in taxes"};

/* ---- writing ---- */

typedef struct {
    int file;
    const char *path;
    const ent_table *table;
    ent_error *err;
    int dim[ENT_DIMS];
} writer;

static ent_status said(const writer *w, int answer)
{
    if (answer == NC_NOERR) return ENT_OK;
    if (answer == NC_ENOMEM) return ent_fail(w->err, ENT_NO_MEMORY, "%s: no memory to write it", w->path);
    return ent_fail(w->err, ENT_BAD_INPUT, "%s: cannot be written: %s%s", w->path, nc_strerror(answer),
                    answer == NC_EHDFERR ? "; is the disk full?" : "");
}

static ent_status put_text(const writer *w, int variable, const char *name, const char *text)
{
    return said(w, nc_put_att_text(w->file, variable, name, strlen(text), text));
}

static ent_status put_number(const writer *w, const char *name, int number)
{
    return said(w, nc_put_att_int(w->file, NC_GLOBAL, name, NC_INT, 1, &number));
}

static ent_status put_attributes(const writer *w)
{
    const ent_table *t = w->table;
    ENT_TRY(put_text(w, NC_GLOBAL, "format", FORMAT));
    ENT_TRY(put_number(w, "format_version", FORMAT_VERSION));
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++)
        ENT_TRY(put_text(w, NC_GLOBAL, ent_table_strings[s].name, ent_string_get(t, &ent_table_strings[s])));
    ENT_TRY(put_number(w, "year", t->year));
    return put_text(w, NC_GLOBAL, "duty_accounts", accounts_words[t->duty_accounts]);
}

static ent_status put_strings(const writer *w, const char *name, int dim, const char **strings, const char *words)
{
    int variable;
    ENT_TRY(said(w, nc_def_var(w->file, name, NC_STRING, 1, &dim, &variable)));
    ENT_TRY(put_text(w, variable, "long_name", words));
    return said(w, nc_put_var_string(w->file, variable, strings));
}

static ent_status put_labels(const writer *w, const char *name, int dim, const char **labels)
{
    char label_name[64], words[80];
    snprintf(label_name, sizeof label_name, "%s_label", name);
    snprintf(words, sizeof words, "name of each %s in words", name);
    for (char *c = words; *c != 0; c++)
        if (*c == '_') *c = ' ';
    return put_strings(w, label_name, dim, labels, words);
}

static ent_status put_dimensions(writer *w)
{
    static const char *const words[ENT_DIMS] = {"seller region",        "seller sector", "buyer region",
                                                "buyer (using) sector", "final use",     "factor of production"};
    for (int d = 0; d < ENT_DIMS; d++) {
        const char *name = ent_dim_name((ent_dim)d);
        const ent_names *names = ent_dim_names(w->table, (ent_dim)d);
        ENT_TRY(said(w, nc_def_dim(w->file, name, (size_t)names->count, &w->dim[d])));
        ENT_TRY(put_strings(w, name, w->dim[d], names->code, words[d]));
        if (d != ENT_DIM_BUYER_REGION && d != ENT_DIM_BUYER_SECTOR)
            ENT_TRY(put_labels(w, name, w->dim[d], names->label));
    }
    ENT_TRY(put_strings(w, "members", w->dim[ENT_DIM_REGION], w->table->members,
                        "countries of the region, ISO 3166 alpha-3"));
    int variable;
    ENT_TRY(said(w, nc_def_var(w->file, "is_good", NC_BYTE, 1, &w->dim[ENT_DIM_SECTOR], &variable)));
    ENT_TRY(put_text(w, variable, "long_name", "1 for goods, 0 for services"));
    return said(w, nc_put_var_uchar(w->file, variable, w->table->is_good));
}

/* Named sets: region_group(region_group), its labels, and region_group_member(region_group, region). */
static ent_status put_groups(const writer *w, const char *name, const ent_groups *groups, int of)
{
    int dims[2] = {0, of}, variable;
    char member[64];
    snprintf(member, sizeof member, "%s_member", name);
    if (groups->names.count == 0) return ENT_OK;
    ENT_TRY(said(w, nc_def_dim(w->file, name, (size_t)groups->names.count, &dims[0])));
    ENT_TRY(put_strings(w, name, dims[0], groups->names.code, "named set"));
    ENT_TRY(put_labels(w, name, dims[0], groups->names.label));
    ENT_TRY(said(w, nc_def_var(w->file, member, NC_BYTE, 2, dims, &variable)));
    ENT_TRY(put_text(w, variable, "long_name", "1 where it belongs to the set"));
    return said(w, nc_put_var_uchar(w->file, variable, groups->member));
}

static ent_status put_array(const writer *w, const ent_table_array *array)
{
    const double *data = ent_array_data(w->table, array);
    const ptrdiff_t cells = ent_array_cells(w->table, array);
    if (data == NULL) return ENT_OK;
    int dims[4], variable;
    size_t chunk[4];
    for (int d = 0; d < array->rank; d++) {
        dims[d] = w->dim[array->dim[d]];
        chunk[d] = d == 0 ? 1 : (size_t)ent_dim_names(w->table, array->dim[d])->count;
    }
    ENT_TRY(said(w, nc_def_var(w->file, array->name, NC_DOUBLE, array->rank, dims, &variable)));
    if (cells >= DEFLATE_FROM) {
        ENT_TRY(said(w, nc_def_var_chunking(w->file, variable, NC_CHUNKED, chunk)));
        ENT_TRY(said(w, nc_def_var_deflate(w->file, variable, 1, 1, DEFLATE_LEVEL)));
    }
    ENT_TRY(put_text(w, variable, "long_name", array->words));
    ENT_TRY(put_text(w, variable, "symbol", array->symbol));
    ENT_TRY(put_text(w, variable, "units", strcmp(array->unit, "1") == 0 ? "1" : w->table->unit));
    return said(w, nc_put_var_double(w->file, variable, data));
}

static ent_status put_all(writer *w)
{
    ENT_TRY(put_attributes(w));
    ENT_TRY(put_dimensions(w));
    ENT_TRY(put_groups(w, "region_group", &w->table->region_groups, w->dim[ENT_DIM_REGION]));
    ENT_TRY(put_groups(w, "sector_group", &w->table->sector_groups, w->dim[ENT_DIM_SECTOR]));
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) ENT_TRY(put_array(w, &ent_table_arrays[a]));
    return ENT_OK;
}

/* The place of a cell in words, "z[USA,AGR,CHN,FOO]". */
typedef struct {
    char text[400];
} place;

static place place_of(const ent_table *table, const ent_table_array *array, ptrdiff_t cell)
{
    place p;
    ptrdiff_t index[4] = {0};
    for (int d = array->rank - 1; d >= 0; d--) {
        const ptrdiff_t length = ent_dim_names(table, array->dim[d])->count;
        index[d] = cell % length;
        cell /= length;
    }
    int at = snprintf(p.text, sizeof p.text, "%s[", array->name);
    for (int d = 0; d < array->rank; d++)
        at += snprintf(p.text + at, sizeof p.text - (size_t)at, "%.80s%s",
                       ent_dim_names(table, array->dim[d])->code[index[d]], d + 1 < array->rank ? "," : "]");
    return p;
}

/* Numbers only, and no cell that libnetcdf filled because nobody wrote it. */
static ent_status check_cells(const ent_table *table, const ent_table_array *array, const char *path, ent_error *err)
{
    const double *data = ent_array_data(table, array);
    const ptrdiff_t cells = data == NULL ? 0 : ent_array_cells(table, array);
    for (ptrdiff_t c = 0; c < cells; c++) {
        if (isfinite(data[c]) && data[c] != NC_FILL_DOUBLE) continue;
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: %s is %s; every cell of a world must be a number, 0 where nothing flows", path,
                        place_of(table, array, c).text, isfinite(data[c]) ? "empty" : "not a number");
    }
    return ENT_OK;
}

static ent_status check_writable(const ent_table *table, const char *path, ent_error *err)
{
    for (int d = 0; d < ENT_DIMS; d++)
        if (ent_dim_names(table, (ent_dim)d)->count == 0)
            return ent_fail(err, ENT_BAD_INPUT, "%s: a table without any %s is not written", path,
                            ent_dim_name((ent_dim)d));
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) ENT_TRY(check_cells(table, &ent_table_arrays[a], path, err));
    return ENT_OK;
}

/* A folder or a device must not be replaced by a file. */
static ent_status check_target(const char *path, ent_error *err)
{
    struct stat about;
    if (stat(path, &about) != 0 || S_ISREG(about.st_mode)) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%s: is %s; name a file", path,
                    S_ISDIR(about.st_mode) ? "a folder" : "a device");
}

/* An empty file; libnetcdf then opens it. Of a folder that is missing it would say "permission denied". */
static int begin(const char *beside)
{
    const int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return errno;
    close(file);
    return 0;
}

/* What the child does: libhdf5 crashes at exit over a file that the disk did not take, and there it may. */
typedef struct {
    const ent_table *table;
    const char *path, *beside;
} written;

static ent_status write_apart(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    const written *target = state;
    writer w = {.path = target->path, .table = target->table, .err = err};
    (void)arena;
    *answer = (ent_bytes){"", 0};
    ENT_TRY(said(&w, nc_create(target->beside, NC_NETCDF4 | NC_CLOBBER, &w.file)));
    ENT_TRY(put_all(&w));
    return said(&w, nc_close(w.file));
}

static ent_status write_beside(written *target, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes nothing;
    int died;
    const ptrdiff_t cells = ent_array_cells(target->table, &ent_table_arrays[0]);
    const ent_apart_bounds bounds = {LEAST_WRITING_SECONDS + (unsigned)(cells >> 18), WRITING_BYTES};
    const ent_status status = ent_apart_run(write_apart, target, bounds, &scratch, &nothing, &died, err);
    if (!died) return status;
    return ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: writing came to no end; is the disk full?",
                    target->path);
}

/* The finished file to the disk, and in the place of the old one. */
static int settle(const char *beside, const char *path)
{
    const int file = open(beside, O_RDWR | O_CLOEXEC);
    if (file < 0) return errno;
    const int why = fsync(file) == 0 ? 0 : errno;
    close(file);
    if (why != 0) return why;
    return rename(beside, path) == 0 ? 0 : errno;
}

ent_status ent_table_write(const ent_table *table, const char *path, ent_error *err)
{
    ENT_TRY(check_writable(table, path, err));
    ENT_TRY(check_target(path, err));
    ENT_SCRATCH scratch = {0};
    const writer w = {.path = path, .table = table, .err = err};
    written target = {table, path, ent_string_format(&scratch, "%s.part-%ld", path, (long)getpid())};
    if (target.beside == NULL) return said(&w, NC_ENOMEM);
    ENT_TRY(said(&w, begin(target.beside)));
    ent_status status = write_beside(&target, err);
    if (status == ENT_OK) status = said(&w, settle(target.beside, path));
    if (status != ENT_OK) unlink(target.beside);
    return status;
}

/* ---- reading ---- */

typedef struct {
    int file;
    const char *path;
    size_t most; /* bytes that the arrays of this file may take */
    ent_arena *arena;
    ent_table *table;
    ent_error *err;
    int dim[ENT_DIMS];
} reader;

static ent_status fail_memory(const reader *r)
{
    return ent_fail(r->err, ENT_NO_MEMORY, "%s: no memory to read it", r->path);
}

static ent_status fail_damaged(const reader *r, const char *what, int answer)
{
    if (answer == NC_ENOMEM) return fail_memory(r);
    return ent_fail(r->err, ENT_BAD_INPUT, "%s: %s cannot be read, the file is damaged (%s); get it again", r->path,
                    what, nc_strerror(answer));
}

/* A text attribute, of characters or one string; NULL where there is none. */
static ent_status get_text(const reader *r, const char *name, const char **text)
{
    nc_type type;
    size_t length;
    *text = NULL;
    const int answer = nc_inq_att(r->file, NC_GLOBAL, name, &type, &length);
    if (answer == NC_ENOTATT) return ENT_OK;
    if (answer != NC_NOERR) return fail_damaged(r, name, answer);
    if (type == NC_STRING && length == 1) {
        char *string = NULL;
        const int got = nc_get_att_string(r->file, NC_GLOBAL, name, &string);
        if (got != NC_NOERR) return fail_damaged(r, name, got);
        *text = ent_string_copy(r->arena, string == NULL ? "" : string);
        nc_free_string(1, &string);
        return *text == NULL ? fail_memory(r) : ENT_OK;
    }
    if (type != NC_CHAR) return ent_fail(r->err, ENT_BAD_INPUT, "%s: the attribute '%s' must be text", r->path, name);
    if (length > r->most) return fail_damaged(r, name, NC_EHDFERR);
    char *copy = ent_new0(r->arena, char, length + 1);
    if (copy == NULL) return fail_memory(r);
    const int got = length == 0 ? NC_NOERR : nc_get_att_text(r->file, NC_GLOBAL, name, copy);
    if (got != NC_NOERR) return fail_damaged(r, name, got);
    *text = copy;
    return ENT_OK;
}

static ent_status get_whole_number(const reader *r, const char *name, int *number)
{
    size_t length = 0;
    if (nc_inq_attlen(r->file, NC_GLOBAL, name, &length) != NC_NOERR)
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the attribute '%s' is missing", r->path, name);
    if (length != 1 || nc_get_att_int(r->file, NC_GLOBAL, name, number) != NC_NOERR)
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the attribute '%s' must be one whole number", r->path, name);
    return ENT_OK;
}

static ent_status get_format(const reader *r)
{
    const char *format;
    int version = 0;
    ENT_TRY(get_text(r, "format", &format));
    if (format == NULL || strcmp(format, FORMAT) != 0)
        return ent_fail(r->err, ENT_BAD_INPUT,
                        "%s: is a netCDF file, but no world: its attribute 'format' does not say \"" FORMAT
                        "\"; `entente import` makes worlds",
                        r->path);
    ENT_TRY(get_whole_number(r, "format_version", &version));
    if (version != FORMAT_VERSION)
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: is a world of format version %d, and this program reads version %d",
                        r->path, version, FORMAT_VERSION);
    return ENT_OK;
}

static ent_status get_attributes(const reader *r)
{
    ENT_TRY(get_format(r));
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++) {
        const char *text;
        ENT_TRY(get_text(r, ent_table_strings[s].name, &text));
        ent_string_set(r->table, &ent_table_strings[s], text == NULL ? "" : text);
    }
    if (*r->table->name == 0)
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the attribute 'name' is missing; a world needs a name", r->path);
    ENT_TRY(get_whole_number(r, "year", &r->table->year));
    const char *accounts;
    ENT_TRY(get_text(r, "duty_accounts", &accounts));
    for (int a = 0; accounts != NULL && a < 2; a++) {
        r->table->duty_accounts = (ent_duty_accounts)a;
        if (strcmp(accounts, accounts_words[a]) == 0) return ENT_OK;
    }
    return ent_fail(r->err, ENT_BAD_INPUT, "%s: the attribute 'duty_accounts' must say \"%s\" or \"%s\"", r->path,
                    accounts_words[0], accounts_words[1]);
}

/* A variable by name; *variable is -1 where it is missing and may be. Its dimensions must be the ones named, in order.
 */
static ent_status find_variable(const reader *r, const char *name, int rank, const int *dims, int required,
                                int *variable)
{
    int has_rank, has[NC_MAX_VAR_DIMS];
    if (nc_inq_varid(r->file, name, variable) != NC_NOERR) {
        *variable = -1;
        if (!required) return ENT_OK;
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the variable '%s' is missing", r->path, name);
    }
    const int answer = nc_inq_varndims(r->file, *variable, &has_rank);
    if (answer != NC_NOERR) return fail_damaged(r, name, answer);
    int same = has_rank == rank && nc_inq_vardimid(r->file, *variable, has) == NC_NOERR;
    for (int d = 0; same && d < rank; d++) same = has[d] == dims[d];
    if (same) return ENT_OK;
    char wanted[4 * NC_MAX_NAME + 16] = "", dim_name[NC_MAX_NAME + 1];
    size_t at = 0;
    for (int d = 0; d < rank; d++) {
        if (nc_inq_dimname(r->file, dims[d], dim_name) != NC_NOERR) return fail_damaged(r, name, NC_EBADDIM);
        at += (size_t)snprintf(wanted + at, sizeof wanted - at, "%s%s", d == 0 ? "" : ", ", dim_name);
    }
    return ent_fail(r->err, ENT_BAD_INPUT, "%s: the variable '%s' must have the dimensions (%s)", r->path, name,
                    wanted);
}

static ent_status need_type(const reader *r, const char *name, int variable, int text)
{
    nc_type type = NC_NAT;
    const int answer = nc_inq_vartype(r->file, variable, &type);
    if (answer != NC_NOERR) return fail_damaged(r, name, answer);
    const int numeric = type != NC_CHAR && type >= NC_BYTE && type <= NC_UINT64;
    if (text ? type == NC_STRING : numeric) return ENT_OK;
    return ent_fail(r->err, ENT_BAD_INPUT, "%s: the variable '%s' must hold %s", r->path, name,
                    text ? "strings" : "numbers");
}

/* count strings into the arena; *strings is NULL where an optional variable is missing. */
static ent_status get_strings(const reader *r, const char *name, int dim, ptrdiff_t count, int required,
                              const char ***strings)
{
    int variable;
    ENT_SCRATCH scratch = {0};
    *strings = NULL;
    ENT_TRY(find_variable(r, name, 1, &dim, required, &variable));
    if (variable < 0) return ENT_OK;
    ENT_TRY(need_type(r, name, variable, 1));
    char **raw = ent_new0(&scratch, char *, count);
    const char **copy = ent_new0(r->arena, const char *, count);
    if (raw == NULL || copy == NULL) return fail_memory(r);
    const int answer = nc_get_var_string(r->file, variable, raw);
    if (answer != NC_NOERR) return fail_damaged(r, name, answer);
    int good = 1;
    for (ptrdiff_t s = 0; s < count; s++) {
        copy[s] = ent_string_copy(r->arena, raw[s] == NULL ? "" : raw[s]);
        good = good && copy[s] != NULL;
    }
    nc_free_string((size_t)count, raw);
    if (!good) return fail_memory(r);
    *strings = copy;
    return ENT_OK;
}

/* The codes along a dimension, and its labels where they are there. */
static ent_status get_names(const reader *r, const char *name, int dim, ptrdiff_t count, ent_names *names)
{
    char label_name[NC_MAX_NAME + 1];
    const char **code, **label;
    snprintf(label_name, sizeof label_name, "%s_label", name);
    ENT_TRY(get_strings(r, name, dim, count, 1, &code));
    ENT_TRY(get_strings(r, label_name, dim, count, 0, &label));
    for (ptrdiff_t c = 0; c < count; c++) {
        if (*code[c] == 0) /* NOLINT: get_strings fails where a required variable is missing */
            return ent_fail(r->err, ENT_BAD_INPUT, "%s: name %td along '%s' is empty; give it a code", r->path, c + 1,
                            name);
        const ent_status status = ent_names_add(names, r->arena, code[c], label == NULL ? NULL : label[c], NULL);
        if (status == ENT_BAD_INPUT)
            return ent_fail(r->err, status, "%s: '%.80s' stands twice along '%s'; codes must differ", r->path, code[c],
                            name);
        if (status != ENT_OK) return fail_memory(r);
    }
    return ENT_OK;
}

/* The length of a dimension; 0 in *length where it is missing and may be. */
static ent_status get_length(const reader *r, const char *name, int required, int *dim, ptrdiff_t *length)
{
    size_t whole = 0;
    *length = 0;
    if (nc_inq_dimid(r->file, name, dim) != NC_NOERR) {
        if (!required) return ENT_OK;
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the dimension '%s' is missing", r->path, name);
    }
    const int answer = nc_inq_dimlen(r->file, *dim, &whole);
    if (answer != NC_NOERR) return fail_damaged(r, name, answer);
    if (whole == 0) return ent_fail(r->err, ENT_BAD_INPUT, "%s: the dimension '%s' has length 0", r->path, name);
    if (whole > r->most / sizeof(double))
        return ent_fail(r->err, ENT_BAD_INPUT,
                        "%s: the dimension '%s' has length %zu, too much for the size of the file", r->path, name,
                        whole);
    *length = (ptrdiff_t)whole;
    return ENT_OK;
}

/* Buyers must be the sellers, in the same order. */
static ent_status check_buyers(const reader *r, const char *name, int dim, const ent_names *sellers,
                               const char *sellers_name)
{
    const char **code;
    ENT_TRY(get_strings(r, name, dim, sellers->count, 1, &code));
    for (ptrdiff_t c = 0; c < sellers->count; c++)
        if (strcmp(code[c], sellers->code[c]) != 0)
            return ent_fail(
                r->err, ENT_BAD_INPUT,
                "%s: '%s' must list the names of '%s' in the same order; place %td says '%.80s', not '%.80s'", r->path,
                name, sellers_name, c + 1, code[c], sellers->code[c]);
    return ENT_OK;
}

static ent_status get_dimensions(reader *r)
{
    ent_table *t = r->table;
    ent_names *const own[ENT_DIMS] = {&t->regions, &t->sectors, NULL, NULL, &t->uses, &t->factors};
    ptrdiff_t length[ENT_DIMS];
    for (int d = 0; d < ENT_DIMS; d++) {
        const char *name = ent_dim_name((ent_dim)d);
        ENT_TRY(get_length(r, name, 1, &r->dim[d], &length[d]));
        if (own[d] != NULL) ENT_TRY(get_names(r, name, r->dim[d], length[d], own[d]));
    }
    for (int d = ENT_DIM_BUYER_REGION; d <= ENT_DIM_BUYER_SECTOR; d++) {
        const ent_dim seller = d == ENT_DIM_BUYER_REGION ? ENT_DIM_REGION : ENT_DIM_SECTOR;
        const char *name = ent_dim_name((ent_dim)d), *seller_name = ent_dim_name(seller);
        if (length[d] != length[seller])
            return ent_fail(r->err, ENT_BAD_INPUT, "%s: '%s' has %td names and '%s' has %td; they must be the same",
                            r->path, name, length[d], seller_name, length[seller]);
        ENT_TRY(check_buyers(r, name, r->dim[d], own[seller], seller_name));
    }
    return ENT_OK;
}

/* Marks of 0 and 1. */
static ent_status get_marks(const reader *r, const char *name, int rank, const int *dims, ptrdiff_t count,
                            unsigned char **marks)
{
    int variable;
    ENT_TRY(find_variable(r, name, rank, dims, 1, &variable));
    ENT_TRY(need_type(r, name, variable, 0));
    *marks = (size_t)count > r->most ? NULL : ent_new0(r->arena, unsigned char, count);
    if (*marks == NULL) return fail_memory(r);
    const int answer = nc_get_var_uchar(r->file, variable, *marks);
    if (answer != NC_NOERR && answer != NC_ERANGE) return fail_damaged(r, name, answer);
    for (ptrdiff_t m = 0; m < count; m++)
        if ((*marks)[m] > 1 || answer == NC_ERANGE)
            return ent_fail(r->err, ENT_BAD_INPUT, "%s: the variable '%s' must hold 0 or 1 everywhere", r->path, name);
    return ENT_OK;
}

static ent_status get_groups(const reader *r, const char *name, int of, ptrdiff_t of_count, ent_groups *groups)
{
    ptrdiff_t count;
    int dims[2] = {0, of};
    char member[64];
    snprintf(member, sizeof member, "%s_member", name);
    ENT_TRY(get_length(r, name, 0, &dims[0], &count));
    if (count == 0) return ENT_OK;
    if ((size_t)count > r->most / (size_t)of_count)
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: '%s' is larger than the file can hold", r->path, member);
    ENT_TRY(get_names(r, name, dims[0], count, &groups->names));
    groups->of = of_count;
    return get_marks(r, member, 2, dims, count * of_count, &groups->member);
}

static ent_status get_array(const reader *r, const ent_table_array *array)
{
    int dims[4], variable;
    for (int d = 0; d < array->rank; d++) dims[d] = r->dim[array->dim[d]];
    ENT_TRY(find_variable(r, array->name, array->rank, dims, !array->optional, &variable));
    if (variable < 0) return ENT_OK;
    ENT_TRY(need_type(r, array->name, variable, 0));
    const ptrdiff_t cells = ent_array_cells(r->table, array);
    if (cells < 0 || (size_t)cells > r->most / sizeof(double))
        return ent_fail(r->err, ENT_BAD_INPUT, "%s: the variable '%s' is larger than the file can hold", r->path,
                        array->name);
    double *data = ent_new(r->arena, double, cells);
    if (data == NULL) return fail_memory(r);
    const int answer = nc_get_var_double(r->file, variable, data);
    if (answer != NC_NOERR) return fail_damaged(r, array->name, answer);
    ent_array_set(r->table, array, data);
    return check_cells(r->table, array, r->path, r->err);
}

static ent_status get_all(reader *r)
{
    ent_table *t = r->table;
    ENT_TRY(get_attributes(r));
    ENT_TRY(get_dimensions(r));
    const int region = r->dim[ENT_DIM_REGION], sector = r->dim[ENT_DIM_SECTOR];
    ENT_TRY(get_strings(r, "members", region, t->regions.count, 0, &t->members));
    ENT_TRY(get_marks(r, "is_good", 1, &sector, t->sectors.count, &t->is_good));
    ENT_TRY(get_groups(r, "region_group", region, t->regions.count, &t->region_groups));
    ENT_TRY(get_groups(r, "sector_group", sector, t->sectors.count, &t->sector_groups));
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) ENT_TRY(get_array(r, &ent_table_arrays[a]));
    return ent_table_make(t, r->arena, r->err); /* members and groups, where the file has none */
}

/* One file: what the child does. Its answer is the table as flat bytes. */
typedef struct {
    ent_bytes bytes;
    const char *path;
    size_t most;
} job;

static ent_status read_apart(void *state, ent_arena *arena, ent_bytes *answer, ent_error *err)
{
    const job *j = state;
    ent_table table = {0};
    reader r = {.path = j->path, .arena = arena, .table = &table, .err = err, .most = j->most};
    void *memory; /* libnetcdf only reads it without NC_WRITE, but its parameter is not const */
    memcpy(&memory, &j->bytes.data, sizeof memory);
    const int answered = nc_open_mem(j->path, NC_NOWRITE, j->bytes.size, memory, &r.file);
    if (answered != NC_NOERR)
        return ent_fail(err, answered == NC_ENOMEM ? ENT_NO_MEMORY : ENT_BAD_INPUT,
                        "%s: is a netCDF-4 file that is cut or damaged (%s); get it again", j->path,
                        nc_strerror(answered));
    ENT_TRY(get_all(&r));
    return ent_flat_write(&table, arena, answer, err);
}

ent_status ent_netcdf_read_bytes(ent_bytes bytes, const char *path, ent_arena *arena, ent_table *table, ent_error *err)
{
    static const char magic[8] = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    *table = (ent_table){0};
    if (bytes.size >= 4 && memcmp(bytes.data, "CDF", 3) == 0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: is a netCDF file of the classic kind; `nccopy -k nc4` makes it netCDF-4", path);
    if (bytes.size < sizeof magic || memcmp(bytes.data, magic, sizeof magic) != 0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: is no world file (netCDF-4); `entente import` makes one from a table in CSV", path);
    ENT_SCRATCH scratch = {0};
    job j = {bytes, path, bytes.size * BEST_PACKING + SLACK_BYTES};
    ent_bytes flat;
    int died;
    const ent_apart_bounds bounds = {LEAST_SECONDS + (unsigned)(bytes.size >> 20), 3 * j.most};
    const ent_status status = ent_apart_run(read_apart, &j, bounds, &scratch, &flat, &died, err);
    if (died)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: is a netCDF-4 file that is cut or damaged (reading it came to no end); get it again",
                        path);
    ENT_TRY(status);
    return ent_flat_read(flat, arena, table, err);
}

ent_status ent_netcdf_read(const char *path, ent_arena *arena, ent_table *table, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    ENT_TRY(ent_bytes_read(path, 0, &scratch, &bytes, err));
    return ent_netcdf_read_bytes(bytes, path, arena, table, err);
}
