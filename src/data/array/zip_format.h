/* Numbers of the zip format (PKWARE APPNOTE 6.3.9). All are little-endian. */
#ifndef SMI_DATA_ARRAY_ZIP_FORMAT_H
#define SMI_DATA_ARRAY_ZIP_FORMAT_H

#include <stdint.h>

static const uint32_t SMI_ZIP_LOCAL = 0x04034b50;      /* before each member */
static const uint32_t SMI_ZIP_DESCRIPTOR = 0x08074b50; /* after a member, if flagged */
static const uint32_t SMI_ZIP_CENTRAL = 0x02014b50;    /* each entry of the directory */
static const uint32_t SMI_ZIP_END = 0x06054b50;        /* after the directory */
static const uint32_t SMI_ZIP_END_64 = 0x06064b50;     /* before that, where needed; */
static const uint32_t SMI_ZIP_LOCATOR_64 = 0x07064b50; /* and where it is */

enum smi_zip_sizes {
    SMI_ZIP_LOCAL_SIZE = 30,
    SMI_ZIP_CENTRAL_SIZE = 46,
    SMI_ZIP_END_SIZE = 22,
    SMI_ZIP_END_64_SIZE = 56,
    SMI_ZIP_LOCATOR_64_SIZE = 20
};

enum smi_zip_numbers {
    SMI_ZIP_STORED = 0, /* methods */
    SMI_ZIP_DEFLATED = 8,
    SMI_ZIP_ENCRYPTED = 1,         /* flags */
    SMI_ZIP_DESCRIBED = 8,         /* sizes and checksum come after the member */
    SMI_ZIP_EXTRA_64 = 1,          /* extra fields: sizes of 64 bits, */
    SMI_ZIP_EXTRA_PADDING = 0xd935 /* and what aligns the member behind it, as zipalign has it */
};

/* In the place of a number that is in the ZIP64 field. */
static const uint32_t SMI_ZIP_IN_64 = 0xffffffff;

#endif
