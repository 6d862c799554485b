/* The data sets that can be fetched: which files, how long, with which SHA-256, from where. */
#ifndef CLI_DATA_CATALOGUE_H
#define CLI_DATA_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

typedef struct cli_remote_file {
    const char *name;
    uint64_t size;      /* bytes */
    const char *sha256; /* 64 lower-case hexadecimal digits */
} cli_remote_file;

enum { CLI_SET_FILES = 4, CLI_SET_MIRRORS = 3 };

typedef struct cli_remote_set {
    const char *name;
    const char *mirrors[CLI_SET_MIRRORS + 1]; /* tried in this order; NULL at the end */
    cli_remote_file files[CLI_SET_FILES];
} cli_remote_set;

/* NULL: no such set. */
const cli_remote_set *cli_find_remote_set(const char *name);

/* "mnist, fashion-mnist" */
extern const char cli_remote_set_names[];

#endif
