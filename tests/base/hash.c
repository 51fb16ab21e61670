/* hash.c: SHA-256 of the examples of FIPS 180-2, appendix B, and of the empty message. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(sha256_gives_the_digests_of_the_standard, "")
{
    char hex[65];
    ent_hash_hex("abc", 3, hex);
    CHECK_TEXT(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    ent_hash_hex(two_blocks, strlen(two_blocks), hex);
    CHECK_TEXT(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    ent_hash_hex("", 0, hex);
    CHECK_TEXT(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(sha256_of_a_million_letters_a, "")
{
    ENT_SCRATCH arena = {0};
    char hex[65], *many = ent_new(&arena, char, 1000000);
    CHECK(many != NULL);
    if (many == NULL) return;
    memset(many, 'a', 1000000);
    ent_hash_hex(many, 1000000, hex);
    CHECK_TEXT(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
