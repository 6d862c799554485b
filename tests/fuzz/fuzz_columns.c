/* What a model says of the columns of tables: JSON that may be anything. What is read must be
 * written so that it is read alike. */
#include <string.h>

#include <softmax.h>

#include "base/memory.h"
#include "data/table/schema.h"
#include "fuzz/fuzz.h"

static void check(const smi_schema *const schema)
{
    size_t width = 0;
    fuzz_require(schema->feature_count > 0, "there are features");
    for (size_t f = 0; f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        fuzz_require(feature->first == width && feature->width > 0, "features follow each other");
        width += feature->width;
        for (size_t i = 0; i < feature->column_count; i++) {
            fuzz_require(feature->columns[i] < schema->column_count, "columns are there");
        }
    }
    fuzz_require(schema->width == width, "the width is theirs");
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    char *const text = malloc(size + 1);
    fuzz_require(text != NULL, "memory for the input");
    memcpy(text, bytes, size);
    text[size] = '\0';
    smi_schema *schema = NULL;
    const sm_status status = smi_schema_read(text, "input", &schema);
    free(text);
    if (status != SM_OK) {
        fuzz_require(schema == NULL, "a failure writes no result");
        return 0;
    }
    char *written = NULL;
    char *again = NULL;
    smi_schema *second = NULL;
    check(schema);
    fuzz_require(smi_schema_write(schema, &written) == SM_OK, "it can be written");
    fuzz_require(smi_schema_read(written, "written", &second) == SM_OK, "it can be read again");
    fuzz_require(smi_schema_write(second, &again) == SM_OK, "it can be written again");
    fuzz_require(strcmp(written, again) == 0, "it comes back as it was");
    fuzz_require(second->width == schema->width, "its width does not change");
    smi_free(written);
    smi_free(again);
    smi_schema_free(schema);
    smi_schema_free(second);
    return 0;
}
