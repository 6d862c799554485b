# cmake -DNAMES=a;b -DFOLDER=… -DOUTPUT=page.c -P embed.cmake: the files as arrays of bytes, and
# their table, smi_lab_page of serve/server.h.

set(arrays "")
set(rows "")
set(index 0)
foreach(name IN LISTS NAMES)
  file(READ ${FOLDER}/${name} digits HEX)
  string(LENGTH "${digits}" length)
  math(EXPR size "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${digits}")
  string(APPEND arrays "static const unsigned char file_${index}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", file_${index}, ${size}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT}
     "#include \"serve/server.h\"\n\n${arrays}\nstatic const smi_served_file files[] = {\n${rows}};\n\n"
     "const smi_page smi_lab_page = {.files = files, .count = ${index}};\n")
