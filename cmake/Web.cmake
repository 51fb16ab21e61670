# The page of report.html and that of `entente serve`: built from web/ with node and compiled into library and command.
find_program(ENT_NODE NAMES node nodejs)
find_program(ENT_NPM NAMES npm)
if(NOT ENT_NODE OR NOT ENT_NPM)
  message(FATAL_ERROR "node and npm are needed to build the page of report.html: apt-get install nodejs npm")
endif()

set(ENT_WEB ${CMAKE_SOURCE_DIR}/web)
set(ENT_PAGE ${CMAKE_BINARY_DIR}/generated/page)
set(ENT_PAGE_PIECES ${ENT_PAGE}/page_head.html ${ENT_PAGE}/page_middle.html ${ENT_PAGE}/page_tail.html ${ENT_PAGE}/page_found.html)
# Files that `entente serve` sends as they are, below ${ENT_PAGE}/site.
set(ENT_SITE_NAMES index.html page.js page.css map.json inter.woff2 serif.woff2 icon.svg licences.txt)
list(TRANSFORM ENT_SITE_NAMES PREPEND ${ENT_PAGE}/site/ OUTPUT_VARIABLE ENT_SITE_FILES)
file(GLOB_RECURSE ENT_PAGE_SOURCES CONFIGURE_DEPENDS ${ENT_WEB}/src/*)
add_custom_command(OUTPUT ${ENT_PAGE_PIECES} ${ENT_SITE_FILES}
  COMMAND ${CMAKE_COMMAND} -DWEB=${ENT_WEB} -DOUT=${ENT_PAGE} -DNODE=${ENT_NODE} -DNPM=${ENT_NPM}
          -P ${CMAKE_SOURCE_DIR}/cmake/web_build.cmake
  DEPENDS ${ENT_PAGE_SOURCES} ${ENT_WEB}/build.mjs ${ENT_WEB}/map.mjs ${ENT_WEB}/package-lock.json
          ${CMAKE_SOURCE_DIR}/cmake/web_build.cmake
  COMMENT "Building the pages of report.html and of entente serve" VERBATIM)
configure_file(${CMAKE_SOURCE_DIR}/cmake/page_pieces.c.in ${CMAKE_BINARY_DIR}/generated/page_pieces.c @ONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/page_pieces.c PROPERTIES OBJECT_DEPENDS "${ENT_PAGE_PIECES}")
target_sources(entente_objects PRIVATE ${CMAKE_BINARY_DIR}/generated/page_pieces.c)
