#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "base/memory.h"
#include "data/table/schema.h"

static void what_is_read_is_written_alike(void **state)
{
    (void)state;
    static const char text[] =
        "{\"columns\":[\"a\",\"b\",\"y\",\"w\"],\"header\":true,\"label\":2,\"weight\":3,"
        "\"missing\":\"mean\",\"features\":[{\"kind\":\"numeric\",\"columns\":[1],\"mean\":0.1,"
        "\"indicator\":true},{\"kind\":\"categorical\",\"columns\":[0],\"categories\":[\"A\",\"a\"]"
        ","
        "\"missing\":true}]}";
    smi_schema *schema = NULL;
    char *written = NULL;
    assert_int_equal(smi_schema_read(text, "m", &schema), SM_OK);
    assert_int_equal(schema->width, 5);
    assert_int_equal(schema->features[1].first, 2);
    assert_int_equal(schema->missing, SM_MISSING_MEAN);
    assert_int_equal(smi_schema_write(schema, &written), SM_OK);
    /* numbers are written so that they come back as they were */
    const char *const mean = strstr(written, "0.1");
    assert_non_null(mean);
    smi_schema *again = NULL;
    char *second = NULL;
    assert_int_equal(smi_schema_read(written, "m", &again), SM_OK);
    assert_int_equal(smi_schema_write(again, &second), SM_OK);
    assert_string_equal(second, written);
    smi_free(second);
    smi_free(written);
    smi_schema_free(again);
    smi_schema_free(schema);
}

#define TABLE "{\"columns\":[\"a\",\"y\"],\"header\":true,\"label\":1,\"weight\":null,"
#define RULE "\"missing\":\"mean\","
#define FEATURE(text) TABLE RULE "\"features\":[{" text "}]}"

static void whatever_else_it_says_is_refused(void **state)
{
    (void)state;
    static const char form[] = "m: 'header', 'label', 'weight' or 'missing' is not as it must be";
    static const char places[] = "m: feature 0 is not made of columns that there are";
    static const char numeric[] =
        "m: feature 0: it has not one column, a mean, and an indicator true or false";
    static const char categorical[] = "m: feature 0: it has not one column, a list of up to "
                                      "1,000,000 categories, and missing true or false";
    const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"", "m: not a JSON object"},
        {"[1]", "m: not a JSON object"},
        {"{\"columns\":[],\"columns\":[]}", "m: not a JSON object"},
        {"{}", "m: 'columns' is not a list of names"},
        {"{\"columns\":[1]}", "m: 'columns' is not a list of names"},
        {"{\"columns\":[\"a\"]}", form},
        {"{\"columns\":[\"a\"],\"header\":true,\"label\":1,\"weight\":null," RULE
         "\"features\":[]}",
         form},
        {TABLE "\"missing\":\"guess\",\"features\":[]}", form},
        {TABLE RULE "\"features\":[]}", "m: no column is left to learn from"},
        {FEATURE("\"kind\":\"magic\""),
         "m: feature 0 is of the kind 'magic', which this version does not know"},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[]"), places},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[1]"), places}, /* the label */
        {FEATURE("\"kind\":\"numeric\",\"columns\":[2]"), places},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[-1]"), places},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[0,0,0,0,0,0,0,0,0]"), places},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[0],\"mean\":1e300,\"indicator\":true"),
         numeric},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[0],\"mean\":1"), numeric},
        {FEATURE("\"kind\":\"numeric\",\"columns\":[0,0],\"mean\":1,\"indicator\":true"), numeric},
        {FEATURE("\"kind\":\"categorical\",\"columns\":[0],\"missing\":true"), categorical},
        {FEATURE("\"kind\":\"categorical\",\"columns\":[0],\"categories\":[\"a\"]"), categorical},
        {FEATURE("\"kind\":\"categorical\",\"columns\":[0],\"categories\":[\"b\",\"a\"],"
                 "\"missing\":true"),
         "m: feature 0: its categories are not texts in ascending order"},
        {FEATURE("\"kind\":\"categorical\",\"columns\":[0],\"categories\":[\"a\",\"a\"],"
                 "\"missing\":true"),
         "m: feature 0: its categories are not texts in ascending order"},
        {FEATURE("\"kind\":\"categorical\",\"columns\":[0],\"categories\":[3],\"missing\":true"),
         "m: feature 0: its categories are not texts in ascending order"},
    };
    smi_schema *schema = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_not_equal(smi_schema_read(cases[i].text, "m", &schema), SM_OK);
        assert_message("%s", cases[i].message);
    }
    assert_null(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written_alike),
        cmocka_unit_test(whatever_else_it_says_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
