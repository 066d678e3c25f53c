# Writes NAS_SBOM: what nas is made of, as SPDX 2.3 JSON. The packages are those of cmake/packages.txt in the versions of this machine.
# The same bytes for the same packages where SOURCE_DATE_EPOCH is set.
file(STRINGS ${NAS_SOURCE}/cmake/packages.txt lines REGEX "^(build|module|run) ")
set(packages "")
set(relations "")
set(known "")
foreach(line ${lines})
  string(REGEX REPLACE "^([a-z]+) (.*)$" "\\1;\\2" parts "${line}")
  list(GET parts 0 group)
  list(GET parts 1 name)
  execute_process(COMMAND dpkg-query -W -f "\${Version}\n\${Architecture}" ${name} OUTPUT_VARIABLE found ERROR_QUIET RESULT_VARIABLE missing)
  if(missing)
    continue()  # a build without it
  endif()
  string(REPLACE "\n" ";" found "${found}")
  list(GET found 0 version)
  list(GET found 1 architecture)
  string(REGEX REPLACE "[^A-Za-z0-9.-]" "-" id "SPDXRef-${name}")
  string(REPLACE "+" "%2B" purl "pkg:deb/debian/${name}@${version}?arch=${architecture}")
  if(group STREQUAL "run")
    set(relation RUNTIME_DEPENDENCY_OF)
  elseif(name MATCHES "-dev$")
    set(relation DEPENDENCY_OF)
  else()
    set(relation BUILD_TOOL_OF)
  endif()
  string(APPEND packages ",
    {\"SPDXID\": \"${id}\", \"name\": \"${name}\", \"versionInfo\": \"${version}\", \"downloadLocation\": \"NOASSERTION\", \"filesAnalyzed\": false,
     \"licenseConcluded\": \"NOASSERTION\", \"licenseDeclared\": \"NOASSERTION\", \"copyrightText\": \"NOASSERTION\",
     \"externalRefs\": [{\"referenceCategory\": \"PACKAGE-MANAGER\", \"referenceType\": \"purl\", \"referenceLocator\": \"${purl}\"}]}")
  string(APPEND relations ",
    {\"spdxElementId\": \"${id}\", \"relationshipType\": \"${relation}\", \"relatedSpdxElement\": \"SPDXRef-nas\"}")
  string(APPEND known "${name}=${version} ")
endforeach()
string(SHA256 hash "${NAS_VERSION} ${known}")
string(SUBSTRING ${hash} 0 32 hash)
string(TIMESTAMP now "%Y-%m-%dT%H:%M:%SZ" UTC)  # SOURCE_DATE_EPOCH, where it is set
get_filename_component(folder ${NAS_SBOM} DIRECTORY)
file(MAKE_DIRECTORY ${folder})
message(STATUS "Installing: ${NAS_SBOM}")
file(WRITE ${NAS_SBOM} "{
  \"spdxVersion\": \"SPDX-2.3\",
  \"dataLicense\": \"CC0-1.0\",
  \"SPDXID\": \"SPDXRef-DOCUMENT\",
  \"name\": \"nas-${NAS_VERSION}\",
  \"documentNamespace\": \"https://spdx.org/spdxdocs/nas-${NAS_VERSION}-${hash}\",
  \"creationInfo\": {\"created\": \"${now}\", \"creators\": [\"Tool: nas-cmake-${NAS_VERSION}\"]},
  \"packages\": [
    {\"SPDXID\": \"SPDXRef-nas\", \"name\": \"nas\", \"versionInfo\": \"${NAS_VERSION}\", \"downloadLocation\": \"NOASSERTION\", \"filesAnalyzed\": false,
     \"licenseConcluded\": \"Apache-2.0\", \"licenseDeclared\": \"Apache-2.0\", \"copyrightText\": \"NOASSERTION\"}${packages}
  ],
  \"relationships\": [
    {\"spdxElementId\": \"SPDXRef-DOCUMENT\", \"relationshipType\": \"DESCRIBES\", \"relatedSpdxElement\": \"SPDXRef-nas\"}${relations}
  ]
}
")
