# cmake -DWEB=.. -DOUT=.. -DNODE=.. -DNPM=.. -P web_build.cmake: the page's packages, if they are missing or older than their
# lock file, then the page. One build at a time touches web/node_modules.
file(LOCK ${WEB}/.lock GUARD PROCESS TIMEOUT 900)
set(installed ${WEB}/node_modules/.package-lock.json)
if(NOT EXISTS ${installed} OR ${WEB}/package-lock.json IS_NEWER_THAN ${installed})
  message(STATUS "fetching the page's packages, once (npm ci)")
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
                  WORKING_DIRECTORY ${WEB} RESULT_VARIABLE failed OUTPUT_QUIET)
  if(failed)
    message(FATAL_ERROR "npm could not fetch the packages of web/package-lock.json; they are needed once, with a network, to build report.html")
  endif()
  file(TOUCH ${installed})
endif()
execute_process(COMMAND ${NODE} ${WEB}/build.mjs ${OUT} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "web/build.mjs could not build the page of report.html")
endif()
