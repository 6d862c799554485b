/* Folders: whether they exist, making them, and the user's own. */
#ifndef SMI_SYS_FOLDER_H
#define SMI_SYS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

bool smi_is_folder(const char *path);
bool smi_is_file(const char *path); /* anything that exists and is no folder */
bool smi_is_link(const char *path); /* the path itself, wherever it leads */

/* Makes a folder and those above it; one that exists already is fine. */
sm_status smi_make_folders(const char *path);

/* How many bytes of the path name a folder that is there; smi_remove_folders() takes away those
 * below it again, as far as they are empty. */
size_t smi_existing_folder(const char *path);
void smi_remove_folders(const char *path, size_t existing);

/* Writes the folder for files that can be had again, "<cache>/softmax", where <cache> is
 * $XDG_CACHE_HOME or else $HOME/.cache (XDG Base Directory Specification 0.8). Relative values of
 * the variables are ignored, as it demands. Fails when neither is of use, or `size` too small. */
sm_status smi_cache_folder(char *path, size_t size);

#endif
