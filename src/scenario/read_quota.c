/* read_quota.c: the keys of quotas, guarantees and licences (E12): how much, of what, whose the licences are. */
// SPDX-License-Identifier: MIT
#include "scenario/action.h"
#include "scenario/quantity.h"
#include <math.h>

/* Who holds the licences; of a guarantee, who pays for it. */
static ent_status take_rent(const ent_reading *reading, ent_action *action)
{
    static const char ALL[] = "exporter importer shared wasted", PAID[] = "exporter importer shared";
    const ent_yaml *rent = ent_yaml_find(action->at, "rent"), *share = ent_yaml_find(action->at, "exporter_share");
    int index = 0;
    if (rent != NULL)
        ENT_TRY(ent_reading_word(reading, rent, action->kind == ENT_ACTION_guarantee ? PAID : ALL, &index));
    action->quota.rent = (ent_rent)index;
    action->quota.to_exporter = 0.5;
    if (share == NULL) return ENT_OK;
    if (action->quota.rent != ENT_RENT_SHARED)
        return ENT_REFUSE(reading, share->key, "`exporter_share` belongs to `rent: shared`, which is missing");
    ENT_TRY(ent_quantity_rate(reading, share, &action->quota.to_exporter));
    if (action->quota.to_exporter >= 0.0 && action->quota.to_exporter <= 1.0) return ENT_OK;
    return ENT_REFUSE(reading, share, "`exporter_share: %s` is no share; it lies between 0%% and 100%%",
                      ent_yaml_short(share->text).text);
}

static ent_status take_limit(const ent_reading *reading, ent_action *action)
{
    static const struct {
        const char *key;
        ent_quota_kind kind;
    } keys[] = {{"to", ENT_QUOTA_CEILING}, {"at_least", ENT_QUOTA_FLOOR}, {"price", ENT_QUOTA_PRICE}};
    const int k = action->kind == ENT_ACTION_quota ? 0 : action->kind == ENT_ACTION_guarantee ? 1 : 2;
    const ent_yaml *limit = ent_yaml_find(action->at, keys[k].key);
    double *value = &action->quota.limit;
    action->quota.kind = keys[k].kind;
    ENT_TRY(ent_quantity_rate(reading, limit, value));
    const ent_yaml_word written = ent_yaml_short(limit->text);
    if (k == 0 && *value < 0.0)
        return ENT_REFUSE(reading, limit, "`to: %s` is negative; a quota is a share of the benchmark, and 0%% is a ban",
                          written.text);
    if (!isfinite(*value))
        return ENT_REFUSE(reading, limit, "`%s: %s` is more than a number can hold", keys[k].key, written.text);
    if (k == 1 && !(*value > 0.0))
        return ENT_REFUSE(reading, limit, "`at_least: %s` guarantees nothing; it must be above 0%%", written.text);
    if (k == 2 && !(*value > -1.0))
        return ENT_REFUSE(reading, limit, "a licence price of %s leaves no price; it must be above -100%%",
                          written.text);
    return ENT_OK;
}

ent_status ent_action_take_quota(const ent_reading *reading, ent_action *action)
{
    const ent_yaml *of = ent_yaml_find(action->at, "of"), *each = ent_yaml_find(action->at, "each");
    int index = 0;
    action->change = ENT_CHANGE_LIMIT;
    ENT_TRY(take_limit(reading, action));
    ENT_TRY(take_rent(reading, action));
    if (of != NULL) ENT_TRY(ent_reading_word(reading, of, "quantity value", &index));
    action->quota.of_value = index;
    if (each == NULL) return ENT_OK;
    ENT_TRY(ent_reading_word(reading, each, "importer exporter sector flow", &index));
    action->each = (ent_each)(1 + index);
    return ENT_OK;
}
