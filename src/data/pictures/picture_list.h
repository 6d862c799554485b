/* Which pictures a folder holds: PNG files, or a sub-folder of them for each class. Hidden files
 * and those of other names are passed over, and so are folders where none is expected. */
#ifndef SMI_DATA_PICTURES_PICTURE_LIST_H
#define SMI_DATA_PICTURES_PICTURE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/notes.h"
#include "sys/listing.h"

/* The pictures of one folder. */
typedef struct smi_picture_folder {
    char *path;
    const char *name; /* the last part of the path: the class */
    smi_listing listing;
} smi_picture_folder;

/* A row is a picture: those of the first class by name, then the second's, each in the order of
 * their names; names are compared by their bytes. */
typedef struct smi_picture_list {
    smi_picture_folder *folders; /* one a class; without classes just one */
    size_t folder_count;
    bool has_classes;
    const char **names; /* of each row's file in its folder */
    int32_t *labels;    /* of each row: which folder */
    size_t rows;        /* 1 or more */
    size_t ignored;     /* files that are no pictures by their names, those in the folder and in
                           the classes' */
} smi_picture_list;

/* Fails when there is no picture at all, and when a class has none. */
sm_status smi_list_pictures(const char *folder, smi_picture_list *list);

/* Leaves an empty list, which {0} is too. */
void smi_picture_list_free(smi_picture_list *list);

/* Says how many files were passed over, if any were. */
sm_status smi_picture_list_note(const smi_picture_list *list, const char *folder, smi_notes *notes);

/* Writes the path of a row's file to `path`, of PATH_MAX bytes. */
sm_status smi_picture_path(const smi_picture_list *list, size_t row, char *path);

/* The classes' names: *names is an array of folder_count, to be freed by smi_free(), of names that
 * the list holds. */
sm_status smi_picture_classes(const smi_picture_list *list, const char ***names);

/* Each row's path in the folder, "circle/1.png" or, without classes, "1.png". *names is freed by
 * smi_names_free(). */
sm_status smi_picture_names(const smi_picture_list *list, char ***names);

/* *parts: whether the folder holds a training and a test part: folders `train` and `test` with
 * class folders in them. */
sm_status smi_pictures_have_parts(const char *folder, bool *parts);

#endif
