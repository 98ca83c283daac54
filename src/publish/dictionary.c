/* dictionary.csv: every field of every table that is published. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "publish/allowed.h"
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

/* The columns that stand in the first line of a file. */
static void add_columns(struct text *out, const struct publication *p,
                        enum allowed_table table, const char *path)
{
    char head[65536], *full = NULL;
    if (publication_path(p->dir, path, &full) != TERRAMIS_OK) {
        out->broken = true;
        return;
    }
    FILE *file = fopen(full, "rb");
    if (file && fgets(head, sizeof head, file)) {
        head[strcspn(head, "\r\n")] = '\0';
        for (char *rest = head, *name = strsep(&rest, ","); name;
             name = strsep(&rest, ","))
            add_field(out, p, table, name);
    }
    if (file)
        fclose(file);
    free(full);
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
    bool parcels = false;
    text_add(&out, "table,field,type,unit,title_fr,title_en,description_fr,"
                   "description_en\r\n");
    for (size_t i = 0; i < p->file_count; i++) {
        const char *path = p->files[i].path;
        const char *name = strrchr(path, '/');
        name = name ? name + 1 : path;
        for (int k = 0; k < ALLOWED_TABLES; k++) {
            size_t length = strlen(allowed_tables[k]);
            bool is = strncmp(name, allowed_tables[k], length) == 0 &&
                      strcmp(name + length, ".csv") == 0;
            if (!is || (k == ALLOWED_PARCELS && parcels))
                continue; /* the same in all territories */
            parcels |= k == ALLOWED_PARCELS;
            add_columns(&out, p, (enum allowed_table)k, path);
        }
    }
    add_sites(&out, p);
    return publication_write(p, "dictionary.csv", &out);
}
