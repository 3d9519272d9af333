# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where, and the Debian package of it (scripts/package). For another prefix than /usr,
# settings go to PREFIX/etc, and the units name that prefix.
include(GNUInstallDirs)

install(TARGETS broadsheet broadsheet-indexer broadsheetd broadsheet-desk broadsheet-load RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# Man pages and completions are what the programs say of themselves.
set(manual ${CMAKE_BINARY_DIR}/manual)
file(MAKE_DIRECTORY ${manual})
set(write_page sh ${PROJECT_SOURCE_DIR}/cmake/write_man_page.sh)
add_custom_command(OUTPUT ${manual}/broadsheet.1
  COMMAND broadsheet man > ${manual}/broadsheet.1 DEPENDS broadsheet VERBATIM)
add_custom_command(OUTPUT ${manual}/broadsheet-indexer.1
  COMMAND ${write_page} $<TARGET_FILE:broadsheet-indexer> 1 "builds and keeps a news archive" > ${manual}/broadsheet-indexer.1
  DEPENDS broadsheet-indexer cmake/write_man_page.sh VERBATIM)
add_custom_command(OUTPUT ${manual}/broadsheetd.8
  COMMAND ${write_page} $<TARGET_FILE:broadsheetd> 8 "searches a news archive over gRPC" > ${manual}/broadsheetd.8
  DEPENDS broadsheetd cmake/write_man_page.sh VERBATIM)
add_custom_command(OUTPUT ${manual}/broadsheet-desk.8
  COMMAND ${write_page} $<TARGET_FILE:broadsheet-desk> 8 "shows a news archive to browsers" > ${manual}/broadsheet-desk.8
  DEPENDS broadsheet-desk cmake/write_man_page.sh VERBATIM)
add_custom_command(OUTPUT ${manual}/broadsheet-load.1
  COMMAND ${write_page} $<TARGET_FILE:broadsheet-load> 1 "measures how much a Broadsheet server can do" > ${manual}/broadsheet-load.1
  DEPENDS broadsheet-load cmake/write_man_page.sh VERBATIM)
set(pages ${manual}/broadsheet.1 ${manual}/broadsheet-indexer.1 ${manual}/broadsheet-load.1 ${manual}/broadsheetd.8
  ${manual}/broadsheet-desk.8)
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT ${manual}/completion.${shell}
    COMMAND broadsheet completion ${shell} > ${manual}/completion.${shell} DEPENDS broadsheet VERBATIM)
  list(APPEND pages ${manual}/completion.${shell})
endforeach()
# All that `cmake --install` needs: `ninja -C build installed`.
add_custom_target(installed DEPENDS ${pages} broadsheet broadsheet-indexer broadsheetd broadsheet-desk broadsheet-load)

set(data ${CMAKE_INSTALL_DATADIR})
install(FILES ${manual}/broadsheet.1 ${manual}/broadsheet-indexer.1 ${manual}/broadsheet-load.1
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${manual}/broadsheetd.8 ${manual}/broadsheet-desk.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${manual}/completion.bash DESTINATION ${data}/bash-completion/completions RENAME broadsheet)
install(FILES ${manual}/completion.zsh DESTINATION ${data}/zsh/vendor-completions RENAME _broadsheet)
install(FILES ${manual}/completion.fish DESTINATION ${data}/fish/vendor_completions.d RENAME broadsheet.fish)
install(DIRECTORY proto DESTINATION ${data}/broadsheet)
install(DIRECTORY packaging/prometheus packaging/grafana DESTINATION ${data}/broadsheet)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN decisions EXCLUDE)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(PROGRAMS packaging/scripts/backup packaging/scripts/prune DESTINATION lib/broadsheet)
install(FILES packaging/systemd/broadsheet.sysusers DESTINATION lib/sysusers.d RENAME broadsheet.conf)
install(FILES packaging/systemd/broadsheet.tmpfiles DESTINATION lib/tmpfiles.d RENAME broadsheet.conf)

# The prefix is known when it is installed. Without the brackets' quotes CMake would read it now.
install(CODE "set(source \"${PROJECT_SOURCE_DIR}/packaging\")\nset(written \"${CMAKE_BINARY_DIR}/units\")")
install(CODE [[
  set(etc /etc)
  if(NOT CMAKE_INSTALL_PREFIX STREQUAL /usr)
    set(etc ${CMAKE_INSTALL_PREFIX}/etc)
  endif()
  file(GLOB units ${source}/systemd/*.service ${source}/systemd/*.timer)
  foreach(unit ${units})
    file(READ ${unit} text)
    string(REPLACE /etc/broadsheet ${etc}/broadsheet text "${text}")
    string(REPLACE =/usr/ =${CMAKE_INSTALL_PREFIX}/ text "${text}")
    get_filename_component(name ${unit} NAME)
    file(WRITE ${written}/${name} "${text}")
    file(INSTALL ${written}/${name} DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/system)
  endforeach()
  # An admin's own settings stay.
  if(NOT EXISTS $ENV{DESTDIR}${etc}/broadsheet/broadsheetd.toml)
    file(INSTALL ${source}/broadsheetd.toml DESTINATION ${etc}/broadsheet)
  endif()
  file(INSTALL ${source}/logrotate DESTINATION ${etc}/logrotate.d RENAME broadsheet)
]])

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME broadsheet)
set(CPACK_PACKAGE_VENDOR "Broadsheet")
set(CPACK_PACKAGE_CONTACT "The Broadsheet developers <root@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "full-text search for news articles")
set(CPACK_PACKAGE_DESCRIPTION
  "Broadsheet indexes news articles and searches them over gRPC: the server broadsheetd, the indexer\nbroadsheet-indexer, and the reader's command line broadsheet.")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
# DESTDIR, since settings lie beside /usr.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "prometheus, logrotate")
set(control ${PROJECT_SOURCE_DIR}/packaging/debian)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${control}/conffiles ${control}/postinst ${control}/prerm ${control}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
