/* flat.c: a table through its flat bytes and back; bytes that were spoilt are refused in words; the hash knows every
 * cell. */
// SPDX-License-Identifier: MIT
#include "table/flat.h"
#include "tiny.h"
#include <stdlib.h>

static int same_cells(ptrdiff_t count, const double *a, const double *b)
{
    return memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

TEST(a_table_comes_back_from_flat_bytes_to_the_bit, "flat")
{
    ENT_SCRATCH house = {0};
    ent_table t, back;
    ent_error err = {""};
    ent_bytes flat;
    MUST(tiny_table(&house, &t, &err), err);
    t.title = "A tiny world";
    t.history = "made\nspoilt";
    t.z[5] = -0.0;
    t.z[6] = 5e-324;
    MUST(ent_flat_write(&t, &house, &flat, &err), err);
    MUST(ent_flat_read(flat, &house, &back, &err), err);
    CHECK_TEXT(back.name, "tiny");
    CHECK_TEXT(back.title, "A tiny world");
    CHECK_TEXT(back.history, "made\nspoilt");
    CHECK_TEXT(back.elasticity_source, "invented");
    CHECK_TEXT(back.regions.label[0], "Mexico");
    CHECK_TEXT(back.members[1], "USA");
    CHECK(back.year == 2020 && back.duty_accounts == ENT_DUTIES_IN_VALUE_ADDED);
    CHECK(same_cells(16, back.z, t.z) && same_cells(16, back.f, t.f) && same_cells(8, back.va, t.va));
    CHECK(same_cells(4, back.tls, t.tls) && same_cells(4, back.x, t.x) && same_cells(8, back.duty, t.duty));
    CHECK(same_cells(2, back.trade_elasticity, t.trade_elasticity));
    CHECK(back.is_good[0] == 1 && back.is_good[1] == 0);
    CHECK(back.sector_groups.names.count == t.sector_groups.names.count);
    CHECK_TEXT(ent_table_hash(&back, &house), ent_table_hash(&t, &house));
    t.trade_elasticity = NULL;
    MUST(ent_flat_write(&t, &house, &flat, &err), err);
    MUST(ent_flat_read(flat, &house, &back, &err), err);
    CHECK(back.trade_elasticity == NULL);
}

/* Flat bytes of the tiny table with `size` of them, and those at `at` overwritten; the sentence about it. */
static void expect(const char *sentence, ptrdiff_t size, ptrdiff_t at, const char *over, ptrdiff_t over_size)
{
    ENT_SCRATCH house = {0};
    ent_table t, back;
    ent_error err = {""};
    ent_bytes flat;
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_flat_write(&t, &house, &flat, &err), err);
    const ptrdiff_t kept = size < 0 ? (ptrdiff_t)flat.size + 1 + size : size;
    char *bytes = malloc((size_t)kept + 1); /* of its own, so that a sanitizer sees its end */
    if (bytes == NULL) return;
    memcpy(bytes, flat.data, (size_t)(kept < (ptrdiff_t)flat.size ? kept : (ptrdiff_t)flat.size));
    if (kept > (ptrdiff_t)flat.size) bytes[flat.size] = 0;
    if (kept >= 24)
        memcpy(bytes + 16, &(uint64_t){(uint64_t)kept}, sizeof(uint64_t)); /* so that what follows is seen */
    if (over_size > 0) memcpy(bytes + at, over, (size_t)over_size);
    CHECK(ent_flat_read((ent_bytes){bytes, (size_t)kept}, &house, &back, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, sentence);
    free(bytes);
}

/* Where a piece of text begins in the flat bytes of the tiny table. */
static ptrdiff_t place_of(const char *text, size_t size)
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_bytes flat = {0};
    if (tiny_table(&house, &t, NULL) != ENT_OK || ent_flat_write(&t, &house, &flat, NULL) != ENT_OK) return 0;
    for (size_t at = 0; at + size <= flat.size; at++)
        if (memcmp(flat.data + at, text, size) == 0) return (ptrdiff_t)at;
    test_fail(__FILE__, __LINE__, "%s is not in the flat bytes", text);
    return 0;
}

static void expect_cut(ptrdiff_t size, const char *where)
{
    char sentence[200];
    snprintf(sentence, sizeof sentence, "flat world: the bytes end inside the %s; make them again", where);
    expect(sentence, size, 0, "", 0);
}

TEST(flat_bytes_that_are_cut_say_where, "flat")
{
    expect("flat world: these bytes are something else (they don't begin with \"entworld\")", 0, 0, "", 0);
    expect("flat world: these bytes are something else (they don't begin with \"entworld\")", 7, 0, "", 0);
    expect_cut(8, "opening");
    expect_cut(13, "opening");
    expect_cut(23, "opening");
    expect_cut(30, "opening");
    expect_cut(36, "name");
    expect_cut(42, "name");
    expect_cut(place_of("invented", 8) + 3, "elasticity_source");
    expect_cut(place_of("Mexico", 6) + 1, "regions");
    expect_cut(place_of("Motor", 5) - 4, "sectors");
    expect_cut(place_of("HFCE", 4), "uses");
    expect_cut(place_of("Labour", 6) + 6, "factors");
    expect_cut(place_of("Capital", 7) + 9, "members of the regions");
    expect_cut(place_of("all", 3) - 8, "groups of regions");
    expect_cut(place_of("goods", 5), "groups of sectors");
    expect_cut(-17, "trade_elasticity");
    expect_cut(-17 - 64, "duty");
    expect_cut(-17 - 64 - 32 - 32 - 64 - 128, "f");
    expect_cut(-17 - 64 - 32 - 32 - 64 - 128 - 128, "z");
}

TEST(flat_bytes_that_are_spoilt_say_how, "flat")
{
    expect("flat world: these bytes are something else (they don't begin with \"entworld\")", -1, 0, "E", 1);
    expect("flat world: made for a machine with another order of bytes; make it on this one", -1, 8, "\1\2\3\4", 4);
    expect("flat world: of version 2, and this library reads version 1; make it again", -1, 12, "\2\0\0\0", 4);
    expect("flat world: books its duties in way 9, which is none; make it again", -1, 28, "\11\0\0\0", 4);
    expect_cut(-1 - 8, "trade_elasticity");
    expect("flat world: MEX stands twice among the regions; make it again", -1, place_of("USA", 3), "MEX", 3);
    expect("flat world: a zero byte stands inside the regions; make it again", -1, place_of("Mexico", 6) + 2, "\0", 1);
    expect("flat world: an empty code among the regions; make it again", -1, place_of("MEX", 3) - 4, "\0\0\0\0\0\0\0\0",
           8);
    const ptrdiff_t regions = place_of("MEX", 3) - 8;
    expect("flat world: the bytes end inside the regions; make them again", -1, regions, "\xff\xff\xff\xff", 4);
    expect("flat world: the bytes end inside the name; make them again", -1, 36, "\xff\xff\xff\x7f", 4);
    const ptrdiff_t goods = place_of("USA\1\0", 5) + 3; /* behind the last member */
    expect("flat world: 7 among the marks of goods, where 0 or 1 must stand; make it again", -1, goods, "\7", 1);
    expect("flat world: 16 bytes too many at the end; make it again", -1, 32, "\0\0\0\0", 4); /* elasticities denied */
}

TEST(no_single_byte_breaks_the_reader_of_flat_bytes, "flat")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    ent_bytes flat;
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_flat_write(&t, &house, &flat, &err), err);
    char *bytes = malloc(flat.size);
    if (bytes == NULL) return;
    for (size_t at = 0; at < flat.size; at++) {
        for (int bit = 0; bit < 8; bit++) {
            ENT_SCRATCH room = {0};
            ent_table back;
            memcpy(bytes, flat.data, flat.size);
            bytes[at] = (char)(bytes[at] ^ 1 << bit);
            if (ent_flat_read((ent_bytes){bytes, flat.size}, &room, &back, &err) == ENT_OK)
                ent_table_check(&back, &err);
            CHECK(room.bytes <= 64 * flat.size + (1 << 20));
        }
    }
    for (size_t size = 0; size < flat.size; size++) {
        ENT_SCRATCH room = {0};
        ent_table back;
        CHECK(ent_flat_read((ent_bytes){flat.data, size}, &room, &back, &err) == ENT_BAD_INPUT);
    }
    free(bytes);
}

TEST(the_hash_changes_with_every_cell_and_label_and_not_with_history, "hash")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    MUST(tiny_table(&house, &t, &err), err);
    const char *was = ent_table_hash(&t, &house);
    CHECK(was != NULL && strlen(was) == 64);
    CHECK_TEXT(ent_table_hash(&t, &house), was);
    double *const arrays[] = {t.z, t.f, t.va, t.tls, t.x, t.duty, t.trade_elasticity};
    const int cells[] = {16, 16, 8, 4, 4, 8, 2};
    for (int a = 0; a < 7; a++)
        for (int c = 0; c < cells[a]; c++) {
            const double kept = arrays[a][c];
            arrays[a][c] = nextafter(kept, 1e300);
            CHECK(strcmp(ent_table_hash(&t, &house), was) != 0);
            arrays[a][c] = kept;
        }
    t.is_good[1] = 1;
    CHECK(strcmp(ent_table_hash(&t, &house), was) != 0);
    t.is_good[1] = 0;
    const char *label = t.regions.label[0];
    t.regions.label[0] = "Mexica";
    CHECK(strcmp(ent_table_hash(&t, &house), was) != 0);
    t.regions.label[0] = label;
    t.duty_accounts = ENT_DUTIES_IN_TAXES;
    CHECK(strcmp(ent_table_hash(&t, &house), was) != 0);
    t.duty_accounts = ENT_DUTIES_IN_VALUE_ADDED;
    t.history = t.source = t.licence = t.title = t.name = "said about it";
    CHECK_TEXT(ent_table_hash(&t, &house), was);
}

TEST(flat_bytes_survive_every_failed_allocation, "faults")
{
    ENT_SCRATCH house = {0};
    ent_table t;
    ent_error err = {""};
    ent_bytes flat;
    MUST(tiny_table(&house, &t, &err), err);
    MUST(ent_flat_write(&t, &house, &flat, &err), err);
    int reading = 1, writing = 1, hashing = 1;
    for (long nth = 1; nth < 100 && (reading || writing || hashing); nth++) {
        ENT_SCRATCH room = {0};
        ent_table back;
        ent_bytes again;
        test_fail_allocation(nth);
        const ent_status read = ent_flat_read(flat, &room, &back, &err);
        test_fail_allocation(nth);
        const ent_status written = ent_flat_write(&t, &room, &again, &err);
        test_fail_allocation(nth);
        const char *hash = ent_table_hash(&t, &room);
        test_fail_allocation(0);
        CHECK(read == ENT_OK || read == ENT_NO_MEMORY);
        CHECK(written == ENT_OK || written == ENT_NO_MEMORY);
        reading = read != ENT_OK;
        writing = written != ENT_OK;
        hashing = hash == NULL;
    }
    CHECK(!reading && !writing && !hashing);
}
