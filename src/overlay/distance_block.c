#include "overlay/distance_block.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/clones.h"

enum {
    LIST_ARRAYS = 6, /**< of a list of segments */
    LANES = 16,      /**< lists start at multiples of this */
    DEPTH = 3        /**< lists at a time: squares of 32, 16 and 8 cells */
};

static inline size_t round_up(size_t count)
{
    return (count + LANES - 1) / LANES * LANES;
}

/** Up to how many segments a square of `size` cells is computed at once; with
 * more, splitting it costs less than it saves (measured). */
static inline size_t enough_for(int size)
{
    return size <= SQUARE ? (size_t)-1 : size == 2 * SQUARE ? 3 : 1;
}

static enum terramis_status scratch_grow(struct distance_scratch *scratch,
                                         size_t count, size_t size)
{
    size_t bytes = round_up(count) * LIST_ARRAYS * DEPTH * size;
    if (scratch->capacity < bytes) {
        free(scratch->numbers);
        scratch->numbers = NULL;
        scratch->capacity = 0;
        TRY(mem_new(&scratch->numbers, bytes + bytes / 2, 1));
        scratch->capacity = bytes + bytes / 2;
    }
    return mem_grow(&scratch->kept, &scratch->kept_capacity, count,
                    sizeof *scratch->kept);
}

void distance_scratch_release(struct distance_scratch *scratch)
{
    free(scratch->numbers);
    free(scratch->kept);
    *scratch = (struct distance_scratch){0};
}

#define REAL float
#define REAL_SQRT sqrtf
#define REAL_LARGE 3e38F
#define REAL_SLACK 1e-5F
#define NAME(x) x##_float
#include "overlay/distance_real.h"
#undef REAL
#undef REAL_SQRT
#undef REAL_LARGE
#undef REAL_SLACK
#undef NAME

#define REAL double
#define REAL_SQRT sqrt
#define REAL_LARGE 1e300
#define REAL_SLACK 1e-9
#define NAME(x) x##_double
#include "overlay/distance_real.h"
