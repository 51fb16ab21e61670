# Programs for tests and benchmarks, not installed.
add_executable(generate_icio tools/generate_icio.c) # a made-up table as large as the OECD's
target_include_directories(generate_icio PRIVATE src)
target_link_libraries(generate_icio PRIVATE ent_warnings m)
if(TARGET entente_tests)
  add_dependencies(entente_tests generate_icio)
endif()
