#include "data/table/csv_fault.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/csv_table.h"

/* ---- what is wrong ---- */

#define SET_TEXT(fault, ...) ((void)snprintf((fault)->text, sizeof(fault)->text, __VA_ARGS__))

void smi_csv_set_too_long(smi_csv_fault *const fault, const bool quoted)
{
    fault->column = SIZE_MAX;
    SET_TEXT(fault, "the row is longer than %d MiB%s", SMI_CSV_LONGEST_ROW >> 20,
             quoted ? "; is a quote in it never closed?" : "");
}

void smi_csv_set_ragged(smi_csv_fault *const fault, const size_t cells, const size_t columns,
                        const char delimiter)
{
    fault->column = SIZE_MAX;
    SET_TEXT(fault, "%zu %s, but the table has %zu %s", cells, cells == 1 ? "cell" : "cells",
             columns, columns == 1 ? "column" : "columns");
    if (cells > columns) {
        const size_t length = strlen(fault->text);
        (void)snprintf(fault->text + length, sizeof fault->text - length,
                       "; a cell with a %s in it has to be in quotes",
                       delimiter == ','    ? "comma"
                       : delimiter == ';'  ? "semicolon"
                       : delimiter == '\t' ? "tab"
                                           : "delimiter");
    }
}

/* The cell that the byte is in. It is split once more, as a cell's text may have been copied. */
static size_t column_of(const smi_csv_record *const record, const char delimiter,
                        const char *const begin, const char *const byte)
{
    size_t column = SIZE_MAX;
    if (record->room > 0) {
        smi_csv_record again = {.cells = record->cells, .room = record->room};
        smi_csv_split(delimiter, begin, record->next, &again);
        const size_t known = smi_min_size(again.count, again.room);
        for (size_t c = 0; c < known && again.cells[c].at <= byte; c++) {
            column = c;
        }
        const bool in_open_quote = again.wrong == SMI_CSV_OPEN_QUOTE && byte > again.wrong_at;
        column = in_open_quote ? again.count : column;
    }
    return column;
}

static void set_bad_byte(smi_csv_fault *const fault, const char byte)
{
    if (byte == '\0') {
        SET_TEXT(fault, "a NUL byte, which text does not have");
    } else {
        SET_TEXT(fault,
                 "the byte 0x%02x is not UTF-8; if the text is Latin-1, convert it: iconv -f "
                 "latin1 -t utf-8",
                 (unsigned)(unsigned char)byte);
    }
}

bool smi_csv_is_damaged(const smi_csv_record *const record, const char delimiter,
                        const char *const begin, const char *const bad, smi_csv_fault *const fault,
                        const char **const at)
{
    *at = begin;
    if (record->next - begin > SMI_CSV_LONGEST_ROW) {
        smi_csv_set_too_long(fault, record->wrong == SMI_CSV_OPEN_QUOTE);
        return true;
    }
    if (bad < record->next) {
        fault->column = column_of(record, delimiter, begin, bad);
        set_bad_byte(fault, *bad);
        *at = bad;
        return true;
    }
    if (record->wrong == SMI_CSV_RIGHT) {
        return false;
    }
    fault->column = record->count;
    *at = record->wrong_at;
    SET_TEXT(fault, "%s",
             record->wrong == SMI_CSV_OPEN_QUOTE
                 ? "the quote that begins here is never closed"
                 : "text behind a closing quote; a quote within quotes is written twice");
    return true;
}

/* ---- the message ---- */

/* How many newlines come before a byte of the text. Of a query's answer, which is as RFC 4180 has
 * it, those between quotes are none: so many rows are before it, the header among them. */
static sm_status count_newlines(const smi_csv *const csv, const uint64_t offset,
                                uint64_t *const newlines)
{
    enum { AT_ONCE = 65536 };
    char *const text = smi_bytes(AT_ONCE);
    if (text == NULL) {
        return smi_fail_memory("reading");
    }
    sm_status status = SM_OK;
    bool quoted = false;
    *newlines = 0;
    for (uint64_t done = 0; done < offset && status == SM_OK;) {
        const size_t size = offset - done < AT_ONCE ? (size_t)(offset - done) : AT_ONCE;
        status = smi_spool_read(csv->spool, done, text, size);
        for (size_t i = 0; status == SM_OK && i < size; i++) {
            quoted = quoted != (csv->of_query && text[i] == '"');
            *newlines += text[i] == '\n' && !quoted;
        }
        done += size;
    }
    smi_free(text);
    return status;
}

/* The place behind so many newlines, as it follows the file's name and a colon. */
enum { PLACE_SIZE = 32 };
static const char *place_text(const smi_csv *const csv, const uint64_t newlines,
                              char text[PLACE_SIZE])
{
    const unsigned long long number = (unsigned long long)newlines;
    if (csv->of_query && newlines == 0) {
        return "";
    }
    (void)snprintf(text, PLACE_SIZE,
                   csv->of_query ? " row %llu:" : "%llu:", csv->of_query ? number : number + 1);
    return text;
}

/* A name as a message shows it: not too long, and in one line. */
enum { SHOWN_NAME = 80 };
static const char *shown(const char *const name, char text[SHOWN_NAME])
{
    const size_t length = strlen(name);
    size_t kept = smi_min_size(length, SHOWN_NAME - 4);
    while (kept < length && kept > 0 && ((unsigned char)name[kept] & 0xc0U) == 0x80U) {
        kept--;
    }
    for (size_t i = 0; i < kept; i++) {
        text[i] = (char)((unsigned char)name[i] < ' ' ? ' ' : name[i]);
    }
    (void)snprintf(text + kept, SHOWN_NAME - kept, "%s", kept < length ? "…" : "");
    return text;
}

bool smi_csv_fault_memory(smi_csv_fault *const fault)
{
    fault->out_of_memory = true;
    return false;
}

sm_status smi_csv_fail(const smi_csv *const csv, const uint64_t offset,
                       const smi_csv_fault *const fault)
{
    uint64_t newlines = 0;
    char place[PLACE_SIZE];
    if (fault->out_of_memory) {
        return smi_fail_memory(smi_spool_name(csv->spool));
    }
    if (fault->file_changed) {
        return smi_fail_changed(smi_spool_name(csv->spool));
    }
    sm_status status = smi_spool_check_unchanged(csv->spool);
    if (status == SM_OK) {
        status = count_newlines(csv, offset, &newlines);
    }
    if (status != SM_OK) {
        return status;
    }
    if (fault->column >= csv->columns) {
        return smi_fail(SM_ERROR_FORMAT, "%s:%s %s", smi_spool_name(csv->spool),
                        place_text(csv, newlines, place), fault->text);
    }
    char name[SHOWN_NAME];
    return smi_fail(SM_ERROR_FORMAT, "%s:%s column '%s': %s", smi_spool_name(csv->spool),
                    place_text(csv, newlines, place), shown(csv->names[fault->column], name),
                    fault->text);
}
