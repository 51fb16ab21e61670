# `entente serve`: apps/web as a library of its own, so that tests and fuzzers see it without sockets; the page's files (cmake/Web.cmake)
# and the presets (the scenarios of examples/ as texts that need no files) compiled in.
set(ENT_PRESETS ${CMAKE_BINARY_DIR}/generated/presets.json)
file(GLOB_RECURSE ENT_EXAMPLES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*.yaml ${CMAKE_SOURCE_DIR}/examples/*.csv)
add_custom_command(OUTPUT ${ENT_PRESETS}
  COMMAND ${ENT_NODE} ${CMAKE_SOURCE_DIR}/tools/presets.mjs ${CMAKE_SOURCE_DIR}/examples ${ENT_PRESETS}
  DEPENDS ${ENT_EXAMPLES} ${CMAKE_SOURCE_DIR}/tools/presets.mjs
  COMMENT "Writing the presets of the page" VERBATIM)

if(NOT ENT_SITE_NAMES)
  message(FATAL_ERROR "cmake/Web.cmake names no files of the page")
endif()
set(ENT_SITE_ASSEMBLY "")
set(ENT_SITE_DECLARATIONS "")
set(ENT_SITE_ROWS "")
set(number 0)
foreach(name ${ENT_SITE_NAMES})
  string(APPEND ENT_SITE_ASSEMBLY "PIECE(\"ent_site_${number}\", \"${ENT_PAGE}/site/${name}\");\n")
  string(APPEND ENT_SITE_DECLARATIONS "extern const char ent_site_${number}[], ent_site_${number}_end[];\n")
  string(APPEND ENT_SITE_ROWS "    {\"${name}\", ent_site_${number}, ent_site_${number}_end, \"\"},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/site_files.c @ONLY CONTENT [=[
/* site_files.c: the files of the page and the presets, byte for byte. Written by cmake/Serve.cmake. */
#include "presets.h"
#include "site.h"

#define PIECE(name, file)                                                                                              \
    __asm__(".section .rodata\n"                                                                                       \
            ".global " name "\n" name ":\n.incbin \"" file "\"\n"                                                      \
            ".global " name "_end\n" name "_end:\n.byte 0\n"                                                           \
            ".previous\n")

@ENT_SITE_ASSEMBLY@PIECE("ent_presets", "@ENT_PRESETS@");
@ENT_SITE_DECLARATIONS@extern const char ent_presets[], ent_presets_end[];

site_file site_files[] = {
@ENT_SITE_ROWS@    {0, 0, 0, ""},
};

ent_bytes web_presets(void)
{
    return (ent_bytes){ent_presets, (size_t)(ent_presets_end - ent_presets)};
}
]=])
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/site_files.c PROPERTIES OBJECT_DEPENDS "${ENT_SITE_FILES};${ENT_PRESETS}")

file(GLOB ENT_WEB_APP CONFIGURE_DEPENDS apps/web/*.c apps/tables/*.c)
add_library(entente_web STATIC ${ENT_WEB_APP} ${CMAKE_BINARY_DIR}/generated/site_files.c)
target_include_directories(entente_web PUBLIC apps/web apps/tables)
target_link_libraries(entente_web PUBLIC libentente PkgConfig::MICROHTTPD PkgConfig::SQLITE Threads::Threads PRIVATE ent_warnings)
