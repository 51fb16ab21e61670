/* unpack.c: gzip (zlib) and zstd to plain bytes, by blocks into doubling room, never past the limit. The old room is
 * freed when it grows: a 16-fold packed file must not leave its halves behind in the arena. */
// SPDX-License-Identifier: MIT
#include "base/unpack.h"
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

static int is_gzip(ent_bytes b)
{
    return b.size >= 2 && (unsigned char)b.data[0] == 0x1f && (unsigned char)b.data[1] == 0x8b;
}

static int is_zstd(ent_bytes b)
{
    static const unsigned char magic[4] = {0x28, 0xb5, 0x2f, 0xfd};
    return b.size >= 4 && memcmp(b.data, magic, 4) == 0;
}

int ent_is_packed(ent_bytes bytes)
{
    return is_gzip(bytes) || is_zstd(bytes);
}

/* How an attempt ended: all there; cut or damaged; more than the limit; no memory. */
enum verdict {
    WHOLE,
    CUT,
    FULL,
    NO_ROOM
};

/* Room that doubles by moving to a fresh arena. It may grow to one byte past the limit, so that bytes of exactly the
 * limit are told from more. */
typedef struct {
    ent_arena arena;
    char *data;
    size_t size, room, limit;
} growing;

static enum verdict open_room(growing *out, size_t room)
{
    if (room > out->limit) room = out->limit + 1;
    ent_arena fresh = {.limit = out->arena.limit};
    char *data = ent_new(&fresh, char, room + 1);
    if (data == NULL) return NO_ROOM;
    if (out->size > 0) memcpy(data, out->data, out->size);
    ent_arena_close(&out->arena);
    out->arena = fresh;
    out->data = data;
    out->room = room;
    return WHOLE;
}

/* Some free room at the end. */
static enum verdict make_room(growing *out)
{
    if (out->size < out->room) return WHOLE;
    return out->room > out->limit ? FULL : open_room(out, 2 * out->room);
}

static size_t at_most_a_gigabyte(size_t size)
{
    return size < (1u << 30) ? size : 1u << 30;
}

static enum verdict inflate_all(ent_bytes packed, growing *out)
{
    z_stream stream = {0};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return NO_ROOM;
    enum verdict verdict = WHOLE;
    size_t taken = 0;
    while ((verdict = make_room(out)) == WHOLE) {
        if (stream.avail_in == 0) {
            const size_t block = at_most_a_gigabyte(packed.size - taken);
            memcpy(&stream.next_in, &(const char *){packed.data + taken},
                   sizeof(const char *)); /* zlib wants no const */
            stream.avail_in = (uInt)block;
            taken += block;
        }
        const size_t space = at_most_a_gigabyte(out->room - out->size);
        stream.next_out = (Bytef *)out->data + out->size;
        stream.avail_out = (uInt)space;
        const int answer = inflate(&stream, Z_NO_FLUSH);
        out->size += space - stream.avail_out;
        if (answer == Z_STREAM_END) { /* several members in one file are legal */
            const size_t left = stream.avail_in + (packed.size - taken);
            if (left == 0) break;
            verdict = CUT;
            if (!is_gzip((ent_bytes){packed.data + packed.size - left, left}) || inflateReset(&stream) != Z_OK) break;
            continue;
        }
        verdict = answer == Z_MEM_ERROR ? NO_ROOM : CUT;
        if (answer != Z_OK && answer != Z_BUF_ERROR) break;
        if (stream.avail_in == 0 && taken == packed.size && stream.avail_out > 0) break;
    }
    inflateEnd(&stream);
    return verdict;
}

static enum verdict unzstd_all(ent_bytes packed, growing *out)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (stream == NULL) return NO_ROOM;
    ZSTD_inBuffer in = {packed.data, packed.size, 0};
    enum verdict verdict;
    while ((verdict = make_room(out)) == WHOLE) {
        ZSTD_outBuffer sink = {out->data, out->room, out->size};
        const size_t answer = ZSTD_decompressStream(stream, &sink, &in);
        out->size = sink.pos;
        if (answer == 0 && in.pos == in.size) break; /* the last frame is whole */
        verdict = ZSTD_getErrorCode(answer) == ZSTD_error_memory_allocation ? NO_ROOM : CUT;
        if (ZSTD_isError(answer) || (in.pos == in.size && sink.pos < sink.size)) break;
    }
    ZSTD_freeDStream(stream);
    return verdict;
}

static ent_status refuse(enum verdict verdict, const char *path, size_t limit, ent_error *err)
{
    switch (verdict) {
    case CUT:
        return ent_fail(err, ENT_BAD_INPUT, "%s: the packed file is cut or damaged; get it again", path);
    case FULL:
        return ent_fail(err, ENT_BAD_INPUT, "%s: unpacks to more than %zu bytes; is it what you meant?", path, limit);
    case NO_ROOM:
        return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to unpack it", path);
    case WHOLE:
        break;
    }
    return ENT_OK;
}

ent_status ent_unpack(ent_bytes packed, const char *path, size_t limit, ent_arena *arena, ent_bytes *plain,
                      ent_error *err)
{
    growing out = {.arena = {.limit = arena->limit}, .limit = limit};
    enum verdict verdict = open_room(&out, 4 * packed.size + 4096);
    if (verdict == WHOLE) verdict = is_gzip(packed) ? inflate_all(packed, &out) : unzstd_all(packed, &out);
    if (verdict == WHOLE && out.size > limit) verdict = FULL;
    if (verdict != WHOLE) {
        ent_arena_close(&out.arena);
        return refuse(verdict, path, limit, err);
    }
    out.data[out.size] = 0;
    *plain = (ent_bytes){out.data, out.size};
    if (arena->chunks == NULL) { /* an empty arena takes the room over */
        *arena = out.arena;
        return ENT_OK;
    }
    plain->data = ent_string_copy_n(arena, out.data, out.size);
    ent_arena_close(&out.arena);
    return plain->data == NULL ? ent_fail(err, ENT_NO_MEMORY, "%s: no memory to keep it", path) : ENT_OK;
}
