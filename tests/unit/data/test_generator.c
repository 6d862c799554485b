#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/fnv.h"
#include "support/message.h"

#include "data/generator.h"

static sm_dataset *generate(const char *const data)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(data, &dataset), SM_OK);
    return dataset;
}

/* The number that names the row's class. */
static int class_of(const sm_dataset *const dataset, const size_t row)
{
    return atoi(sm_dataset_shape(dataset).class_names[sm_dataset_label(dataset, row)]);
}

/* ---- settings ---- */

static sm_status parse(const char *const data, smi_generator_settings *const settings,
                       bool *const names_part)
{
    const smi_generator *const generator = smi_find_generator(data);
    assert_non_null(generator);
    return smi_parse_generator(generator, data, settings, names_part);
}

static void generators_are_found_by_their_whole_name(void **state)
{
    (void)state;
    static const char *const known[] = {"digits", "blobs", "circles", "moons", "spirals"};
    static const char *const unknown[] = {"",        "digit",   "digitss",  "Digits",   "dig:its",
                                          ":digits", " digits", "./digits", "blobs,n=3"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char with_settings[32] = "";
        strcat(strcat(with_settings, known[i]), ":n=5");
        assert_non_null(smi_find_generator(known[i]));
        assert_string_equal(smi_find_generator(known[i])->name, known[i]);
        assert_ptr_equal(smi_find_generator(with_settings), smi_find_generator(known[i]));
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_null(smi_find_generator(unknown[i]));
    }
}

static void the_list_of_names_is_that_of_the_generators(void **state)
{
    (void)state;
    char names[128];
    size_t count = 0;
    assert_in_range(strlen(smi_generator_names), 1, sizeof names - 1);
    strcpy(names, smi_generator_names);
    for (char *name = strtok(names, ", "); name != NULL; name = strtok(NULL, ", ")) {
        assert_non_null(smi_find_generator(name));
        count++;
    }
    assert_int_equal(count, 5);
}

static void each_generator_has_its_defaults(void **state)
{
    (void)state;
    smi_generator_settings settings;
    bool names_part = true;
    assert_int_equal(parse("digits", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 10000);
    assert_int_equal(settings.seed, 0);
    assert_false(settings.test);
    assert_false(names_part);
    assert_int_equal(parse("blobs", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 2000); /* the lab's */
    assert_int_equal(settings.classes, 4);
    assert_int_equal(settings.seed, 30);
    assert_true(settings.std == 1.0);
    assert_int_equal(parse("circles", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 2000);
    assert_int_equal(settings.classes, 3);
    assert_true(settings.noise == 0.05);
    assert_int_equal(parse("moons", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 2000);
    assert_int_equal(settings.classes, 2);
    assert_true(settings.noise == 0.1);
    assert_int_equal(parse("spirals", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 2000);
    assert_int_equal(settings.classes, 3);
    assert_true(settings.noise == 0.05);
}

static void settings_follow_a_colon(void **state)
{
    (void)state;
    smi_generator_settings settings;
    bool names_part = false;
    assert_int_equal(
        parse("blobs:n=17,std=0.25,seed=18446744073709551615,classes=9", &settings, &names_part),
        SM_OK);
    assert_int_equal(settings.n, 17);
    assert_int_equal(settings.classes, 9);
    assert_true(settings.seed == UINT64_MAX);
    assert_true(settings.std == 0.25);
    assert_false(settings.test || names_part);
    assert_int_equal(parse("circles:noise=0,classes=2,n=1", &settings, &names_part), SM_OK);
    assert_true(settings.noise == 0.0);
    assert_int_equal(parse("moons:n=1000000000,noise=1e6", &settings, &names_part), SM_OK);
    assert_int_equal(parse("moons:n=3,n=4", &settings, &names_part), SM_OK);
    assert_int_equal(settings.n, 4); /* the last one counts */
}

static void the_part_is_a_setting_too(void **state)
{
    (void)state;
    smi_generator_settings settings;
    bool names_part = false;
    assert_int_equal(parse("digits:test", &settings, &names_part), SM_OK);
    assert_true(settings.test && names_part);
    assert_int_equal(parse("digits:train", &settings, &names_part), SM_OK);
    assert_true(!settings.test && names_part);
    assert_int_equal(parse("digits:n=5,test,seed=3", &settings, &names_part), SM_OK);
    assert_true(settings.test && names_part);
    assert_int_equal(settings.n, 5);
    assert_int_equal(settings.seed, 3);
}

static void settings_that_are_wrong_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *data, *message;
    } cases[] = {
        {"digits:classes=3",
         "digits: unknown setting 'classes'; it takes train, test, n=…, seed=…"},
        {"digits:foo", "digits: unknown setting 'foo'; it takes train, test, n=…, seed=…"},
        {"digits:", "digits: unknown setting ''; it takes train, test, n=…, seed=…"},
        {"digits:n=5,", "digits: unknown setting ''; it takes train, test, n=…, seed=…"},
        {"digits:n=5,,seed=1", "digits: unknown setting ''; it takes train, test, n=…, seed=…"},
        {"digits:=5", "digits: unknown setting ''; it takes train, test, n=…, seed=…"},
        {"digits:N=5", "digits: unknown setting 'N'; it takes train, test, n=…, seed=…"},
        {"digits:test=1", "digits: unknown setting 'test'; it takes train, test, n=…, seed=…"},
        {"blobs:noise=1", "blobs: unknown setting 'noise'; it takes train, test, n=…, seed=…, "
                          "classes=…, std=…"},
        {"circles:std=1", "circles: unknown setting 'std'; it takes train, test, n=…, seed=…, "
                          "classes=…, noise=…"},
        {"moons:classes=2", "moons: unknown setting 'classes'; it takes train, test, n=…, seed=…, "
                            "noise=…"},
        {"blobs:n=0", "blobs: n=0: it must be a whole number from 1 to 1000000000"},
        {"blobs:n=1000000001",
         "blobs: n=1000000001: it must be a whole number from 1 to 1000000000"},
        {"blobs:n=-1", "blobs: n=-1: it must be a whole number from 1 to 1000000000"},
        {"blobs:n=", "blobs: n=: it must be a whole number from 1 to 1000000000"},
        {"blobs:n=1e3", "blobs: n=1e3: it must be a whole number from 1 to 1000000000"},
        {"blobs:n=5=6", "blobs: n=5=6: it must be a whole number from 1 to 1000000000"},
        {"blobs:classes=1", "blobs: classes=1: it must be a whole number from 2 to 65536"},
        {"blobs:classes=65537", "blobs: classes=65537: it must be a whole number from 2 to 65536"},
        {"blobs:seed=x", "blobs: seed=x: it must be a whole number from 0 to 18446744073709551615"},
        {"blobs:seed=18446744073709551616", "blobs: seed=18446744073709551616: it must be a whole "
                                            "number from 0 to 18446744073709551615"},
        {"blobs:std=-1", "blobs: std=-1: it must be a number from 0 to 1e6"},
        {"blobs:std=1000001", "blobs: std=1000001: it must be a number from 0 to 1e6"},
        {"blobs:std=nan", "blobs: std=nan: it must be a number from 0 to 1e6"},
        {"moons:noise=", "moons: noise=: it must be a number from 0 to 1e6"},
        {"moons:noise=0.1 ", "moons: noise=0.1 : it must be a number from 0 to 1e6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smi_generator_settings settings;
        bool names_part = false;
        assert_int_equal(parse(cases[i].data, &settings, &names_part), SM_ERROR_ARGUMENT);
        assert_message("%s", cases[i].message);
        sm_dataset *dataset = NULL;
        assert_int_equal(sm_dataset_open(cases[i].data, &dataset), SM_ERROR_ARGUMENT);
        assert_null(dataset);
    }
}

static void a_setting_of_any_length_is_answered(void **state)
{
    (void)state;
    for (size_t length = 50; length < 80; length++) {
        char data[128] = "blobs:";
        smi_generator_settings settings;
        bool names_part = false;
        for (size_t i = 0; i < length; i++) {
            strcat(data, "x");
        }
        assert_int_equal(parse(data, &settings, &names_part), SM_ERROR_ARGUMENT);
        assert_non_null(strstr(sm_error_message(), length < 64 ? "unknown setting" : "too long"));
    }
}

/* ---- what comes out ---- */

/* Of all class numbers and values, row by row. */
static uint64_t checksum(const sm_dataset *const dataset)
{
    const size_t features = sm_dataset_shape(dataset).features;
    float *const values = calloc(features, sizeof *values);
    assert_non_null(values);
    uint64_t sum = FNV_START;
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        sum = fnv_u32(sum, (uint32_t)class_of(dataset, r));
        assert_int_equal(sm_dataset_row(dataset, r, values), SM_OK);
        for (size_t f = 0; f < features; f++) {
            sum = fnv_f32(sum, values[f]);
        }
    }
    free(values);
    return sum;
}

static void the_same_data_comes_out_on_every_platform(void **state)
{
    (void)state;
    /* Those of the points were computed with an implementation of its own, in Python; those of
     * digits and spirals are what gcc and clang, with and without optimisation, agree on. */
    static const struct {
        const char *data;
        uint64_t checksum;
    } cases[] = {
        {"digits:n=200", UINT64_C(0x2007ad3a64f3156d)},
        {"digits:n=200,test", UINT64_C(0x808ca593ed73be21)},
        {"blobs", UINT64_C(0xaa02c94cc4216ff4)},
        {"blobs:test", UINT64_C(0xb95720068f1603ac)},
        {"blobs:n=300,classes=3,std=0.5,seed=5", UINT64_C(0x0e1839c7f94826f4)},
        {"blobs:n=300,classes=3,std=0.5,seed=5,test", UINT64_C(0x0e13d627d3342310)},
        {"circles", UINT64_C(0xb50b938967e26f50)},
        {"circles:test", UINT64_C(0x0929c9f12e0b119b)},
        {"moons", UINT64_C(0x051005c5f2be5b0e)},
        {"moons:test", UINT64_C(0xe91f1b4b99610c31)},
        {"spirals", UINT64_C(0xb713b2556a38e190)},
        {"spirals:test,classes=5", UINT64_C(0x437d2ef701b9865c)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *const dataset = generate(cases[i].data);
        const uint64_t sum = checksum(dataset);
        if (sum != cases[i].checksum) {
            print_message("%s: %016llx\n", cases[i].data, (unsigned long long)sum);
        }
        assert_true(sum == cases[i].checksum);
        sm_dataset_free(dataset);
    }
}

static bool same_row(const sm_dataset *const a, const sm_dataset *const b, const size_t row)
{
    float x[784];
    float y[784];
    const size_t features = sm_dataset_shape(a).features;
    assert_in_range(features, 1, 784);
    assert_int_equal(sm_dataset_row(a, row, x), SM_OK);
    assert_int_equal(sm_dataset_row(b, row, y), SM_OK);
    return class_of(a, row) == class_of(b, row) && memcmp(x, y, features * sizeof *x) == 0;
}

static size_t same_rows(const char *const first, const char *const second, const size_t rows)
{
    sm_dataset *const a = generate(first);
    sm_dataset *const b = generate(second);
    size_t count = 0;
    for (size_t r = 0; r < rows; r++) {
        count += same_row(a, b, r);
    }
    sm_dataset_free(a);
    sm_dataset_free(b);
    return count;
}

static void more_rows_begin_with_the_same_ones(void **state)
{
    (void)state;
    assert_int_equal(same_rows("digits:n=20", "digits:n=100", 20), 20);
    assert_int_equal(same_rows("blobs:n=50", "blobs:n=500", 50), 50);
    assert_int_equal(same_rows("blobs:n=50,classes=7", "blobs:n=500,classes=7", 50), 50);
    assert_int_equal(same_rows("circles:n=50", "circles:n=500", 50), 50);
    assert_int_equal(same_rows("moons:n=50,test", "moons:n=500,test", 50), 50);
    assert_int_equal(same_rows("spirals:n=50", "spirals:n=500", 50), 50);
}

static void training_and_test_samples_share_no_row(void **state)
{
    (void)state;
    assert_int_equal(same_rows("digits:n=100", "digits:n=100,test", 100), 0);
    assert_int_equal(same_rows("blobs", "blobs:test", 2000), 0);
    assert_int_equal(same_rows("circles", "circles:test", 2000), 0);
    assert_int_equal(same_rows("moons", "moons:test", 2000), 0);
    assert_int_equal(same_rows("spirals", "spirals:test", 2000), 0);
    assert_int_equal(same_rows("moons", "moons:train", 2000), 2000);
}

static void another_seed_gives_other_data(void **state)
{
    (void)state;
    assert_int_equal(same_rows("digits:n=100", "digits:n=100,seed=1", 100), 0);
    assert_int_equal(same_rows("blobs:n=100", "blobs:n=100,seed=31", 100), 0);
    assert_int_equal(same_rows("circles:n=100", "circles:n=100,seed=1", 100), 0);
    assert_int_equal(same_rows("moons:n=100", "moons:n=100,seed=1", 100), 0);
    assert_int_equal(same_rows("spirals:n=100", "spirals:n=100,seed=1", 100), 0);
    assert_int_equal(same_rows("moons:n=100", "moons:n=100,seed=0", 100), 100);
}

/* Mean and standard deviation of one feature over the rows of a class. */
static void moments(const sm_dataset *const dataset, const int class, const size_t feature,
                    double *const mean, double *const deviation)
{
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        float point[2];
        assert_int_equal(sm_dataset_row(dataset, r, point), SM_OK);
        if (class_of(dataset, r) == class) {
            sum += (double)point[feature];
            squares += (double)point[feature] * (double)point[feature];
            count += 1.0;
        }
    }
    assert_true(count > 1.0);
    *mean = sum / count;
    *deviation = sqrt(squares / count - *mean * *mean);
}

static void blobs_lie_around_their_centres(void **state)
{
    (void)state;
    static const double centres[4][2] = {{-5.0, 2.0}, {-2.0, -2.0}, {1.0, 2.0}, {5.0, -2.0}};
    static const struct {
        const char *data;
        double std;
    } cases[] = {{"blobs", 1.0}, {"blobs:std=0.25", 0.25}, {"blobs:test,std=3", 3.0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *const dataset = generate(cases[i].data);
        assert_int_equal(sm_dataset_rows(dataset), 2000);
        assert_int_equal(sm_dataset_element(dataset), SM_F32);
        assert_int_equal(sm_dataset_shape(dataset).features, 2);
        assert_int_equal(sm_dataset_shape(dataset).classes, 4);
        for (int c = 0; c < 4; c++) {
            for (size_t f = 0; f < 2; f++) {
                double mean = 0.0;
                double deviation = 0.0;
                moments(dataset, c, f, &mean, &deviation);
                /* 500 points: four standard errors. */
                assert_true(fabs(mean - centres[c][f]) < 0.18 * cases[i].std);
                assert_true(fabs(deviation / cases[i].std - 1.0) < 0.13);
            }
        }
        sm_dataset_free(dataset);
    }
}

static void blobs_of_both_samples_have_the_same_centres(void **state)
{
    (void)state;
    sm_dataset *const train = generate("blobs:classes=3,std=0.1,seed=8");
    sm_dataset *const test = generate("blobs:classes=3,std=0.1,seed=8,test");
    for (int c = 0; c < 3; c++) {
        for (size_t f = 0; f < 2; f++) {
            double a = 0.0;
            double b = 0.0;
            double deviation = 0.0;
            moments(train, c, f, &a, &deviation);
            moments(test, c, f, &b, &deviation);
            assert_true(fabs(a - b) < 0.03);
            assert_true(a > -10.1 && a < 10.1);
        }
    }
    sm_dataset_free(train);
    sm_dataset_free(test);
}

static void circles_without_noise_are_circles(void **state)
{
    (void)state;
    sm_dataset *const dataset = generate("circles:n=400,classes=4,noise=0");
    for (size_t r = 0; r < 400; r++) {
        float point[2];
        assert_int_equal(sm_dataset_row(dataset, r, point), SM_OK);
        const double radius = hypot((double)point[0], (double)point[1]);
        assert_int_equal(class_of(dataset, r), r % 4);
        assert_true(fabs(radius - (double)(r % 4 + 1) / 4.0) < 1e-6);
    }
    sm_dataset_free(dataset);
}

static void moons_without_noise_are_half_circles(void **state)
{
    (void)state;
    sm_dataset *const dataset = generate("moons:n=400,noise=0");
    for (size_t r = 0; r < 400; r++) {
        float point[2];
        assert_int_equal(sm_dataset_row(dataset, r, point), SM_OK);
        const bool upper = class_of(dataset, r) == 0;
        const double x = (double)point[0] - (upper ? 0.0 : 1.0);
        const double y = (double)point[1] - (upper ? 0.0 : 0.5);
        assert_int_equal(class_of(dataset, r), r % 2);
        assert_true(fabs(hypot(x, y) - 1.0) < 1e-6);
        assert_true(upper ? y >= 0.0 : y <= 0.0);
    }
    sm_dataset_free(dataset);
}

static void spirals_without_noise_are_arms(void **state)
{
    (void)state;
    sm_dataset *const dataset = generate("spirals:n=400,classes=4,noise=0");
    for (size_t r = 0; r < 400; r++) {
        float point[2];
        assert_int_equal(sm_dataset_row(dataset, r, point), SM_OK);
        const double along = (hypot((double)point[0], (double)point[1]) - 0.1) / 0.9;
        const double angle = 2.0 * M_PI * (along + (double)(r % 4) / 4.0);
        assert_int_equal(class_of(dataset, r), r % 4);
        assert_true(along >= -1e-6 && along < 1.0 + 1e-6);
        assert_true(fabs((double)point[0] - (0.1 + 0.9 * along) * cos(angle)) < 1e-5);
        assert_true(fabs((double)point[1] - (0.1 + 0.9 * along) * sin(angle)) < 1e-5);
    }
    sm_dataset_free(dataset);
}

static void noise_spreads_points_around_the_line(void **state)
{
    (void)state;
    sm_dataset *const clean = generate("circles:noise=0");
    sm_dataset *const noisy = generate("circles:noise=0.2");
    double squares = 0.0;
    for (size_t r = 0; r < 2000; r++) {
        float a[2];
        float b[2];
        assert_int_equal(sm_dataset_row(clean, r, a), SM_OK);
        assert_int_equal(sm_dataset_row(noisy, r, b), SM_OK);
        squares += pow((double)(b[0] - a[0]), 2.0) + pow((double)(b[1] - a[1]), 2.0);
    }
    assert_true(fabs(sqrt(squares / 4000.0) - 0.2) < 0.01);
    sm_dataset_free(clean);
    sm_dataset_free(noisy);
}

static void digits_look_like_mnist(void **state)
{
    (void)state;
    enum { ROWS = 1000 };
    sm_dataset *const dataset = generate("digits:n=1000");
    const sm_shape shape = sm_dataset_shape(dataset);
    size_t counts[10] = {0};
    double ink = 0.0;
    assert_int_equal(sm_dataset_rows(dataset), ROWS);
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    assert_int_equal(shape.features, 784);
    assert_int_equal(shape.image_height, 28);
    assert_int_equal(shape.image_width, 28);
    assert_int_equal(shape.classes, 10);
    for (size_t r = 0; r < ROWS; r++) {
        float picture[784];
        double sum = 0.0;
        float darkest = 0.0F;
        assert_int_equal(sm_dataset_row(dataset, r, picture), SM_OK);
        for (size_t p = 0; p < 784; p++) {
            sum += (double)picture[p];
            darkest = fmaxf(darkest, picture[p]);
        }
        assert_true(darkest >= 200.0F);         /* there is ink on each, */
        assert_true(sum < 0.5 * 784.0 * 255.0); /* and paper */
        counts[class_of(dataset, r)]++;
        ink += sum / 784.0 / 255.0;
    }
    for (size_t digit = 0; digit < 10; digit++) {
        assert_in_range(counts[digit], 60, 140); /* 100 ± 4 standard deviations of 9.5 */
    }
    assert_true(ink / ROWS > 0.08 && ink / ROWS < 0.2); /* MNIST: 0.13 */
    sm_dataset_free(dataset);
}

static void classes_are_there_even_when_no_row_is_of_them(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        size_t classes;
    } few[] = {{"digits:n=3", 10}, {"blobs:n=1", 4}, {"circles:n=2,classes=5", 5}};
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        sm_dataset *dataset = NULL;
        assert_int_equal(sm_dataset_open(few[i].data, &dataset), SM_OK);
        assert_int_equal(sm_dataset_shape(dataset).classes, few[i].classes);
        sm_dataset_free(dataset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generators_are_found_by_their_whole_name),
        cmocka_unit_test(the_list_of_names_is_that_of_the_generators),
        cmocka_unit_test(each_generator_has_its_defaults),
        cmocka_unit_test(settings_follow_a_colon),
        cmocka_unit_test(the_part_is_a_setting_too),
        cmocka_unit_test(settings_that_are_wrong_are_named),
        cmocka_unit_test(a_setting_of_any_length_is_answered),
        cmocka_unit_test(the_same_data_comes_out_on_every_platform),
        cmocka_unit_test(more_rows_begin_with_the_same_ones),
        cmocka_unit_test(training_and_test_samples_share_no_row),
        cmocka_unit_test(another_seed_gives_other_data),
        cmocka_unit_test(blobs_lie_around_their_centres),
        cmocka_unit_test(blobs_of_both_samples_have_the_same_centres),
        cmocka_unit_test(circles_without_noise_are_circles),
        cmocka_unit_test(moons_without_noise_are_half_circles),
        cmocka_unit_test(spirals_without_noise_are_arms),
        cmocka_unit_test(noise_spreads_points_around_the_line),
        cmocka_unit_test(digits_look_like_mnist),
        cmocka_unit_test(classes_are_there_even_when_no_row_is_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
