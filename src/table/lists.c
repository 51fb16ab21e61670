/* lists.c: names of countries and industries, and which countries a region stands for. The lists have some two hundred
 * rows and are asked once a label, so they are simply walked. */
// SPDX-License-Identifier: MIT
#include "table/readers.h"
#include <ctype.h>
#include <string.h>

typedef struct {
    const char *code, *name;
} listed;

static const listed countries[] = {
#define COUNTRY(iso3, name) {iso3, name},
#include "table/lists.def"
#undef COUNTRY
};

static const struct {
    int edition;
    listed industry;
} industries[] = {
#define INDUSTRY(edition, code, name) {edition, {code, name}},
#include "table/lists.def"
#undef INDUSTRY
};

const char *ent_country_name(const char *iso3)
{
    for (size_t c = 0; c < sizeof countries / sizeof *countries; c++)
        if (strcmp(countries[c].code, iso3) == 0) return countries[c].name;
    if (strcmp(iso3, "ROW") == 0 || strcmp(iso3, "RoW") == 0) return "Rest of the world";
    if (strcmp(iso3, "EU") == 0) return "European Union";
    return strcmp(iso3, "ROM") == 0 ? "Romania" : NULL;
}

const char *ent_icio_industry_name(const char *code, int edition)
{
    for (size_t c = 0; c < sizeof industries / sizeof *industries; c++)
        if (industries[c].edition == edition && strcmp(industries[c].industry.code, code) == 0)
            return industries[c].industry.name;
    return NULL;
}

/* Three capitals are an ISO code, but for the rest of the world; older tables write ROM for Romania. */
static const char *members_of(const char *code)
{
    if (strcmp(code, "EU") == 0)
        return "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK "
               "SVN "
               "SWE";
    if (strcmp(code, "ROM") == 0) return "ROU";
    if (strlen(code) != 3 || strcmp(code, "ROW") == 0) return "";
    for (int c = 0; c < 3; c++)
        if (!isupper((unsigned char)code[c])) return "";
    return code;
}

ent_status ent_members_fill(ent_table *table, ent_arena *arena)
{
    table->members = ent_new(arena, const char *, table->regions.count);
    if (table->members == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < table->regions.count; n++) table->members[n] = members_of(table->regions.code[n]);
    return ENT_OK;
}
