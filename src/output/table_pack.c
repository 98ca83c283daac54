#include "output/table_pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/row_pack.h"

enum {
    FILE_HEAD = 100, /* at the front of page 1 */
    LEAF = 13,
    LEAF_HEAD = 8,
    INNER = 5,
    INNER_HEAD = 12,
    BUFFER = 1 << 18
};

/* Places in the file's head. */
enum {
    HEAD_PAGE_SIZE = 16,
    HEAD_RESERVED = 20,
    HEAD_CHANGES = 24,
    HEAD_PAGES = 28,
    HEAD_VACUUMS = 52,
    HEAD_CHANGES_THEN = 92 /* when the number of pages was written */
};

/* A page of the tree, and the last row in it or beneath it. */
struct child {
    uint32_t page;
    int64_t last;
};

struct table_pack {
    const char *path;
    FILE *stream;
    char *buffer; /* of the stream */
    unsigned char head[FILE_HEAD];
    uint32_t root, locked, pages; /* pages: of the file so far */
    size_t page_size, usable;
    unsigned char *page; /* the leaf at hand, or another page being made */
    size_t cells, content;
    unsigned char *overflow; /* a page of a row that is too long for a leaf */
    int64_t rows;
    struct child *children; /* the leaves written */
    size_t count, room;
};

static enum terramis_status problem(const struct table_pack *pack)
{
    return status_set(TERRAMIS_OUTPUT, "%s: %s", pack->path,
                      strerror(errno ? errno : EIO));
}

static enum terramis_status damaged(const struct table_pack *pack)
{
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: not as SQLite writes an empty table"), pack->path);
}

static uint64_t number_at(const unsigned char *at, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | at[i];
    return number;
}

static enum terramis_status seek(const struct table_pack *pack, uint32_t page)
{
    off_t at = (off_t)(page - 1) * (off_t)pack->page_size;
    return fseeko(pack->stream, at, SEEK_SET) == 0 ? TERRAMIS_OK
                                                   : problem(pack);
}

static enum terramis_status write_bytes(const struct table_pack *pack,
                                        const unsigned char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, pack->stream) == size ? TERRAMIS_OK
                                                        : problem(pack);
}

/* At the end of the file; *number: which page it is. */
static enum terramis_status append(struct table_pack *pack,
                                   const unsigned char *page, uint32_t *number)
{
    *number = ++pack->pages;
    return write_bytes(pack, page, pack->page_size);
}

/* SQLite never reads the page that it locks; it is written all the same, since
 * pages go to the file in order. */
static enum terramis_status skip_locked(struct table_pack *pack)
{
    if (pack->pages + 1 != pack->locked)
        return TERRAMIS_OK;
    uint32_t number;
    memset(pack->overflow, 0, pack->page_size);
    return append(pack, pack->overflow, &number);
}

static void begin_page(struct table_pack *pack)
{
    memset(pack->page, 0, pack->page_size);
    pack->cells = 0;
    pack->content = pack->usable;
}

/* A place for a cell of `size` bytes: cells grow from the end of the page,
 * their offsets from the head. */
static unsigned char *add_cell(struct table_pack *pack, size_t head,
                               size_t size)
{
    pack->content -= size;
    row_pack_put(pack->page + head + 2 * pack->cells++, pack->content, 2);
    return pack->page + pack->content;
}

static void end_page(struct table_pack *pack, unsigned char type)
{
    pack->page[0] = type;
    row_pack_put(pack->page + 3, pack->cells, 2);
    row_pack_put(pack->page + 5, pack->content, 2);
}

static enum terramis_status add_child(struct table_pack *pack, uint32_t page,
                                      int64_t last)
{
    TRY(mem_grow(&pack->children, &pack->room, pack->count,
                 sizeof *pack->children));
    pack->children[pack->count++] = (struct child){page, last};
    return TERRAMIS_OK;
}

static enum terramis_status end_leaf(struct table_pack *pack)
{
    uint32_t number;
    TRY(skip_locked(pack));
    end_page(pack, LEAF);
    TRY(append(pack, pack->page, &number));
    begin_page(pack);
    return add_child(pack, number, pack->rows);
}

/* How many bytes of a row are in the leaf. */
static size_t local_size(const struct table_pack *pack, size_t size)
{
    size_t most = pack->usable - 35;
    size_t least = (pack->usable - 12) * 32 / 255 - 23;
    if (size <= most)
        return size;
    size_t local = least + (size - least) % (pack->usable - 4);
    return local <= most ? local : least;
}

/* The pages of what is not in the leaf, each with the number of the next;
 * *first: the first of them. */
static enum terramis_status write_overflow(struct table_pack *pack,
                                           const unsigned char *at, size_t size,
                                           uint32_t *first)
{
    size_t part = pack->usable - 4;
    *first = 0;
    while (size > 0) {
        uint32_t number;
        TRY(skip_locked(pack));
        size_t now = size < part ? size : part;
        uint32_t next = pack->pages + 2;
        next += next == pack->locked;
        memset(pack->overflow, 0, pack->page_size);
        row_pack_put(pack->overflow, now < size ? next : 0, 4);
        memcpy(pack->overflow + 4, at, now);
        TRY(append(pack, pack->overflow, &number));
        *first = *first ? *first : number;
        at += now;
        size -= now;
    }
    return TERRAMIS_OK;
}

enum terramis_status table_pack_add(struct table_pack *pack, const void *row,
                                    size_t size)
{
    unsigned char head[2 * ROW_PACK_VARINT];
    const unsigned char *bytes = row;
    uint32_t first;
    size_t local = local_size(pack, size);
    size_t rest = local < size ? 4 : 0;
    size_t head_size = row_pack_varint(head, size);
    head_size += row_pack_varint(head + head_size, (uint64_t)pack->rows + 1);
    size_t cell = head_size + local + rest;
    if (pack->content < LEAF_HEAD + 2 * (pack->cells + 1) + cell)
        TRY(end_leaf(pack));
    unsigned char *to = add_cell(pack, LEAF_HEAD, cell);
    memcpy(to, head, head_size);
    memcpy(to + head_size, bytes, local);
    pack->rows++;
    if (!rest)
        return TERRAMIS_OK;
    TRY(write_overflow(pack, bytes + local, size - local, &first));
    row_pack_put(to + head_size + local, first, 4);
    return TERRAMIS_OK;
}

/* The page above `count` others. */
static void make_inner(struct table_pack *pack, const struct child *children,
                       size_t count)
{
    begin_page(pack);
    for (size_t i = 0; i + 1 < count; i++) {
        unsigned char row[ROW_PACK_VARINT];
        size_t size = row_pack_varint(row, (uint64_t)children[i].last);
        unsigned char *to = add_cell(pack, INNER_HEAD, 4 + size);
        row_pack_put(to, children[i].page, 4);
        memcpy(to + 4, row, size);
    }
    end_page(pack, INNER);
    row_pack_put(pack->page + 8, children[count - 1].page, 4);
}

/* Levels above the leaves until one page is enough, the root. */
static enum terramis_status write_inner(struct table_pack *pack)
{
    unsigned char row[ROW_PACK_VARINT];
    size_t cell = 2 + 4 + row_pack_varint(row, (uint64_t)pack->rows);
    size_t most = 1 + (pack->usable - INNER_HEAD) / cell;
    struct child *children = pack->children;
    while (pack->count > most) {
        size_t count = pack->count;
        size_t pages = (count + most - 1) / most;
        for (size_t n = 0; n < pages; n++) {
            /* even shares: no page is nearly empty */
            size_t first = n * count / pages, end = (n + 1) * count / pages;
            struct child above = {.last = children[end - 1].last};
            TRY(skip_locked(pack));
            make_inner(pack, children + first, end - first);
            TRY(append(pack, pack->page, &above.page));
            children[n] = above; /* takes over the front of the array */
        }
        pack->count = pages;
    }
    make_inner(pack, children, pack->count);
    return TERRAMIS_OK;
}

/* The file's head says how many pages there are, and that something changed. */
static enum terramis_status write_head(struct table_pack *pack)
{
    unsigned char *head = pack->head;
    uint64_t changes = number_at(head + HEAD_CHANGES, 4) + 1;
    row_pack_put(head + HEAD_CHANGES, changes, 4);
    row_pack_put(head + HEAD_CHANGES_THEN, changes, 4);
    row_pack_put(head + HEAD_PAGES, pack->pages, 4);
    TRY(seek(pack, 1));
    return write_bytes(pack, head, FILE_HEAD);
}

static enum terramis_status finish(struct table_pack *pack)
{
    if (pack->count == 0) {
        end_page(pack, LEAF);
    } else {
        TRY(end_leaf(pack));
        TRY(write_inner(pack));
    }
    TRY(seek(pack, pack->root));
    TRY(write_bytes(pack, pack->page, pack->page_size));
    TRY(write_head(pack));
    FILE *stream = pack->stream;
    pack->stream = NULL;
    return fclose(stream) == 0 ? TERRAMIS_OK : problem(pack);
}

void table_pack_cancel(struct table_pack *pack)
{
    if (!pack)
        return;
    if (pack->stream)
        fclose(pack->stream);
    free(pack->buffer);
    free(pack->page);
    free(pack->overflow);
    free(pack->children);
    free(pack);
}

enum terramis_status table_pack_close(struct table_pack *pack)
{
    enum terramis_status status = finish(pack);
    table_pack_cancel(pack);
    return status;
}

/* What the head of the file says of its pages. */
static enum terramis_status read_head(struct table_pack *pack, int64_t locked)
{
    if (fread(pack->head, 1, FILE_HEAD, pack->stream) != FILE_HEAD)
        return ferror(pack->stream) ? problem(pack) : damaged(pack);
    pack->page_size = (size_t)number_at(pack->head + HEAD_PAGE_SIZE, 2);
    pack->page_size = pack->page_size == 1 ? 65536 : pack->page_size;
    pack->usable = pack->page_size - pack->head[HEAD_RESERVED];
    if (pack->page_size < 512 || pack->usable < 480 ||
        number_at(pack->head + HEAD_VACUUMS, 4) != 0)
        return damaged(pack);
    pack->locked = (uint32_t)(locked / (int64_t)pack->page_size) + 1;
    if (fseeko(pack->stream, 0, SEEK_END) != 0)
        return problem(pack);
    off_t size = ftello(pack->stream);
    if (size < 0)
        return problem(pack);
    pack->pages = (uint32_t)(size / (off_t)pack->page_size);
    return size % (off_t)pack->page_size == 0 ? TERRAMIS_OK : damaged(pack);
}

/* The root must be a leaf without rows. */
static enum terramis_status check_root(struct table_pack *pack)
{
    if (pack->root < 2 || pack->root > pack->pages)
        return damaged(pack);
    TRY(seek(pack, pack->root));
    if (fread(pack->page, 1, pack->page_size, pack->stream) != pack->page_size)
        return ferror(pack->stream) ? problem(pack) : damaged(pack);
    return pack->page[0] == LEAF && number_at(pack->page + 3, 2) == 0
               ? seek(pack, pack->pages + 1)
               : damaged(pack);
}

static enum terramis_status begin(struct table_pack *pack, int64_t locked)
{
    pack->stream = fopen(pack->path, "r+b");
    if (!pack->stream)
        return problem(pack);
    TRY(mem_new(&pack->buffer, BUFFER, 1));
    setvbuf(pack->stream, pack->buffer, _IOFBF, BUFFER);
    TRY(read_head(pack, locked));
    TRY(mem_new(&pack->page, pack->page_size, 1));
    TRY(mem_new(&pack->overflow, pack->page_size, 1));
    TRY(check_root(pack));
    begin_page(pack);
    return TERRAMIS_OK;
}

enum terramis_status table_pack_open(const char *path, uint32_t root,
                                     int64_t locked, struct table_pack **out)
{
    struct table_pack *pack;
    *out = NULL;
    TRY(mem_new(&pack, 1, sizeof *pack));
    pack->path = path;
    pack->root = root;
    enum terramis_status status = begin(pack, locked);
    if (status == TERRAMIS_OK)
        *out = pack;
    else
        table_pack_cancel(pack);
    return status;
}
