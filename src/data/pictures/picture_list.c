#include "data/pictures/picture_list.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/dataset.h"

static bool is_hidden(const smi_entry *const entry)
{
    return entry->name[0] == '.';
}

static bool is_class(const smi_entry *const entry)
{
    return entry->kind == SMI_ENTRY_FOLDER && !is_hidden(entry);
}

/* ".png", in whatever case. */
static bool has_ending(const char *const name)
{
    static const char lower[] = ".png";
    static const char upper[] = ".PNG";
    const size_t length = strlen(name);
    const size_t ending = sizeof lower - 1;
    for (size_t i = 0; i < ending && length > ending; i++) {
        const char here = name[length - ending + i];
        if (here != lower[i] && here != upper[i]) {
            return false;
        }
    }
    return length > ending;
}

static bool is_picture(const smi_entry *const entry)
{
    return entry->kind == SMI_ENTRY_FILE && !is_hidden(entry) && has_ending(entry->name);
}

static size_t count_if(const smi_listing *const listing, bool (*const fits)(const smi_entry *))
{
    size_t count = 0;
    for (size_t i = 0; i < listing->count; i++) {
        count += fits(&listing->entries[i]);
    }
    return count;
}

/* What is passed over and worth telling: not hidden, not a folder. */
static bool is_ignored(const smi_entry *const entry)
{
    return entry->kind != SMI_ENTRY_FOLDER && !is_hidden(entry) && !is_picture(entry);
}

static sm_status join_path(const char *const folder, const char *const name, char *const path)
{
    const size_t length = strlen(folder);
    const bool slash = length > 0 && folder[length - 1] == '/';
    const int written = snprintf(path, PATH_MAX, "%s%s%s", folder, slash ? "" : "/", name);
    if (written < 0 || written >= PATH_MAX) {
        return smi_fail(SM_ERROR_IO, "%s: the path of '%s' in it is too long", folder, name);
    }
    return SM_OK;
}

sm_status smi_picture_list_note(const smi_picture_list *const list, const char *const folder,
                                smi_notes *const notes)
{
    return list->ignored == 0
               ? SM_OK
               : smi_notes_add(notes, "%s: %zu %s passed over: %s", folder, list->ignored,
                               list->ignored == 1 ? "file" : "files",
                               list->has_classes
                                   ? "pictures lie in class folders, under names that end in .png"
                                   : "pictures have names that end in .png");
}

sm_status smi_picture_path(const smi_picture_list *const list, const size_t row, char *const path)
{
    return join_path(list->folders[list->labels[row]].path, list->names[row], path);
}

/* ---- finding the folders ---- */

static sm_status add_class_folder(const char *const root, const char *const name,
                                  smi_picture_list *const list)
{
    smi_picture_folder *const folder = &list->folders[list->folder_count];
    char path[PATH_MAX];
    sm_status status = join_path(root, name, path);
    if (status != SM_OK) {
        return status;
    }
    folder->path = smi_copy_text(path);
    if (folder->path == NULL) {
        return smi_fail_memory(path);
    }
    list->folder_count++;
    folder->name = folder->path + strlen(path) - strlen(name);
    status = smi_list_folder(path, &folder->listing);
    if (status == SM_OK && count_if(&folder->listing, is_picture) == 0) {
        status = smi_fail(SM_ERROR_DATA,
                          "%s: the folder of class '%s' holds no picture, a file of a name that "
                          "ends in .png",
                          path, name);
    }
    return status;
}

/* The sub-folders as classes. */
static sm_status list_classes(const char *const root, const smi_listing *const listing,
                              const size_t classes, smi_picture_list *const list)
{
    if (classes > SMI_MAX_CLASSES) {
        char given[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA, "%s: %s; possible are %s", root,
                        smi_counted_text(classes, "class folder", given),
                        smi_grouped_text(SMI_MAX_CLASSES, most));
    }
    list->folders = smi_array(classes, sizeof *list->folders);
    if (list->folders == NULL) {
        return smi_fail_memory(root);
    }
    list->has_classes = true;
    /* Pictures beside class folders have no class. */
    list->ignored = count_if(listing, is_ignored) + count_if(listing, is_picture);
    sm_status status = SM_OK;
    for (size_t i = 0; i < listing->count && status == SM_OK; i++) {
        if (is_class(&listing->entries[i])) {
            status = add_class_folder(root, listing->entries[i].name, list);
        }
    }
    return status;
}

/* A folder of pictures without classes, whose listing is taken over where that succeeds. */
static sm_status list_one_folder(const char *const root, smi_listing *const listing,
                                 smi_picture_list *const list)
{
    if (count_if(listing, is_picture) == 0) {
        return smi_fail(SM_ERROR_IO,
                        "the folder '%s' holds neither MNIST's files "
                        "('train-images-idx3-ubyte' and its siblings), nor PNG pictures, nor "
                        "folders of them",
                        root);
    }
    list->folders = smi_array(1, sizeof *list->folders);
    char *const path = smi_copy_text(root);
    if (list->folders == NULL || path == NULL) {
        smi_free(path);
        return smi_fail_memory(root);
    }
    list->folders[0] = (smi_picture_folder){.path = path, .name = path, .listing = *listing};
    list->folder_count = 1;
    *listing = (smi_listing){0};
    return SM_OK;
}

/* ---- the rows ---- */

static sm_status list_rows(const char *const root, smi_picture_list *const list)
{
    for (size_t f = 0; f < list->folder_count; f++) {
        list->rows += count_if(&list->folders[f].listing, is_picture);
        list->ignored += count_if(&list->folders[f].listing, is_ignored);
    }
    list->names = smi_array(list->rows, sizeof *list->names);
    list->labels = smi_array(list->rows, sizeof *list->labels);
    if (list->names == NULL || list->labels == NULL) {
        return smi_fail_memory(root);
    }
    size_t row = 0;
    for (size_t f = 0; f < list->folder_count; f++) {
        const smi_listing *const listing = &list->folders[f].listing;
        for (size_t i = 0; i < listing->count; i++) {
            if (is_picture(&listing->entries[i])) {
                list->names[row] = listing->entries[i].name;
                list->labels[row++] = (int32_t)f;
            }
        }
    }
    return SM_OK;
}

sm_status smi_list_pictures(const char *const folder, smi_picture_list *const list)
{
    smi_listing listing = {0};
    smi_picture_list found = {0};
    sm_status status = smi_list_folder(folder, &listing);
    if (status == SM_OK) {
        const size_t classes = count_if(&listing, is_class);
        status = classes > 0 ? list_classes(folder, &listing, classes, &found)
                             : list_one_folder(folder, &listing, &found);
    }
    if (status == SM_OK) {
        status = list_rows(folder, &found);
    }
    smi_listing_free(&listing);
    if (status != SM_OK) {
        smi_picture_list_free(&found);
        return status;
    }
    *list = found;
    return SM_OK;
}

sm_status smi_picture_classes(const smi_picture_list *const list, const char ***const names)
{
    const char **const made = smi_array(list->folder_count, sizeof *made);
    if (made == NULL) {
        return smi_fail_memory("the class names");
    }
    for (size_t c = 0; c < list->folder_count; c++) {
        made[c] = list->folders[c].name;
    }
    *names = made;
    return SM_OK;
}

/* "folder/name", or the name where the folder is NULL; NULL when there is not the memory. */
static char *name_in(const char *const folder, const char *const name)
{
    const size_t before = folder == NULL ? 0 : strlen(folder) + 1;
    const size_t size = strlen(name) + 1;
    char *const text = smi_bytes(before + size);
    if (text != NULL && before > 0) {
        memcpy(text, folder, before - 1);
        text[before - 1] = '/';
    }
    if (text != NULL) {
        memcpy(text + before, name, size);
    }
    return text;
}

sm_status smi_picture_names(const smi_picture_list *const list, char ***const names)
{
    char **const made = smi_array(list->rows, sizeof *made);
    bool enough = made != NULL;
    for (size_t r = 0; r < list->rows && enough; r++) {
        made[r] =
            name_in(list->has_classes ? list->folders[list->labels[r]].name : NULL, list->names[r]);
        enough = made[r] != NULL;
    }
    if (!enough) {
        smi_names_free(made, list->rows);
        return smi_fail_memory("the names of the pictures");
    }
    *names = made;
    return SM_OK;
}

void smi_picture_list_free(smi_picture_list *const list)
{
    for (size_t f = 0; f < list->folder_count; f++) {
        smi_listing_free(&list->folders[f].listing);
        smi_free(list->folders[f].path);
    }
    smi_free(list->folders);
    smi_free(list->names);
    smi_free(list->labels);
    *list = (smi_picture_list){0};
}

/* ---- parts ---- */

/* *has: whether the folder's sub-folder of this name has class folders. */
static sm_status has_class_folders(const char *const folder, const char *const name,
                                   bool *const has)
{
    char path[PATH_MAX];
    smi_listing listing = {0};
    sm_status status = join_path(folder, name, path);
    if (status == SM_OK) {
        status = smi_list_folder(path, &listing);
    }
    *has = count_if(&listing, is_class) > 0;
    smi_listing_free(&listing);
    return status;
}

sm_status smi_pictures_have_parts(const char *const folder, bool *const parts)
{
    static const char *const names[] = {"train", "test"};
    smi_listing listing = {0};
    size_t found = 0;
    sm_status status = smi_list_folder(folder, &listing);
    for (size_t i = 0; i < listing.count && status == SM_OK; i++) {
        const smi_entry *const entry = &listing.entries[i];
        bool has = false;
        if (is_class(entry) &&
            (strcmp(entry->name, names[0]) == 0 || strcmp(entry->name, names[1]) == 0)) {
            status = has_class_folders(folder, entry->name, &has);
        }
        found += has;
    }
    smi_listing_free(&listing);
    if (status == SM_OK) {
        *parts = found == 2;
    }
    return status;
}
