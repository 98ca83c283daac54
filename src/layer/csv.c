#include "layer/csv.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/gdal.h"

/* Skips numbers; their count, or -1 for anything that is none. */
static int skip_numbers(const char **at)
{
    int count = 0;
    for (;;) {
        char *end;
        *at += strspn(*at, " \t\r\n");
        if (!**at || strchr("(),", **at))
            return count;
        (void)strtod(*at, &end);
        if (end == *at || (*end && !strchr(" \t\r\n(),", *end)))
            return -1;
        *at = end;
        count++;
    }
}

/* Skips words such as MULTIPOLYGON Z, which "(" must follow, or that end with
 * EMPTY. Their count, -1 for others. */
static int skip_words(const char **at)
{
    int count = 0;
    bool empty = false;
    *at += strspn(*at, " \t\r\n");
    while (isalpha((unsigned char)**at)) {
        size_t n = 0;
        while (isalnum((unsigned char)(*at)[n]))
            n++;
        empty = n == 5 && strncasecmp(*at, "EMPTY", n) == 0;
        *at += n;
        *at += strspn(*at, " \t\r\n");
        count++;
    }
    return count > 0 && **at != '(' && !empty ? -1 : count;
}

/* What follows "(", "," or ")": a member's words, a position, or nothing. */
static bool skip_part(const char **at, char after)
{
    int words = skip_words(at);
    int numbers = skip_numbers(at);
    if (words < 0 || numbers < 0)
        return false;
    if (after == ')')
        return words + numbers == 0;
    /* "((" opens a part that has positions of its own */
    return words > 0 || **at == '(' ? numbers == 0
                                    : numbers >= 2 && numbers <= 4;
}

bool csv_is_wkt(const char *text)
{
    int depth = 0;
    if (skip_words(&text) <= 0)
        return false;
    while (*text) {
        char c = *text++;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (!strchr("(),", c) || depth < 0 || (depth == 0 && c != ')') ||
            !skip_part(&text, c))
            return false;
    }
    return depth == 0;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool is_sound(OGRFeatureH feature, int column)
{
    const char *text = OGR_F_GetFieldAsString(feature, column);
    if (is_blank(text))
        return true;
    if (!OGR_F_GetGeometryRef(feature))
        return false;
    return isalpha((unsigned char)text[strspn(text, " \t\r\n")])
               ? csv_is_wkt(text)
               : true; /* GeoJSON or WKB, which GDAL reads strictly */
}

/* Lines that a feature's own texts break into. */
static long long line_breaks(OGRFeatureH feature)
{
    long long breaks = 0;
    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++)
        for (const char *c = OGR_F_GetFieldAsString(feature, i); *c; c++)
            breaks += *c == '\n';
    return breaks;
}

static bool is_csv(const struct layer_table *table)
{
    return text_same(gdal_driver(table->dataset), "CSV");
}

static int geometry_column(OGRFeatureDefnH definition)
{
    static const char *const names[] = {"WKT",      "geom",      "geometry",
                                        "the_geom", "geometrie", "Geo Shape",
                                        "geo_shape"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int column = OGR_FD_GetFieldIndex(definition, names[i]);
        if (column >= 0)
            return column;
    }
    return -1;
}

/* GDAL leaves out what follows a NUL in its line, geometries too. Its line; 0:
 * there is none. */
static long long line_of_nul(const char *path)
{
    long long line = 1, found = 0;
    FILE *file = fopen(path, "rbe");
    int c = 0;
    while (file && found == 0 && (c = getc_unlocked(file)) != EOF) {
        line += c == '\n';
        found = c == '\0' ? line : 0;
    }
    if (file)
        fclose(file);
    return found;
}

enum terramis_status csv_check(const struct layer_table *table)
{
    OGRFeatureH feature;
    long long line = 1, first = 0, count = 0;
    char text[60] = "";
    if (!is_csv(table))
        return TERRAMIS_OK;
    long long nul = line_of_nul(table->source->source.full);
    if (nul > 0)
        return layer_problem(table->config, table->source, TERRAMIS_INPUT,
                             _("line %lld holds a NUL byte: the file is "
                               "damaged, or no text. Export it again"),
                             nul);
    int column = geometry_column(OGR_L_GetLayerDefn(table->layer));
    OGR_L_ResetReading(table->layer);
    while (column >= 0 &&
           (feature = OGR_L_GetNextFeature(table->layer)) != NULL) {
        line++;
        if (!is_sound(feature, column) && count++ == 0) {
            first = line;
            snprintf(text, sizeof text, "%s",
                     OGR_F_GetFieldAsString(feature, column));
        }
        line += line_breaks(feature);
        OGR_F_Destroy(feature);
    }
    if (count > 0)
        return layer_problem(
            table->config, table->source, TERRAMIS_INPUT,
            _("line %lld: \"%s\" is no geometry (%lld such lines). Write WKT "
              "such as POINT(1.5 48.5), with decimal points and parentheses in "
              "pairs"),
            first, text, count);
    gdal_errors_clear();
    return TERRAMIS_OK;
}
