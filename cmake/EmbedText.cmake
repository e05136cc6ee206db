# embed_text(TARGET FILE FUNCTION): compiles a text file into TARGET as `std::string_view landfall::FUNCTION()`.
function(embed_text target file function)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cc)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  # `)landfall"` must not stand in the text.
  file(WRITE ${output}.new "#include <string_view>\n\nnamespace landfall {\nstd::string_view ${function}() {\n  static constexpr char kText[] = R\"landfall(${text})landfall\";\n  return {kText, sizeof(kText) - 1};\n}\n}  // namespace landfall\n")
  configure_file(${output}.new ${output} COPYONLY)
  target_sources(${target} PRIVATE ${output})
endfunction()
