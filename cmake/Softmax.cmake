# How every folder of the source is compiled, and what it may include.

set(SOFTMAX_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wformat=2 -Wno-missing-field-initializers)

# softmax_compile(target): the language and the warnings.
#   -ffp-contract=off: a·b + c is rounded as written, so that results and generated data do not
#   depend on which compiler sees a chance to fuse; kernels that want a fused multiply-add say so.
function(softmax_compile target)
  target_compile_features(${target} PRIVATE c_std_17)
  set_target_properties(${target} PROPERTIES C_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                        C_VISIBILITY_PRESET hidden)
  target_compile_options(${target} PRIVATE ${SOFTMAX_WARNINGS} -ffp-contract=off -fno-math-errno
                         $<$<BOOL:${SOFTMAX_WERROR}>:-Werror>)
endfunction()

# softmax_module(name SOURCES … [USES other modules …])
# One folder of src/ as one target. "base/status.h" is found only by those that say USES base:
# each folder is visible under build/visible/<name>/<name>, and nothing else is on the path.
function(softmax_module name)
  cmake_parse_arguments(module "" "" "SOURCES;USES" ${ARGN})
  set(visible ${PROJECT_BINARY_DIR}/visible/${name})
  file(MAKE_DIRECTORY ${visible})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${visible}/${name} SYMBOLIC)
  add_library(${name} OBJECT ${module_SOURCES})
  softmax_compile(${name})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${visible})
  foreach(used IN LISTS module_USES)
    target_include_directories(${name} PRIVATE ${PROJECT_BINARY_DIR}/visible/${used})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY softmax_objects $<TARGET_OBJECTS:${name}>)
endfunction()
