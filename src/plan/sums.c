/* The sums of a territory's tiles as bytes, to go on from them later. Bytes of
 * this program on this machine: whoever keeps them makes sure of that; forged
 * ones give other numbers, and no more. */
#include <string.h>

#include "plan/steps.h"

/* What the sums are of; no padding. */
struct heading {
    uint64_t parcels, factors, constraints, parcel_size;
};

static struct heading heading_of(const struct analysis *a)
{
    return (struct heading){a->parcels.count, a->plan->factor_count,
                            a->overlay.constraint_count,
                            sizeof(struct zonal_sums)};
}

typedef size_t transfer(void *bytes, size_t size, size_t count, FILE *stream);

static size_t put(void *bytes, size_t size, size_t count, FILE *stream)
{
    return fwrite(bytes, size, count, stream);
}

/* The same walk writes and reads; false: not all could be. */
static bool walk(transfer *move, struct analysis *a, FILE *stream)
{
    struct land_sums land = a->land; /* without its pointers */
    land.limiting = land.excluded = NULL;
    size_t factors = a->plan->factor_count;
    size_t constraints = a->overlay.constraint_count;
    bool fine = move(&land, sizeof land, 1, stream) == 1;
    land.limiting = a->land.limiting;
    land.excluded = a->land.excluded;
    a->land = land;
    fine = fine && move(&a->unknown, sizeof a->unknown, 1, stream) == 1 &&
           move(land.limiting, sizeof(int64_t), factors + 1, stream) ==
               factors + 1 &&
           move(land.excluded, sizeof(int64_t), constraints, stream) ==
               constraints;
    for (size_t i = 0; fine && i < a->parcels.count; i++) {
        struct zonal_sums *sums = &a->parcels.items[i].sums;
        fine = move(sums, sizeof *sums, 1, stream) == 1;
    }
    size_t all = 3 * factors * a->parcels.count;
    return fine &&
           move(a->parcels.factor_sums, sizeof(int64_t), all, stream) == all;
}

/* Could counting have led to them? What counts places in arrays is looked at.
 */
static bool are_sound(const struct analysis *a)
{
    bool sound = a->unknown.count <= UNKNOWN_MAX;
    for (size_t i = 0; sound && i < a->unknown.count; i++)
        sound = a->unknown.items[i].factor < a->plan->factor_count;
    for (size_t i = 0; sound && i < a->parcels.count; i++)
        sound = a->parcels.items[i].sums.constraints >>
                    a->overlay.constraint_count ==
                0;
    return sound;
}

void analysis_keep(const struct analysis *analysis, FILE *stream)
{
    struct analysis lent = *analysis; /* its arrays are only read */
    struct heading heading = heading_of(analysis);
    if (fwrite(&heading, sizeof heading, 1, stream) == 1)
        (void)walk(put, &lent, stream);
}

bool analysis_take(struct analysis *analysis, FILE *stream)
{
    struct heading heading, wanted = heading_of(analysis);
    return fread(&heading, sizeof heading, 1, stream) == 1 &&
           memcmp(&heading, &wanted, sizeof heading) == 0 &&
           walk(fread, analysis, stream) && fgetc(stream) == EOF &&
           are_sound(analysis);
}

enum terramis_status analysis_resume(struct analysis *analysis,
                                     struct plan *plan,
                                     const struct territory *territory,
                                     int threads, int tile, FILE *stream,
                                     bool *fits)
{
    *fits = false;
    TRY(analysis_prepare(analysis, plan, territory, threads, tile));
    *fits = analysis_take(analysis, stream);
    return *fits ? analysis_finish(analysis) : TERRAMIS_OK;
}
