/* netcdf_world.c: a table through a world file and back, to the bit; and files that are no worlds, each with its
 * sentence. */
// SPDX-License-Identifier: MIT
#include "table/netcdf_world.h"
#include "tiny.h"
#include <netcdf.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_of(const char *name)
{
    static char path[4][200];
    static int turn;
    char *mine = path[turn++ % 4];
    snprintf(mine, sizeof path[0], "%s/%s", test_temporary_folder(), name);
    return mine;
}

static int same_cells(ptrdiff_t count, const double *a, const double *b)
{
    return memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

TEST(a_table_comes_back_from_a_world_file_to_the_bit, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_table t, back;
    ent_error err = {""};
    const char *path = path_of("whole.nc");
    MUST(tiny_table(&house, &t, &err), err);
    t.title = "A tiny world";
    t.history = "made\nspoilt";
    t.members[0] = "MEX BLZ";
    t.duty_accounts = ENT_DUTIES_IN_TAXES;
    t.z[5] = -0.0;
    t.z[6] = 5e-324;
    t.f[2] = -1.0 / 3.0;
    MUST(ent_table_write(&t, path, &err), err);
    MUST(ent_table_read(path, &house, &back, &err), err);
    CHECK_TEXT(back.name, "tiny");
    CHECK_TEXT(back.title, "A tiny world");
    CHECK_TEXT(back.source, "");
    CHECK_TEXT(back.history, "made\nspoilt");
    CHECK_TEXT(back.elasticity_source, "invented");
    CHECK_TEXT(back.unit, "million US dollars, current, basic prices");
    CHECK_TEXT(back.members[0], "MEX BLZ");
    CHECK_TEXT(back.sectors.label[0], "Motor vehicles");
    CHECK(back.year == 2020 && back.duty_accounts == ENT_DUTIES_IN_TAXES);
    CHECK(same_cells(16, back.z, t.z) && same_cells(16, back.f, t.f) && same_cells(8, back.va, t.va));
    CHECK(same_cells(4, back.tls, t.tls) && same_cells(4, back.x, t.x) && same_cells(8, back.duty, t.duty));
    CHECK(same_cells(2, back.trade_elasticity, t.trade_elasticity));
    CHECK_TEXT(ent_table_hash(&back, &house), ent_table_hash(&t, &house));
    t.trade_elasticity = NULL;
    MUST(ent_table_write(&t, path, &err), err);
    MUST(ent_table_read(path, &house, &back, &err), err);
    CHECK(back.trade_elasticity == NULL);
}

TEST(the_same_table_gives_the_same_file, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    ent_bytes one, two;
    MUST(ent_table_read("baseline2022", &house, &t, &err), err); /* large enough to be deflated */
    MUST(ent_table_write(&t, path_of("one.nc"), &err), err);
    MUST(ent_table_write(&t, path_of("two.nc"), &err), err);
    MUST(ent_bytes_read(path_of("one.nc"), 0, &house, &one, &err), err);
    MUST(ent_bytes_read(path_of("two.nc"), 0, &house, &two, &err), err);
    CHECK(one.size == two.size && memcmp(one.data, two.data, one.size) == 0);
    ent_table back;
    MUST(ent_table_read(path_of("one.nc"), &house, &back, &err), err);
    CHECK_TEXT(ent_table_hash(&back, &house), ent_table_hash(&t, &house));
}

/* A table that can't be written leaves what was there, and nothing beside it. */
TEST(a_failed_write_leaves_the_old_file, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_table t, back;
    ent_error err = {""};
    struct stat about;
    const char *path = path_of("kept.nc");
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_table_write(&t, path, &err), err);
    t.z[9] = NAN;
    CHECK(ent_table_write(&t, path, &err) == ENT_BAD_INPUT);
    MUST(ent_table_read(path, &house, &back, &err), err);
    t.z[9] = 2.0;
    char sentence[400];
    CHECK(ent_table_write(&t, path_of("nowhere/world.nc"), &err) == ENT_BAD_INPUT);
    snprintf(sentence, sizeof sentence, "%s: cannot be written: No such file or directory",
             path_of("nowhere/world.nc"));
    CHECK_TEXT(err.text, sentence);
    const char *folder = path_of("a_folder.nc");
    CHECK(mkdir(folder, 0755) == 0);
    CHECK(ent_table_write(&t, folder, &err) == ENT_BAD_INPUT);
    snprintf(sentence, sizeof sentence, "%s: is a folder; name a file", folder);
    CHECK_TEXT(err.text, sentence);
    CHECK(ent_table_write(&t, "/dev/null", &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "/dev/null: is a device; name a file");
    snprintf(sentence, sizeof sentence, "%s.part-%ld", folder, (long)getpid());
    CHECK(stat(sentence, &about) != 0);
}

/* A disk that takes no more: libhdf5 1.10 then crashes at exit, which must not be ours. */
TEST(a_full_disk_is_told_and_leaves_the_old_file, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_table t, back;
    ent_error err = {""};
    struct stat about;
    struct rlimit before;
    const char *path = path_of("full.nc");
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_table_write(&t, path, &err), err);
    CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
    void (*const handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (rlim_t most = 0; most < 20000; most += 4999) {
        const struct rlimit little = {most, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &little);
        const ent_status status = ent_table_write(&t, path, &err);
        setrlimit(RLIMIT_FSIZE, &before);
        CHECK(status == ENT_BAD_INPUT && strstr(err.text, "full.nc: cannot be written: ") != NULL);
    }
    signal(SIGXFSZ, handler);
    MUST(ent_table_read(path, &house, &back, &err), err);
    char beside[300];
    snprintf(beside, sizeof beside, "%s.part-%ld", path, (long)getpid());
    CHECK(stat(beside, &about) != 0);
}

/* ---- wrong files ---- */

static void expect_refusal(const char *path, const char *sentence)
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    char whole[800];
    snprintf(whole, sizeof whole, "%s: %s", path, sentence);
    CHECK(ent_table_read(path, &house, &t, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, whole);
}

static const char *tiny_file(const char *name)
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    const char *path = path_of(name);
    ent_status status = tiny_table(&house, &t, &err);
    if (status == ENT_OK) status = ent_table_write(&t, path, &err);
    if (status != ENT_OK) test_fail(__FILE__, __LINE__, "no file to spoil: %s", err.text);
    return path;
}

static int variable(int f, const char *name)
{
    int v = -1;
    if (nc_inq_varid(f, name, &v) != NC_NOERR) test_fail(__FILE__, __LINE__, "no variable %s", name);
    return v;
}

static int dimension(int f, const char *name)
{
    int d = -1;
    if (nc_inq_dimid(f, name, &d) != NC_NOERR) test_fail(__FILE__, __LINE__, "no dimension %s", name);
    return d;
}

/* A variable anew: the old one steps aside. */
static int anew(int f, const char *name, nc_type type, int rank, const char *const *dims)
{
    char aside[64];
    int v = -1, ids[4];
    snprintf(aside, sizeof aside, "old_%s", name);
    CHECK(nc_rename_var(f, variable(f, name), aside) == NC_NOERR);
    for (int d = 0; d < rank; d++) ids[d] = dimension(f, dims[d]);
    CHECK(nc_def_var(f, name, type, rank, ids, &v) == NC_NOERR);
    return v;
}

/* Write the tiny world, spoil it with statements on the open file f, and expect the sentence. */
#define SPOILED(spoil, sentence)                                                                                       \
    do {                                                                                                               \
        const char *path_ = tiny_file("spoilt.nc");                                                                    \
        int f = -1;                                                                                                    \
        CHECK(nc_open(path_, NC_WRITE, &f) == NC_NOERR);                                                               \
        spoil;                                                                                                         \
        CHECK(nc_close(f) == NC_NOERR);                                                                                \
        expect_refusal(path_, sentence);                                                                               \
    } while (0)
#define SET_TEXT(name, text) CHECK(nc_put_att_text(f, NC_GLOBAL, name, strlen(text), text) == NC_NOERR)
#define SET_INT(name, value) CHECK(nc_put_att_int(f, NC_GLOBAL, name, NC_INT, 1, &(int){value}) == NC_NOERR)
#define DROP(name)           CHECK(nc_del_att(f, NC_GLOBAL, name) == NC_NOERR)
#define HIDE(name)           CHECK(nc_rename_var(f, variable(f, name), "hidden") == NC_NOERR)
#define CELL(name, value, ...)                                                                                         \
    CHECK(nc_put_var1_double(f, variable(f, name), (size_t[]){__VA_ARGS__}, &(double){value}) == NC_NOERR)
#define WORD(name, value, ...)                                                                                         \
    CHECK(nc_put_var1_string(f, variable(f, name), (size_t[]){__VA_ARGS__}, &(const char *){value}) == NC_NOERR)

TEST(files_that_are_no_worlds_are_refused_in_words, "netcdf")
{
    expect_refusal(path_of("absent.nc"), "No such file or directory");
    expect_refusal(test_temporary_folder(), "is a folder; name a file in it");
    MUST(ent_bytes_write(path_of("empty.nc"), "", 0, NULL), (ent_error){""});
    expect_refusal(path_of("empty.nc"), "is no world file (netCDF-4); `entente import` makes one from a table in CSV");
    MUST(ent_bytes_write(path_of("text.nc"), "region,sector\nUSA,AGR\n", 22, NULL), (ent_error){""});
    expect_refusal(path_of("text.nc"), "is no world file (netCDF-4); `entente import` makes one from a table in CSV");
    int f = -1;
    CHECK(nc_create(path_of("classic.nc"), NC_CLOBBER, &f) == NC_NOERR && nc_close(f) == NC_NOERR);
    expect_refusal(path_of("classic.nc"), "is a netCDF file of the classic kind; `nccopy -k nc4` makes it netCDF-4");
    CHECK(nc_create(path_of("other.nc"), NC_NETCDF4 | NC_CLOBBER, &f) == NC_NOERR && nc_close(f) == NC_NOERR);
    expect_refusal(path_of("other.nc"),
                   "is a netCDF file, but no world: its attribute 'format' does not say \"entente world\"; "
                   "`entente import` makes worlds");
}

TEST(spoilt_attributes_are_refused_by_name, "netcdf")
{
    SPOILED(SET_TEXT("format", "results"),
            "is a netCDF file, but no world: its attribute 'format' does not say \"entente "
            "world\"; `entente import` makes worlds");
    SPOILED(SET_INT("format_version", 2), "is a world of format version 2, and this program reads version 1");
    SPOILED(SET_TEXT("format_version", "one"), "the attribute 'format_version' must be one whole number");
    SPOILED(DROP("format_version"), "the attribute 'format_version' is missing");
    SPOILED(DROP("name"), "the attribute 'name' is missing; a world needs a name");
    SPOILED(SET_INT("source", 7), "the attribute 'source' must be text");
    SPOILED(DROP("year"), "the attribute 'year' is missing");
    SPOILED(SET_TEXT("year", "2020"), "the attribute 'year' must be one whole number");
    SPOILED(DROP("duty_accounts"), "the attribute 'duty_accounts' must say \"in value added\" or \"in taxes\"");
    SPOILED(SET_TEXT("duty_accounts", "nowhere"),
            "the attribute 'duty_accounts' must say \"in value added\" or \"in taxes\"");
}

TEST(spoilt_names_are_refused_by_name, "netcdf")
{
    SPOILED(HIDE("region"), "the variable 'region' is missing");
    SPOILED(WORD("sector", "VEH", 1), "'VEH' stands twice along 'sector'; codes must differ");
    SPOILED(WORD("use", "", 0), "name 1 along 'use' is empty; give it a code");
    SPOILED(WORD("buyer_region", "CAN", 1),
            "'buyer_region' must list the names of 'region' in the same order; place 2 says "
            "'CAN', not 'USA'");
    SPOILED(anew(f, "factor_label", NC_DOUBLE, 1, (const char *[]){"factor"}),
            "the variable 'factor_label' must hold strings");
    SPOILED(HIDE("is_good"), "the variable 'is_good' is missing");
    SPOILED(CELL("is_good", 2, 1), "the variable 'is_good' must hold 0 or 1 everywhere");
    SPOILED(CELL("sector_group_member", -1, 1, 0), "the variable 'sector_group_member' must hold 0 or 1 everywhere");
    SPOILED(anew(f, "region_group_member", NC_BYTE, 2, (const char *[]){"region_group", "sector"}),
            "the variable 'region_group_member' must have the dimensions (region_group, region)");
}

TEST(spoilt_arrays_are_refused_by_cell, "netcdf")
{
    SPOILED(HIDE("z"), "the variable 'z' is missing");
    SPOILED(anew(f, "f", NC_DOUBLE, 3, (const char *[]){"region", "sector", "use"}),
            "the variable 'f' must have the dimensions (region, sector, buyer_region, use)");
    SPOILED(anew(f, "tls", NC_DOUBLE, 2, (const char *[]){"sector", "region"}),
            "the variable 'tls' must have the dimensions (region, sector)");
    SPOILED(anew(f, "x", NC_STRING, 2, (const char *[]){"region", "sector"}), "the variable 'x' must hold numbers");
    SPOILED(CELL("z", NAN, 0, 1, 1, 0),
            "z[MEX,SRV,USA,VEH] is not a number; every cell of a world must be a number, 0 where nothing flows");
    SPOILED(CELL("duty", INFINITY, 1, 0, 1),
            "duty[USA,MEX,SRV] is not a number; every cell of a world must be a number, 0 where nothing flows");
    SPOILED(CELL("va", NC_FILL_DOUBLE, 1, 1, 1),
            "va[USA,SRV,capital] is empty; every cell of a world must be a number, 0 where nothing flows");
}

/* Worlds that other programs write: floats, one string as attribute, no labels, groups or members. */
TEST(a_plain_world_is_enough, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    const char *path = tiny_file("plain.nc");
    int f = -1;
    CHECK(nc_open(path, NC_WRITE, &f) == NC_NOERR);
    const char *name = "from elsewhere";
    CHECK(nc_put_att_string(f, NC_GLOBAL, "name", 1, &name) == NC_NOERR);
    CHECK(nc_del_att(f, NC_GLOBAL, "history") == NC_NOERR);
    CHECK(nc_rename_var(f, variable(f, "region_label"), "aside1") == NC_NOERR);
    CHECK(nc_rename_var(f, variable(f, "members"), "aside2") == NC_NOERR);
    CHECK(nc_rename_var(f, variable(f, "trade_elasticity"), "aside3") == NC_NOERR);
    const int tls = anew(f, "tls", NC_FLOAT, 2, (const char *[]){"region", "sector"});
    CHECK(nc_put_var_float(f, tls, (float[]){0.25F, 0.25F, 0.25F, 0.25F}) == NC_NOERR);
    CHECK(nc_close(f) == NC_NOERR);
    MUST(ent_table_read(path, &house, &t, &err), err);
    MUST(ent_table_check(&t, &err), err);
    CHECK_TEXT(t.name, "from elsewhere");
    CHECK_TEXT(t.regions.label[0], "MEX");
    CHECK_TEXT(t.members[0], "MEX");
    CHECK(t.trade_elasticity == NULL);
}

TEST(cut_and_damaged_world_files_are_refused, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_bytes whole;
    ent_error err = {""};
    MUST(ent_bytes_read(tiny_file("to_cut.nc"), 0, &house, &whole, &err), err);
    for (size_t size = 8; size < whole.size; size += 211) {
        ENT_SCRATCH room = {0};
        ent_table t;
        CHECK(ent_netcdf_read_bytes((ent_bytes){whole.data, size}, "cut.nc", &room, &t, &err) == ENT_BAD_INPUT);
        CHECK(strncmp(err.text, "cut.nc: ", 8) == 0 && strstr(err.text, "get it again") != NULL);
    }
}

/* libhdf5 1.10 dies of some of these; the reader must not. */
TEST(no_bent_byte_of_a_world_file_takes_the_program_down, "netcdf")
{
    ENT_SCRATCH house = {0};
    ent_bytes whole;
    ent_error err = {""};
    MUST(ent_bytes_read(tiny_file("to_bend.nc"), 0, &house, &whole, &err), err);
    char *bytes = malloc(whole.size);
    if (bytes == NULL) return;
    for (size_t at = 8; at < whole.size; at += 151) {
        ENT_SCRATCH room = {0};
        ent_table t;
        memcpy(bytes, whole.data, whole.size);
        bytes[at] = (char)(bytes[at] ^ 0x55);
        err.text[0] = 0;
        const ent_status status = ent_netcdf_read_bytes((ent_bytes){bytes, whole.size}, "bent.nc", &room, &t, &err);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY || strncmp(err.text, "bent.nc: ", 9) == 0);
    }
    free(bytes);
}

TEST(world_files_survive_every_failed_allocation, "faults")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    const char *path = tiny_file("faults.nc");
    MUST(tiny_table(&house, &t, &err), err);
    int reading = 1, writing = 1;
    for (long nth = 1; nth < 100 && (reading || writing); nth++) {
        ENT_SCRATCH room = {0};
        ent_table back;
        test_fail_allocation(nth);
        const ent_status read = ent_table_read(path, &room, &back, &err);
        test_fail_allocation(nth);
        const ent_status written = ent_table_write(&t, path, &err);
        test_fail_allocation(0);
        CHECK(read == ENT_OK || read == ENT_NO_MEMORY);
        CHECK(written == ENT_OK || written == ENT_NO_MEMORY);
        reading = read != ENT_OK;
        writing = written != ENT_OK;
    }
    CHECK(!reading && !writing);
}
