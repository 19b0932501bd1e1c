# cmake --install build/release --component server [--prefix /usr/local]: bin/riposte, lib/riposte/plugins,
# share/riposte/web, which riposte finds beside itself, and lib/riposte/plugins-optional, which it does not load by itself.
install(DIRECTORY ${PROJECT_BINARY_DIR}/plugins/ DESTINATION lib/riposte/plugins COMPONENT server
  FILES_MATCHING PATTERN "*.so" PATTERN "*.index" PATTERN "CMakeFiles" EXCLUDE)
install(DIRECTORY ${PROJECT_BINARY_DIR}/plugins-optional/ DESTINATION lib/riposte/plugins-optional COMPONENT server
  FILES_MATCHING PATTERN "*.so" PATTERN "CMakeFiles" EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/web/dist/ DESTINATION share/riposte/web COMPONENT server OPTIONAL)
install(FILES deploy/riposte.service deploy/riposte.toml.example deploy/nginx.conf.example deploy/Caddyfile.example
  DESTINATION share/riposte/deploy COMPONENT server)
