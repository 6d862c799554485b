#include "support/tiny_model.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

const char tiny_header[] =
    "{\"__metadata__\":{\"softmax.format\":\"1\",\"softmax.version\":\"0.1.0\","
    "\"softmax.model\":\"{\\\"layers\\\":[{\\\"type\\\":\\\"dense\\\",\\\"name\\\":\\\"dense_0\\\","
    "\\\"inputs\\\":3,\\\"outputs\\\":2}],\\\"class_names\\\":[\\\"yes\\\",\\\"no\\\"],"
    "\\\"image\\\":null,\\\"scaling\\\":{\\\"shift\\\":0.5,\\\"scale\\\":2.0}}\"},"
    "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},"
    "\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}";

const float tiny_values[TINY_FLOATS] = {1.0F, -1.0F, 2.0F, -2.0F, 3.0F, -3.0F, 0.5F, -0.5F};

byte_list model_file(const char *const header, const float *const values, const size_t count)
{
    byte_list file = {0};
    const uint64_t length = strlen(header);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        put_u8(&file, (unsigned)(length >> shift & 0xff));
    }
    put_bytes(&file, header, length);
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = 0;
        memcpy(&bits, &values[i], sizeof bits);
        for (unsigned shift = 0; shift < 32; shift += 8) {
            put_u8(&file, bits >> shift & 0xff);
        }
    }
    return file;
}

char *replaced(const char *const text, const char *const part, const char *const replacement)
{
    const char *const place = strstr(text, part);
    if (place == NULL || strstr(place + 1, part) != NULL) {
        fail_msg("'%s' does not occur just once in %s", part, text);
        return NULL;
    }
    const size_t before = (size_t)(place - text);
    const size_t after = strlen(place) - strlen(part);
    char *const result = malloc(before + strlen(replacement) + after + 1);
    assert_non_null(result);
    memcpy(result, text, before);
    memcpy(result + before, replacement, strlen(replacement));
    memcpy(result + before + strlen(replacement), place + strlen(part), after + 1);
    return result;
}
