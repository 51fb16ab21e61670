# Foreign libraries, all of them Debian packages; each enters the house by one file (docs/ARCHITECTURE.md lists the doors).
find_package(PkgConfig REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS C)
pkg_check_modules(NETCDF REQUIRED IMPORTED_TARGET netcdf)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson) # for tests: a second reader of the JSON that is written
pkg_check_modules(ZLIB_ REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd) # these two for the command alone
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
find_package(Threads REQUIRED)
find_package(SUNDIALS REQUIRED COMPONENTS kinsol nvecserial sunlinsolspgmr)

add_library(ent_libraries INTERFACE)
target_link_libraries(ent_libraries INTERFACE
  PkgConfig::NETCDF PkgConfig::FYAML PkgConfig::ZLIB_ PkgConfig::ZSTD PkgConfig::NETTLE
  SUNDIALS::kinsol SUNDIALS::nvecserial SUNDIALS::sunlinsolspgmr OpenMP::OpenMP_C m)
