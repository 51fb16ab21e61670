/* page_data.h: what the page draws, as one JSON object. web/src/data.js reads it; the two change together. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/view.h"
#include "text/json_write.h"

enum {
    ENT_PAGE_PAIRS = 30, /* pairs with their sectors: the chief one and those that change most */
    ENT_PAGE_MAIN = 20   /* regions of the matrix of trade */
};

/* detail ENT_PAGE_REGIONS: no sectors and no trade, for a picture that follows a slider. */
ent_status ent_page_data(const ent_view *view, ent_page_detail detail, ent_json *json, ent_error *err);
