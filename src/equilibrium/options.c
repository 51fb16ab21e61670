/* options.c: the rows of options.def as defaults and as ranges. */
// SPDX-License-Identifier: MIT
#include "entente/equilibrium.h"

const char *ent_method_words(ent_method method)
{
    switch (method) {
    case ENT_METHOD_AUTO:
        return "auto";
    case ENT_METHOD_FIXED_POINT:
        return "fixed-point";
    case ENT_METHOD_NEWTON:
        return "newton";
    case ENT_METHOD_HOMOTOPY:
        return "homotopy";
    }
    return "unknown";
}

ent_options ent_options_default(void)
{
    return (ent_options){
#define OPTION(type, name, preset, least, greatest, unit, meaning) .name = (preset),
#include "entente/options.def"
#undef OPTION
        .method = ENT_METHOD_AUTO,
    };
}

ent_status ent_options_check(const ent_options *options, ent_error *err)
{
#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    if (!(options->name >= (least) && options->name <= (greatest)))                                                    \
        return ent_fail(err, ENT_BAD_INPUT, "option %s is %g; it lies between %g and %g (%s: %s)", #name,              \
                        (double)options->name, (double)(least), (double)(greatest), unit, meaning);
#include "entente/options.def"
#undef OPTION
    return ENT_OK;
}
