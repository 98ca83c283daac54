/* The maps, figures and best sites of a territory as one file to print. */
#include "output/atlas.h"

#include <stdlib.h>

enum {
    ATLAS_SITES = 10
};

static enum terramis_status add_themes(struct pdf *pdf,
                                       const struct sheet *sheet)
{
    for (int kind = 0; kind < THEME_COUNT; kind++) {
        struct theme theme;
        enum terramis_status status =
            theme_open(&theme, sheet, (enum theme_kind)kind);
        if (status == TERRAMIS_OK)
            status = pdf_add_map(pdf, &theme.map, theme.map.title);
        theme_close(&theme);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_sites(struct pdf *pdf,
                                      const struct sheet *sheet)
{
    const struct sites *sites = &sheet->result->sites;
    for (int rank = 1; rank <= ATLAS_SITES; rank++)
        for (size_t i = 0; i < sites->count; i++)
            if (sites->items[i].rank == rank)
                TRY(atlas_add_site(pdf, sheet, &sites->items[i]));
    return TERRAMIS_OK;
}

static enum terramis_status add_pages(struct pdf *pdf,
                                      const struct sheet *sheet)
{
    TRY(add_themes(pdf, sheet));
    TRY(atlas_add_figures(pdf, sheet));
    return add_sites(pdf, sheet);
}

static enum terramis_status write_atlas(const struct sheet *sheet,
                                        const char *path, const char *created)
{
    const struct config *config = sheet->job->plan->config;
    const struct pdf_info info = {
        .title = config->title,
        .author = config->organisation,
        .subject = sheet->result->analysis.territory->config->name,
        .keywords = config->licence,
        .created = created,
        .crs = &sheet->job->plan->crs,
        .language = config->language == LANGUAGE_EN ? "en" : "fr"};
    struct pdf *pdf;
    TRY(pdf_open(path, &info, &pdf));
    enum terramis_status status = add_pages(pdf, sheet);
    if (status == TERRAMIS_OK)
        return pdf_close(pdf);
    pdf_discard(pdf);
    return status;
}

static enum terramis_status pdf_territory(const struct output_job *job,
                                          const struct territory_result *result)
{
    struct sheet sheet;
    struct text created = {0};
    char *path = NULL;
    text_addf(&created, "%sT00:00:00Z", job->date);
    enum terramis_status status = sheet_open(&sheet, job, result);
    if (status == TERRAMIS_OK)
        status = text_status(&created);
    if (status == TERRAMIS_OK)
        status = output_path(job, result, "atlas.pdf", &path);
    if (status == TERRAMIS_OK)
        status = write_atlas(&sheet, path, text_get(&created));
    free(path);
    text_release(&created);
    sheet_close(&sheet);
    return status;
}

const struct output_op output_pdf = {
    .op = {.name = "pdf",
           .summary = N_("The maps, key figures and best sites of a territory, "
                         "A3, georeferenced, bookmarked."),
           .source = "ISO 32000-2"},
    .files = "<territory>/atlas.pdf",
    .draws = true,
    .territory = pdf_territory};
