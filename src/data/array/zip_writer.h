/* Zip archives of members that are stored as they are, each beginning at a multiple of 64 bytes, so
 * that arrays in them can be used where they lie in the file. Members and archives of more than 4
 * GiB are written with the fields that ZIP64 adds (PKWARE APPNOTE 6.3.9). */
#ifndef SMI_DATA_ARRAY_ZIP_WRITER_H
#define SMI_DATA_ARRAY_ZIP_WRITER_H

#include <softmax.h>

#include "sys/output.h"

enum { SMI_ZIP_WRITER_MEMBERS = 8 };

/* What the directory at the end says of a member. */
typedef struct smi_zip_written {
    char name[32];
    uint64_t size;
    uint64_t offset; /* of its own header */
    uint32_t checksum;
} smi_zip_written;

/* Begins as {.output = …}; the output is borrowed. */
typedef struct smi_zip_writer {
    smi_output *output;
    uint64_t position;
    smi_zip_written members[SMI_ZIP_WRITER_MEMBERS];
    size_t count;
    uint64_t left; /* bytes of the member under way */
} smi_zip_writer;

/* A member of exactly `size` bytes, which are to follow. */
sm_status smi_zip_writer_begin(smi_zip_writer *writer, const char *name, uint64_t size);
sm_status smi_zip_writer_add(smi_zip_writer *writer, const void *bytes, size_t size);
sm_status smi_zip_writer_end(smi_zip_writer *writer);

/* After the last member: the directory. */
sm_status smi_zip_writer_finish(smi_zip_writer *writer);

#endif
