/* cmd_import.c: `entente import LAYOUT PATH... -o WORLD.nc`: a table of a statistical office becomes a world file. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "sheet.h"
#include "words.h"
#include <entente/table.h>
#include <stdio.h>
#include <string.h>

static const char layouts[] = "oecd-icio, wiod-2013, caliendo-parro, tidy";

/* The names of the layouts, in the order of ent_layout. */
static ent_status layout_names(ent_arena *arena, ent_names *names)
{
    ENT_TRY(ent_names_add(names, arena, "oecd-icio", NULL, NULL));
    ENT_TRY(ent_names_add(names, arena, "wiod-2013", NULL, NULL));
    ENT_TRY(ent_names_add(names, arena, "caliendo-parro", NULL, NULL));
    return ent_names_add(names, arena, "tidy", NULL, NULL);
}

static int find_layout(const char *word, ent_layout *layout)
{
    ENT_SCRATCH scratch = {0};
    ent_names names = {0};
    if (layout_names(&scratch, &names) != ENT_OK) return words_fail(ENT_NO_MEMORY, &(ent_error){""});
    const ptrdiff_t found = ent_names_find(&names, word);
    if (found < 0) {
        const char *nearest = ent_names_nearest(&names, word);
        if (nearest != NULL) return words_wrong("import: '%s' is no layout; is '%s' meant?", word, nearest);
        return words_wrong("import: '%s' is no layout; known are %s", word, layouts);
    }
    *layout = (ent_layout)found;
    return -1;
}

static void report(const ent_table *table, const char *path)
{
    ent_table_balance b;
    ent_table_measure(table, &b);
    const int is_million = strncmp(table->unit, "million ", 8) == 0;
    printf("%s: ", table->name);
    sheet_count(table->regions.count, "region", ", ");
    sheet_count(table->sectors.count, "sector", ", ");
    sheet_count(table->uses.count, "final use", ", ");
    sheet_count(table->factors.count, "factor", "");
    if (table->year != 0) printf("; %d", table->year);
    printf("; output ");
    sheet_number(b.world_output * (is_million ? 1e-3 : 1.0), 0, 1);
    printf(" %s%.*s\n", is_million ? "billion " : "", (int)strcspn(table->unit + (is_million ? 8 : 0), ","),
           table->unit + (is_million ? 8 : 0));
    if (*table->history != 0) sheet_text(NULL, 2, table->history);
    printf("written to %s\n", path);
}

static int import(const ent_import *ask, const char *path)
{
    ENT_SCRATCH house = {0};
    ent_table table = {0};
    ent_error err = {""};
    ent_status status = ent_table_import(ask, &house, &table, &err);
    if (status == ENT_OK) status = ent_table_write(&table, path, &err);
    if (status != ENT_OK) return words_fail(status, &err);
    report(&table, path);
    return 0;
}

int cmd_import(int count, char **words)
{
    ENT_SCRATCH house = {0};
    ent_import ask = {0};
    const char *path = NULL;
    int stocks = ENT_STOCKS_MOVE;
    ptrdiff_t year = 0;
    const words_option options[] = {
        {"output", 'o', WORDS_TEXT, &path, "WORLD.nc", "the world file to write; wanted"},
        {"stocks", 0, WORDS_CHOICE, &stocks, "move|leontief|keep", "what becomes of negative stock changes (move)"},
        {"balance", 0, WORDS_FLAG, &ask.balance, NULL,
         "repair a table that does not balance, and say what was changed"},
        {"regions", 0, WORDS_TEXT, &ask.region_map, "MAP.csv",
         "sum regions: a file with columns from,to and perhaps label"},
        {"sectors", 0, WORDS_TEXT, &ask.sector_map, "MAP.csv", "sum sectors, the same way"},
        {"duty-column", 0, WORDS_TEXT, &ask.duty_column, "NAME",
         "caliendo-parro: the column of tariffs.csv that is the benchmark"},
        {"name", 0, WORDS_TEXT, &ask.name, "NAME", "the world's short name (default: from the file's)"},
        {"year", 0, WORDS_COUNT, &year, "YEAR", "the table's year, where the file does not say it"},
    };
    const words_command command = {
        "import",
        "LAYOUT PATH... -o WORLD.nc [options]",
        "Reads a table as its publisher lays it out, cleans, checks and perhaps sums it, and writes a\n"
        "world file. LAYOUT is one of\n"
        "  oecd-icio        the OECD's ICIO as CSV (plain, .gz or .zst)\n"
        "  wiod-2013        a sheet of WIOD, release 2013, as CSV\n"
        "  caliendo-parro   a folder of CSV files: flows, shares, tariffs\n"
        "  tidy             a CSV file (or a folder of them): exporter,importer,sector,use,value_musd\n"
        "What was moved or repaired is printed and kept in the world's history.",
        "  entente import oecd-icio 2022_SML.csv -o icio2022.nc\n"
        "  entente import oecd-icio 2022_SML.csv.zst --regions blocs.csv -o blocs.nc",
        options,
        sizeof options / sizeof *options};
    words_list rest;
    const int early = words_read(&command, count, words, &house, &rest);
    if (early >= 0) return early;
    if (rest.count < 2) return words_wrong("import wants a layout (%s) and a path; see `entente help import`", layouts);
    if (path == NULL) return words_wrong("import wants to know where the world goes: -o WORLD.nc");
    if (year < 0 || year > 9999) return words_wrong("--year %td: is no year", year);
    const int wrong = find_layout(rest.word[0], &ask.layout);
    if (wrong >= 0) return wrong;
    ask.stocks = (ent_stocks)stocks;
    ask.year = (int)year;
    ask.paths = rest.word + 1;
    ask.path_count = rest.count - 1;
    return import(&ask, path);
}
