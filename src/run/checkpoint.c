#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/runs.h"
#include "output/file.h"
#include "run/checkpoint_file.h"
#include "run/tree.h"

/* Unless told otherwise: so many seconds of work may be lost, and no more than
 * a hundredth of the time goes into not losing it. */
static const double interval_least = 10, interval_per_cost = 100;

/* An interrupt leaves so many seconds for a last part: main() ends the program
 * soon after. */
static const double last_cost = 0.15;

enum terramis_status checkpoint_path(const struct checkpoint *c,
                                     struct text *path, const char *format, ...)
{
    va_list args;
    text_release(path);
    text_addf(path, "%s/%s/", c->journal->stage->journal, c->id);
    va_start(args, format);
    text_addv(path, format, args);
    va_end(args);
    return text_status(path);
}

const char *checkpoint_below(const struct checkpoint *c,
                             const struct text *path)
{
    return text_get(path) + strlen(c->journal->stage->home) + 1;
}

void checkpoint_set_due(struct checkpoint *c, double cost)
{
    double interval = c->journal->options->checkpoint;
    if (interval <= 0)
        interval = fmax(interval_least, interval_per_cost * cost);
    c->due = log_clock() + interval;
}

void checkpoint_drop(struct checkpoint *c)
{
    struct text path = {0};
    text_addf(&path, "journal/%s", c->id);
    /* what stays goes with the journal */
    if (text_status(&path) == TERRAMIS_OK &&
        tree_remove(c->journal->stage->lock.folder, text_get(&path),
                    text_get(&path)) != TERRAMIS_OK)
        status_clear();
    text_release(&path);
    c->tiles = c->parts = 0;
}

/* ---- writing */

static enum terramis_status pack(struct checkpoint *c,
                                 const struct tiling *tiling, size_t tile,
                                 struct file *file)
{
    struct window w = tiling_window(tiling, tile);
    struct checkpoint_tile heading = {.tile = tile};
    c->packed.size = 0;
    for (int i = 0; i < RASTER_COUNT; i++) {
        size_t before = c->packed.size;
        TRY(rasters_read(c->rasters, i, w, c->cells));
        TRY(runs_pack(&c->packed, c->cells, (size_t)w.nx * (size_t)w.ny));
        heading.packed[i] = c->packed.size - before;
    }
    file_write(file, &heading, sizeof heading);
    file_write(file, c->packed.at, c->packed.size);
    return status_go_on();
}

static enum terramis_status
write_cells(struct checkpoint *c, const struct tiling *tiling, const char *full)
{
    struct file file;
    TRY(file_create(&file, full));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < c->fresh_count && status == TERRAMIS_OK; i++)
        status = pack(c, tiling, c->fresh[i], &file);
    if (status == TERRAMIS_OK)
        status = file_commit(&file);
    file_discard(&file);
    return status;
}

static enum terramis_status fill_record(struct checkpoint *c, size_t tiles,
                                        struct json_object *root,
                                        struct json_object *files)
{
    struct text path = {0};
    bool broken = false;
    json_put(root, "tile", json_object_new_int(c->side), &broken);
    json_put(root, "tiles", json_object_new_int64((int64_t)tiles), &broken);
    enum terramis_status status = broken ? status_no_memory() : TERRAMIS_OK;
    for (size_t i = 0; i <= c->parts && status == TERRAMIS_OK; i++) {
        status = checkpoint_path(c, &path, "%zu.cells", i);
        if (status == TERRAMIS_OK)
            status = record_add(c->journal, files, checkpoint_below(c, &path));
    }
    if (status == TERRAMIS_OK)
        status = checkpoint_path(c, &path, "%zu.sums", c->parts);
    if (status == TERRAMIS_OK)
        status = record_add(c->journal, files, checkpoint_below(c, &path));
    text_release(&path);
    return status;
}

static enum terramis_status write_record(struct checkpoint *c, size_t tiles)
{
    struct text full = {0};
    struct json_object *root = NULL, *files;
    enum terramis_status status =
        record_new(c->journal, c->date, &root, &files);
    if (status == TERRAMIS_OK)
        status = fill_record(c, tiles, root, files);
    if (status == TERRAMIS_OK)
        status = checkpoint_path(c, &full, CHECKPOINT_RECORD);
    if (status == TERRAMIS_OK)
        status = record_save(text_get(&full), root);
    json_object_put(root);
    text_release(&full);
    return status;
}

static enum terramis_status make_folder(const struct checkpoint *c)
{
    struct text path = {0};
    enum terramis_status status = checkpoint_path(c, &path, "%s", "");
    if (status == TERRAMIS_OK)
        status = stage_make_folders(text_get(&path));
    text_release(&path);
    return status;
}

/* The files are on the disk; now their names. */
static enum terramis_status sync_names(const struct checkpoint *c)
{
    struct text path = {0};
    enum terramis_status status = checkpoint_path(c, &path, "%s", "");
    if (status == TERRAMIS_OK)
        status = stage_sync_folder(text_get(&path));
    text_release(&path);
    if (status == TERRAMIS_OK && c->parts == 0) /* the folder is new */
        status = stage_sync_folder(c->journal->stage->journal);
    if (status == TERRAMIS_OK && c->parts == 0)
        status = stage_sync_folder(c->journal->stage->home);
    return status;
}

/* The files of part number c->parts, and the record that names them. */
static enum terramis_status
write_part(struct checkpoint *c, const struct analysis *analysis, size_t tiles)
{
    struct text full = {0};
    enum terramis_status status =
        checkpoint_path(c, &full, "%zu.cells", c->parts);
    if (status == TERRAMIS_OK)
        status = write_cells(c, &analysis->tiling, text_get(&full));
    if (status == TERRAMIS_OK)
        status = checkpoint_path(c, &full, "%zu.sums", c->parts);
    if (status == TERRAMIS_OK)
        status = record_sums(text_get(&full), analysis);
    if (status == TERRAMIS_OK)
        status = write_record(c, tiles);
    if (status == TERRAMIS_OK)
        status = sync_names(c);
    /* only now are the sums before of no use */
    if (status == TERRAMIS_OK && c->parts > 0)
        status = checkpoint_path(c, &full, "%zu.sums", c->parts - 1);
    if (status == TERRAMIS_OK && c->parts > 0)
        unlink(text_get(&full));
    text_release(&full);
    return status;
}

static enum terramis_status keep(struct checkpoint *c,
                                 const struct analysis *analysis, size_t tiles)
{
    TRY(record_key(c->journal)); /* would be made later */
    double start = log_clock();
    TRY(project_unchanged(c->journal->project));
    if (status_memory_lost()) /* something may be missing */
        return status_no_memory();
    TRY(make_folder(c));
    TRY(write_part(c, analysis, tiles));
    c->tiles = tiles;
    c->parts++;
    c->fresh_count = 0;
    double cost = c->cost = log_clock() - start;
    log_line(LOG_DETAIL, _("territory %s: %zu tiles kept for --resume, %.2f s"),
             c->id, tiles, cost);
    checkpoint_set_due(c, cost);
    return TERRAMIS_OK;
}

enum terramis_status checkpoint_tile(struct checkpoint *c,
                                     const struct analysis *analysis,
                                     size_t tile, bool blank)
{
    if (isinf(c->due))
        return TERRAMIS_OK;
    c->done = tile + 1;
    if (!blank) {
        TRY(mem_grow(&c->fresh, &c->fresh_room, c->fresh_count,
                     sizeof *c->fresh));
        c->fresh[c->fresh_count++] = tile;
    }
    /* what comes after the tiles takes long as well */
    bool last = tile + 1 == tiling_count(&analysis->tiling) && c->tiles > 0;
    if (log_clock() < c->due && !last)
        return TERRAMIS_OK;
    enum terramis_status status = keep(c, analysis, tile + 1);
    if (status != TERRAMIS_OUTPUT)
        return status;
    log_line(LOG_WARNING,
             _("%s. The run goes on, but --resume would compute all tiles of "
               "territory %s again"),
             status_message(), c->id);
    status_clear();
    checkpoint_drop(c);
    c->due = INFINITY;
    return TERRAMIS_OK;
}

/* The first part takes the key of all inputs, nobody knows how long. */
void checkpoint_last(struct checkpoint *c, const struct analysis *analysis)
{
    if (c->parts == 0 || c->done <= c->tiles || c->cost > last_cost)
        return;
    status_defer_interrupt(true);
    (void)keep(c, analysis, c->done); /* else the part before counts */
    status_defer_interrupt(false);
    status_set(TERRAMIS_INTERRUPTED, _("interrupted"));
}

void checkpoint_release(struct checkpoint *c)
{
    free(c->fresh);
    free(c->cells);
    free(c->packed.at);
    *c = (struct checkpoint){0};
}
