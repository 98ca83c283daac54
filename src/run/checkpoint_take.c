/* Going on from a checkpoint: is it to be trusted, and what does it hold? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/runs.h"
#include "run/checkpoint_file.h"

/* Are all files of so many parts recorded, and as recorded? */
static enum terramis_status check_files(struct checkpoint *c,
                                        const struct manifest_list *record,
                                        size_t parts, bool *same)
{
    struct text path = {0};
    enum terramis_status status =
        checkpoint_path(c, &path, "%zu.sums", parts - 1);
    *same = status == TERRAMIS_OK &&
            manifest_find(record, checkpoint_below(c, &path));
    for (size_t i = 0; i < parts && *same; i++) {
        status = checkpoint_path(c, &path, "%zu.cells", i);
        *same = status == TERRAMIS_OK &&
                manifest_find(record, checkpoint_below(c, &path));
    }
    for (size_t i = 0; i < record->count && *same; i++)
        status = record_check(c->journal, &record->items[i], same);
    text_release(&path);
    return status;
}

/* Why the record does not count; NULL: it does, and *c is as it says. */
static enum terramis_status judge(struct checkpoint *c,
                                  const struct manifest_list *record,
                                  struct json_object *root, const char **why)
{
    double tiles = json_get_number(root, "tiles");
    bool same;
    *why = record_judge(c->journal, root);
    if (!*why && !(tiles >= 1 && tiles < 0x1p53 && record->count >= 2))
        *why = _("its record is damaged");
    else if (!*why && json_get_number(root, "tile") != c->side)
        *why = _("its tiles have another size");
    if (*why)
        return TERRAMIS_OK;
    TRY(check_files(c, record, record->count - 1, &same));
    if (!same) {
        *why = _("its files are not as they were written");
        return TERRAMIS_OK;
    }
    c->tiles = (size_t)tiles;
    c->parts = record->count - 1;
    return TERRAMIS_OK;
}

static void begin_anew(struct checkpoint *c, const char *why)
{
    log_line(LOG_NOTE, _("territory %s: computed again, %s"), c->id, why);
    checkpoint_drop(c);
}

static enum terramis_status take_record(struct checkpoint *c, const char *path,
                                        char date[16])
{
    struct manifest_list record;
    struct json_object *root = NULL;
    const char *why = _("its record is damaged");
    TRY(record_key(c->journal));
    enum terramis_status status = manifest_read_file(path, &record, &root);
    if (status == TERRAMIS_OK)
        status = judge(c, &record, root, &why);
    else if (status == TERRAMIS_INPUT)
        status = TERRAMIS_OK;
    if (status == TERRAMIS_OK && why)
        begin_anew(c, why);
    else if (status == TERRAMIS_OK && !*date)
        memcpy(date, json_get_text(root, "date"), 11);
    json_object_put(root);
    manifest_list_release(&record);
    if (status == TERRAMIS_OK)
        status_clear();
    return status;
}

enum terramis_status checkpoint_open(struct checkpoint *c,
                                     struct journal *journal, const char *id,
                                     int side, char date[16])
{
    struct text path = {0};
    struct stat info;
    *c = (struct checkpoint){
        .journal = journal, .id = id, .date = date, .side = side};
    TRY(mem_new(&c->cells, RASTER_COUNT * (size_t)side, (size_t)side));
    enum terramis_status status = checkpoint_path(c, &path, CHECKPOINT_RECORD);
    if (status == TERRAMIS_OK && journal->options->resume &&
        stat(text_get(&path), &info) == 0)
        status = take_record(c, text_get(&path), date);
    text_release(&path);
    return status;
}

static enum terramis_status unreadable(const char *path, FILE *stream)
{
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), path,
                      !stream || ferror(stream) ? strerror(errno)
                                                : _("it is damaged"));
}

/* Puts the next tile of a part into `tile`, its cells into c->cells; false:
 * there is none that could be, or at the end *more is false. */
static bool unpack(struct checkpoint *c, const struct tiling *tiling,
                   FILE *stream, struct tile_result *tile, bool *more)
{
    struct checkpoint_tile heading;
    size_t got = fread(&heading, 1, sizeof heading, stream);
    unsigned char *rasters[RASTER_COUNT];
    *more = got > 0;
    if (got != sizeof heading || heading.tile >= c->tiles)
        return false;
    tile->window = tiling_window(tiling, (size_t)heading.tile);
    size_t cells = (size_t)tile->window.nx * (size_t)tile->window.ny;
    for (int i = 0; i < RASTER_COUNT; i++) {
        size_t size = (size_t)heading.packed[i];
        rasters[i] = c->cells + (size_t)i * cells;
        if (size > 2 * cells + 2 ||
            bytes_room(&c->packed, 2 * cells + 2) != TERRAMIS_OK ||
            fread(c->packed.at, 1, size, stream) != size ||
            !runs_unpack(rasters[i], cells, c->packed.at, size))
            return false;
    }
    tile->suitability = rasters[0];
    tile->class = rasters[1];
    tile->limiting = rasters[2];
    tile->marginal = rasters[3];
    return true;
}

static enum terramis_status restore_cells(struct checkpoint *c,
                                          const struct tiling *tiling,
                                          const char *full)
{
    struct tile_result tile = {.blank = false};
    bool more;
    FILE *stream = fopen(full, "rb");
    enum terramis_status status = TERRAMIS_OK;
    if (!stream)
        return unreadable(full, NULL);
    c->packed.size = 0;
    while (status == TERRAMIS_OK && unpack(c, tiling, stream, &tile, &more)) {
        status = status_go_on();
        if (status == TERRAMIS_OK)
            status = rasters_write(c->rasters, &tile);
    }
    if (status == TERRAMIS_OK && (more || ferror(stream)))
        status = unreadable(full, stream);
    fclose(stream);
    return status;
}

static enum terramis_status restore_sums(struct analysis *analysis,
                                         const char *full)
{
    FILE *stream = fopen(full, "rb");
    if (!stream)
        return unreadable(full, NULL);
    enum terramis_status status = analysis_take(analysis, stream)
                                      ? TERRAMIS_OK
                                      : unreadable(full, stream);
    fclose(stream);
    return status;
}

static enum terramis_status restore(struct checkpoint *c,
                                    struct analysis *analysis)
{
    struct text full = {0};
    enum terramis_status status =
        checkpoint_path(c, &full, "%zu.sums", c->parts - 1);
    if (status == TERRAMIS_OK)
        status = restore_sums(analysis, text_get(&full));
    for (size_t i = 0; i < c->parts && status == TERRAMIS_OK; i++) {
        status = checkpoint_path(c, &full, "%zu.cells", i);
        if (status == TERRAMIS_OK)
            status = restore_cells(c, &analysis->tiling, text_get(&full));
    }
    text_release(&full);
    return status;
}

enum terramis_status checkpoint_begin(struct checkpoint *c,
                                      struct rasters *rasters,
                                      struct analysis *analysis, size_t *first)
{
    size_t all = tiling_count(&analysis->tiling);
    c->rasters = rasters;
    if (c->tiles > all)
        begin_anew(c, _("its record is damaged"));
    if (c->tiles > 0) {
        log_line(LOG_NOTE,
                 _("territory %s: goes on after %zu of %zu tiles of the "
                   "interrupted run"),
                 c->id, c->tiles, all);
        TRY(restore(c, analysis));
    }
    *first = c->done = c->tiles;
    checkpoint_set_due(c, 0);
    return TERRAMIS_OK;
}
