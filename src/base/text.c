/* text.c: text that grows in an arena. Doubling room; the old copy stays in the arena until it is closed. */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <stdio.h>
#include <string.h>

static int make_room(ent_text *text, size_t more)
{
    if (text->failed) return 0;
    if (text->size + more + 1 <= text->room) return 1;
    size_t room = text->room == 0 ? 256 : text->room;
    while (room < text->size + more + 1) room *= 2;
    char *data = ent_new(text->arena, char, room);
    if (data == NULL) {
        text->failed = 1;
        return 0;
    }
    if (text->size > 0) memcpy(data, text->data, text->size);
    text->data = data;
    text->room = room;
    data[text->size] = 0;
    return 1;
}

void ent_text_add(ent_text *text, const char *data, size_t size)
{
    if (!make_room(text, size)) return;
    if (size > 0) memcpy(text->data + text->size, data, size); /* nothing may come as NULL */
    text->size += size;
    text->data[text->size] = 0;
}

void ent_text_say_list(ent_text *text, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) text->failed = 1;
    if (length < 0 || !make_room(text, (size_t)length)) return;
    vsnprintf(text->data + text->size, (size_t)length + 1, format, list);
    text->size += (size_t)length;
}

void ent_text_say(ent_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    ent_text_say_list(text, format, list);
    va_end(list);
}
