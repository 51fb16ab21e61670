# The embedded worlds. At build time a tool made of the library less its worlds reads the files of data/<world>, checks the
# table and writes its flat bytes, which .incbin puts into the library; then the same with the products of
# data/critical-inputs cut out of it.
add_library(entente_floors STATIC $<TARGET_OBJECTS:entente_ground> $<TARGET_OBJECTS:entente_objects>) # an archive: the tool takes what it needs
add_executable(entente_embed tools/embed.c tools/baseline2022.c)
target_include_directories(entente_embed PRIVATE src include)
target_link_libraries(entente_embed PRIVATE entente_floors ent_libraries ent_warnings)

set(ENT_WORLD ${CMAKE_BINARY_DIR}/generated/baseline2022.world)
set(ENT_CRITICAL ${CMAKE_BINARY_DIR}/generated/critical-inputs.world)
set(ENT_PRODUCTS ${CMAKE_SOURCE_DIR}/data/critical-inputs)
set(ENT_WORLD_FOLDER ${CMAKE_SOURCE_DIR}/data/baseline2022)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
file(GLOB ENT_WORLD_FILES CONFIGURE_DEPENDS ${ENT_WORLD_FOLDER}/*.csv ${ENT_WORLD_FOLDER}/*.csv.gz)
add_custom_command(OUTPUT ${ENT_WORLD} ${ENT_CRITICAL}
  COMMAND entente_embed ${ENT_WORLD_FOLDER} ${ENT_WORLD} ${ENT_PRODUCTS}/products.yaml ${ENT_CRITICAL}
  DEPENDS entente_embed ${ENT_WORLD_FILES} ${ENT_PRODUCTS}/products.yaml ${ENT_PRODUCTS}/trade.csv
  COMMENT "Making the embedded worlds baseline2022 and critical-inputs")

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/embedded_worlds.c @ONLY CONTENT [=[
/* embedded_worlds.c: the list of embedded.h. Written by cmake/Embed.cmake. */
#include "table/embedded.h"

__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        ".globl ent_world_baseline2022, ent_world_baseline2022_end\n"
        "ent_world_baseline2022:\n"
        ".incbin \"@ENT_WORLD@\"\n"
        "ent_world_baseline2022_end:\n"
        ".byte 0\n"
        ".balign 64\n"
        ".globl ent_world_critical, ent_world_critical_end\n"
        "ent_world_critical:\n"
        ".incbin \"@ENT_CRITICAL@\"\n"
        "ent_world_critical_end:\n"
        ".byte 0\n"
        ".popsection\n");
extern const char ent_world_critical[] __attribute__((visibility("hidden")));
extern const char ent_world_critical_end[] __attribute__((visibility("hidden")));
extern const char ent_world_baseline2022[] __attribute__((visibility("hidden")));
extern const char ent_world_baseline2022_end[] __attribute__((visibility("hidden")));

const ent_embedded_world ent_embedded_worlds[] = {
    {"baseline2022", ent_world_baseline2022, ent_world_baseline2022_end},
    {"critical-inputs", ent_world_critical, ent_world_critical_end},
    {0, 0, 0},
};
]=])
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded_worlds.c PROPERTIES OBJECT_DEPENDS "${ENT_WORLD};${ENT_CRITICAL}")
add_library(entente_worlds OBJECT ${CMAKE_BINARY_DIR}/generated/embedded_worlds.c)
target_include_directories(entente_worlds PRIVATE src)
target_link_libraries(entente_worlds PRIVATE ent_warnings)
set_target_properties(entente_worlds PROPERTIES POSITION_INDEPENDENT_CODE ON)
