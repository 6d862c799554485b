#include "data/array/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/array/zip_format.h"

/* Where a record is, and what of it has been read. */
typedef struct record {
    const char *file;
    size_t offset; /* of the record, in the file */
    smi_cursor cursor;
} record;

/* The directory, as the records at the end of the archive give it. */
typedef struct directory {
    uint64_t count;
    uint64_t offset;
    uint64_t size;
} directory;

bool smi_zip_looks_right(const uint8_t *const bytes, const size_t size)
{
    return size >= 4 && bytes[0] == 'P' && bytes[1] == 'K' &&
           ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
}

static sm_status fail_at(const char *const file, const size_t offset, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: %s", file, offset, what);
}

/* ---- little-endian numbers ---- */

/* The next number of `size` bytes, of which the record is known to have so many. */
static uint64_t take(record *const from, const size_t size)
{
    const uint8_t *bytes = NULL;
    uint64_t number = 0;
    if (smi_cursor_take_bytes(&from->cursor, size, &bytes)) {
        for (size_t i = 0; i < size; i++) {
            number |= (uint64_t)bytes[i] << (8 * i);
        }
    }
    return number;
}

static void skip(record *const from, const size_t size)
{
    const uint8_t *bytes = NULL;
    (void)smi_cursor_take_bytes(&from->cursor, size, &bytes);
}

/* The record of `size` bytes at `offset`, its signature taken; false when it is not there. */
static bool open_record(const smi_content *const content, const uint64_t offset, const size_t size,
                        const uint32_t signature, record *const opened)
{
    const size_t all = smi_content_size(content);
    if (offset > all || size > all - (size_t)offset) {
        return false;
    }
    *opened = (record){.file = smi_content_name(content),
                       .offset = (size_t)offset,
                       .cursor = smi_cursor_over(smi_content_bytes(content) + offset, size)};
    return take(opened, 4) == signature;
}

/* ---- the end of the archive ---- */

/* The last record, behind which there is nothing but a comment as long as it says. */
static bool find_end(const smi_content *const content, record *const end)
{
    enum { LONGEST_COMMENT = 65535 };
    const size_t size = smi_content_size(content);
    for (size_t comment = 0; comment <= LONGEST_COMMENT && comment + SMI_ZIP_END_SIZE <= size;
         comment++) {
        const size_t offset = size - comment - SMI_ZIP_END_SIZE;
        if (open_record(content, offset, SMI_ZIP_END_SIZE, SMI_ZIP_END, end)) {
            const uint8_t *const length = smi_content_bytes(content) + offset + 20;
            if ((size_t)(length[0] | length[1] << 8) == comment) {
                return true;
            }
        }
    }
    return false;
}

/* What ZIP64 says in the place of numbers that are too large for the last record. */
static sm_status read_end_64(const smi_content *const content, const size_t end,
                             directory *const found)
{
    const char *const file = smi_content_name(content);
    record locator;
    record wide;
    if (end < SMI_ZIP_LOCATOR_64_SIZE ||
        !open_record(content, end - SMI_ZIP_LOCATOR_64_SIZE, SMI_ZIP_LOCATOR_64_SIZE,
                     SMI_ZIP_LOCATOR_64, &locator)) {
        return fail_at(file, end, "the archive ends as if it had ZIP64 records, which it has not");
    }
    skip(&locator, 4);
    if (!open_record(content, take(&locator, 8), SMI_ZIP_END_64_SIZE, SMI_ZIP_END_64, &wide)) {
        return fail_at(file, locator.offset, "there is no ZIP64 record where this says");
    }
    skip(&wide, 8 + 2 + 2);
    const uint64_t disks = take(&wide, 8);
    const uint64_t here = take(&wide, 8);
    found->count = take(&wide, 8);
    found->size = take(&wide, 8);
    found->offset = take(&wide, 8);
    return disks == 0 && here == found->count
               ? SM_OK
               : fail_at(file, wide.offset, "the archive has several parts");
}

static sm_status find_directory(const smi_content *const content, directory *const found)
{
    const char *const file = smi_content_name(content);
    record end;
    if (!find_end(content, &end)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the archive breaks off: it has no directory", file);
    }
    const uint64_t disks = take(&end, 4);
    const uint64_t here = take(&end, 2);
    found->count = take(&end, 2);
    found->size = take(&end, 4);
    found->offset = take(&end, 4);
    if (disks != 0 || here != found->count) {
        return fail_at(file, end.offset, "the archive has several parts");
    }
    if (found->count == 0xffff || found->size == SMI_ZIP_IN_64 || found->offset == SMI_ZIP_IN_64) {
        const sm_status status = read_end_64(content, end.offset, found);
        if (status != SM_OK) {
            return status;
        }
    }
    if (found->offset > end.offset || found->size > end.offset - found->offset) {
        return fail_at(file, end.offset, "the directory reaches beyond the end of the archive");
    }
    if (found->count > SMI_ZIP_MEMBERS || found->count > found->size / SMI_ZIP_CENTRAL_SIZE) {
        char members[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte %zu: %s; possible are so many as the directory has room for, and "
                        "%s",
                        file, end.offset, smi_counted_text(found->count, "member", members),
                        smi_grouped_text(SMI_ZIP_MEMBERS, most));
    }
    return SM_OK;
}

/* ---- entries of the directory ---- */

/* The numbers of an entry, before they are believed. */
typedef struct entry {
    unsigned flags;
    unsigned method;
    uint64_t compressed;
    uint64_t size;
    uint64_t header;
} entry;

/* Those that did not fit the entry come, in this order, in an extra field. */
static sm_status take_extra_64(record *const extra, entry *const numbers)
{
    uint64_t *const list[] = {&numbers->size, &numbers->compressed, &numbers->header};
    while (smi_cursor_remaining(&extra->cursor) >= 4) {
        const uint64_t kind = take(extra, 2);
        const size_t length = (size_t)take(extra, 2);
        const uint8_t *bytes = NULL;
        if (!smi_cursor_take_bytes(&extra->cursor, length, &bytes)) {
            return fail_at(extra->file, extra->offset, "an extra field reaches beyond its entry");
        }
        record field = {.cursor = smi_cursor_over(bytes, length)};
        for (size_t i = 0; kind == SMI_ZIP_EXTRA_64 && i < 3; i++) {
            if (*list[i] == SMI_ZIP_IN_64) {
                if (smi_cursor_remaining(&field.cursor) < 8) {
                    return fail_at(extra->file, extra->offset, "a ZIP64 field is too short");
                }
                *list[i] = take(&field, 8);
            }
        }
    }
    return SM_OK;
}

/* The name, and what messages call the member. Only names that can be printed are names. */
static sm_status take_name(const record *const at, const uint8_t *const bytes, const size_t length,
                           smi_zip_member *const member)
{
    bool good = length > 0 && length <= SMI_ZIP_LONGEST_NAME;
    for (size_t i = 0; good && i < length; i++) {
        good = bytes[i] > ' ' && bytes[i] < 0x7f;
    }
    if (!good) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte %zu: the name of a member is not 1 to %d printable characters",
                        at->file, at->offset, SMI_ZIP_LONGEST_NAME);
    }
    memcpy(member->name, bytes, length);
    member->name[length] = '\0';
    (void)snprintf(member->label, sizeof member->label, "%.255s:%s", at->file, member->name);
    return SM_OK;
}

/* Whether what the entry says can be. */
static sm_status check_entry(const record *const at, const entry *const numbers,
                             const smi_zip_member *const member)
{
    enum { DEFLATE_MAX_RATIO = 1032, ENCRYPTED = SMI_ZIP_ENCRYPTED };
    if ((numbers->flags & ENCRYPTED) != 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the member is encrypted", member->label);
    }
    if (numbers->method != SMI_ZIP_STORED && numbers->method != SMI_ZIP_DEFLATED) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the member is compressed by method %u; known are 0 and 8, as NumPy's "
                        "savez and savez_compressed write",
                        member->label, numbers->method);
    }
    if (numbers->header > at->offset || numbers->compressed > at->offset - numbers->header) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the member reaches beyond the archive's members",
                        member->label);
    }
    if (numbers->method == SMI_ZIP_STORED
            ? numbers->size != numbers->compressed
            : numbers->size / DEFLATE_MAX_RATIO > numbers->compressed) {
        char size[SMI_COUNTED_SIZE];
        char compressed[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: %s cannot come out of the %s in the archive",
                        member->label, smi_counted_text(numbers->size, "byte", size),
                        smi_grouped_text(numbers->compressed, compressed));
    }
    return SM_OK;
}

/* The next entry of the directory: at->cursor moves behind it. */
static sm_status take_entry(record *const at, smi_zip_member *const member)
{
    const uint8_t *name = NULL;
    const uint8_t *bytes = NULL;
    if (smi_cursor_remaining(&at->cursor) < SMI_ZIP_CENTRAL_SIZE ||
        take(at, 4) != SMI_ZIP_CENTRAL) {
        return fail_at(at->file, at->offset, "the directory has fewer entries than it says");
    }
    skip(at, 2 + 2);
    entry numbers = {.flags = (unsigned)take(at, 2)};
    numbers.method = (unsigned)take(at, 2);
    skip(at, 4);
    member->checksum = (uint32_t)take(at, 4);
    numbers.compressed = take(at, 4);
    numbers.size = take(at, 4);
    const size_t name_length = (size_t)take(at, 2);
    const size_t extra_length = (size_t)take(at, 2);
    const size_t comment_length = (size_t)take(at, 2);
    skip(at, 2 + 2 + 4);
    numbers.header = take(at, 4);
    record extra = {.file = at->file, .offset = at->offset};
    if (!smi_cursor_take_bytes(&at->cursor, name_length, &name) ||
        !smi_cursor_take_bytes(&at->cursor, extra_length, &bytes)) {
        return fail_at(at->file, at->offset, "an entry reaches beyond the directory");
    }
    extra.cursor = smi_cursor_over(bytes, extra_length);
    if (!smi_cursor_take_bytes(&at->cursor, comment_length, &bytes)) {
        return fail_at(at->file, at->offset, "an entry reaches beyond the directory");
    }
    sm_status status = take_extra_64(&extra, &numbers);
    if (status == SM_OK) {
        status = take_name(at, name, name_length, member);
    }
    if (status == SM_OK) {
        status = check_entry(at, &numbers, member);
    }
    member->header = (size_t)numbers.header;
    member->compressed = (size_t)numbers.compressed;
    member->size = (size_t)numbers.size;
    member->deflated = numbers.method == SMI_ZIP_DEFLATED;
    return status;
}

/* ---- where members lie ---- */

/* Behind the member's own header, which must have the same name; `end`: where members do. */
static sm_status place_member(const smi_content *const content, const size_t end,
                              smi_zip_member *const member)
{
    record local;
    if (!open_record(content, member->header, SMI_ZIP_LOCAL_SIZE, SMI_ZIP_LOCAL, &local)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: the member does not begin here",
                        member->label, member->header);
    }
    skip(&local, SMI_ZIP_LOCAL_SIZE - 4 - 4);
    const size_t name = (size_t)take(&local, 2);
    const size_t extra = (size_t)take(&local, 2);
    member->begin = member->header + SMI_ZIP_LOCAL_SIZE + name + extra;
    if (member->begin > end || member->compressed > end - member->begin) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the member reaches beyond the archive's members",
                        member->label);
    }
    if (name != strlen(member->name) ||
        memcmp(smi_content_bytes(content) + member->header + SMI_ZIP_LOCAL_SIZE, member->name,
               name) != 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: the member has another name here",
                        member->label, member->header);
    }
    return SM_OK;
}

static int compare_places(const void *const a, const void *const b)
{
    const smi_zip_member *const left = a;
    const smi_zip_member *const right = b;
    return (left->header > right->header) - (left->header < right->header);
}

static int compare_names(const void *const a, const void *const b)
{
    return strcmp(((const smi_zip_member *)a)->name, ((const smi_zip_member *)b)->name);
}

static sm_status check_apart(smi_zip *const zip)
{
    qsort(zip->members, zip->count, sizeof *zip->members, compare_places);
    for (size_t m = 1; m < zip->count; m++) {
        const smi_zip_member *const before = &zip->members[m - 1];
        if (zip->members[m].header < before->begin + before->compressed) {
            return smi_fail(SM_ERROR_FORMAT, "%s: the member overlaps '%s'", zip->members[m].label,
                            before->name);
        }
    }
    qsort(zip->members, zip->count, sizeof *zip->members, compare_names);
    for (size_t m = 1; m < zip->count; m++) {
        if (compare_names(&zip->members[m - 1], &zip->members[m]) == 0) {
            return smi_fail(SM_ERROR_FORMAT, "%s: the member is there twice",
                            zip->members[m].label);
        }
    }
    return SM_OK;
}

/* ---- the archive ---- */

sm_status smi_zip_read(const smi_content *const content, smi_zip *const zip)
{
    directory found = {0};
    *zip = (smi_zip){.content = content};
    sm_status status = find_directory(content, &found);
    if (status != SM_OK) {
        return status;
    }
    const size_t begin = (size_t)found.offset;
    record at = {.file = smi_content_name(content),
                 .offset = begin,
                 .cursor = smi_cursor_over(smi_content_bytes(content) + begin, (size_t)found.size)};
    zip->members = smi_array((size_t)found.count, sizeof *zip->members);
    if (zip->members == NULL) {
        return smi_fail_memory("the directory of an archive");
    }
    for (; zip->count < found.count && status == SM_OK; zip->count++) {
        status = take_entry(&at, &zip->members[zip->count]);
        if (status == SM_OK) {
            status = place_member(content, begin, &zip->members[zip->count]);
        }
    }
    return status == SM_OK ? check_apart(zip) : status;
}

void smi_zip_free(smi_zip *const zip)
{
    smi_free(zip->members);
}

const smi_zip_member *smi_zip_find(const smi_zip *const zip, const char *const name)
{
    for (size_t m = 0; m < zip->count; m++) {
        if (strcmp(zip->members[m].name, name) == 0) {
            return &zip->members[m];
        }
    }
    return NULL;
}

sm_status smi_zip_source(const smi_zip *const zip, const smi_zip_member *const member,
                         smi_array_source *const source)
{
    const uint8_t *const bytes = smi_content_bytes(zip->content) + member->begin;
    if (member->deflated) {
        return smi_array_source_inflate(member->label, bytes, member->compressed, member->size,
                                        member->checksum, source);
    }
    *source = smi_array_source_checked(member->label, bytes, member->size, member->checksum);
    return SM_OK;
}
