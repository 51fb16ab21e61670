/* hash.c: the identity of bytes. The door of nettle (SHA-256). */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <nettle/sha2.h>
#include <stdio.h>

void ent_hash_hex(const char *data, size_t size, char hex[65])
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, size, (const uint8_t *)data);
    sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
    for (size_t b = 0; b < SHA256_DIGEST_SIZE; b++) snprintf(hex + 2 * b, 3, "%02x", digest[b]);
}
