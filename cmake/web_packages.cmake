# Installs the page's npm packages into TO, from the lock file in FROM, unless they are there already.
# Build folders share the place, so only one installs at a time.
file(MAKE_DIRECTORY ${TO})
file(LOCK ${TO}/install.lock)
file(SHA256 ${FROM}/package-lock.json wanted)
set(stamp ${TO}/installed.sha256)
if(EXISTS ${stamp})
  file(READ ${stamp} installed)
  if(installed STREQUAL wanted)
    return()
  endif()
endif()
file(COPY ${FROM}/package.json ${FROM}/package-lock.json DESTINATION ${TO})
execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error WORKING_DIRECTORY ${TO}
                RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "npm ci failed in ${TO}; build without the page with -DDETENTE_WEB=OFF")
endif()
file(WRITE ${stamp} ${wanted})
