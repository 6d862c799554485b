#include "data/pictures/open_pictures.h"

#include "base/memory.h"
#include "base/names.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/notes.h"
#include "data/pictures/picture_list.h"
#include "data/pictures/picture_rows.h"
#include "data/pictures/read_pictures.h"
#include "data/reading_pool.h"

/* What the options and the model, or the training data, ask for; where both do, they must agree. */
static sm_status form_of(const sm_open_options *const options, smi_picture_form *const form)
{
    const sm_shape *const like = options->like;
    const smi_picture_size asked = {options->image_height, options->image_width};
    if (like == NULL || like->image_height == 0) {
        *form = (smi_picture_form){
            .size = asked, .colour = options->colour, .resize = asked.height > 0};
        return SM_OK;
    }
    const bool grey =
        smi_picture_channels(like->features, like->image_height, like->image_width) == 1;
    const sm_colour colour = grey ? SM_COLOUR_GREY : SM_COLOUR_RGB;
    if (asked.height > 0 &&
        (asked.height != like->image_height || asked.width != like->image_width)) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "pictures of %zu × %zu are asked for, but the model takes %zu × %zu",
                        asked.height, asked.width, like->image_height, like->image_width);
    }
    if (options->colour != SM_COLOUR_AUTO && options->colour != colour) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s pictures are asked for, but the model takes %s ones",
                        grey ? "colour" : "grey", grey ? "grey" : "colour");
    }
    *form = (smi_picture_form){.size = {like->image_height, like->image_width},
                               .colour = colour,
                               .resize = like->image_resize || asked.height > 0};
    return SM_OK;
}

/* Takes over the pictures and the labels, NULL or below `classes`. */
static sm_status make_dataset(const char *const name, const smi_pictures *const pictures,
                              const bool resize, const size_t rows, int32_t *const labels,
                              const size_t classes, sm_dataset **const dataset)
{
    const smi_picture_size size = pictures->size;
    const sm_status status =
        smi_dataset_take(name, SM_U8, pictures->x, rows,
                         size.height * size.width * pictures->channels, labels, classes, dataset);
    if (status == SM_OK) {
        (*dataset)->shape.image_height = size.height;
        (*dataset)->shape.image_width = size.width;
        (*dataset)->shape.image_resize = resize;
    }
    return status;
}

static sm_status name_classes(const smi_picture_list *const list, sm_dataset *const dataset)
{
    const char **names = NULL;
    sm_status status = smi_picture_classes(list, &names);
    if (status == SM_OK) {
        status = sm_dataset_set_class_names(dataset, names);
    }
    smi_free(names);
    return status;
}

static sm_status note_ignored(const char *const folder, const smi_picture_list *const list,
                              sm_dataset *const dataset)
{
    smi_notes notes = {0};
    const sm_status status = smi_picture_list_note(list, folder, &notes);
    if (status == SM_OK && notes.text != NULL) {
        smi_dataset_keep_notes(dataset, notes.text);
    }
    return status;
}

/* Hands the labels over to the dataset. */
static sm_status take_list(const char *const folder, smi_picture_list *const list,
                           const smi_pictures *const pictures, const bool resize,
                           sm_dataset **const dataset)
{
    int32_t *const labels = list->has_classes ? list->labels : NULL;
    if (list->has_classes) {
        list->labels = NULL;
    }
    return make_dataset(folder, pictures, resize, list->rows, labels, list->folder_count, dataset);
}

/* As it does. */
static sm_status open_list(const char *const folder, smi_picture_list *const list,
                           const smi_picture_form *const form, const size_t threads,
                           sm_dataset **const dataset)
{
    smi_pictures pictures = {0};
    sm_dataset *created = NULL;
    char **names = NULL;
    sm_status status = smi_picture_names(list, &names);
    if (status == SM_OK) {
        status = smi_read_pictures(list, form, threads, &pictures);
    }
    if (status == SM_OK) {
        status = take_list(folder, list, &pictures, form->resize, &created);
    }
    if (status != SM_OK) {
        smi_names_free(names, list->rows);
        return status;
    }
    smi_dataset_keep_row_names(created, names);
    if (list->has_classes) {
        status = name_classes(list, created);
    }
    if (status == SM_OK) {
        status = note_ignored(folder, list, created);
    }
    if (status != SM_OK) {
        sm_dataset_free(created);
        return status;
    }
    *dataset = created;
    return SM_OK;
}

sm_status smi_open_pictures(const char *const folder, const sm_open_options *const options,
                            smi_opened *const opened)
{
    const size_t threads = smi_reading_threads(options);
    smi_picture_form form;
    smi_picture_list list = {0};
    sm_status status = form_of(options, &form);
    if (status == SM_OK) {
        status = smi_list_pictures(folder, &list);
    }
    if (status == SM_OK) {
        status = opened->passing ? smi_picture_rows(folder, &list, &form, threads, &opened->rows)
                                 : open_list(folder, &list, &form, threads, &opened->dataset);
    }
    smi_picture_list_free(&list);
    return status;
}

sm_status smi_open_picture(smi_stream *const stream, const sm_open_options *const options,
                           sm_dataset **const dataset)
{
    smi_picture_form form;
    smi_pictures pictures = {0};
    uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = form_of(options, &form);
    if (status == SM_OK) {
        status = smi_stream_read_all(stream, SMI_MOST_PICTURE_BYTES, &bytes, &size);
    }
    if (status == SM_OK) {
        status = smi_read_picture(bytes, size, smi_stream_name(stream), &form, &pictures);
    }
    smi_free(bytes);
    return status == SM_OK
               ? make_dataset(smi_stream_name(stream), &pictures, form.resize, 1, NULL, 0, dataset)
               : status;
}
