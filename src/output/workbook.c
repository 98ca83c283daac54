#include "output/workbook.h"

#include <cpl_conv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "geo/gdal.h"
#include "output/gdal_file.h"

enum {
    SHEET_NAME = 31,   /* UTF-16 units that Excel allows in a name */
    CELL_TEXT = 32000, /* bytes; Excel allows 32,767 characters */
    FLUSH = 1 << 16
};

/* Numbers of the cell formats in styles[]. */
enum {
    FORMAT_PLAIN,
    FORMAT_HEAD,
    FORMAT_REAL,
    FORMAT_WRAP
};

struct workbook {
    char *path;
    void *zip;
    struct text part;  /* of the open file that is not yet compressed */
    struct text names; /* of the sheets, each after a \n */
    const struct workbook_column *columns;
    size_t column_count;
    size_t column; /* of the next cell */
    long row;      /* that is being filled, from 1 */
    int sheets;
    bool row_begun;
    bool failed;
};

static const char declaration[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE_NS                                                              \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006"

static const char styles[] =
    "<styleSheet xmlns=\"" MAIN_NS "\">"
    "<fonts count=\"2\"><font><sz val=\"10\"/><name val=\"Arial\"/></font>"
    "<font><b/><sz val=\"10\"/><name val=\"Arial\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE6E6E6\"/>"
    "</patternFill></fill></fills>"
    "<borders count=\"1\"><border/></borders>"
    "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    "<cellXfs count=\"4\"><xf xfId=\"0\"/>"
    "<xf xfId=\"0\" fontId=\"1\" fillId=\"2\" applyFont=\"1\" "
    "applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" "
    "wrapText=\"1\"/></xf>"
    "<xf xfId=\"0\" numFmtId=\"4\" applyNumberFormat=\"1\"/>"
    "<xf xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" "
    "wrapText=\"1\"/></xf></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
    "builtinId=\"0\"/></cellStyles></styleSheet>";

static void flush(struct workbook *book)
{
    if (!book->failed && book->part.length > 0 &&
        (book->part.broken ||
         CPLWriteFileInZip(book->zip, book->part.data,
                           (int)book->part.length) != CE_None))
        book->failed = true;
    book->part.length = 0; /* keep the memory */
}

static void begin_part(struct workbook *book, const char *name)
{
    if (!book->failed && CPLCreateFileInZip(book->zip, name, NULL) != CE_None)
        book->failed = true;
    text_add(&book->part, declaration);
}

static void end_part(struct workbook *book)
{
    flush(book);
    if (!book->failed && CPLCloseFileInZip(book->zip) != CE_None)
        book->failed = true;
}

enum terramis_status workbook_new(const char *path, struct workbook **book)
{
    struct text memory = {0};
    TRY(mem_new(book, 1, sizeof **book));
    enum terramis_status status = mem_copy_text(&(*book)->path, path);
    gdal_errors_clear();
    gdal_file_memory(&memory, path);
    if (status == TERRAMIS_OK)
        status = text_status(&memory);
    if (status == TERRAMIS_OK) {
        (*book)->zip = CPLCreateZip(text_get(&memory), NULL);
        if (!(*book)->zip)
            status =
                status_set(TERRAMIS_OUTPUT, _("%s: cannot be created"), path);
    }
    text_release(&memory);
    if (status != TERRAMIS_OK) {
        free((*book)->path);
        free(*book);
        *book = NULL;
    }
    return status;
}

/* "A" ... "Z", "AA", ...
 * NOLINTNEXTLINE(misc-no-recursion): as deep as the name has letters */
static void add_column_name(struct text *out, size_t column)
{
    if (column >= 26)
        add_column_name(out, column / 26 - 1);
    text_addf(out, "%c", (char)('A' + column % 26));
}

static void begin_cell(struct workbook *book, int format)
{
    if (!book->row_begun)
        text_addf(&book->part, "<row r=\"%ld\">", book->row);
    book->row_begun = true;
    text_add(&book->part, "<c r=\"");
    add_column_name(&book->part, book->column++);
    text_addf(&book->part, "%ld\"", book->row);
    if (format != FORMAT_PLAIN)
        text_addf(&book->part, " s=\"%d\"", format);
}

/* Bytes of `text` that make at most `units` UTF-16 units. */
static size_t cut(const char *text, size_t units)
{
    size_t length = 0;
    while (text[length] && units > 0) {
        unsigned char c = (unsigned char)text[length];
        units -= c >= 0xf0 && units > 1 ? 2 : 1;
        do
            length++;
        while (((unsigned char)text[length] & 0xc0) == 0x80);
    }
    return length;
}

static void add_text_cell(struct workbook *book, const char *text, int format)
{
    begin_cell(book, format);
    text_add(&book->part, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    size_t length = cut(text, CELL_TEXT);
    if (text[length]) {
        struct text part = {0};
        text_addf(&part, "%.*s…", (int)length, text);
        text_add_xml(&book->part, text_get(&part));
        text_release(&part);
    } else {
        text_add_xml(&book->part, text);
    }
    text_add(&book->part, "</t></is></c>");
}

void workbook_text(struct workbook *book, const char *text)
{
    if (!text || book->row > WORKBOOK_ROWS) {
        book->column++;
        return;
    }
    add_text_cell(book, text,
                  book->columns[book->column].width > 60 ? FORMAT_WRAP
                                                         : FORMAT_PLAIN);
}

void workbook_number(struct workbook *book, double number)
{
    if (!isfinite(number) || book->row > WORKBOOK_ROWS) {
        book->column++;
        return;
    }
    begin_cell(book,
               book->columns[book->column].real ? FORMAT_REAL : FORMAT_PLAIN);
    text_addf(&book->part, "><v>%.12g</v></c>", number);
}

void workbook_end_row(struct workbook *book)
{
    if (book->row_begun)
        text_add(&book->part, "</row>\n");
    book->row += book->row <= WORKBOOK_ROWS;
    book->row_begun = false;
    book->column = 0;
    if (book->part.length > FLUSH)
        flush(book);
}

/* Is the name in use already? Names are compared as Excel does. */
static bool is_used(const struct workbook *book, const char *name)
{
    const char *names = text_get(&book->names);
    while (*names) {
        size_t length = strcspn(++names, "\n");
        if (strlen(name) == length && strncasecmp(names, name, length) == 0)
            return true;
        names += length;
    }
    return false;
}

static void add_sheet_name(struct workbook *book, const char *name)
{
    char suffix[16] = "";
    struct text allowed = {0};
    for (int n = 2; n < 1000; n++) {
        size_t length = cut(name, SHEET_NAME - strlen(suffix));
        text_release(&allowed);
        text_addf(&allowed, "%.*s%s", (int)length, name, suffix);
        for (char *c = allowed.data; c && *c; c++)
            if (strchr("[]:*?/\\'\n", *c))
                *c = '-';
        if (!is_used(book, text_get(&allowed)))
            break;
        snprintf(suffix, sizeof suffix, " (%d)", n);
    }
    text_addf(&book->names, "\n%s", text_get(&allowed));
    book->names.broken |= allowed.broken;
    text_release(&allowed);
}

static void end_sheet(struct workbook *book)
{
    if (book->sheets == 0)
        return;
    text_add(&book->part, "</sheetData><autoFilter ref=\"A1:");
    add_column_name(&book->part, book->column_count - 1);
    text_addf(&book->part, "%ld\"/></worksheet>", book->row - 1);
    end_part(book);
}

void workbook_sheet(struct workbook *book, const char *name,
                    const struct workbook_column *columns, size_t count)
{
    char part[64];
    end_sheet(book);
    add_sheet_name(book, name);
    snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", ++book->sheets);
    begin_part(book, part);
    text_add(&book->part,
             "<worksheet xmlns=\"" MAIN_NS "\"><sheetViews><sheetView "
             "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
             "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>"
             "</sheetViews><cols>");
    for (size_t i = 0; i < count; i++)
        text_addf(&book->part,
                  "<col min=\"%zu\" max=\"%zu\" width=\"%d\" "
                  "customWidth=\"1\"/>",
                  i + 1, i + 1, columns[i].width);
    text_add(&book->part, "</cols><sheetData>\n");
    book->columns = columns;
    book->column_count = count;
    book->row = 1;
    book->column = 0;
    for (size_t i = 0; i < count; i++)
        add_text_cell(book, columns[i].title, FORMAT_HEAD);
    workbook_end_row(book);
}

static void add_workbook(struct workbook *book)
{
    const char *names = text_get(&book->names);
    begin_part(book, "xl/workbook.xml");
    text_add(&book->part, "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" OFFICE_NS
                          "\"><sheets>");
    for (int i = 1; i <= book->sheets; i++) {
        struct text name = {0};
        size_t length = strcspn(++names, "\n");
        text_addf(&name, "%.*s", (int)length, names);
        text_add(&book->part, "<sheet name=\"");
        text_add_xml(&book->part, text_get(&name));
        text_addf(&book->part, "\" sheetId=\"%d\" r:id=\"rId%d\"/>", i, i);
        text_release(&name);
        names += length;
    }
    text_add(&book->part, "</sheets></workbook>");
    end_part(book);
}

static void add_relations(struct workbook *book)
{
    begin_part(book, "_rels/.rels");
    text_add(&book->part, "<Relationships xmlns=\"" PACKAGE_NS
                          "/relationships\"><Relationship Id=\"rId1\" "
                          "Type=\"" OFFICE_NS "/officeDocument\" "
                          "Target=\"xl/workbook.xml\"/></Relationships>");
    end_part(book);
    begin_part(book, "xl/_rels/workbook.xml.rels");
    text_add(&book->part,
             "<Relationships xmlns=\"" PACKAGE_NS "/relationships\">");
    for (int i = 1; i <= book->sheets; i++)
        text_addf(&book->part,
                  "<Relationship Id=\"rId%d\" Type=\"" OFFICE_NS
                  "/worksheet\" Target=\"worksheets/sheet%d.xml\"/>",
                  i, i);
    text_addf(&book->part,
              "<Relationship Id=\"rId%d\" Type=\"" OFFICE_NS
              "/styles\" Target=\"styles.xml\"/></Relationships>",
              book->sheets + 1);
    end_part(book);
}

static void add_types(struct workbook *book)
{
    static const char type[] =
        "application/vnd.openxmlformats-officedocument.spreadsheetml";
    begin_part(book, "[Content_Types].xml");
    text_addf(&book->part,
              "<Types xmlns=\"" PACKAGE_NS "/content-types\">"
              "<Default Extension=\"rels\" ContentType=\"application/"
              "vnd.openxmlformats-package.relationships+xml\"/>"
              "<Override PartName=\"/xl/workbook.xml\" "
              "ContentType=\"%s.sheet.main+xml\"/>"
              "<Override PartName=\"/xl/styles.xml\" "
              "ContentType=\"%s.styles+xml\"/>",
              type, type);
    for (int i = 1; i <= book->sheets; i++)
        text_addf(&book->part,
                  "<Override PartName=\"/xl/worksheets/sheet%d.xml\" "
                  "ContentType=\"%s.worksheet+xml\"/>",
                  i, type);
    text_add(&book->part, "</Types>");
    end_part(book);
}

static void workbook_free(struct workbook *book)
{
    text_release(&book->part);
    text_release(&book->names);
    free(book->path);
    free(book);
}

static enum terramis_status finish(struct workbook *book)
{
    end_sheet(book);
    add_workbook(book);
    add_relations(book);
    add_types(book);
    begin_part(book, "xl/styles.xml");
    text_add(&book->part, styles);
    end_part(book);
    bool whole = CPLCloseZip(book->zip) == CE_None && !book->failed &&
                 !book->names.broken;
    TRY(gdal_errors(TERRAMIS_OUTPUT, book->path));
    if (!whole)
        return status_set(TERRAMIS_OUTPUT, _("%s: cannot be written"),
                          book->path);
    return gdal_file_land(book->path);
}

enum terramis_status workbook_finish(struct workbook *book)
{
    enum terramis_status status = finish(book);
    if (status != TERRAMIS_OK)
        gdal_file_forget(book->path);
    workbook_free(book);
    return status;
}

void workbook_cancel(struct workbook *book)
{
    CPLCloseZip(book->zip);
    gdal_file_forget(book->path);
    workbook_free(book);
}
