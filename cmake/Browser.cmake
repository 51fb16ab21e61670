# The pages in headless Chromium; skipped with a sentence where there is none, but not in CI.
if(ENT_CLI)
  add_test(NAME browser COMMAND ${ENT_NODE} ${CMAKE_SOURCE_DIR}/tests/browser/run.mjs)
  set_tests_properties(browser PROPERTIES TIMEOUT 1800 COST 200 SKIP_RETURN_CODE 77 LABELS unsanitized
    ENVIRONMENT "ENTENTE=$<TARGET_FILE:entente_cli>")
endif()
