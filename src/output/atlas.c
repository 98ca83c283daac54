/* The maps, figures and best sites of a territory as one file to print. */
#include "output/atlas.h"

#include <stdlib.h>

enum {
    ATLAS_SITES = 10
};

static enum terramis_status
add_themes(struct pdf *pdf, const struct sheet *sheet, enum paper paper)
{
    for (int kind = 0; kind < THEME_COUNT; kind++) {
        struct theme theme;
        enum terramis_status status =
            theme_open(&theme, sheet, (enum theme_kind)kind);
        theme.map.paper = paper;
        if (status == TERRAMIS_OK)
            status = pdf_add_map(pdf, &theme.map, theme.map.title);
        theme_close(&theme);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static enum terramis_status
add_sites(struct pdf *pdf, const struct sheet *sheet, enum paper paper)
{
    const struct sites *sites = &sheet->result->sites;
    for (int rank = 1; rank <= ATLAS_SITES; rank++)
        for (size_t i = 0; i < sites->count; i++)
            if (sites->items[i].rank == rank)
                TRY(atlas_add_site(pdf, sheet, &sites->items[i], paper));
    return TERRAMIS_OK;
}

/* Figures and sites are of one territory. */
static enum terramis_status
add_pages(struct pdf *pdf, const struct sheet *sheet, enum paper paper)
{
    TRY(add_themes(pdf, sheet, paper));
    if (!sheet->result)
        return TERRAMIS_OK;
    TRY(atlas_add_figures(pdf, sheet, paper));
    return add_sites(pdf, sheet, paper);
}

static enum terramis_status write_atlas(const struct sheet *sheet,
                                        enum paper paper, const char *path,
                                        const char *created)
{
    const struct config *config = sheet->job->plan->config;
    const struct pdf_info info = {
        .title = config->title,
        .author = config->organisation,
        .subject = text_get(&sheet->name),
        .keywords = config->licence,
        .created = created,
        .crs = &sheet->job->plan->crs,
        .language = config->language == LANGUAGE_EN ? "en" : "fr"};
    struct pdf *pdf;
    TRY(pdf_open(path, &info, &pdf));
    enum terramis_status status = add_pages(pdf, sheet, paper);
    if (status == TERRAMIS_OK)
        return pdf_close(pdf);
    pdf_discard(pdf);
    return status;
}

static enum terramis_status write_pdf(const struct output_job *job,
                                      const struct territory_result *result,
                                      enum paper paper, const char *name)
{
    struct sheet sheet;
    struct text created = {0};
    char *path = NULL;
    text_addf(&created, "%sT00:00:00Z", job->date);
    enum terramis_status status = sheet_open(&sheet, job, result);
    if (status == TERRAMIS_OK)
        status = text_status(&created);
    if (status == TERRAMIS_OK)
        status = output_path(job, result, name, &path);
    if (status == TERRAMIS_OK)
        status = write_atlas(&sheet, paper, path, text_get(&created));
    free(path);
    text_release(&created);
    sheet_close(&sheet);
    return status;
}

/* The atlas, and where it is asked for the same on A4. */
static enum terramis_status pdf_territory(const struct output_job *job,
                                          const struct territory_result *result)
{
    if (job->part == PAPER_A3)
        return write_pdf(job, result, PAPER_A3, "atlas.pdf");
    return paper_wanted(job->plan->config->papers, PAPER_A4)
               ? write_pdf(job, result, PAPER_A4, "atlas-a4.pdf")
               : TERRAMIS_OK;
}

/* The maps of all territories together, where there are several. */
static enum terramis_status pdf_project(const struct output_job *job)
{
    static const char *const names[PAPER_COUNT] = {"maps.pdf", "maps-a4.pdf"};
    enum paper paper = (enum paper)job->part;
    bool wanted = paper_wanted(job->plan->config->papers, paper);
    return wanted && sheet_results(job) > 1
               ? write_pdf(job, NULL, paper, names[paper])
               : TERRAMIS_OK;
}

const struct output_op output_pdf = {
    .op = {.name = "pdf",
           .summary = N_("The maps, key figures and best sites of a territory, "
                         "A3, georeferenced, bookmarked; maps of all together; "
                         "on A4 too (paper:)."),
           .source = "ISO 32000-2"},
    .files = "<territory>/atlas.pdf, maps.pdf",
    .draws = true,
    .parts = PAPER_COUNT,
    .territory = pdf_territory,
    .project = pdf_project};
