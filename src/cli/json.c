#include "cli/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/picture_shape.h"
#include "base/utf8.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

/* Enough for a float to come back as it was. */
enum { DIGITS = 9 };

json_t *cli_json_number(const double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *cli_json_text(const char *const text)
{
    if (smi_is_utf8(text)) {
        return json_string(text);
    }
    char *const plain = strdup(text);
    for (char *at = plain; at != NULL && *at != '\0'; at++) {
        if ((unsigned char)*at >= 0x80) {
            *at = '?';
        }
    }
    json_t *const string = json_string(plain); /* NULL gives NULL */
    free(plain);
    return string;
}

json_t *cli_json_command(char **const words, const int count)
{
    json_t *const list = json_array();
    for (const char *name = words[0]; *name != '\0';) {
        const size_t length = strcspn(name, " ");
        json_array_append_new(list, json_stringn(name, length));
        name += length + strspn(name + length, " ");
    }
    for (int i = 1; i < count; i++) {
        json_array_append_new(list, cli_json_text(words[i]));
    }
    return list;
}

json_t *cli_json_metrics(const sm_metrics *const metrics)
{
    return json_pack("{s:o, s:o, s:I}", "loss", cli_json_number(metrics->loss), "accuracy",
                     cli_json_number(metrics->accuracy), "rows", (json_int_t)metrics->rows);
}

json_t *cli_json_image(const sm_shape *const shape)
{
    const size_t channels =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width);
    if (channels == 0) {
        return json_null();
    }
    return json_pack("{s:I, s:I, s:I, s:b}", "height", (json_int_t)shape->image_height, "width",
                     (json_int_t)shape->image_width, "channels", (json_int_t)channels, "resize",
                     (int)shape->image_resize);
}

int cli_json_print(json_t *const object)
{
    if (object == NULL) {
        cli_say("not enough memory for the result");
        return CLI_FAILURE;
    }
    const bool written =
        json_dumpf(object, stdout, JSON_REAL_PRECISION(DIGITS)) == 0 && fputc('\n', stdout) != EOF;
    json_decref(object);
    if (!written) {
        cli_say("cannot write to standard output");
        return CLI_FAILURE;
    }
    return CLI_SUCCESS;
}
