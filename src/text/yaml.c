/* yaml.c: the door to libfyaml. Its events, one after the other, become our own tree; its documents (with aliases that
 * unfold, and duplicate keys that it may keep) are not used. What it would print on stderr is caught and becomes our
 * sentence. Anything that a scenario does not need is refused here: tabs before text, control characters, bytes that
 * are no UTF-8, a second document, anchors, aliases, tags, keys that are not scalars, keys that stand twice.
 *
 * Open collections stand on a stack of fixed depth, so nothing here calls itself. */
// SPDX-License-Identifier: MIT
#include "text/yaml.h"
#include "text/utf8.h"
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- sentences ---- */
ent_yaml_word ent_yaml_short(const char *text)
{
    enum {
        MOST = 60
    };
    ent_yaml_word word;
    size_t length = strnlen(text, MOST + 1);
    const int cut = length > MOST;
    if (cut) {
        length = MOST;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--; /* not inside a character */
    }
    for (size_t c = 0; c < length; c++) word.text[c] = (unsigned char)text[c] < ' ' ? ' ' : text[c];
    memcpy(word.text + length, cut ? "..." : "", cut ? 4 : 1);
    return word;
}

ent_status ent_yaml_fail(ent_error *err, const char *path, const ent_yaml *at, const char *format, ...)
{
    ENT_SCRATCH scratch = {0};
    ent_text sentence = {.arena = &scratch};
    va_list list;
    va_start(list, format);
    ent_text_say_list(&sentence, format, list);
    va_end(list);
    if (sentence.failed) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to say what is wrong with it", path);
    if (at == NULL || at->line == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: %s", path, sentence.data);
    return ent_fail(err, ENT_BAD_INPUT, "%s:%d:%d: %s", path, at->line, at->column, sentence.data);
}

/* ---- before libfyaml sees the bytes ---- */
static int is_control(const unsigned char *at)
{
    return (at[0] < ' ' && at[0] != '\n' && at[0] != '\r' && at[0] != '\t') || at[0] == 0x7F ||
           (at[0] == 0xC2 && at[1] < 0xA0);
}

static ent_status check_bytes(ent_bytes bytes, const char *path, ent_error *err)
{
    if (bytes.size > YAML_LARGEST)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: has %zu bytes, more than the %d that are read; put numbers into a CSV file", path,
                        bytes.size, YAML_LARGEST);
    ent_yaml place = {.line = 1, .column = 1};
    const unsigned char *at = (const unsigned char *)bytes.data;
    int indent = 1; /* only blanks and tabs so far in this line */
    for (size_t left = bytes.size, length; left > 0; left -= length, at += length) {
        length = ent_utf8_length(at, left);
        if (length == 0) return ent_yaml_fail(err, path, &place, "is not UTF-8 text here; save the file as UTF-8");
        if (is_control(at))
            return ent_yaml_fail(err, path, &place, "a control character (byte %d); leave it out", at[length - 1]);
        if (*at == '\t' && indent)
            return ent_yaml_fail(err, path, &place, "a tab before the text of the line; indent with blanks");
        indent = *at == '\n' || (indent && *at == ' ');
        place.column = *at == '\n' ? 1 : place.column + 1;
        place.line += *at == '\n';
    }
    return ENT_OK;
}

/* ---- events into a tree ---- */
typedef struct {
    const char *path;
    ent_arena *arena;
    ent_error *err;
    struct {
        ent_yaml *node, *last;
        const ent_yaml *key; /* mapping: read, its value not yet */
    } open[YAML_DEEPEST];
    int depth;
    ent_yaml *root;
    ent_text text; /* of the scalar at hand */
} growth;

static ent_status no_memory(const growth *g)
{
    return ent_fail(g->err, ENT_NO_MEMORY, "%s: no memory for what stands in it", g->path);
}

static int by_text_then_place(const void *a, const void *b)
{
    const ent_yaml *one = *(const ent_yaml *const *)a, *two = *(const ent_yaml *const *)b;
    const int order = strcmp(one->text, two->text);
    if (order != 0) return order;
    if (one->line != two->line) return one->line < two->line ? -1 : 1;
    return (one->column > two->column) - (one->column < two->column);
}

/* The first key of a mapping that stands there already. */
static ent_status check_keys(const growth *g, const ent_yaml *mapping)
{
    if (mapping->count < 2) return ENT_OK;
    ENT_SCRATCH scratch = {0};
    const ent_yaml **keys = ent_new(&scratch, const ent_yaml *, mapping->count), *again = NULL, *before = NULL;
    if (keys == NULL) return no_memory(g);
    int k = 0;
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next) keys[k++] = value->key;
    qsort(keys, (size_t)k, sizeof *keys, by_text_then_place);
    for (int d = 1; d < k; d++) {
        if (strcmp(keys[d - 1]->text, keys[d]->text) != 0) continue;
        if (again == NULL || keys[d]->line < again->line ||
            (keys[d]->line == again->line && keys[d]->column < again->column)) {
            again = keys[d];
            before = keys[d - 1];
        }
    }
    if (again == NULL) return ENT_OK;
    return ent_yaml_fail(g->err, g->path, again,
                         "the key %s stands twice, first at line %d, column %d; keep one of them",
                         ent_yaml_short(again->text).text, before->line, before->column);
}

/* Hang a node where it belongs: a key, a value, an item or the root. */
static ent_status place(growth *g, ent_yaml *node)
{
    if (g->depth == 0) {
        g->root = node;
        return ENT_OK;
    }
    ent_yaml *parent = g->open[g->depth - 1].node;
    if (parent->kind == YAML_MAPPING && g->open[g->depth - 1].key == NULL) {
        if (node->kind != YAML_SCALAR)
            return ent_yaml_fail(g->err, g->path, node, "a list or a mapping stands as a key; a key is one word");
        g->open[g->depth - 1].key = node;
        return ENT_OK;
    }
    node->key = g->open[g->depth - 1].key;
    g->open[g->depth - 1].key = NULL;
    if (g->open[g->depth - 1].last == NULL)
        parent->first = node;
    else
        g->open[g->depth - 1].last->next = node;
    g->open[g->depth - 1].last = node;
    parent->count++;
    return ENT_OK;
}

static int has_place(struct fy_token *token)
{
    if (token == NULL || fy_token_start_mark(token) == NULL) return 0;
    const enum fy_scalar_style style = fy_token_scalar_style(token);
    return style != FYSS_LITERAL && style != FYSS_FOLDED; /* of a block of text the column is not known */
}

/* A node where a token stands; one without a place (a missing value, a block of text) takes its key's or its parent's.
 */
static ent_yaml *node_at(growth *g, ent_yaml_kind kind, struct fy_token *token)
{
    ent_yaml *node = ent_new0(g->arena, ent_yaml, 1);
    if (node == NULL) return NULL;
    node->kind = kind;
    const struct fy_mark *mark = has_place(token) ? fy_token_start_mark(token) : NULL;
    const ent_yaml *near = NULL;
    if (g->depth > 0) near = g->open[g->depth - 1].key != NULL ? g->open[g->depth - 1].key : g->open[g->depth - 1].node;
    node->line = mark != NULL ? mark->line + 1 : near != NULL ? near->line : 1;
    node->column = mark != NULL ? mark->column + 1 : near != NULL ? near->column : 1;
    return node;
}

static ent_status refuse_marks(const growth *g, const ent_yaml *node, const struct fy_token *anchor,
                               const struct fy_token *tag)
{
    if (anchor != NULL)
        return ent_yaml_fail(g->err, g->path, node,
                             "an anchor (&) stands here; anchors and aliases are not read, write it out");
    if (tag != NULL)
        return ent_yaml_fail(g->err, g->path, node, "a tag (!) stands here; tags are not read, leave it out");
    return ENT_OK;
}

/* The text of a token into g->text, piece by piece. (fy_token_get_text of version 0.7.12 loses memory where a text has
 * more than a few dozen pieces: lines, escapes, doubled quotes.) */
static ent_status take_text(growth *g, struct fy_token *token)
{
    g->text.size = 0;
    ent_text_add(&g->text, "", 0);
    struct fy_token_iter *pieces = token == NULL ? NULL : fy_token_iter_create(token);
    if (token != NULL && pieces == NULL) return no_memory(g);
    const struct fy_iter_chunk *piece = NULL;
    while (pieces != NULL && (piece = fy_token_iter_chunk_next(pieces, piece, NULL)) != NULL)
        ent_text_add(&g->text, piece->str, piece->len);
    if (pieces != NULL) fy_token_iter_destroy(pieces);
    return g->text.failed ? no_memory(g) : ENT_OK;
}

static ent_status grow_scalar(growth *g, const struct fy_event_scalar_data *scalar)
{
    ent_yaml *node = node_at(g, YAML_SCALAR, scalar->value);
    if (node == NULL) return no_memory(g);
    ENT_TRY(refuse_marks(g, node, scalar->anchor, scalar->tag));
    ENT_TRY(take_text(g, scalar->value));
    for (size_t c = 0; c < g->text.size; c++) {
        const unsigned char byte = (unsigned char)g->text.data[c];
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7F)
            return ent_yaml_fail(g->err, g->path, node, "the text holds a control character (byte %d); leave it out",
                                 byte);
    }
    const enum fy_scalar_style style = scalar->value == NULL ? FYSS_PLAIN : fy_token_scalar_style(scalar->value);
    node->plain = style == FYSS_PLAIN;
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
        node->column--; /* the mark stands behind the quote */
    node->text = ent_string_copy_n(g->arena, g->text.data, g->text.size);
    return node->text == NULL ? no_memory(g) : place(g, node);
}

static ent_status open_collection(growth *g, ent_yaml_kind kind, struct fy_token *start, const struct fy_token *anchor,
                                  const struct fy_token *tag)
{
    ent_yaml *node = node_at(g, kind, start);
    if (node == NULL) return no_memory(g);
    ENT_TRY(refuse_marks(g, node, anchor, tag));
    if (g->depth == YAML_DEEPEST)
        return ent_yaml_fail(g->err, g->path, node, "nested deeper than %d; no scenario needs that", YAML_DEEPEST);
    ENT_TRY(place(g, node));
    g->open[g->depth].node = node;
    g->open[g->depth].last = NULL;
    g->open[g->depth].key = NULL;
    g->depth++;
    return ENT_OK;
}

static ent_status close_collection(growth *g)
{
    g->depth--;
    /* NOLINTNEXTLINE: libfyaml closes only what it has opened */
    return g->open[g->depth].node->kind == YAML_MAPPING ? check_keys(g, g->open[g->depth].node) : ENT_OK;
}

static ent_status grow_event(growth *g, const struct fy_event *event)
{
    switch (event->type) {
    case FYET_SCALAR:
        return grow_scalar(g, &event->scalar);
    case FYET_SEQUENCE_START:
        return open_collection(g, YAML_SEQUENCE, event->sequence_start.sequence_start, event->sequence_start.anchor,
                               event->sequence_start.tag);
    case FYET_MAPPING_START:
        return open_collection(g, YAML_MAPPING, event->mapping_start.mapping_start, event->mapping_start.anchor,
                               event->mapping_start.tag);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        return close_collection(g);
    case FYET_ALIAS: {
        const ent_yaml *node = node_at(g, YAML_SCALAR, event->alias.anchor);
        if (node == NULL) return no_memory(g);
        return ent_yaml_fail(g->err, g->path, node,
                             "an alias (*) stands here; anchors and aliases are not read, write it out");
    }
    case FYET_DOCUMENT_START: {
        if (g->root == NULL) return ENT_OK;
        const ent_yaml *node = node_at(g, YAML_SCALAR, event->document_start.document_start);
        if (node == NULL) return no_memory(g);
        return ent_yaml_fail(g->err, g->path, node, "a second document begins here (---); one file holds one");
    }
    default:
        return ENT_OK;
    }
}

/* What libfyaml says about the first thing that is wrong: "<memory-...>:LINE:COLUMN: error: WHAT\n", and then lines of
 * the source, which are left out. (It can also collect its errors as structures, but version 0.7.12 loses their
 * memory.) */
typedef struct {
    char text[256];
    size_t length;
} saying;

static void listen(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    saying *said = user;
    (void)diag;
    if (said->length > 0 || length == 0) return;
    said->length = length < sizeof said->text ? length : sizeof said->text - 1;
    memcpy(said->text, text, said->length);
    said->text[said->length] = 0;
    if (strstr(said->text, ": error: ") == NULL) said->length = 0; /* a warning */
}

/* libfyaml's own sentence, with our place before it. */
static ent_status scanner_failed(const growth *g, const saying *said)
{
    const char *place = strstr(said->text, ">:"), *what = strstr(said->text, ": error: ");
    ent_yaml at = {.line = 0};
    if (place == NULL || what == NULL || sscanf(place, ">:%d:%d", &at.line, &at.column) != 2)
        return ent_fail(g->err, ENT_BAD_INPUT, "%s: is no YAML that can be read", g->path);
    ent_yaml_word word = ent_yaml_short(what + strlen(": error: "));
    for (size_t end = strlen(word.text); end > 0 && word.text[end - 1] == ' '; end--)
        word.text[end - 1] = 0; /* its \n */
    return ent_yaml_fail(g->err, g->path, &at, "is not YAML: %s", word.text);
}

static ent_status grow(growth *g, struct fy_parser *parser, const saying *said)
{
    for (int more = 1; more;) {
        struct fy_event *event = fy_parser_parse(parser);
        if (event == NULL) return scanner_failed(g, said);
        more = event->type != FYET_STREAM_END;
        const ent_status status = grow_event(g, event);
        fy_parser_event_free(parser, event);
        ENT_TRY(status);
    }
    return fy_parser_get_stream_error(parser) ? scanner_failed(g, said) : ENT_OK;
}

static ent_status grow_with_parser(growth *g, ent_bytes bytes)
{
    saying said = {.length = 0};
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = listen;
    quiet.user = &said;
    quiet.colorize = false;
    struct fy_diag *diag = fy_diag_create(&quiet);
    if (diag == NULL) return no_memory(g);
    const struct fy_parse_cfg how = {.flags = FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE | FYPCF_DISABLE_MMAP_OPT,
                                     .diag = diag};
    struct fy_parser *parser = fy_parser_create(&how);
    ent_status status = ENT_OK;
    if (parser == NULL || fy_parser_set_string(parser, bytes.data, bytes.size) != 0)
        status = no_memory(g);
    else
        status = grow(g, parser, &said);
    fy_parser_destroy(parser);
    fy_diag_unref(diag);
    return status;
}

ent_status ent_yaml_read(ent_bytes bytes, const char *path, ent_arena *arena, const ent_yaml **root, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    growth g = {.path = path, .arena = arena, .err = err, .text = {.arena = &scratch}};
    ENT_TRY(check_bytes(bytes, path, err));
    if (bytes.size > 0) ENT_TRY(grow_with_parser(&g, bytes));
    if (g.root == NULL) return ent_fail(err, ENT_BAD_INPUT, "%s: holds nothing; write `name:` and `actions:`", path);
    *root = g.root;
    return ENT_OK;
}

const ent_yaml *ent_yaml_find(const ent_yaml *mapping, const char *key)
{
    for (const ent_yaml *value = mapping->first; value != NULL; value = value->next)
        if (value->key != NULL && strcmp(value->key->text, key) == 0) return value;
    return NULL;
}
