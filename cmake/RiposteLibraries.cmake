# Third-party libraries, each behind one target, so that only the folder which owns a library can see it.

find_package(Boost 1.81 REQUIRED COMPONENTS url filesystem)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(RapidJSON REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(cli11 REQUIRED IMPORTED_TARGET CLI11)

# Asio and Beast are compiled once (base/asio.cpp, net/beast.cpp), not in every translation unit.
add_library(riposte_asio INTERFACE)
target_link_libraries(riposte_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(riposte_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)

add_library(riposte_rapidjson INTERFACE)
target_include_directories(riposte_rapidjson SYSTEM INTERFACE ${RapidJSON_INCLUDE_DIRS} ${RAPIDJSON_INCLUDE_DIRS})
