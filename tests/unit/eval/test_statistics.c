/* Standard errors and what follows from them, beside statsmodels 0.15.0. Its numbers below are what
 *
 *     f = sm.MNLogit(y, sm.add_constant(x)).fit(method="newton", maxiter=100, tol=1e-14)
 *     f.params, f.bse, f.tvalues, f.pvalues, f.conf_int()
 *     f.llf, f.llnull, f.prsquared, f.llr, f.llr_pvalue, f.aic, f.bic
 *
 * print with 17 digits, for the x and y told at each table. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "trained_model.h"

static bool near(const double value, const double expected, const double relative)
{
    return fabs(value - expected) <= relative * fabs(expected);
}

/* ---- beside statsmodels ---- */

/* softmax data make blobs:n=300,std=3,seed=7 -o blobs
 * x = np.frombuffer(open("blobs/train-features-idx2-float", "rb").read()[12:], ">f4")
 * x = x.reshape(-1, 2).astype(float)
 * y = np.frombuffer(open("blobs/train-labels-idx1-ubyte", "rb").read()[8:], "u1") */
static const char blobs[] = "blobs:n=300,std=3,seed=7";
enum { BLOBS_COUNT = 9 };
static const sm_coefficient blobs_coefficients[BLOBS_COUNT] = {
    {1.0742899854624015, 0.3319248027266346, 3.236546279872798, 0.0012098560652496059,
     0.4237293265426354, 1.7248506443821676},
    {0.32917448021511003, 0.07258197028227098, 4.5352100381809954, 5.7546188347623858e-06,
     0.18691643253490242, 0.47143252789531764},
    {-0.43862553767597684, 0.071894208918093699, -6.1009856604123147, 1.0541636628074688e-09,
     -0.5795355978524388, -0.29771547749951482},
    {1.3185341596942579, 0.32178014541833871, 4.0976243514964636, 4.1741194232897926e-05,
     0.68785666373425269, 1.9492116556542631},
    {0.65697680643299283, 0.086294918897365167, 7.6131574700750111, 2.6747957049374206e-14,
     0.48784187334535223, 0.82611173952063344},
    {-0.067844325984971157, 0.071287674428633721, -0.95169784298252413, 0.34125024363487022,
     -0.20756560040671024, 0.07187694843676791},
    {0.32504784030692746, 0.38166745555663462, 0.85165196973073976, 0.39440728595457486,
     -0.42300662665511812, 1.0731023072689729},
    {1.0556100534406263, 0.10971175263116184, 9.6216679446318256, 6.4772200600477128e-22,
     0.84057896960278156, 1.2706411372784709},
    {-0.37447363188098559, 0.08536227826895558, -4.3868748523921903, 1.1499090718679122e-05,
     -0.54178062292642459, -0.20716664083554653},
};
static const sm_statistics blobs_statistics = {300,
                                               9,
                                               6,
                                               -252.90472231581609,
                                               -415.88830833596717,
                                               0.39189268549595291,
                                               325.96717204030216,
                                               2.2167405406129867e-67,
                                               523.80944463163223,
                                               557.14348690353802,
                                               0,
                                               0.0};

/* r = np.arange(90)
 * x = np.c_[r * 37 % 101, r * r * 11 % 97, (r * 53 + r * r) % 89].astype(float)
 * y = np.where(r * 7 % 5 < 3, x[:, 0] // 34, np.where(r % 2 == 0, r % 3, x[:, 1] // 33)) */
enum { BYTES_ROWS = 90, BYTES_FEATURES = 3, BYTES_CLASSES = 3, BYTES_COUNT = 8 };
static const sm_coefficient bytes_coefficients[BYTES_COUNT] = {
    {-2.1197366274243654, 1.0053956553555121, -2.1083606400455528, 0.034999806313464971,
     -4.0902759021342137, -0.14919735271451695},
    {0.027910920678957916, 0.011316628034580769, 2.4663637077819613, 0.013649266132100003,
     0.0057307373047433101, 0.050091104053172519},
    {0.021734268262547769, 0.0096860363906672211, 2.2438763789375571, 0.024840356340702668,
     0.0027499857838956775, 0.040718550741199858},
    {0.00053923191037122148, 0.011404261651654871, 0.047283368870528641, 0.96228738297509564,
     -0.021812710197143599, 0.02289117401788604},
    {-4.2673092064569058, 1.2912285915979256, -3.3048441106589892, 0.00095029240079203784,
     -6.7980707417972184, -1.7365476711165932},
    {0.06347312296558999, 0.014118136324617168, 4.4958570668364155, 6.9290272599846859e-06,
     0.035802084240513649, 0.091144161690666331},
    {0.020090488722661663, 0.011269966666564553, 1.7826573331636915, 0.074642100781651954,
     -0.0019982400507717879, 0.042179217496095114},
    {-0.00012224679429780522, 0.013400736844854438, -0.0091223934708295588, 0.99272148404286242,
     -0.026387208376511422, 0.026142714787915813},
};
static const sm_statistics bytes_statistics = {90,
                                               8,
                                               6,
                                               -81.127772232304338,
                                               -98.741673716820529,
                                               0.17838366336619715,
                                               35.227802969032382,
                                               3.892926988787648e-06,
                                               178.25554446460868,
                                               198.2540218272508,
                                               0,
                                               0.0};

/* Those rows, as bytes, as floats and as compressed sparse rows. */
typedef struct byte_rows {
    uint8_t bytes[BYTES_ROWS * BYTES_FEATURES];
    float floats[BYTES_ROWS * BYTES_FEATURES];
    float values[BYTES_ROWS * BYTES_FEATURES];
    uint32_t columns[BYTES_ROWS * BYTES_FEATURES];
    size_t row_starts[BYTES_ROWS + 1];
    int32_t labels[BYTES_ROWS];
} byte_rows;

static void fill(byte_rows *const rows)
{
    size_t entries = 0;
    for (size_t r = 0; r < BYTES_ROWS; r++) {
        const size_t x[BYTES_FEATURES] = {r * 37 % 101, r * r * 11 % 97, (r * 53 + r * r) % 89};
        rows->row_starts[r] = entries;
        for (size_t f = 0; f < BYTES_FEATURES; f++) {
            rows->bytes[r * BYTES_FEATURES + f] = (uint8_t)x[f];
            rows->floats[r * BYTES_FEATURES + f] = (float)x[f];
            if (x[f] != 0) {
                rows->values[entries] = (float)x[f];
                rows->columns[entries++] = (uint32_t)f;
            }
        }
        const size_t otherwise = r % 2 == 0 ? r % 3 : x[1] / 33;
        rows->labels[r] = (int32_t)(r * 7 % 5 < 3 ? x[0] / 34 : otherwise);
    }
    rows->row_starts[BYTES_ROWS] = entries;
}

static sm_dataset *open_rows(const byte_rows *const rows, const sm_element element)
{
    sm_dataset *data = NULL;
    sm_status status = SM_OK;
    if (element == SM_U8) {
        status = sm_dataset_borrow_u8(rows->bytes, BYTES_ROWS, BYTES_FEATURES, rows->labels,
                                      BYTES_CLASSES, &data);
    } else if (element == SM_F32) {
        status = sm_dataset_borrow_f32(rows->floats, BYTES_ROWS, BYTES_FEATURES, rows->labels,
                                       BYTES_CLASSES, &data);
    } else {
        status = sm_dataset_borrow_csr(rows->values, rows->columns, rows->row_starts, BYTES_ROWS,
                                       BYTES_FEATURES, rows->labels, BYTES_CLASSES, &data);
    }
    assert_int_equal(status, SM_OK);
    return data;
}

/* The maximum is known to 1e-8 standard errors, and statsmodels's hardly better. */
static void assert_coefficients(const sm_coefficient *const found,
                                const sm_coefficient *const expected, const size_t count)
{
    for (size_t p = 0; p < count; p++) {
        const double error = expected[p].standard_error;
        assert_true(fabs(found[p].value - expected[p].value) <= 1e-7 * error);
        assert_true(near(found[p].standard_error, expected[p].standard_error, 1e-7));
        assert_true(fabs(found[p].z - expected[p].z) <= 1e-6);
        assert_true(near(found[p].p_value, expected[p].p_value, 1e-5));
        assert_true(fabs(found[p].lower - expected[p].lower) <= 1e-6 * error);
        assert_true(fabs(found[p].upper - expected[p].upper) <= 1e-6 * error);
    }
}

/* statsmodels finds the intercepts alone by iteration, to some eight digits. */
static void assert_statistics(const sm_statistics *const found, const sm_statistics *const expected)
{
    assert_int_equal(found->rows, expected->rows);
    assert_int_equal(found->parameters, expected->parameters);
    assert_int_equal(found->degrees_of_freedom, expected->degrees_of_freedom);
    assert_true(near(found->log_likelihood, expected->log_likelihood, 1e-12));
    assert_true(near(found->null_log_likelihood, expected->null_log_likelihood, 1e-8));
    assert_true(near(found->pseudo_r_squared, expected->pseudo_r_squared, 1e-7));
    assert_true(near(found->likelihood_ratio, expected->likelihood_ratio, 1e-7));
    assert_true(near(found->likelihood_ratio_p_value, expected->likelihood_ratio_p_value, 1e-6));
    assert_true(near(found->aic, expected->aic, 1e-12));
    assert_true(near(found->bic, expected->bic, 1e-12));
    assert_true(found->newton_steps >= 1 && found->newton_steps <= 3);
    assert_true(found->largest_shift > 0.0 && found->largest_shift < 1e-2);
}

static void blobs_are_as_in_statsmodels(void **state)
{
    (void)state;
    sm_dataset *data = NULL;
    sm_statistics statistics;
    sm_coefficient coefficients[BLOBS_COUNT];
    assert_int_equal(sm_dataset_open(blobs, &data), SM_OK);
    sm_model *const model = trained_model(sm_dataset_shape(data), data, 0.0);
    assert_int_equal(sm_model_statistics(model, data, 0, 0.95, NULL, &statistics, coefficients),
                     SM_OK);
    assert_statistics(&statistics, &blobs_statistics);
    assert_coefficients(coefficients, blobs_coefficients, BLOBS_COUNT);
    sm_model_free(model);
    sm_dataset_free(data);
}

static void rows_of_every_kind_are_as_in_statsmodels(void **state)
{
    (void)state;
    static const sm_element kinds[] = {SM_U8, SM_F32, SM_CSR};
    static byte_rows rows;
    sm_statistics statistics;
    sm_coefficient coefficients[BYTES_COUNT];
    fill(&rows);
    for (size_t i = 0; i < 3; i++) {
        sm_dataset *const data = open_rows(&rows, kinds[i]);
        sm_shape shape = sm_dataset_shape(data);
        shape.scale = 1.0F / 255.0F; /* bytes have it anyway; floats are trained better with it */
        sm_model *const model = trained_model(shape, data, 0.0);
        assert_int_equal(sm_model_statistics(model, data, 0, 0.95, NULL, &statistics, coefficients),
                         SM_OK);
        assert_statistics(&statistics, &bytes_statistics);
        assert_coefficients(coefficients, bytes_coefficients, BYTES_COUNT);
        sm_model_free(model);
        sm_dataset_free(data);
    }
}

static void coefficients_are_for_features_as_stored_however_the_model_scales_them(void **state)
{
    (void)state;
    static const float shift[BYTES_FEATURES] = {50.0F, 40.0F, 30.0F};
    static const float scale[BYTES_FEATURES] = {0.02F, 0.03F, 0.04F};
    static byte_rows rows;
    sm_statistics statistics;
    sm_coefficient coefficients[BYTES_COUNT];
    fill(&rows);
    sm_dataset *const data = open_rows(&rows, SM_U8);
    for (int columns = 0; columns < 2; columns++) {
        sm_shape shape = sm_dataset_shape(data);
        shape.shift = 45.0F;
        shape.scale = 0.03F;
        shape.column_shift = columns ? shift : NULL;
        shape.column_scale = columns ? scale : NULL;
        sm_model *const model = trained_model(shape, data, 0.0);
        assert_int_equal(sm_model_statistics(model, data, 0, 0.95, NULL, &statistics, coefficients),
                         SM_OK);
        assert_statistics(&statistics, &bytes_statistics);
        assert_coefficients(coefficients, bytes_coefficients, BYTES_COUNT);
        sm_model_free(model);
    }
    sm_dataset_free(data);
}

/* ---- base and confidence ---- */

static void another_base_gives_the_differences(void **state)
{
    (void)state;
    enum { CLASSES = 3, TERMS = 3 };
    made_data data = made_data_of(SM_F32, 200, TERMS - 1, CLASSES, 4);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    sm_coefficient on_first[2 * TERMS];  /* 1 and 2 against 0 */
    sm_coefficient on_second[2 * TERMS]; /* 0 and 2 against 1 */
    sm_statistics first;
    sm_statistics second;
    assert_int_equal(sm_model_statistics(model, data.dataset, 0, 0.95, NULL, &first, on_first),
                     SM_OK);
    assert_int_equal(sm_model_statistics(model, data.dataset, 1, 0.95, NULL, &second, on_second),
                     SM_OK);
    assert_true(near(first.log_likelihood, second.log_likelihood, 1e-13));
    assert_true(near(first.bic, second.bic, 1e-13));
    for (size_t t = 0; t < TERMS; t++) {
        const sm_coefficient *const c = &on_first[t];
        const sm_coefficient *const reverse = &on_second[t];
        const double difference = on_first[TERMS + t].value - c->value;
        assert_true(fabs(reverse->value + c->value) <= 1e-7 * c->standard_error);
        assert_true(near(reverse->standard_error, c->standard_error, 1e-7));
        assert_true(near(reverse->p_value, c->p_value, 1e-5));
        assert_true(fabs(on_second[TERMS + t].value - difference) <= 1e-7 * c->standard_error);
    }
    sm_model_free(model);
    made_data_free(&data);
}

static void confidence_widens_the_intervals_alone(void **state)
{
    (void)state;
    static const double bounds[][2] = {{0.5, 0.67448975019608171}, /* scipy.stats.norm.ppf */
                                       {0.9, 1.6448536269514722},
                                       {0.99, 2.5758293035489004}};
    made_data data = made_data_of(SM_F32, 100, 1, 2, 4);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    sm_statistics statistics;
    sm_coefficient c[2];
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(
            sm_model_statistics(model, data.dataset, 0, bounds[i][0], NULL, &statistics, c), SM_OK);
        assert_true(near(c[1].upper - c[1].value, bounds[i][1] * c[1].standard_error, 1e-12));
        assert_true(near(c[1].value - c[1].lower, bounds[i][1] * c[1].standard_error, 1e-12));
    }
    sm_model_free(model);
    made_data_free(&data);
}

static void classes_are_matched_by_name(void **state)
{
    (void)state;
    static const char *const forwards[] = {"a", "b", "c"};
    static const char *const backwards[] = {"c", "b", "a"};
    made_data data = made_data_of(SM_F32, 200, 2, 3, 4);
    made_data turned = made_data_of(SM_F32, 200, 2, 3, 4);
    assert_int_equal(sm_dataset_set_class_names(data.dataset, forwards), SM_OK);
    for (size_t r = 0; r < 200; r++) {
        turned.labels[r] = 2 - turned.labels[r];
    }
    assert_int_equal(sm_dataset_set_class_names(turned.dataset, backwards), SM_OK);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    sm_statistics statistics;
    sm_statistics of_turned;
    sm_coefficient c[6];
    sm_coefficient c_of_turned[6];
    assert_int_equal(sm_model_statistics(model, data.dataset, 1, 0.95, NULL, &statistics, c),
                     SM_OK);
    assert_int_equal(
        sm_model_statistics(model, turned.dataset, 1, 0.95, NULL, &of_turned, c_of_turned), SM_OK);
    assert_memory_equal(c, c_of_turned, sizeof c);
    sm_model_free(model);
    made_data_free(&data);
    made_data_free(&turned);
}

static void targets_that_are_classes_are_classes(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 1, 2, 4);
    float one_hot[120];
    sm_statistics plain;
    sm_statistics statistics;
    sm_coefficient c[2];
    sm_coefficient of_targets[2];
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    assert_int_equal(sm_model_statistics(model, data.dataset, 0, 0.95, NULL, &plain, c), SM_OK);
    sm_one_hot(data.labels, 60, 2, one_hot);
    assert_int_equal(sm_dataset_set_targets(data.dataset, one_hot), SM_OK);
    assert_int_equal(
        sm_model_statistics(model, data.dataset, 0, 0.95, NULL, &statistics, of_targets), SM_OK);
    assert_memory_equal(c, of_targets, sizeof c);
    sm_model_free(model);
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blobs_are_as_in_statsmodels),
        cmocka_unit_test(rows_of_every_kind_are_as_in_statsmodels),
        cmocka_unit_test(coefficients_are_for_features_as_stored_however_the_model_scales_them),
        cmocka_unit_test(another_base_gives_the_differences),
        cmocka_unit_test(confidence_widens_the_intervals_alone),
        cmocka_unit_test(classes_are_matched_by_name),
        cmocka_unit_test(targets_that_are_classes_are_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
