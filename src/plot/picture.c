#include "plot/picture.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/status.h"
#include "plot/palette.h"
#include "sys/child.h"
#include "sys/output.h"

/* No picture is as large. */
static const size_t MOST_BYTES = (size_t)1 << 28;

sm_status smi_picture_format_of(const char *const path, smi_picture_format *const format)
{
    static const char *const endings[] = {[SMI_PICTURE_PNG] = ".png",
                                          [SMI_PICTURE_SVG] = ".svg",
                                          [SMI_PICTURE_PDF] = ".pdf",
                                          [SMI_PICTURE_SCRIPT] = ".gnuplot"};
    const size_t length = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t size = strlen(endings[i]);
        if (length > size && strcasecmp(path + length - size, endings[i]) == 0) {
            *format = (smi_picture_format)i;
            return SM_OK;
        }
    }
    return smi_fail(SM_ERROR_ARGUMENT,
                    "'%s': a picture's name ends in .png, .svg or .pdf, or in .gnuplot for the "
                    "script that draws it",
                    path);
}

/* Sizes are in pixels, of which 96 are an inch. Of PDF gnuplot cuts them to whole points; half a
 * pixel makes up for what is lost in fractions. */
static void set_terminal(smi_script *const script, const smi_picture_target *const target,
                         const size_t width, const size_t height)
{
    static const char font[] = "noenhanced font 'DejaVu Sans,11' background '#ffffff'";
    switch (target->format) {
    case SMI_PICTURE_SCRIPT:
    case SMI_PICTURE_PNG:
        smi_script_add(script, "set terminal pngcairo %s size %zu,%zu\n", font, width, height);
        break;
    case SMI_PICTURE_SVG:
        smi_script_add(script, "set terminal svg %s fontscale 1.33 size %zu,%zu\n", font, width,
                       height);
        break;
    case SMI_PICTURE_PDF:
        smi_script_add(script, "set terminal pdfcairo %s fontscale 0.75 size %.5fin,%.5fin\n", font,
                       ((double)width + 0.5) / 96.0, ((double)height + 0.5) / 96.0);
        break;
    case SMI_PICTURE_SIXEL:
        smi_script_add(script, "set terminal sixelgd truecolor %s size %zu,%zu\n", font, width,
                       height);
        break;
    case SMI_PICTURE_WINDOW:
        smi_script_add(script,
                       "set terminal %s noenhanced font 'DejaVu Sans,11' size %zu,%zu "
                       "title 'softmax train' noraise persist\n",
                       target->window, width, height);
        break;
    case SMI_PICTURE_LETTERS:
        smi_script_add(script, "set terminal dumb noenhanced %s size %zu,%zu\n",
                       target->colour ? "ansi256" : "mono", target->columns, target->lines);
        break;
    }
}

void smi_picture_begin(smi_script *const script, const smi_picture_target *const target,
                       const size_t width, const size_t height)
{
    if (target->format == SMI_PICTURE_SCRIPT) {
        smi_script_add(script, "# gnuplot -d THIS > picture.png\n");
    }
    /* gnuplot's Cairo draws boxes over the whole picture for characters that no font has. */
    script->common = target->format == SMI_PICTURE_PNG || target->format == SMI_PICTURE_PDF;
    smi_script_add(script, "set encoding utf8\n");
    set_terminal(script, target, width, height);
    smi_script_add(script,
                   "set border 3 linecolor rgb '#%06x'\n"
                   "set tics nomirror scale 0.6 textcolor rgb '#%06x'\n"
                   "set key noautotitle textcolor rgb '#%06x'\n",
                   SMI_GREY, SMI_TEXT, SMI_TEXT);
}

void smi_picture_place(smi_script *const script, const double left, const double right,
                       const double bottom, const double top)
{
    smi_script_add(script,
                   "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
                   "set bmargin at screen %.5f\nset tmargin at screen %.5f\n",
                   left, right, bottom, top);
}

void smi_picture_place_box(smi_script *const script, const size_t width, const size_t height,
                           const smi_picture_box box)
{
    smi_picture_place(script, (double)box.left / (double)width,
                      (double)(box.left + box.width) / (double)width,
                      1.0 - (double)(box.top + box.height) / (double)height,
                      1.0 - (double)box.top / (double)height);
}

void smi_picture_name_y(smi_script *const script, const char *const name, const size_t most,
                        const size_t width)
{
    smi_script_add(script, "set label 1 ");
    smi_script_quote(script, name, most);
    smi_script_add(script, " at screen %.5f,graph 0.5 center rotate by 90\n",
                   SMI_AXIS_NAME / 2.0 / (double)width);
}

static sm_status draw(const smi_script *const script, smi_child_end *const end)
{
    /* -d: no files of the user's. As a file: standard input itself it reads a byte at a time. */
    static const char *const gnuplot[] = {"gnuplot", "-d", "/dev/stdin", NULL};
    bool missing = false;
    sm_status status =
        smi_child_run(gnuplot, script->text, script->length, MOST_BYTES, &missing, end);
    if (missing) {
        return smi_fail(
            SM_ERROR_IO,
            "pictures are drawn by gnuplot, and there is no such program here; Debian's "
            "package is gnuplot-nox. Without it, a name that ends in .gnuplot gets the "
            "script");
    }
    if (status == SM_OK && (end->exit_status != 0 || end->size == 0)) {
        status = smi_fail(SM_ERROR_IO, "gnuplot draws no picture, but ends with status %d: %s",
                          end->exit_status, end->errors);
        smi_free(end->output);
    }
    return status;
}

typedef struct piece {
    const char *bytes;
    size_t size;
} piece;

static sm_status print_pieces(const piece *const pieces, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fwrite(pieces[i].bytes, 1, pieces[i].size, stdout) != pieces[i].size) {
            return smi_fail(SM_ERROR_IO, "cannot write to standard output");
        }
    }
    return SM_OK;
}

static sm_status write_pieces(const smi_picture_target *const target, const piece *const pieces,
                              const size_t count)
{
    if (target->path == NULL) {
        return print_pieces(pieces, count);
    }
    smi_output *output = NULL;
    sm_status status = smi_output_open(target->path, &output);
    for (size_t i = 0; i < count && status == SM_OK; i++) {
        status = smi_output_write(output, pieces[i].bytes, pieces[i].size);
    }
    return smi_output_finish(output, status);
}

/* Where the content of an SVG picture begins; its end where that is not found. */
static size_t find_content(const char *const bytes, const size_t size)
{
    static const char mark[] = "<title>";
    size_t at = 0;
    while (at < size &&
           (size - at < sizeof mark - 1 || memcmp(bytes + at, mark, sizeof mark - 1) != 0)) {
        at++;
    }
    return at;
}

/* What gnuplot made, but for what stands in the way: a new page before letters, and browsers that
 * smooth the pixels of what they enlarge. */
static sm_status write_drawn(const smi_picture_target *const target, const smi_child_end *const end)
{
    static const char style[] =
        "<style>image { image-rendering: optimizeSpeed; image-rendering: pixelated }</style>\n";
    const size_t begin = target->format == SMI_PICTURE_LETTERS && end->output[0] == '\f' ? 1 : 0;
    const size_t content =
        target->format == SMI_PICTURE_SVG ? find_content(end->output, end->size) : end->size;
    const piece pieces[] = {{end->output + begin, content - begin},
                            {style, content < end->size ? sizeof style - 1 : 0},
                            {end->output + content, end->size - content}};
    return write_pieces(target, pieces, sizeof pieces / sizeof *pieces);
}

sm_status smi_picture_finish_text(smi_script *const script, const smi_picture_target *const target)
{
    const sm_status status = script->failed
                                 ? smi_fail_memory("a picture")
                                 : write_pieces(target, &(piece){script->text, script->length}, 1);
    smi_script_free(script);
    return status;
}

sm_status smi_picture_finish(smi_script *const script, const smi_picture_target *const target)
{
    smi_child_end end = {0};
    if (target->lost != NULL) {
        *target->lost = script->lost;
    }
    if (target->format == SMI_PICTURE_SCRIPT || script->failed) {
        return smi_picture_finish_text(script, target);
    }
    sm_status status = draw(script, &end);
    if (status == SM_OK) {
        status = write_drawn(target, &end);
        smi_free(end.output);
    }
    smi_script_free(script);
    return status;
}
