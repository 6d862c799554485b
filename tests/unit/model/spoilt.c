#include "unit/model/spoilt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model_file.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/tiny_model.h"

void check_refused(const void *const bytes, const size_t size, const char *const message)
{
    sm_model *model = NULL;
    const sm_status status = smi_model_parse(bytes, size, "spoilt.safetensors", &model);
    if (status != SM_ERROR_FORMAT) {
        fail_msg("expected '%s', but got %s", message, sm_status_name(status));
    }
    assert_message("spoilt.safetensors: %s", message);
    assert_null(model);
}

void check_refused_somehow(const void *const bytes, const size_t size, const char *const beginning)
{
    char expected[256];
    sm_model *model = NULL;
    (void)snprintf(expected, sizeof expected, "spoilt.safetensors: %s", beginning);
    assert_int_equal(smi_model_parse(bytes, size, "spoilt.safetensors", &model), SM_ERROR_FORMAT);
    if (strncmp(sm_error_message(), expected, strlen(expected)) != 0) {
        fail_msg("'%s' does not begin with '%s'", sm_error_message(), expected);
    }
    assert_null(model);
}

void check_spoilt(const spoilt *const cases, const size_t count,
                  void (*const check)(const void *, size_t, const char *))
{
    for (size_t i = 0; i < count; i++) {
        float values[32] = {0.0F};
        memcpy(values, tiny_values, sizeof tiny_values);
        char *const header = replaced(tiny_header, cases[i].part, cases[i].replacement);
        byte_list file = model_file(header, values, cases[i].floats);
        check(file.data, file.size, cases[i].message);
        byte_list_free(&file);
        free(header);
    }
}
