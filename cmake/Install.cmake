# What `cmake --install` puts where: the command, the library (shared and static), its headers, man pages, and entente.pc.
include(GNUInstallDirs)

# Exports ent_* and nothing else, whatever the rooms say to each other.
add_library(libentente_shared SHARED ${ENT_OBJECTS})
set_target_properties(libentente_shared PROPERTIES
  OUTPUT_NAME entente VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/exports.map)
target_link_libraries(libentente_shared PRIVATE ent_libraries)
target_link_options(libentente_shared PRIVATE -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/exports.map)

# entente.pc says where it lies itself, so that an installation can be moved.
file(RELATIVE_PATH ENT_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/entente.pc.in entente.pc @ONLY)
install(TARGETS libentente libentente_shared
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET entente_cli)
  install(TARGETS entente_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY include/entente DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/entente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(GLOB ENT_MAN1 CONFIGURE_DEPENDS man/*.1)
file(GLOB ENT_MAN5 CONFIGURE_DEPENDS man/*.5)
install(FILES ${ENT_MAN1} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${ENT_MAN5} DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
