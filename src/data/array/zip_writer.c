#include "data/array/zip_writer.h"

#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/array/zip_format.h"

/* Versions of the format: 2.0, and 4.5 where there are sizes of 64 bits. */
enum { VERSION = 20, VERSION_64 = 45 };

/* 1 January 1980, so that the same data gives the same bytes. */
enum { DATE = 1 << 5 | 1 };

/* A record being put together. */
typedef struct record {
    uint8_t bytes[256];
    size_t size;
} record;

static void put(record *const to, uint64_t number, const size_t size)
{
    for (size_t i = 0; i < size; i++) {
        to->bytes[to->size++] = (uint8_t)number;
        number >>= 8;
    }
}

static void put_bytes(record *const to, const void *const bytes, const size_t size)
{
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
}

static sm_status write_record(smi_zip_writer *const writer, const record *const from)
{
    writer->position += from->size;
    return smi_output_write(writer->output, from->bytes, from->size);
}

static bool is_large(const uint64_t number)
{
    return number >= SMI_ZIP_IN_64;
}

static uint32_t in_32(const uint64_t number)
{
    return is_large(number) ? SMI_ZIP_IN_64 : (uint32_t)number;
}

/* ---- members ---- */

/* The extra fields of a member's own header. Its sizes are there, all zero, where they will need 64
 * bits afterwards; the rest aligns what comes behind. */
static void put_local_extra(record *const to, const uint64_t position, const size_t name_length,
                            const bool large)
{
    enum { EXTRA_64 = 20, LEAST_PADDING = 6 };
    const size_t before = SMI_ZIP_LOCAL_SIZE + name_length + (large ? EXTRA_64 : 0);
    const size_t begin = (size_t)(position % SMI_ALIGNMENT) + before + LEAST_PADDING;
    const size_t padding = LEAST_PADDING + smi_round_up(begin, SMI_ALIGNMENT) - begin;
    to->bytes[28] = (uint8_t)(padding + (large ? EXTRA_64 : 0));
    if (large) {
        put(to, SMI_ZIP_EXTRA_64, 2);
        put(to, 16, 2);
        put(to, 0, 8);
        put(to, 0, 8);
    }
    put(to, SMI_ZIP_EXTRA_PADDING, 2);
    put(to, padding - 4, 2);
    put(to, SMI_ALIGNMENT, 2);
    memset(to->bytes + to->size, 0, padding - LEAST_PADDING);
    to->size += padding - LEAST_PADDING;
}

/* The checksum is known only when all has passed, and an output does not go back: it follows the
 * member, with the sizes, and those who read the directory find it there. */
sm_status smi_zip_writer_begin(smi_zip_writer *const writer, const char *const name,
                               const uint64_t size)
{
    const size_t length = strlen(name);
    smi_zip_written *const member = &writer->members[writer->count];
    if (writer->count == SMI_ZIP_WRITER_MEMBERS || length >= sizeof member->name) {
        return smi_fail(SM_ERROR_ARGUMENT, "'%s' is one member too many or has too long a name",
                        name);
    }
    writer->count++;
    *member = (smi_zip_written){
        .size = size, .offset = writer->position, .checksum = (uint32_t)crc32(0, NULL, 0)};
    memcpy(member->name, name, length + 1);
    writer->left = size;
    record local = {.size = 0};
    put(&local, SMI_ZIP_LOCAL, 4);
    put(&local, is_large(size) ? VERSION_64 : VERSION, 2);
    put(&local, SMI_ZIP_DESCRIBED, 2);
    put(&local, SMI_ZIP_STORED, 2);
    put(&local, 0, 2);
    put(&local, DATE, 2);
    put(&local, 0, 4);
    put(&local, is_large(size) ? SMI_ZIP_IN_64 : 0, 4);
    put(&local, is_large(size) ? SMI_ZIP_IN_64 : 0, 4);
    put(&local, length, 2);
    put(&local, 0, 2);
    put_bytes(&local, name, length);
    put_local_extra(&local, writer->position, length, is_large(size));
    return write_record(writer, &local);
}

sm_status smi_zip_writer_add(smi_zip_writer *const writer, const void *const bytes,
                             const size_t size)
{
    smi_zip_written *const member = &writer->members[writer->count - 1];
    if (size > writer->left) {
        return smi_fail(SM_ERROR_ARGUMENT, "'%s' has more bytes than were announced", member->name);
    }
    const uint8_t *const from = bytes;
    for (size_t done = 0; done < size;) {
        const size_t piece = smi_min_size(size - done, (size_t)1 << 30);
        member->checksum = (uint32_t)crc32(member->checksum, from + done, (uInt)piece);
        done += piece;
    }
    writer->left -= size;
    writer->position += size;
    return smi_output_write(writer->output, bytes, size);
}

sm_status smi_zip_writer_end(smi_zip_writer *const writer)
{
    const smi_zip_written *const member = &writer->members[writer->count - 1];
    if (writer->left > 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "'%s' has fewer bytes than were announced",
                        member->name);
    }
    const size_t bytes = is_large(member->size) ? 8 : 4;
    record descriptor = {.size = 0};
    put(&descriptor, SMI_ZIP_DESCRIPTOR, 4);
    put(&descriptor, member->checksum, 4);
    put(&descriptor, member->size, bytes);
    put(&descriptor, member->size, bytes);
    return write_record(writer, &descriptor);
}

/* ---- the directory ---- */

static sm_status write_entry(smi_zip_writer *const writer, const smi_zip_written *const member)
{
    const size_t length = strlen(member->name);
    const bool large_size = is_large(member->size);
    const bool large_offset = is_large(member->offset);
    const size_t numbers = (large_size ? 16U : 0U) + (large_offset ? 8U : 0U);
    record entry = {.size = 0};
    put(&entry, SMI_ZIP_CENTRAL, 4);
    put(&entry, numbers > 0 ? VERSION_64 : VERSION, 2);
    put(&entry, numbers > 0 ? VERSION_64 : VERSION, 2);
    put(&entry, SMI_ZIP_DESCRIBED, 2);
    put(&entry, SMI_ZIP_STORED, 2);
    put(&entry, 0, 2);
    put(&entry, DATE, 2);
    put(&entry, member->checksum, 4);
    put(&entry, in_32(member->size), 4);
    put(&entry, in_32(member->size), 4);
    put(&entry, length, 2);
    put(&entry, numbers > 0 ? numbers + 4 : 0, 2);
    put(&entry, 0, 2 + 2 + 2 + 4); /* comment, disk, attributes */
    put(&entry, in_32(member->offset), 4);
    put_bytes(&entry, member->name, length);
    if (numbers > 0) {
        put(&entry, SMI_ZIP_EXTRA_64, 2);
        put(&entry, numbers, 2);
    }
    if (large_size) {
        put(&entry, member->size, 8);
        put(&entry, member->size, 8);
    }
    if (large_offset) {
        put(&entry, member->offset, 8);
    }
    return write_record(writer, &entry);
}

/* Where the directory is, in 64 bits. */
static void put_end_64(record *const to, const smi_zip_writer *const writer, const uint64_t begin)
{
    const uint64_t own = writer->position;
    put(to, SMI_ZIP_END_64, 4);
    put(to, SMI_ZIP_END_64_SIZE - 12, 8);
    put(to, VERSION_64, 2);
    put(to, VERSION_64, 2);
    put(to, 0, 4 + 4); /* disks */
    put(to, writer->count, 8);
    put(to, writer->count, 8);
    put(to, own - begin, 8);
    put(to, begin, 8);
    put(to, SMI_ZIP_LOCATOR_64, 4);
    put(to, 0, 4);
    put(to, own, 8);
    put(to, 1, 4);
}

sm_status smi_zip_writer_finish(smi_zip_writer *const writer)
{
    const uint64_t begin = writer->position;
    sm_status status = SM_OK;
    for (size_t m = 0; m < writer->count && status == SM_OK; m++) {
        status = write_entry(writer, &writer->members[m]);
    }
    if (status != SM_OK) {
        return status;
    }
    const uint64_t size = writer->position - begin;
    record end = {.size = 0};
    if (is_large(begin)) {
        put_end_64(&end, writer, begin);
    }
    put(&end, SMI_ZIP_END, 4);
    put(&end, 0, 2 + 2);
    put(&end, writer->count, 2);
    put(&end, writer->count, 2);
    put(&end, size, 4);
    put(&end, in_32(begin), 4);
    put(&end, 0, 2);
    return write_record(writer, &end);
}
