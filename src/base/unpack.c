/* unpack.c: gzip (zlib) and zstd to plain bytes, by blocks into doubling room, never past the limit. The old room is freed
 * when it grows: a 16-fold packed file must not leave its halves behind in the arena. */
// SPDX-License-Identifier: MIT
#include "base/unpack.h"
#include <string.h>
#include <zlib.h>
#include <zstd.h>

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

/* Room that doubles by moving to a fresh scratch arena. */
typedef struct {
    ent_arena arena;
    char *data;
    size_t size, room, limit;
} ent_growing;

static int grow(ent_growing *out)
{
    if (out->room >= out->limit) return 0;
    const size_t room = out->room > out->limit / 2 ? out->limit : 2 * out->room;
    ent_arena fresh = {0};
    char *data = ent_new(&fresh, char, room + 1);
    if (data == NULL) return 0;
    memcpy(data, out->data, out->size);
    ent_arena_close(&out->arena);
    out->arena = fresh;
    out->data = data;
    out->room = room;
    return 1;
}

enum verdict { WHOLE, CUT, FULL };

static enum verdict inflate_all(ent_bytes packed, ent_growing *out)
{
    z_stream stream = {0};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return FULL;
    enum verdict verdict = CUT;
    size_t taken = 0;
    for (;;) {
        if (stream.avail_in == 0) {
            const size_t block = packed.size - taken < (1u << 30) ? packed.size - taken : (1u << 30);
            memcpy(&stream.next_in, &(const char *){packed.data + taken}, sizeof(const char *));
            stream.avail_in = (uInt)block;
            taken += block;
        }
        if (out->size == out->room && !grow(out)) {
            verdict = FULL;
            break;
        }
        const size_t space = out->room - out->size < (1u << 30) ? out->room - out->size : (1u << 30);
        stream.next_out = (Bytef *)out->data + out->size;
        stream.avail_out = (uInt)space;
        const int answer = inflate(&stream, Z_NO_FLUSH);
        out->size += space - stream.avail_out;
        if (answer == Z_STREAM_END) {
            const size_t left = stream.avail_in + (packed.size - taken);
            const ent_bytes rest = {packed.data + packed.size - left, left};
            if (!is_gzip(rest)) {
                verdict = left == 0 ? WHOLE : CUT;
                break;
            }
            if (inflateReset(&stream) != Z_OK) break; /* several members in one file are legal */
            continue;
        }
        if (answer != Z_OK && answer != Z_BUF_ERROR) break;
        if (stream.avail_in == 0 && taken == packed.size && stream.avail_out > 0) break;
    }
    inflateEnd(&stream);
    return verdict;
}

static enum verdict unzstd_all(ent_bytes packed, ent_growing *out)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (stream == NULL) return FULL;
    ZSTD_inBuffer in = {packed.data, packed.size, 0};
    enum verdict verdict = CUT;
    for (;;) {
        if (out->size == out->room && !grow(out)) {
            verdict = FULL;
            break;
        }
        ZSTD_outBuffer sink = {out->data, out->room, out->size};
        const size_t answer = ZSTD_decompressStream(stream, &sink, &in);
        out->size = sink.pos;
        if (ZSTD_isError(answer)) break;
        if (answer == 0 && in.pos == in.size) {
            verdict = WHOLE;
            break;
        }
        if (in.pos == in.size && sink.pos < sink.size) break;
    }
    ZSTD_freeDStream(stream);
    return verdict;
}

ent_status ent_unpack(ent_bytes packed, const char *path, size_t limit, ent_arena *arena, ent_bytes *plain,
                      ent_error *err)
{
    ent_growing out = {.limit = limit, .room = 4 * packed.size + 4096};
    if (out.room > limit) out.room = limit;
    out.data = ent_new(&out.arena, char, out.room + 1);
    if (out.data == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to unpack it", path);
    const enum verdict verdict = is_gzip(packed) ? inflate_all(packed, &out) : unzstd_all(packed, &out);
    ent_status status = ENT_OK;
    if (verdict == CUT)
        status = ent_fail(err, ENT_BAD_INPUT, "%s: the packed file is cut or damaged; get it again", path);
    else if (verdict == FULL && out.room >= limit)
        status = ent_fail(err, ENT_BAD_INPUT, "%s: unpacks to more than %zu bytes; is it what you meant?", path, limit);
    else if (verdict == FULL)
        status = ent_fail(err, ENT_NO_MEMORY, "%s: no memory to unpack it", path);
    if (status != ENT_OK) {
        ent_arena_close(&out.arena);
        return status;
    }
    out.data[out.size] = 0;
    *plain = (ent_bytes){out.data, out.size};
    if (arena->chunks == NULL) { /* an empty arena takes the room over */
        out.arena.limit = arena->limit;
        *arena = out.arena;
        return ENT_OK;
    }
    char *copy = ent_string_copy_n(arena, out.data, out.size);
    plain->data = copy;
    ent_arena_close(&out.arena);
    return copy == NULL ? ent_fail(err, ENT_NO_MEMORY, "%s: no memory to keep it", path) : ENT_OK;
}
