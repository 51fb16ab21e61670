add_library(ent_warnings INTERFACE)
target_compile_options(ent_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes $<$<C_COMPILER_ID:GNU>:-Wvla-larger-than=4096>
  -fno-math-errno -ffp-contract=off)
if(ENT_WERROR)
  target_compile_options(ent_warnings INTERFACE -Werror)
endif()
if(ENT_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=address,undefined)
endif()
if(ENT_COVERAGE)
  add_compile_options(--coverage -g)
  add_link_options(--coverage)
endif()
if(ENT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -g) # the library tells libFuzzer where it has been
endif()
