#include "idx_reading.h"

#include "support/cmocka_all.h"

byte_list header_of(const unsigned type, const size_t dimensions, const uint32_t first,
                    const uint32_t second, const uint32_t third)
{
    const uint32_t extents[] = {first, second, third};
    return idx_header(type, dimensions, extents);
}

sm_status read_features_from(smi_input *const input, smi_idx_features *const features)
{
    smi_stream *stream = NULL;
    *features = (smi_idx_features){0};
    assert_int_equal(smi_stream_open(input, &stream), SM_OK);
    const sm_status status = smi_idx_read_features(stream, features);
    smi_stream_close(stream);
    return status;
}

sm_status read_features(const byte_list *const file, smi_idx_features *const features)
{
    smi_input *input = NULL;
    assert_int_equal(smi_input_over(file->data, file->size, "file", &input), SM_OK);
    return read_features_from(input, features);
}

void assert_no_features(byte_list *const file, const sm_status status, const char *const message)
{
    smi_idx_features features = {0};
    assert_int_equal(read_features(file, &features), status);
    assert_string_equal(sm_error_message(), message);
    assert_null(features.x);
    byte_list_free(file);
}
