/* The members of a zip archive, and where their bytes lie in it. There is a library that reads zip
 * files, but none that says where in the file a stored member begins, and arrays are to be used
 * there; so the directory is read here, which trusts nothing that it says. */
#ifndef SMI_DATA_ARRAY_ZIP_H
#define SMI_DATA_ARRAY_ZIP_H

#include "data/array/array_source.h"
#include "data/content.h"

enum { SMI_ZIP_MEMBERS = 1024, SMI_ZIP_LONGEST_NAME = 127 };

typedef struct smi_zip_member {
    char name[SMI_ZIP_LONGEST_NAME + 1];
    char label[SMI_ZIP_LONGEST_NAME + 257]; /* what messages call it: the file's name and its own */
    size_t header;                          /* where its own header is, and its bytes begin; */
    size_t begin;                           /* after smi_zip_read() */
    size_t compressed;                      /* bytes in the file */
    size_t size;                            /* bytes in all */
    uint32_t checksum;
    bool deflated;
} smi_zip_member;

typedef struct smi_zip {
    const smi_content *content; /* borrowed */
    smi_zip_member *members;
    size_t count;
} smi_zip;

/* Whether a file that begins so is an archive. */
bool smi_zip_looks_right(const uint8_t *bytes, size_t size);

/* Reads the directory. Fails, saying where, on members that reach out of the archive or into each
 * other, that have the same name, are encrypted, or compressed by anything but deflate, or by more
 * than that can. To be freed also after failure. */
sm_status smi_zip_read(const smi_content *content, smi_zip *zip);
void smi_zip_free(smi_zip *zip);

/* NULL: there is none of this name. */
const smi_zip_member *smi_zip_find(const smi_zip *zip, const char *name);

/* The bytes of a member. */
sm_status smi_zip_source(const smi_zip *zip, const smi_zip_member *member,
                         smi_array_source *source);

/* The same all at once, in memory or, where they are many, in a temporary file; their checksum has
 * been compared. */
sm_status smi_zip_unpack(const smi_zip *zip, const smi_zip_member *member, smi_content **unpacked);

#endif
