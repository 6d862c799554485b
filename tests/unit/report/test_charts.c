#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/bins.h"
#include "report/curves.h"
#include "report/heat.h"
#include "report/image.h"
#include "report/plane.h"
#include "report/scale.h"
#include "support/cmocka_all.h"
#include "support/scratch.h"

static void numbers_have_their_place(void **state)
{
    (void)state;
    const smi_scale up = {10.0, 20.0, 200.0, 100.0};
    assert_true(smi_scale_place(&up, 10.0) == 200.0);
    assert_true(smi_scale_place(&up, 20.0) == 100.0);
    assert_true(smi_scale_place(&up, 12.5) == 175.0);
}

static void long_numbers_move_the_side_they_stand_at(void **state)
{
    (void)state;
    smi_frame frame = {.x = {0.0, 1.0, 46.0, 466.0}, .y = {0.0, 10.0, 300.0, 30.0}};
    smi_frame_make_room(&frame);
    assert_true(frame.x.start == 46.0);
    frame.y.from = -12340000.0;
    frame.y.to = -12300000.0;
    smi_frame_make_room(&frame);
    assert_true(frame.x.start > 80.0 && frame.x.start < 120.0); /* of -1.234e+07 */
    assert_true(frame.x.end == 466.0);
}

static void a_single_number_has_a_range_around_it(void **state)
{
    (void)state;
    double from = 5.0;
    double to = 5.0;
    smi_widen(&from, &to, 0.05);
    assert_true(from == 4.5 && to == 5.5);
    from = to = 0.0;
    smi_widen(&from, &to, 0.05);
    assert_true(from < 0.0 && to > 0.0);
    from = 1.0;
    to = 3.0;
    smi_widen(&from, &to, 0.05);
    assert_true(fabs(from - 0.9) < 1e-12 && fabs(to - 3.1) < 1e-12);
}

/* ---- what is written ---- */

static smi_html *begin(void **state)
{
    smi_html *html = NULL;
    assert_int_equal(smi_html_open(path_in(*state, "page.html").text, &html), SM_OK);
    return html;
}

/* Freed by free(). */
static char *end(void **state, smi_html *const html)
{
    assert_int_equal(smi_html_finish(html, SM_OK), SM_OK);
    char *const text = (char *)read_file(path_in(*state, "page.html").text, NULL);
    assert_non_null(text);
    assert_null(strstr(text, "nan"));
    assert_null(strstr(text, "inf"));
    return text;
}

static size_t count_of(const char *at, const char *const part)
{
    size_t count = 0;
    for (; (at = strstr(at, part)) != NULL; at += strlen(part)) {
        count++;
    }
    return count;
}

static void curves_of_one_epoch_are_points(void **state)
{
    const smi_curve_point point = {1.0, 0.5, 0.8, NAN, NAN};
    const smi_run run = {"", &point, 1};
    smi_html *const html = begin(state);
    smi_html_curves(html, &run);
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<figure"), 2);
    assert_int_equal(count_of(text, "<circle class=\"dot\""), 2);
    assert_int_equal(count_of(text, "held-out"), 0);
    free(text);
}

static void validation_has_a_curve_with_marks(void **state)
{
    const smi_curve_point points[] = {
        {1.0, 2.0, 0.2, 2.1, 0.1}, {2.0, NAN, NAN, 1.0, 0.5}, {3.0, 0.5, 0.9, NAN, NAN}};
    const smi_run run = {"", points, 3};
    smi_html *const html = begin(state);
    smi_html_curves(html, &run);
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<path class=\"train\""), 3); /* one in the key */
    assert_int_equal(count_of(text, "<path class=\"validation\""), 3);
    assert_int_equal(count_of(text, "<circle class=\"dot validation\" cx=\"12\""), 1);
    free(text);
}

static void of_many_epochs_some_are_drawn(void **state)
{
    enum { EPOCHS = 2500 };
    smi_curve_point *const points = calloc(EPOCHS, sizeof *points);
    assert_non_null(points);
    for (size_t i = 0; i < EPOCHS; i++) {
        points[i] = (smi_curve_point){(double)i + 1.0, 1.0 / (double)(i + 1), NAN, NAN, NAN};
    }
    const smi_run run = {"", points, EPOCHS};
    smi_html *const html = begin(state);
    smi_html_curves(html, &run);
    char *const text = end(state, html);
    assert_non_null(strstr(text, "Of 2,500 epochs one in 3 is drawn."));
    assert_int_equal(count_of(text, "<figure"), 1); /* there is no accuracy */
    free(text);
    free(points);
}

static void a_matrix_has_a_cell_for_each_pair(void **state)
{
    static const char *const names[] = {"a", "<b>", "c"};
    static const uint64_t counts[] = {8, 2, 0, 0, 1000, 0, 0, 0, 0};
    const smi_confusion confusion = {"", names, counts, 3};
    smi_html *const html = begin(state);
    smi_html_heat(html, &confusion);
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<td"), 9);
    assert_int_equal(count_of(text, "scope=\"row\""), 3);
    assert_non_null(strstr(text, "<td class=\"diagonal\" style=\"--share:0.800\">8</td>"));
    assert_non_null(strstr(text, "<td style=\"--share:1.000\">2</td>")); /* the largest mistake */
    assert_non_null(strstr(text, ">1,000</td>"));
    assert_non_null(strstr(text, "the strongest is 20 % of its row"));
    assert_int_equal(count_of(text, "&lt;b&gt;"), 2);
    free(text);
}

/* The title of the axis x, between what isolates its direction. */
static void assert_x_title(void **state, const char *const name, const char *const expected)
{
    const smi_frame frame = {.x = {0.0, 1.0, 46.0, 466.0}, .y = {0.0, 1.0, 300.0, 30.0}};
    char title[160];
    smi_html *const html = begin(state);
    smi_chart_axes(html, &frame, name, "y");
    char *const text = end(state, html);
    (void)snprintf(title, sizeof title, "text-anchor=\"middle\">\u2068%s\u2069</text>", expected);
    assert_non_null(strstr(text, title));
    free(text);
}

static void titles_of_axes_are_cut_to_what_has_room(void **state)
{
    assert_x_title(state, "bill length, mm", "bill length, mm");
    assert_x_title(state, "a title of an axis that has forty letters", /* and one more */
                   "a title of an axis that has forty lette\u2026");
    assert_x_title(state, "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
                   "MMMMMMMMMMMMMMMMMMMMMMMMMMMM\u2026");
    assert_x_title(state,
                   "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"
                   "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"
                   "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e",
                   "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"
                   "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e"
                   "\u65e5\u672c\u8a9e\u65e5\u2026");
}

static void bins_of_few_rows_are_hollow(void **state)
{
    const smi_calibration_bin bins[] = {{0.0, 0.5, 0.4, 1.0, 3.0}, {0.5, 1.0, 0.9, 0.8, 50.0}};
    smi_html *const html = begin(state);
    smi_html_bins(html, bins, 2);
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<circle class=\"dot few\""), 1);
    assert_int_equal(count_of(text, "<circle class=\"dot\""), 1);
    assert_int_equal(count_of(text, "<rect class=\"column\""), 2);
    assert_int_equal(count_of(text, "<tr>"), 3);
    assert_int_equal(count_of(text, "Hollow: fewer than 10 rows."), 1);
    free(text);
}

static void where_no_bin_is_hollow_none_is_said_to_be(void **state)
{
    const smi_calibration_bin bins[] = {{0.0, 0.5, 0.0, 0.0, 0.0}, {0.5, 1.0, 0.9, 0.8, 10.0}};
    smi_html *const html = begin(state);
    smi_html_bins(html, bins, 2);
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<circle class=\"dot\""), 1);
    assert_int_equal(count_of(text, "Hollow"), 0);
    free(text);
}

static void pictures_are_small_and_keep_their_shape(void **state)
{
    enum { SIDE = 300 };
    float *const values = calloc((size_t)SIDE * SIDE * 2, sizeof *values);
    assert_non_null(values);
    const smi_image image = {
        .values = values, .height = SIDE, .width = (size_t)2 * SIDE, .channels = 1, .most = 255.0};
    smi_html *const html = begin(state);
    assert_true(smi_html_image(html, &image));
    char *const text = end(state, html);
    assert_non_null(strstr(text, "width=\"100\" height=\"50\" src=\"data:image/png;base64,iVBOR"));
    free(text);
    free(values);
}

/* The picture of four weights, whose colours end at 1. Freed by free(). */
static char *picture_of_weights(void **state, const float *const weights)
{
    const smi_image image = {.values = weights,
                             .height = 2,
                             .width = 2,
                             .channels = 1,
                             .least = -1.0,
                             .most = 1.0,
                             .signed_values = true};
    smi_html *const html = begin(state);
    assert_true(smi_html_image(html, &image));
    return end(state, html);
}

static void weights_beyond_the_scale_have_its_last_colours(void **state)
{
    char *const beyond = picture_of_weights(state, (const float[]){-1.5F, 1e30F, 0.0F, 0.5F});
    char *const within = picture_of_weights(state, (const float[]){-1.0F, 1.0F, 0.0F, 0.5F});
    char *const others = picture_of_weights(state, (const float[]){-0.9F, 1.0F, 0.0F, 0.5F});
    assert_string_equal(beyond, within);
    assert_string_not_equal(others, within);
    free(beyond);
    free(within);
    free(others);
}

static void a_plane_has_its_points_and_a_key(void **state)
{
    static const char *const names[] = {"in", "out"};
    static const int32_t cells[] = {0, 1, 0, 1};
    static const float probabilities[] = {0.5F, 1.0F, 0.7F, 0.9F};
    static const float points[] = {0.1F, 0.1F, 0.9F, 0.9F, 0.5F, 0.5F};
    static const int32_t labels[] = {0, 1, -1};
    const smi_regions regions = {.title = "",
                                 .x_name = "width <mm>",
                                 .y_name = "height",
                                 .names = names,
                                 .classes = 2,
                                 .plane = {0.0, 1.0, 0.0, 1.0, 2, 2},
                                 .cells = cells,
                                 .probabilities = probabilities,
                                 .points = points,
                                 .labels = labels,
                                 .count = 3};
    smi_html *const html = begin(state);
    assert_true(smi_html_plane(html, &regions));
    char *const text = end(state, html);
    assert_int_equal(count_of(text, "<path transform="), 5); /* three points, two in the key */
    assert_int_equal(count_of(text, "<image "), 1);
    assert_non_null(strstr(text, "width &lt;mm&gt;"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_place),
        cmocka_unit_test(long_numbers_move_the_side_they_stand_at),
        cmocka_unit_test(a_single_number_has_a_range_around_it),
        scratch_test(curves_of_one_epoch_are_points),
        scratch_test(validation_has_a_curve_with_marks),
        scratch_test(of_many_epochs_some_are_drawn),
        scratch_test(a_matrix_has_a_cell_for_each_pair),
        scratch_test(titles_of_axes_are_cut_to_what_has_room),
        scratch_test(bins_of_few_rows_are_hollow),
        scratch_test(where_no_bin_is_hollow_none_is_said_to_be),
        scratch_test(pictures_are_small_and_keep_their_shape),
        scratch_test(weights_beyond_the_scale_have_its_last_colours),
        scratch_test(a_plane_has_its_points_and_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
