#include "support/idx_set.h"

#include <string.h>

#include "support/bytes.h"
#include "support/scratch.h"

static void write_list(const char *const path, byte_list *const all)
{
    const size_t length = strlen(path);
    if (length > 3 && strcmp(path + length - 3, ".gz") == 0) {
        byte_list compressed = gzip_of(all->data, all->size);
        write_file(path, compressed.data, compressed.size);
        byte_list_free(&compressed);
    } else {
        write_file(path, all->data, all->size);
    }
    byte_list_free(all);
}

void write_pictures(const char *const path, const size_t rows, const unsigned first)
{
    const uint32_t extents[] = {(uint32_t)rows, 1, 2};
    byte_list all = idx_header(0x08, 3, extents);
    for (unsigned r = 0; r < rows; r++) {
        put_u8(&all, first + r);
        put_u8(&all, 100 + r);
    }
    write_list(path, &all);
}

void write_labels(const char *const path, const char *const digits)
{
    const uint32_t rows = (uint32_t)strlen(digits);
    byte_list all = idx_header(0x08, 1, &rows);
    for (const char *digit = digits; *digit != '\0'; digit++) {
        put_u8(&all, (unsigned)(*digit - '0'));
    }
    write_list(path, &all);
}

void write_idx_set(const char *const folder)
{
    write_pictures(path_in(folder, "train-images-idx3-ubyte").text, 3, 10);
    write_labels(path_in(folder, "train-labels-idx1-ubyte").text, "303");
    write_pictures(path_in(folder, "t10k-images-idx3-ubyte").text, 2, 20);
    write_labels(path_in(folder, "t10k-labels-idx1-ubyte").text, "03");
}
