#include "output/row_pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Types of values; from TYPE_BLOB on the type says the size as well. */
enum {
    TYPE_NULL = 0,
    TYPE_REAL = 7,
    TYPE_ZERO = 8,
    TYPE_ONE = 9,
    TYPE_BLOB = 12,
    TYPE_TEXT = 13
};

void row_pack_put(unsigned char *to, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        to[i] = (unsigned char)value;
}

size_t row_pack_varint(unsigned char *to, uint64_t value)
{
    size_t size = 1;
    if (value >> 56) { /* nine bytes: the last one holds eight bits */
        to[8] = (unsigned char)value;
        value >>= 8;
        for (int i = 7; i >= 0; i--, value >>= 7)
            to[i] = (unsigned char)(value | 0x80);
        return ROW_PACK_VARINT;
    }
    for (uint64_t rest = value >> 7; rest; rest >>= 7)
        size++;
    unsigned more = 0; /* bytes follow all but the last */
    for (size_t i = size; i-- > 0; value >>= 7, more = 0x80)
        to[i] = (unsigned char)((value & 0x7f) | more);
    return size;
}

void row_pack_begin(struct row_pack *row)
{
    row->types.size = row->values.size = 0;
    row->lost = false;
}

static void add_type(struct row_pack *row, uint64_t type)
{
    struct bytes *types = &row->types;
    if (bytes_room(types, ROW_PACK_VARINT) != TERRAMIS_OK) {
        row->lost = true;
        return;
    }
    unsigned char *to = types->at + types->size;
    if (type < 0x80) {
        *to = (unsigned char)type;
        types->size++;
    } else {
        types->size += row_pack_varint(to, type);
    }
}

static void add_bytes(struct row_pack *row, const void *from, size_t size)
{
    if (bytes_add(&row->values, from, size) != TERRAMIS_OK)
        row->lost = true;
}

static void add_number(struct row_pack *row, uint64_t bits, int bytes)
{
    unsigned char at[8];
    row_pack_put(at, bits, bytes);
    add_bytes(row, at, (size_t)bytes);
}

void row_pack_null(struct row_pack *row)
{
    add_type(row, TYPE_NULL);
}

void row_pack_integer(struct row_pack *row, int64_t value)
{
    /* bytes of the types 1 to 6 */
    static const int sizes[] = {0, 1, 2, 3, 4, 6, 8};
    int type = 1;
    if (value == 0 || value == 1) {
        add_type(row, value ? TYPE_ONE : TYPE_ZERO);
        return;
    }
    uint64_t size = (uint64_t)(value < 0 ? ~value : value);
    while (type < 6 && size >> (8 * sizes[type] - 1))
        type++;
    add_type(row, (uint64_t)type);
    add_number(row, (uint64_t)value, sizes[type]);
}

void row_pack_real(struct row_pack *row, double value)
{
    const double most = 140737488355328.0; /* 2^47: six bytes */
    uint64_t bits;
    if (fabs(value) < most && (double)(int64_t)value == value) {
        row_pack_integer(row, (int64_t)value);
        return;
    }
    memcpy(&bits, &value, sizeof bits);
    add_type(row, TYPE_REAL);
    add_number(row, bits, 8);
}

void row_pack_text(struct row_pack *row, const char *text, size_t size)
{
    add_type(row, TYPE_TEXT + 2 * (uint64_t)size);
    add_bytes(row, text, size);
}

void row_pack_blob(struct row_pack *row, const void *blob, size_t size)
{
    add_type(row, TYPE_BLOB + 2 * (uint64_t)size);
    add_bytes(row, blob, size);
}

/* The head begins with its own size, this number included. */
static size_t put_head_size(unsigned char *to, size_t types)
{
    size_t size = row_pack_varint(to, types + 1);
    return size == 1 ? 1 : row_pack_varint(to, types + size);
}

enum terramis_status row_pack_end(struct row_pack *row, struct bytes *to)
{
    unsigned char head[ROW_PACK_VARINT];
    if (row->lost)
        return status_no_memory();
    size_t size = put_head_size(head, row->types.size);
    TRY(bytes_room(to, size + row->types.size + row->values.size));
    TRY(bytes_add(to, head, size));
    TRY(bytes_add(to, row->types.at, row->types.size));
    return bytes_add(to, row->values.at, row->values.size);
}

void row_pack_release(struct row_pack *row)
{
    free(row->types.at);
    free(row->values.at);
    *row = (struct row_pack){0};
}
