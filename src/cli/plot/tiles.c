#include "cli/plot/tiles.h"

#include <math.h>
#include <stdlib.h>

#include "base/picture_shape.h"
#include "cli/exit_status.h"
#include "cli/plot/output.h"
#include "cli/terminal.h"

bool cli_are_pictures(const sm_shape *const shape, const char *const name)
{
    const bool pictures =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width) > 0;
    if (!pictures) {
        char counted[SMI_COUNTED_SIZE];
        cli_say("%s: its rows are no pictures but %s; pictures are IDX files and NPY arrays of "
                "three dimensions, folders of PNG files, mnist, fashion-mnist, digits",
                name, smi_counted_text(shape->features, "number", counted));
    }
    return pictures;
}

void cli_picture_range(const sm_dataset *const dataset, const float *const values,
                       const size_t count, double *const least, double *const most)
{
    *least = 0.0;
    *most = 255.0;
    if (sm_dataset_element(dataset) == SM_U8) {
        return;
    }
    *least = *most = (double)values[0];
    for (size_t i = 1; i < count; i++) {
        *least = fmin(*least, (double)values[i]);
        *most = fmax(*most, (double)values[i]);
    }
    *most = *most > *least ? *most : *least + 1.0;
}

static sm_status read_rows(const sm_dataset *const dataset, const cli_tile *const tiles,
                           const size_t count, float *const values, smi_tile *const drawn)
{
    const size_t features = sm_dataset_shape(dataset).features;
    sm_status status = SM_OK;
    for (size_t i = 0; i < count && status == SM_OK; i++) {
        float *const row = values + i * features;
        status = sm_dataset_row(dataset, tiles[i].row, row);
        drawn[i] = (smi_tile){.values = row,
                              .title = tiles[i].title,
                              .second = tiles[i].second[0] == '\0' ? NULL : tiles[i].second,
                              .note = tiles[i].note,
                              .wrong = tiles[i].wrong};
    }
    return status;
}

int cli_plot_tiles(const smi_picture_target *const target, const sm_dataset *const dataset,
                   const char *const title, const cli_tile *const tiles, const size_t count,
                   const size_t columns)
{
    const sm_shape shape = sm_dataset_shape(dataset);
    float *const values = calloc(count, shape.features * sizeof *values);
    smi_tile *const drawn = calloc(count, sizeof *drawn);
    int status = CLI_FAILURE;
    if (values == NULL || drawn == NULL) {
        cli_say("not enough memory for %zu pictures", count);
    } else if (read_rows(dataset, tiles, count, values, drawn) != SM_OK) {
        status = cli_fail();
    } else {
        smi_mosaic mosaic = {
            .title = title,
            .columns = columns,
            .height = shape.image_height,
            .width = shape.image_width,
            .channels = smi_picture_channels(shape.features, shape.image_height, shape.image_width),
            .tiles = drawn,
            .count = count};
        cli_picture_range(dataset, values, count * shape.features, &mosaic.least, &mosaic.most);
        status = cli_plot_done(smi_plot_mosaic(target, &mosaic), target);
    }
    free(values);
    free(drawn);
    return status;
}
