/* manifest.c: see manifest.h. */
// SPDX-License-Identifier: MIT
#include "manifest.h"

ent_json manifest_open(ent_text *text)
{
    ent_json json = {.text = text, .pretty = 1};
    ent_json_open(&json, '{');
    return json;
}

void manifest_close(ent_json *json)
{
    ent_json_close(json, '}');
    ent_text_add(json->text, "\n", 1);
}

void manifest_elasticities(const ent_table *table, const ent_blueprint *blueprint, ent_json *json)
{
    ent_json_key(json, "trade_elasticity");
    ent_json_open_dense(json, '{');
    for (ptrdiff_t j = 0; j < table->sectors.count; j++)
        ent_json_pair_rounded(json, table->sectors.code[j], blueprint->trade_elasticity[j], 17);
    ent_json_close(json, '}');
}

void manifest_certificate(const ent_certificate *certificate, ent_json *json)
{
    ent_json_key(json, "certificate");
    ent_json_open_dense(json, '{');
    ent_json_pair_rounded(json, "excess", certificate->excess, 3);
    ent_json_pair_rounded(json, "price", certificate->price, 3);
    ent_json_pair_rounded(json, "walras", certificate->walras, 3);
    ent_json_pair_rounded(json, "tolerance", certificate->tolerance, 3);
    ent_json_close(json, '}');
}

void manifest_sources(const ent_table *table, ent_json *json)
{
    ent_json_pair(json, "title", table->title != NULL ? table->title : "");
    ent_json_pair(json, "source", table->source != NULL ? table->source : "");
    ent_json_pair(json, "licence", table->licence != NULL ? table->licence : "");
}

void manifest_code(const char *key, const ent_names *names, ptrdiff_t i, ent_json *json)
{
    ent_json_pair(json, key, i < 0 ? NULL : names->code[i]);
}
