/* What lies in a folder. */
#ifndef SMI_SYS_LISTING_H
#define SMI_SYS_LISTING_H

#include <stddef.h>

#include <softmax.h>

/* A link is what it leads to, and a file where it leads nowhere. */
typedef enum smi_entry_kind {
    SMI_ENTRY_FILE, /* a regular one */
    SMI_ENTRY_FOLDER,
    SMI_ENTRY_OTHER /* a pipe, a device, … */
} smi_entry_kind;

typedef struct smi_entry {
    const char *name;
    smi_entry_kind kind;
} smi_entry;

typedef struct smi_listing {
    smi_entry *entries; /* ascending by the bytes of their names; without "." and ".." */
    size_t count;
    char *names; /* what the entries point into */
} smi_listing;

sm_status smi_list_folder(const char *path, smi_listing *listing);

/* Leaves an empty listing, which {0} is too. */
void smi_listing_free(smi_listing *listing);

#endif
