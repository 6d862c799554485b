#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/html.h"
#include "report/shell.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

/* What is written between begin and assert_written(). */
static smi_html *begin(void **state)
{
    smi_html *html = NULL;
    assert_int_equal(smi_html_open(path_in(*state, "page.html").text, &html), SM_OK);
    return html;
}

static void assert_written(void **state, smi_html *const html, const char *const expected)
{
    const char *const path = path_in(*state, "page.html").text;
    assert_int_equal(smi_html_finish(html, SM_OK), SM_OK);
    char *const text = (char *)read_file(path, NULL);
    assert_string_equal(text, expected);
    free(text);
}

static void assert_name(void **state, const char *const text, const size_t most,
                        const char *const expected)
{
    smi_html *const html = begin(state);
    smi_html_name(html, text, most);
    assert_written(state, html, expected);
}

static void text_cannot_become_markup(void **state)
{
    assert_name(state, "<script>alert(1)</script>", 99,
                "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>");
    assert_name(state, "&amp; \"it's\" `id` $(id)", 99,
                "<bdi>&amp;amp; &quot;it&#39;s&quot; `id` $(id)</bdi>");
    assert_name(state, "", 99, "<bdi></bdi>");
}

static void what_is_no_text_is_replaced(void **state)
{
    assert_name(state, "two\nlines\x1b[2J\x7f\xc2\x85.", 99, "<bdi>two lines [2J  .</bdi>");
    assert_name(state, "a\xff\xe2\x82z\xe2", 99,
                "<bdi>a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd</bdi>");
    assert_name(state, "\xed\xa0\x80", 99, /* a surrogate */
                "<bdi>\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd</bdi>");
}

static void long_text_is_cut_between_characters(void **state)
{
    assert_name(state, "\u00e9\u00e9\u00e9", 3, "<bdi>\u00e9\u00e9\u00e9</bdi>");
    assert_name(state, "\u00e9\u00e9\u00e9\u00e9", 3, "<bdi>\u00e9\u00e9\u2026</bdi>");
    assert_name(state, "<<<", 2, "<bdi>&lt;\u2026</bdi>");
}

static void directions_are_isolated_without_tags(void **state)
{
    smi_html *const html = begin(state);
    smi_html_markup(html, "<img alt=\"");
    smi_html_plain(html, "\u05e9\u05dc\u05d5\u05dd \"", 99);
    smi_html_markup(html, "\">");
    assert_written(state, html, "<img alt=\"\u2068\u05e9\u05dc\u05d5\u05dd &quot;\u2069\">");
}

static void what_is_not_seen_cannot_end_the_isolation(void **state)
{
    assert_name(state, "a\u2069b\u202ec\u200f\ufeff", 3, "<bdi>abc</bdi>");
    smi_html *const html = begin(state);
    smi_html_plain(html, "\u2069a\u202e", 99);
    assert_written(state, html, "\u2068a\u2069");
}

static void counts_are_grouped(void **state)
{
    smi_html *const html = begin(state);
    smi_html_count(html, 0);
    smi_html_markup(html, " ");
    smi_html_count(html, 999);
    smi_html_markup(html, " ");
    smi_html_count(html, 1000);
    smi_html_markup(html, " ");
    smi_html_count(html, UINT64_MAX);
    assert_written(state, html, "0 999 1,000 18,446,744,073,709,551,615");
}

static void bytes_are_written_in_base_64(void **state)
{
    static const uint8_t bytes[] = {'f', 'o', 'o', 'b', 'a', 'r', 0xff, 0xfe};
    static const char *const expected[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="}; /* RFC 4648 */
    for (size_t size = 0; size < 5; size++) {
        smi_html *const html = begin(state);
        smi_html_base64(html, bytes, size);
        assert_written(state, html, expected[size]);
    }
    smi_html *const html = begin(state);
    smi_html_base64(html, bytes + 6, 2);
    assert_written(state, html, "//4=");
}

static void much_of_it_comes_out_whole(void **state)
{
    enum { LINES = 30000 };
    smi_html *const html = begin(state);
    for (int i = 0; i < LINES; i++) {
        smi_html_markup(html, "%05d", i);
        smi_html_bytes(html, "\n", 1);
    }
    const char *const path = path_in(*state, "page.html").text;
    assert_int_equal(smi_html_finish(html, SM_OK), SM_OK);
    size_t size = 0;
    char *const text = (char *)read_file(path, &size);
    assert_int_equal(size, 6 * LINES);
    for (int i = 0; i < LINES; i++) {
        assert_int_equal(strtol(text + (size_t)6 * (size_t)i, NULL, 10), i);
    }
    free(text);
}

static void a_page_that_fails_leaves_no_trace(void **state)
{
    smi_html *const html = begin(state);
    smi_html_markup(html, "half a page");
    assert_int_equal(smi_html_finish(html, SM_ERROR_DATA), SM_ERROR_DATA);
    assert_int_equal(count_entries(*state), 0);
    assert_int_equal(smi_html_finish(NULL, SM_ERROR_MEMORY), SM_ERROR_MEMORY);
    smi_html *none = NULL;
    assert_int_equal(smi_html_open(path_in(*state, "no/folder").text, &none), SM_ERROR_IO);
    assert_null(none);
}

static void a_full_disk_is_told_in_the_end(void **state)
{
    (void)state;
    smi_html *html = NULL;
    assert_int_equal(smi_html_open("/dev/full", &html), SM_OK);
    smi_html_markup(html, "<p>");
    assert_int_equal(smi_html_finish(html, SM_OK), SM_ERROR_IO);
    assert_message("cannot write '/dev/full': %s", strerror(ENOSPC));
}

static void assert_word(void **state, const char *const word, const char *const expected)
{
    smi_html *const html = begin(state);
    smi_html_shell_word(html, word);
    assert_written(state, html, expected);
}

static void words_are_quoted_for_a_shell(void **state)
{
    assert_word(state, "mnist:test", "mnist:test");
    assert_word(state, "--l2=1e-4", "--l2=1e-4");
    assert_word(state, "", "&#39;&#39;");
    assert_word(state, "two words", "&#39;two words&#39;");
    assert_word(state, "it's", "&#39;it&#39;\\&#39;&#39;s&#39;");
    assert_word(state, "$(id)`id`\\", "&#39;$(id)`id`\\&#39;");
    assert_word(state, "~", "&#39;~&#39;");
    assert_word(state, "<&", "&#39;&lt;&amp;&#39;");
    assert_word(state, "\u05e9", "&#39;\u05e9&#39;");
    assert_word(state, "a\u202eb", "$&#39;a\\342\\200\\256b&#39;");
    assert_word(state, "a\nb'\\\xff\x1b", "$&#39;a\\nb\\&#39;\\\\\\377\\033&#39;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(text_cannot_become_markup),
        scratch_test(what_is_no_text_is_replaced),
        scratch_test(long_text_is_cut_between_characters),
        scratch_test(directions_are_isolated_without_tags),
        scratch_test(what_is_not_seen_cannot_end_the_isolation),
        scratch_test(counts_are_grouped),
        scratch_test(bytes_are_written_in_base_64),
        scratch_test(much_of_it_comes_out_whole),
        scratch_test(a_page_that_fails_leaves_no_trace),
        cmocka_unit_test(a_full_disk_is_told_in_the_end),
        scratch_test(words_are_quoted_for_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
