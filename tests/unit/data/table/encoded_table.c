#include "encoded_table.h"

#include <string.h>

#include "support/cmocka_all.h"

#include "base/memory.h"

encoded_table encode_table(const char *const text, const table_reading *const how)
{
    const sm_open_options standard = sm_open_options_default();
    const sm_open_options *const options = how->options == NULL ? &standard : how->options;
    const smi_csv_options csv_options = {.piece_size = how->piece_size};
    smi_spool *spool = NULL;
    smi_csv *csv = NULL;
    smi_pool *pool = NULL;
    smi_table table = {0};
    smi_notes notes = {.file = "t.csv"};
    smi_profile profile = {0};
    encoded_table result = {0};
    assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
    assert_int_equal(smi_csv_open(spool, &csv_options, &csv), SM_OK);
    assert_int_equal(smi_pool_create(how->threads, &pool), SM_OK);
    assert_int_equal(smi_columns_choose(csv, options, true, &table), SM_OK);
    assert_int_equal(smi_profile_make(&table, pool, options, &notes, &profile), SM_OK);
    result.kept = profile.numbers.kept;
    if (how->forget) {
        smi_number_rows_free(&profile.numbers);
    }
    assert_true(smi_vocabulary_sort(&profile.labels, true));
    assert_int_equal(
        smi_encode(&table, pool, &profile, &profile.labels, how->sparse, &notes, &result.rows),
        SM_OK);
    assert_int_equal(smi_schema_write(table.schema, &result.columns), SM_OK);
    result.pieces = profile.piece_count;
    result.count = profile.rows;
    result.width = table.schema->width;
    smi_profile_free(&profile);
    smi_notes_free(&notes);
    smi_schema_free(table.schema);
    smi_pool_free(pool);
    smi_csv_free(csv);
    return result;
}

void free_encoded_table(encoded_table *const table)
{
    smi_free(table->columns);
    smi_encoded_rows_free(&table->rows);
}
