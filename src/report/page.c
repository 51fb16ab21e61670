/* page.c: report.html. The page itself (markup, style, script, map) is made from web/ at build time and stands here as
 * pieces; between them come the title and the data. Scripts and styles are allowed by their hashes alone, and the
 * policy in the page's head allows no request to anywhere. */
// SPDX-License-Identifier: MIT
#include "report/files.h"
#include "report/page_data.h"
#include <string.h>

/* Made by cmake/Web.cmake from the files that web/build.mjs leaves. */
extern const char ent_page_head[], ent_page_head_end[], ent_page_middle[], ent_page_middle_end[], ent_page_tail[],
    ent_page_tail_end[], ent_page_found[], ent_page_found_end[];

static void add_piece(ent_text *text, const char *start, const char *end)
{
    ent_text_add(text, start, (size_t)(end - start));
}

static void add_escaped(ent_text *text, const char *plain)
{
    for (const char *c = plain; *c != 0; c++) switch (*c) {
        case '&':
            ent_text_say(text, "&amp;");
            break;
        case '<':
            ent_text_say(text, "&lt;");
            break;
        case '>':
            ent_text_say(text, "&gt;");
            break;
        case '"':
            ent_text_say(text, "&quot;");
            break;
        default:
            ent_text_add(text, c, 1);
        }
}

/* "<" stands in strings alone, where it may be written as its number; so no text ends the element that holds the data.
 */
ent_status ent_report_page_around(const char *title, ent_bytes json, ent_text *text, ent_error *err)
{
    add_piece(text, ent_page_head, ent_page_head_end);
    add_escaped(text, title);
    add_piece(text, ent_page_middle, ent_page_middle_end);
    const char *c = json.data, *end = json.data + json.size;
    while (c < end) {
        const char *mark = memchr(c, '<', (size_t)(end - c));
        ent_text_add(text, c, (size_t)((mark != NULL ? mark : end) - c));
        if (mark != NULL) ent_text_say(text, "\\u003c");
        c = mark != NULL ? mark + 1 : end;
    }
    add_piece(text, ent_page_found, ent_page_found_end);
    if (text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    return ENT_OK;
}

ent_status ent_report_page(const ent_view *view, ent_text *text, ent_error *err)
{
    add_piece(text, ent_page_head, ent_page_head_end);
    for (ptrdiff_t s = 0; s < view->scenarios; s++) {
        if (s > 0) ent_text_say(text, " · ");
        add_escaped(text, view->name[s]);
    }
    add_piece(text, ent_page_middle, ent_page_middle_end);
    ent_json json = {.text = text};
    ENT_TRY(ent_page_data(view, ENT_PAGE_FULL, &json, err));
    add_piece(text, ent_page_tail, ent_page_tail_end);
    if (text->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for report.html");
    return ENT_OK;
}
