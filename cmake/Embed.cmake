# The embedded worlds. At build time a tool made of the library's ground floors reads the files of data/<world>, checks
# the table and writes its flat bytes, which .incbin puts into the library.
add_library(entente_floors STATIC $<TARGET_OBJECTS:entente_ground>) # an archive: the tool takes what it needs
add_executable(entente_embed tools/embed.c tools/baseline2022.c)
target_include_directories(entente_embed PRIVATE src include)
target_link_libraries(entente_embed PRIVATE entente_floors ent_libraries ent_warnings)

set(ENT_WORLD ${CMAKE_BINARY_DIR}/generated/baseline2022.world)
set(ENT_WORLD_FOLDER ${CMAKE_SOURCE_DIR}/data/baseline2022)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
file(GLOB ENT_WORLD_FILES CONFIGURE_DEPENDS ${ENT_WORLD_FOLDER}/*.csv ${ENT_WORLD_FOLDER}/*.csv.gz)
add_custom_command(OUTPUT ${ENT_WORLD}
  COMMAND entente_embed ${ENT_WORLD_FOLDER} ${ENT_WORLD}
  DEPENDS entente_embed ${ENT_WORLD_FILES}
  COMMENT "Making the embedded world baseline2022")

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
        ".popsection\n");
extern const char ent_world_baseline2022[] __attribute__((visibility("hidden")));
extern const char ent_world_baseline2022_end[] __attribute__((visibility("hidden")));

const ent_embedded_world ent_embedded_worlds[] = {
    {"baseline2022", ent_world_baseline2022, ent_world_baseline2022_end},
    {0, 0, 0},
};
]=])
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded_worlds.c PROPERTIES OBJECT_DEPENDS ${ENT_WORLD})
add_library(entente_worlds OBJECT ${CMAKE_BINARY_DIR}/generated/embedded_worlds.c)
target_include_directories(entente_worlds PRIVATE src)
target_link_libraries(entente_worlds PRIVATE ent_warnings)
set_target_properties(entente_worlds PROPERTIES POSITION_INDEPENDENT_CODE ON)
