/* dictionary.csv: every field of every table that is published. */
#include <stdlib.h>

#include "publish/columns.h"
#include "publish/publication.h"

static void add_quoted(struct text *out, const char *text)
{
    text_add(out, "\"");
    for (const char *c = text; *c; c++)
        text_addf(out, "%s%c", *c == '"' ? "\"" : "", *c);
    text_add(out, "\"");
}

static void add_field(struct text *out, const struct publication *p,
                      enum allowed_table table, const char *name)
{
    struct allowed a;
    if (!allowed_find(table, name, p->parameters, &a))
        return; /* refused before it was copied */
    text_addf(out, "%s,%s,%s,", allowed_tables[table], name, a.type);
    const char *const texts[] = {a.unit, a.title[IN_FRENCH],
                                 a.title[IN_ENGLISH], a.about[IN_FRENCH],
                                 a.about[IN_ENGLISH]};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_quoted(out, texts[i]);
        text_add(out, i + 1 < sizeof texts / sizeof *texts ? "," : "\r\n");
    }
}

static enum terramis_status add_columns(struct text *out,
                                        const struct publication *p,
                                        enum allowed_table table,
                                        const char *path)
{
    struct columns columns;
    const char *name;
    char *full = NULL;
    TRY(publication_path(p->dir, path, &full));
    enum terramis_status status = columns_open(&columns, full, TERRAMIS_OUTPUT);
    while ((name = columns_next(&columns)))
        add_field(out, p, table, name);
    columns_close(&columns);
    free(full);
    return status;
}

/* Fields of sites: the same in every run. */
static void add_sites(struct text *out, const struct publication *p)
{
    static const char *const names[] = {
#define PARCEL(...)
#define SPREAD(...)
#define SUMMARY(...)
#define SCENARIO(...)
#define SENSITIVITY(...)
#define SITE(name, ...) #name,
#include "output/fields.def"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_field(out, p, ALLOWED_SITES, names[i]);
}

enum terramis_status publish_dictionary(struct publication *p)
{
    struct text out = {0};
    enum terramis_status status = TERRAMIS_OK;
    bool parcels = false;
    text_add(&out, "table,field,type,unit,title_fr,title_en,description_fr,"
                   "description_en\r\n");
    for (size_t i = 0; i < p->file_count && status == TERRAMIS_OK; i++) {
        const char *path = p->files[i].path;
        enum allowed_table table = columns_table(path);
        if (table == ALLOWED_TABLES || (table == ALLOWED_PARCELS && parcels))
            continue; /* parcels: the same in all territories */
        parcels |= table == ALLOWED_PARCELS;
        status = add_columns(&out, p, table, path);
    }
    add_sites(&out, p);
    if (status == TERRAMIS_OK)
        return publication_write(p, "dictionary.csv", &out);
    text_release(&out);
    return status;
}
