/* http_parse.c: bytes of a request -> a record. Pure: no socket, no file, no clock; fuzz/http_body.c throws bytes at
 * it. What is not understood is refused, never guessed: a target has a path of few plain segments and few parameters.
 */
// SPDX-License-Identifier: MIT
#include "http.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const methods[WEB_METHODS] = {"GET", "POST", "PATCH", "DELETE"};

const char *web_method_word(web_method method)
{
    return method < WEB_METHODS ? methods[method] : "";
}

web_method web_method_of(const char *word)
{
    if (strcmp(word, "HEAD") == 0) return WEB_GET;
    for (int m = 0; m < WEB_METHODS; m++)
        if (strcmp(word, methods[m]) == 0) return (web_method)m;
    return WEB_UNKNOWN;
}

/* ---- targets ---- */

static int hexadecimal(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    const char low = (char)tolower((unsigned char)c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* length bytes of a target as text: %XX and, in parameters, + for a blank. NULL: memory is out, or *bad: an escape that
 * is none, or a character that has no business there. */
static char *decode(const char *from, size_t length, int plus, ent_arena *arena, int *bad)
{
    char *text = ent_new(arena, char, length + 1), *to = text;
    if (text == NULL) return NULL;
    for (size_t c = 0; c < length; c++) {
        unsigned byte = (unsigned char)from[c];
        if (byte == '%') {
            const int high = length - c > 2 ? hexadecimal(from[c + 1]) : -1;
            const int low = length - c > 2 ? hexadecimal(from[c + 2]) : -1;
            *bad = *bad || high < 0 || low < 0;
            byte = *bad ? '?' : (unsigned)(16 * high + low);
            c += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        *bad = *bad || byte < ' ' || byte == 0x7F;
        *to++ = (char)byte;
    }
    *to = 0;
    return text;
}

static int refuse(ent_error *err, int status, const char *sentence)
{
    ent_fail(err, ENT_BAD_INPUT, "%s", sentence);
    return status;
}

static const char BAD_ESCAPE[] = "the address has a character or an escape that may not stand in one";

static int parse_path(const char *path, size_t length, ent_arena *arena, web_request *request, ent_error *err)
{
    const char *end = path + length;
    int bad = 0;
    for (const char *c = path + 1; c < end;) {
        const char *slash = memchr(c, '/', (size_t)(end - c));
        const size_t piece = (size_t)((slash != NULL ? slash : end) - c);
        if (piece == 0) return refuse(err, 400, "the address has an empty part between two slashes");
        if (request->segments == WEB_SEGMENTS) return refuse(err, 404, "there is nothing so deep");
        char *text = decode(c, piece, 0, arena, &bad);
        if (text == NULL) return refuse(err, 503, "no memory for the address");
        if (bad) return refuse(err, 400, BAD_ESCAPE);
        request->segment[request->segments++] = text;
        c += piece + 1;
    }
    return 0;
}

static int parse_parameters(const char *query, ent_arena *arena, web_request *request, ent_error *err)
{
    int bad = 0;
    for (const char *c = query; *c != 0;) {
        const size_t piece = strcspn(c, "&"), key = strcspn(c, "=&");
        const char *value = key < piece ? c + key + 1 : c + piece;
        if (piece == 0) {
            c++;
            continue;
        }
        if (request->parameters == WEB_PARAMETERS) return refuse(err, 400, "the address has too many parameters");
        const ptrdiff_t p = request->parameters++;
        request->parameter[p].key = decode(c, key, 1, arena, &bad);
        request->parameter[p].value = decode(value, (size_t)(c + piece - value), 1, arena, &bad);
        if (request->parameter[p].key == NULL || request->parameter[p].value == NULL)
            return refuse(err, 503, "no memory for the address");
        if (bad) return refuse(err, 400, BAD_ESCAPE);
        c += piece + (c[piece] == '&');
    }
    return 0;
}

int web_target_parse(const char *target, ent_arena *arena, web_request *request, ent_error *err)
{
    if (strnlen(target, WEB_TARGET + 1) > WEB_TARGET)
        return refuse(err, 414, "the address is longer than any that we have");
    if (*target != '/') return refuse(err, 400, "the address must begin with a slash");
    const size_t path = strcspn(target, "?#");
    const int early = parse_path(target, path, arena, request, err);
    if (early != 0 || target[path] != '?') return early;
    return parse_parameters(target + path + 1, arena, request, err);
}

const char *web_parameter(const web_request *request, const char *key)
{
    for (ptrdiff_t p = 0; p < request->parameters; p++)
        if (strcmp(request->parameter[p].key, key) == 0) return request->parameter[p].value;
    return NULL;
}

/* ---- headers ---- */

int web_is_json(const char *content_type)
{
    static const char json[] = "application/json";
    if (content_type == NULL || strncasecmp(content_type, json, sizeof json - 1) != 0) return 0;
    const char *rest = content_type + sizeof json - 1;
    return rest[strspn(rest, " \t")] == 0 || rest[strspn(rest, " \t")] == ';';
}

const char *web_cookie(const char *cookies, const char *name, ent_arena *arena)
{
    const size_t length = strlen(name);
    for (const char *c = cookies; c != NULL && *c != 0;) {
        c += strspn(c, " \t;");
        const size_t piece = strcspn(c, ";");
        if (piece > length && strncmp(c, name, length) == 0 && c[length] == '=')
            return ent_string_copy_n(arena, c + length + 1, piece - length - 1);
        c += piece;
    }
    return NULL;
}

/* ":80" or nothing. */
static int parse_port(const char *text, int *port)
{
    *port = 0;
    if (*text == 0) return 1;
    if (*text++ != ':' || *text == 0 || strlen(text) > 5) return 0;
    for (; isdigit((unsigned char)*text); text++) *port = 10 * *port + (*text - '0');
    return *text == 0 && *port > 0 && *port < 65536;
}

int web_host_parse(const char *host, char name[256], int *port)
{
    const int bracket = *host == '[';
    const char *begin = host + bracket;
    const size_t length = bracket ? strcspn(begin, "]") : strcspn(begin, ":");
    if (length == 0 || length > 255 || (bracket && begin[length] != ']')) return 0;
    for (size_t c = 0; c < length; c++) {
        name[c] = (char)tolower((unsigned char)begin[c]);
        if (!isalnum((unsigned char)name[c]) && strchr(bracket ? ":.%" : ".-_", name[c]) == NULL) return 0;
    }
    name[length] = 0;
    if (bracket && !web_is_address(name)) return 0;
    return parse_port(begin + length + bracket, port);
}

int web_is_address(const char *name)
{
    struct in6_addr room;
    return inet_pton(AF_INET, name, &room) == 1 || inet_pton(AF_INET6, name, &room) == 1;
}

int web_tag_matches(const char *if_none_match, const char *etag)
{
    const size_t length = strlen(etag);
    for (const char *c = if_none_match; c != NULL && *c != 0;) {
        c += strspn(c, " \t,");
        const size_t piece = strcspn(c, ",");
        size_t used = piece;
        while (used > 0 && strchr(" \t", c[used - 1]) != NULL) used--;
        if (used == 1 && *c == '*') return 1;
        const char *tag = used > 2 && strncmp(c, "W/", 2) == 0 ? c + 2 : c;
        if ((size_t)(c + used - tag) == length && strncmp(tag, etag, length) == 0) return 1;
        c += piece;
    }
    return 0;
}
