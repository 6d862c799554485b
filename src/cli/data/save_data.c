#include "cli/data/save_data.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"

struct cli_saved_kind {
    const char *const *endings;       /* NULL at the end */
    const char *const *label_endings; /* of the file of their own that labels lie in; NULL: none */
    sm_status (*save)(const sm_rows *rows, const char *path, const char *labels_path);
};

static sm_status save_libsvm(const sm_rows *const rows, const char *const path,
                             const char *const labels_path)
{
    (void)labels_path;
    return sm_rows_save_libsvm(rows, path);
}

static sm_status save_csv(const sm_rows *const rows, const char *const path,
                          const char *const labels_path)
{
    (void)labels_path;
    return sm_rows_save_csv(rows, path, ',');
}

static sm_status save_tsv(const sm_rows *const rows, const char *const path,
                          const char *const labels_path)
{
    (void)labels_path;
    return sm_rows_save_csv(rows, path, '\t');
}

static sm_status save_npz(const sm_rows *const rows, const char *const path,
                          const char *const labels_path)
{
    (void)labels_path;
    return sm_rows_save_npz(rows, path);
}

static const char *const libsvm_endings[] = {".svm", ".libsvm", ".svmlight", NULL};
static const char *const csv_endings[] = {".csv", NULL};
static const char *const tsv_endings[] = {".tsv", NULL};
static const char *const npz_endings[] = {".npz", NULL};
static const char *const npy_endings[] = {".npy", NULL};
static const char *const idx_endings[] = {"-ubyte", "-float", NULL};
static const char *const idx_label_endings[] = {"-ubyte", "-int", NULL};

static const cli_saved_kind kinds[] = {
    {libsvm_endings, NULL, save_libsvm},
    {csv_endings, NULL, save_csv},
    {tsv_endings, NULL, save_tsv},
    {npz_endings, NULL, save_npz},
    {npy_endings, npy_endings, sm_rows_save_npy},
    {idx_endings, idx_label_endings, sm_rows_save_idx},
};
static const char all_endings[] =
    ".csv, .tsv, .svm, .libsvm, .svmlight, .npz, .npy, -ubyte, -float";

static bool ends_in(const char *const path, const char *const ending)
{
    const size_t length = strlen(path);
    const size_t ending_length = strlen(ending);
    return length > ending_length && strcasecmp(path + length - ending_length, ending) == 0;
}

static bool ends_in_any(const char *const path, const char *const *const endings)
{
    for (size_t e = 0; endings[e] != NULL; e++) {
        if (ends_in(path, endings[e])) {
            return true;
        }
    }
    return false;
}

const cli_saved_kind *cli_find_saved_kind(const char *const path)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (ends_in_any(path, kinds[k].endings)) {
            return &kinds[k];
        }
    }
    cli_say("'%s': what kind of file is that to be? These endings say it: %s", path, all_endings);
    return NULL;
}

/* Where the labels go that belong to these features, by MNIST's way of naming them; false when the
 * name is another. */
static bool name_labels(const char *const path, char labels[PATH_MAX])
{
    const char *const slash = strrchr(path, '/');
    const char *const name = slash == NULL ? path : slash + 1;
    const char *word = strstr(name, "-images");
    word = word == NULL ? strstr(name, "-features") : word;
    if (word == NULL) {
        return false;
    }
    const int length =
        snprintf(labels, PATH_MAX, "%.*s-labels-idx1-ubyte", (int)(word - path), path);
    return length > 0 && length < PATH_MAX;
}

int cli_check_outputs_differ(const char *const one, const char *const other)
{
    if (one == NULL || other == NULL || !cli_is_same_file(one, other)) {
        return CLI_SUCCESS;
    }
    if (strcmp(one, other) == 0) {
        cli_say("'%s' cannot be both files", one);
    } else {
        cli_say("'%s' and '%s' are one file, which cannot be both", one, other);
    }
    return CLI_WRONG_USAGE;
}

int cli_check_saved_pair(const cli_saved_kind *const pair[2], const char *const paths[2],
                         const bool labels)
{
    char beside[2][PATH_MAX];
    const char *outputs[4] = {paths[0], paths[1], NULL, NULL};
    for (size_t p = 0; p < 2 && labels; p++) {
        if (pair[p]->label_endings == NULL) {
            continue;
        }
        if (!name_labels(paths[p], beside[p])) {
            cli_say("'%s' holds no labels, and its name does not say where they go; .npz files "
                    "hold them, too",
                    paths[p]);
            return CLI_WRONG_USAGE;
        }
        outputs[2 + p] = beside[p];
    }
    int status = CLI_SUCCESS;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = i + 1; j < 4 && status == CLI_SUCCESS; j++) {
            status = cli_check_outputs_differ(outputs[i], outputs[j]);
        }
    }
    return status;
}

int cli_check_labels_path(const cli_saved_kind *const kind, const char *const path,
                          const char *const labels_path)
{
    if (labels_path == NULL) {
        return CLI_SUCCESS;
    }
    if (kind->label_endings == NULL) {
        cli_say("'%s' holds the labels, too; --labels-to is for files that do not", path);
        return CLI_WRONG_USAGE;
    }
    if (cli_check_outputs_differ(path, labels_path) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    if (!ends_in_any(labels_path, kind->label_endings)) {
        const char *const other = kind->label_endings[1];
        cli_say("--labels-to=%s: the labels of '%s' are a file of the same kind, whose name ends "
                "in %s%s%s",
                labels_path, path, kind->label_endings[0], other == NULL ? "" : " or ",
                other == NULL ? "" : other);
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

int cli_save_data(const cli_saved_kind *const kind, const sm_rows *const rows,
                  const char *const path, const char *labels_path, const cli_inputs *const inputs)
{
    char beside[PATH_MAX];
    const bool labels = sm_rows_have_labels(rows);
    if (labels_path != NULL && !labels) {
        cli_say("there are no labels to be written to '%s'", labels_path);
        return CLI_FAILURE;
    }
    if (labels && kind->label_endings != NULL && labels_path == NULL) {
        if (!name_labels(path, beside)) {
            cli_say("'%s' holds no labels; where do they go? --labels-to FILE", path);
            return CLI_WRONG_USAGE;
        }
        labels_path = beside;
    }
    if (labels && cli_check_output("the labels", labels_path, inputs) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const int status = cli_check_outputs_differ(path, labels_path);
    if (status != CLI_SUCCESS) {
        return status;
    }
    return kind->save(rows, path, labels_path) == SM_OK ? CLI_SUCCESS : cli_fail();
}
